import { createHash, generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import Provider, { type Client, type Context, type Token } from 'oidc-provider';
import type { People } from './people.ts';
import type { Realm, RealmClient } from './realm.ts';
import { Records } from './records.ts';
import type { Store } from './store.ts';

const apiAudience = 'parvis-api';
const apiResource = 'urn:parvis:api';
const scopes = 'openid profile email';
const rsaBits = 2048;
const cookieKeyBytes = 32;

/** Keycloak's paths below `/realms/<realm>`. */
export const paths = {
  authorization: '/protocol/openid-connect/auth',
  token: '/protocol/openid-connect/token',
  userinfo: '/protocol/openid-connect/userinfo',
  jwks: '/protocol/openid-connect/certs',
  end_session: '/protocol/openid-connect/logout',
  revocation: '/protocol/openid-connect/revoke',
  introspection: '/protocol/openid-connect/token/introspect',
  authenticate: '/login-actions/authenticate',
} as const;

export interface SigningKey {
  readonly kid: string;
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
}

/** The realm's signing key (private, as JWK) and the key of our cookies, both made once and kept. */
export async function keysOf(store: Store): Promise<{ signing: SigningKey; cookies: string }> {
  const signing = await store.kept('signing-key', async () => {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: rsaBits });
    const jwk = privateKey.export({ format: 'jwk' });
    const thumbprint = JSON.stringify({ e: jwk.e, kty: jwk.kty, n: jwk.n });
    const kid = createHash('sha256').update(thumbprint).digest('base64url');
    return JSON.stringify({ ...jwk, kid, use: 'sig', alg: 'RS256' });
  });
  const cookies = await store.kept('cookie-key', () => randomBytes(cookieKeyBytes).toString('base64url'));
  return { signing: JSON.parse(signing) as SigningKey, cookies };
}

interface ProviderParts {
  readonly issuer: string;
  readonly realm: Realm;
  readonly store: Store;
  readonly people: People;
  readonly keys: { signing: SigningKey; cookies: string };
  readonly renderError: (context: Context, out: { error: string }) => void;
}

/** oidc-provider, told to be this realm of Keycloak. */
export function providerOf(parts: ProviderParts): Provider {
  const { realm, store, people, keys, issuer } = parts;
  const cookies = { signed: true, httpOnly: true, sameSite: 'lax' };
  const { userinfo, authenticate: _ours, end_session, ...routes } = paths;
  const provider = new Provider(issuer, {
    adapter: (kind: string) => new Records(store, kind),
    clients: realm.clients.filter(canSpeak).map(clientMetadata),
    jwks: { keys: [keys.signing] },
    routes,
    discovery: {
      userinfo_endpoint: `${issuer}${userinfo}`,
      end_session_endpoint: `${issuer}${end_session}`,
      ui_locales_supported: realm.supportedLocales,
    },
    cookies: {
      keys: [keys.cookies],
      long: cookies,
      short: cookies,
      names: { session: 'parvis_identity', interaction: 'parvis_sign_in', resume: 'parvis_resume' },
    },
    features: features(realm),
    pkce: { required: () => true },
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    claims: claims(),
    ttl: lifetimes(realm),
    rotateRefreshToken: true,
    issueRefreshToken: (_: Context, client: Client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => true,
    clientBasedCORS: () => false,
    conformIdTokenClaims: false,
    enableHttpPostMethods: false,
    extraTokenClaims: (_: Context, token: Token) => extraClaims(token, realm, people),
    findAccount: (_: Context, id: string) => accountOf(people, id),
    loadExistingGrant: grantFor,
    interactions: {
      url: (_: Context, { uid }: { uid: string }) => `${issuer}${paths.authenticate}/${uid}`,
    },
    renderError: parts.renderError,
    // The only address ever called is the operator's own back-channel address, often on this machine.
    fetch: (url: string, options: RequestInit) => fetch(url, withoutDispatcher(options)),
  });
  provider.proxy = true;
  return provider;
}

function features(realm: Realm) {
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    backchannelLogout: { enabled: true },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => apiResource,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: scopes,
        audience: apiAudience,
        accessTokenFormat: 'jwt',
        accessTokenTTL: realm.accessTokenLifespan,
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  };
}

function claims() {
  return {
    openid: ['sub', 'realm_access'],
    profile: ['name', 'given_name', 'family_name', 'preferred_username', 'locale'],
    email: ['email', 'email_verified'],
  };
}

/** The session lives as long as Keycloak allows at most; a refresh token only as long as it may lie idle. */
function lifetimes(realm: Realm) {
  return {
    Session: realm.ssoSessionMaxLifespan,
    Grant: realm.ssoSessionMaxLifespan,
    RefreshToken: realm.ssoSessionIdleTimeout,
    AuthorizationCode: realm.accessCodeLifespan,
    AccessToken: realm.accessTokenLifespan,
    ClientCredentials: realm.accessTokenLifespan,
    IdToken: realm.accessTokenLifespan,
    Interaction: realm.accessCodeLifespanLogin,
  };
}

function canSpeak(client: RealmClient): boolean {
  return client.enabled && !client.bearerOnly;
}

function clientMetadata(client: RealmClient): Record<string, unknown> {
  const backchannel = client.attributes['backchannel.logout.url'];
  return {
    client_id: client.clientId,
    client_secret: client.publicClient ? undefined : client.secret,
    token_endpoint_auth_method: client.publicClient ? 'none' : 'client_secret_basic',
    application_type: client.publicClient ? 'native' : 'web',
    redirect_uris: client.standardFlowEnabled ? client.redirectUris : [],
    response_types: client.standardFlowEnabled ? ['code'] : [],
    grant_types: [
      ...(client.standardFlowEnabled ? ['authorization_code', 'refresh_token'] : []),
      ...(client.serviceAccountsEnabled ? ['client_credentials'] : []),
    ],
    client_uri: client.baseUrl,
    ...(backchannel && { backchannel_logout_uri: backchannel, backchannel_logout_session_required: true }),
  };
}

/** Nobody is asked to consent: every client of the realm is the ministry's own. */
async function grantFor({ oidc }: Context) {
  const { client, session, account, provider } = oidc;
  const known = session.grantIdFor(client.clientId);
  const existing = known && (await provider.Grant.find(known));
  if (existing || !account) return existing || undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
  grant.addOIDCScope(scopes);
  grant.addResourceScope(apiResource, scopes);
  await grant.save();
  return grant;
}

/** A closed or removed account is no account: its refresh tokens and sessions are worth nothing. */
function accountOf(people: People, id: string) {
  const person = people.byId(id);
  if (!person?.enabled) return undefined;
  return { accountId: person.id, claims: () => people.claimsOf(person) };
}

function extraClaims(token: Token, realm: Realm, people: People): Record<string, unknown> {
  const common = { typ: 'Bearer', azp: token.clientId };
  if (token.kind === 'ClientCredentials') {
    const account = realm.users.find(
      ({ serviceAccountClientId }) => serviceAccountClientId === token.clientId,
    );
    const access = Object.entries(account?.clientRoles ?? {}).map(([client, roles]) => [client, { roles }]);
    return { ...common, resource_access: Object.fromEntries(access) };
  }
  const person = token.accountId ? people.byId(token.accountId) : null;
  const { sub: _, ...about } = person ? people.claimsOf(person) : { sub: '' };
  return { ...common, ...about, sid: token.sid, session_state: token.sessionUid };
}

function withoutDispatcher(options: RequestInit): RequestInit {
  const { dispatcher: _, ...plain } = options as RequestInit & { dispatcher?: unknown };
  return plain;
}

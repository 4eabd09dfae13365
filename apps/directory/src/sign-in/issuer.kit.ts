import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
interface Grant {
  readonly nonce: string | undefined;
  readonly challenge: string | undefined;
  readonly redirectUri: string;
}

const clientId = 'parvis-portal';
const form = async (request: IncomingMessage): Promise<URLSearchParams> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return new URLSearchParams(text);
};

/**
 * An identity provider that can be told to misbehave, at Keycloak's URLs: the one thing in these tests that we do not
 * own. It signs in whoever `account` describes, without asking.
 */
export class OwnIssuer {
  account: JWTPayload = {};
  /** Changes the ID token's claims just before it is signed. */
  idToken: (claims: JWTPayload) => JWTPayload = (claims) => claims;
  /** Seconds that access tokens live. */
  tokenSeconds = 300;
  refusesRefresh = false;
  isAway = false;
  /** Accounts made through the admin API, by id. */
  readonly users = new Map<string, Record<string, unknown>>();
  readonly #grants = new Map<string, Grant>();
  readonly #refresh = new Set<string>();
  #server: Server | undefined;
  #keys: Awaited<ReturnType<typeof generateKeyPair>> | undefined;
  #stranger: Awaited<ReturnType<typeof generateKeyPair>> | undefined;
  url = '';

  async start(): Promise<this> {
    this.#keys = await generateKeyPair('RS256');
    this.#stranger = await generateKeyPair('RS256');
    const server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/parvis`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** A JWT of this issuer; `by: 'stranger'` signs with a key that it never published. */
  sign(claims: JWTPayload, by: 'issuer' | 'stranger' = 'issuer', typ = 'JWT'): Promise<string> {
    const key = (by === 'issuer' ? this.#keys?.privateKey : this.#stranger?.privateKey) as Key;
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one', typ }).sign(key);
  }

  /** Claims of a correct logout token. */
  logoutClaims(more: JWTPayload = {}): JWTPayload {
    return {
      iss: this.url,
      aud: clientId,
      iat: Math.floor(Date.now() / 1000),
      jti: randomBytes(8).toString('hex'),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      ...more,
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    if (this.isAway) return void json({ error: 'temporarily_unavailable' }, 503);
    const path = url.pathname.replace('/realms/parvis', '');
    if (path === '/.well-known/openid-configuration') return void json(this.#metadata());
    if (path === '/jwks') {
      const key = await exportJWK(this.#keys?.publicKey as Key);
      return void json({ keys: [{ ...key, kid: 'one', alg: 'RS256', use: 'sig' }] });
    }
    if (path === '/auth') return void response.writeHead(302, { location: this.#approve(url) }).end();
    if (path === '/token') return this.#token(await form(request), json);
    if (path.startsWith('/admin/')) return this.#admin(request, path, json);
    json({ error: 'not found' }, 404);
  }

  #metadata(): object {
    const at = (path: string) => `${this.url}${path}`;
    return {
      issuer: this.url,
      authorization_endpoint: at('/auth'),
      token_endpoint: at('/token'),
      jwks_uri: at('/jwks'),
      end_session_endpoint: at('/logout'),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  /** The callback's URL for an authorization request, with a fresh code. */
  #approve(url: URL): string {
    const code = randomBytes(16).toString('hex');
    const asked = url.searchParams;
    this.#grants.set(code, {
      nonce: asked.get('nonce') ?? undefined,
      challenge: asked.get('code_challenge') ?? undefined,
      redirectUri: asked.get('redirect_uri') ?? '',
    });
    return `${asked.get('redirect_uri')}?${new URLSearchParams({ code, state: asked.get('state') ?? '' })}`;
  }

  async #token(asked: URLSearchParams, json: (body: unknown, status?: number) => unknown): Promise<void> {
    const type = asked.get('grant_type');
    if (type === 'client_credentials') {
      return void json({ access_token: 'admin', token_type: 'Bearer', expires_in: 60 });
    }
    let nonce: string | undefined;
    if (type === 'refresh_token') {
      // Rotated: each refresh token may be used once.
      if (this.refusesRefresh || !this.#refresh.delete(asked.get('refresh_token') ?? ''))
        return void json({ error: 'invalid_grant' }, 400);
    } else {
      const grant = this.#grants.get(asked.get('code') ?? '');
      this.#grants.delete(asked.get('code') ?? '');
      const verifier = asked.get('code_verifier') ?? '';
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      if (!grant || grant.challenge !== challenge || grant.redirectUri !== asked.get('redirect_uri'))
        return void json({ error: 'invalid_grant' }, 400);
      nonce = grant.nonce;
    }
    const refresh = randomBytes(16).toString('hex');
    this.#refresh.add(refresh);
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.url, aud: clientId, iat: now, exp: now + 300, ...this.account };
    json({
      access_token: randomBytes(8).toString('hex'),
      token_type: 'Bearer',
      expires_in: this.tokenSeconds,
      refresh_token: refresh,
      id_token: await this.sign(this.idToken(nonce ? { ...claims, nonce } : claims)),
    });
  }

  async #admin(
    request: IncomingMessage,
    path: string,
    json: (body: unknown, status?: number, headers?: Record<string, string>) => unknown,
  ): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    const [, id, action] = /\/users(?:\/([^/]+)(?:\/(.+))?)?$/.exec(path) ?? [];
    if (id === undefined) {
      if ([...this.users.values()].some((user) => user['email'] === body['email'])) return void json({}, 409);
      const made = randomBytes(16).toString('hex');
      this.users.set(made, { ...body, id: made });
      return void json({}, 201, { location: `${this.url}${path}/${made}` });
    }
    const user = this.users.get(id);
    if (user === undefined) return void json({}, 404);
    if (request.method === 'GET') return void json(user);
    if (request.method === 'DELETE') this.users.delete(id);
    else if (action === 'reset-password') user['password'] = body['value'];
    else if (action === 'logout') user['loggedOut'] = true;
    else this.users.set(id, body);
    json({}, 200);
  }
}

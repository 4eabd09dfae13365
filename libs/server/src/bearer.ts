import { createRequire } from 'node:module';

/** A bearer token that Keycloak signed and that is meant for us. */
export interface BearerGrant {
  /** The token's `sub`. */
  readonly subject: string;
  readonly expiresAt: Date;
}

interface KeycloakToken {
  readonly content: Readonly<Record<string, unknown>>;
}
interface GrantManager {
  readonly rotation: { retrieveJWKs(): Promise<unknown> };
  validateToken(token: unknown, expectedType: string): Promise<KeycloakToken>;
}

// keycloak-connect is CommonJS without types; these two classes are all of it that bearer-only services need.
const require = createRequire(import.meta.url);
const Config = require('keycloak-connect/middleware/auth-utils/config.js') as new (raw: object) => object;
const Grants = require('keycloak-connect/middleware/auth-utils/grant-manager.js') as new (
  config: object,
) => GrantManager;
const Token = require('keycloak-connect/middleware/auth-utils/token.js') as new (
  raw: string,
  client: string,
) => unknown;

/** Characters of a bearer token; Keycloak's are under 4,000. */
const tokenLengthMax = 16_000;
/** Where a realm publishes its keys, and milliseconds that it may take to answer. */
const keysPath = '/protocol/openid-connect/certs';
const keysMsMax = 5_000;
/** Seconds that the clocks of this machine and the identity provider's may differ. */
const clockSkewSeconds = 30;

/** The token of an `Authorization: Bearer …` header, the scheme in any case (RFC 9110 §11.1); null for anything else. */
export function bearerOf(authorization: string | undefined): string | null {
  return /^bearer +(\S*)$/i.exec(authorization ?? '')?.[1] ?? null;
}

/** The realm's keys. @throws when they cannot be had now: the token is refused, and the next one asks again */
async function publishedKeys(url: string): Promise<{ keys: unknown[] }> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(keysMsMax), redirect: 'error' });
  const { keys } = (await answer.json()) as { keys?: unknown };
  if (!answer.ok || !Array.isArray(keys)) throw new Error('the realm does not publish its keys');
  return { keys };
}

/**
 * Checks API clients' tokens through keycloak-connect's GrantManager, bearer only: signature by the realm's
 * published keys, issuer, expiry, audience. A token with `alg: none` or another algorithm has no valid signature.
 */
export class BearerTokens {
  readonly #audience: string;
  readonly #grants: GrantManager;

  /** `issuer` is `<server>/realms/<realm>`; a trailing slash in the server's URL would refuse every token. */
  constructor(issuer: string, audience: string) {
    const match = /^(.*)\/realms\/([^/]+)\/?$/.exec(issuer);
    if (!match) throw new Error('the OIDC issuer does not end in /realms/<realm>');
    this.#audience = audience;
    this.#grants = new Grants(
      new Config({
        'auth-server-url': match[1],
        realm: match[2],
        resource: audience,
        'bearer-only': true,
        'verify-token-audience': true,
      }),
    );
    // Its own request would wait for ever, and end the process on an answer that is no JSON.
    this.#grants.rotation.retrieveJWKs = () => publishedKeys(`${issuer.replace(/\/$/, '')}${keysPath}`);
  }

  /** Who the token speaks for, or null when it is not one of ours. */
  async check(raw: string): Promise<BearerGrant | null> {
    if (raw.length > tokenLengthMax || raw.split('.').length !== 3) return null;
    try {
      const header = JSON.parse(Buffer.from(raw.split('.')[0] as string, 'base64url').toString()) as {
        alg?: string;
      };
      if (!/^(RS|PS|ES)(256|384|512)$/.test(header.alg ?? '')) return null;
      const { content } = await this.#grants.validateToken(new Token(raw, this.#audience), 'Bearer');
      const { sub, exp, nbf, iat, aud } = content;
      if (typeof sub !== 'string' || typeof exp !== 'number' || !Number.isFinite(exp)) return null;
      const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
      if (!audiences.includes(this.#audience)) return null;
      const soon = Date.now() / 1000 + clockSkewSeconds;
      if ([nbf, iat].some((from) => from !== undefined && !(typeof from === 'number' && from <= soon)))
        return null;
      return { subject: sub, expiresAt: new Date(exp * 1000) };
    } catch {
      return null;
    }
  }
}

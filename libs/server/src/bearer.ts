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

import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import type { SigningKey } from './provider.ts';
import { seconds } from './store.ts';

/** Characters of a token; ours are under 3,000. */
const tokenLengthMax = 16_000;

const Header = z.object({ alg: z.literal('RS256'), kid: z.string() });
const Claims = z.object({
  iss: z.string(),
  sub: z.string(),
  exp: z.number(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  typ: z.string().optional(),
  azp: z.string().optional(),
  sid: z.string().optional(),
  session_state: z.string().optional(),
  resource_access: z.record(z.string(), z.object({ roles: z.array(z.string()) })).optional(),
});
type TokenClaims = z.output<typeof Claims>;

/** Checks tokens that this stand-in signed itself. Only RS256 with its own key: `none` and HMAC have no chance. */
export class OwnTokens {
  readonly #issuer: string;
  readonly #kid: string;
  readonly #key: KeyObject;

  constructor(issuer: string, { kid, kty, n, e }: SigningKey) {
    this.#issuer = issuer;
    this.#kid = kid;
    this.#key = createPublicKey({ format: 'jwk', key: { kty, n, e } });
  }

  /** The claims, or null when the token is not ours or, unless `expiredToo`, no longer valid. */
  read(raw: string, { expiredToo = false } = {}): TokenClaims | null {
    const [header = '', payload = '', signature = '', ...more] = raw.split('.');
    if (raw.length > tokenLengthMax || more.length > 0) return null;
    const head = Header.safeParse(decoded(header));
    if (!head.success || head.data.kid !== this.#kid) return null;
    const signed = Buffer.from(`${header}.${payload}`);
    if (!verify('sha256', signed, this.#key, Buffer.from(signature, 'base64url'))) return null;
    const claims = Claims.safeParse(decoded(payload));
    if (!claims.success || claims.data.iss !== this.#issuer) return null;
    return expiredToo || claims.data.exp > seconds() ? claims.data : null;
  }

  /** The claims of a request's bearer access token, or null. */
  ofBearer(authorization: string | undefined): TokenClaims | null {
    const raw = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '')?.[1];
    const claims = raw ? this.read(raw) : null;
    return claims?.typ === 'Bearer' ? claims : null;
  }
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

import { nameLengthMax } from '@parvis/contract/limits';
import { Locale } from '@parvis/contract/shape';
import { jwtVerify } from 'jose';
import type { TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import { z } from 'zod';
import { IdentityProblem, type Issuer } from './issuer.ts';

/** What the identity provider says of a person. */
export interface Account {
  readonly sub: string;
  readonly sid: string | null;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
  readonly locale: Locale | undefined;
  readonly roles: ReadonlySet<string>;
}

const Roles = z.object({ realm_access: z.object({ roles: z.array(z.string()) }) });
const Claims = z.object({
  sub: z.string().min(1).max(255),
  sid: z.string().max(255).optional(),
  email: z.string().min(3).max(320),
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  preferred_username: z.string().optional(),
  locale: z.string().optional(),
});

/** Controls and direction overrides, which no name of ours carries, wherever the account came from. */
// oxlint-disable-next-line eslint/no-control-regex -- they are what is looked for
const notInNames = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** The account's name as a name of ours; falls back to what else names the person. */
export function nameOf(claims: z.infer<typeof Claims>): string {
  const composed = [claims.given_name, claims.family_name].filter(Boolean).join(' ');
  const given = [claims.name, composed, claims.preferred_username, claims.email];
  const clean = given.map((text) => (text ?? '').replace(notInNames, '').trim());
  const name = clean.find((text) => text !== '') ?? claims.sub;
  return [...name].slice(0, nameLengthMax).join('').slice(0, nameLengthMax);
}

/** Keycloak puts realm roles in the access token, and in the ID token when the realm says so. */
async function rolesOf(issuer: Issuer, tokens: TokenEndpointResponse, idClaims: unknown): Promise<string[]> {
  const inId = Roles.safeParse(idClaims);
  if (inId.success) return inId.data.realm_access.roles;
  if (tokens.access_token.split('.').length !== 3) return [];
  const { payload } = await jwtVerify(tokens.access_token, await issuer.keys(), { issuer: issuer.url });
  const inAccess = Roles.safeParse(payload);
  return inAccess.success ? inAccess.data.realm_access.roles : [];
}

/**
 * The account that checked tokens speak of.
 * @throws IdentityProblem 'login-refused' when there is no ID token, no e-mail, or the access token is not the issuer's
 */
export async function accountOf(
  issuer: Issuer,
  tokens: TokenEndpointResponse & TokenEndpointResponseHelpers,
): Promise<Account> {
  const idClaims = tokens.claims();
  const claims = Claims.safeParse(idClaims);
  if (!claims.success) throw new IdentityProblem('login-refused', claims.error);
  const roles = await rolesOf(issuer, tokens, idClaims).catch((error: unknown) => {
    throw new IdentityProblem('login-refused', error);
  });
  const { sub, sid, email, email_verified: emailVerified, locale } = claims.data;
  const known = Locale.safeParse(locale?.slice(0, 2));
  return {
    sub,
    sid: sid ?? null,
    email,
    emailVerified: emailVerified === true,
    name: nameOf(claims.data),
    locale: known.success ? known.data : undefined,
    roles: new Set(roles),
  };
}

import { z } from 'zod';

/** What the stand-in reads of Keycloak's realm representation; all else is Keycloak's alone. */
const Credential = z.object({
  type: z.string(),
  value: z.string().optional(),
  temporary: z.boolean().optional(),
});
const RealmPerson = z.object({
  id: z.string().min(1).max(36).optional(),
  username: z.string().min(1).max(255),
  email: z.string().max(255).optional(),
  emailVerified: z.boolean().default(false),
  firstName: z.string().max(255).optional(),
  lastName: z.string().max(255).optional(),
  enabled: z.boolean().default(true),
  attributes: z.record(z.string(), z.array(z.string())).default({}),
  groups: z.array(z.string()).default([]),
  realmRoles: z.array(z.string()).default([]),
  clientRoles: z.record(z.string(), z.array(z.string())).default({}),
  serviceAccountClientId: z.string().optional(),
  requiredActions: z.array(z.string()).default([]),
  credentials: z.array(Credential).default([]),
});
const RealmClient = z.object({
  clientId: z.string().min(1),
  enabled: z.boolean().default(true),
  publicClient: z.boolean().default(false),
  bearerOnly: z.boolean().default(false),
  standardFlowEnabled: z.boolean().default(true),
  serviceAccountsEnabled: z.boolean().default(false),
  secret: z.string().optional(),
  baseUrl: z.string().optional(),
  redirectUris: z.array(z.string()).default([]),
  attributes: z.record(z.string(), z.string()).default({}),
});
const Realm = z.object({
  realm: z.string().regex(/^[a-z0-9-]+$/),
  supportedLocales: z.array(z.string()).min(1),
  defaultLocale: z.string(),
  accessTokenLifespan: z.number().int().positive(),
  accessCodeLifespan: z.number().int().positive(),
  accessCodeLifespanLogin: z.number().int().positive(),
  ssoSessionIdleTimeout: z.number().int().positive(),
  ssoSessionMaxLifespan: z.number().int().positive(),
  failureFactor: z.number().int().positive(),
  waitIncrementSeconds: z.number().int().positive(),
  maxFailureWaitSeconds: z.number().int().positive(),
  maxDeltaTimeSeconds: z.number().int().positive(),
  passwordPolicy: z.string().default(''),
  groups: z.array(z.object({ path: z.string(), realmRoles: z.array(z.string()).default([]) })).default([]),
  clients: z.array(RealmClient),
  users: z.array(RealmPerson).default([]),
});
export type Realm = z.output<typeof Realm>;
export type RealmClient = z.output<typeof RealmClient>;
export type RealmPerson = z.output<typeof RealmPerson>;

/** The realm cannot be used; the message says what to set or mend, and repeats no secret. */
export class BadRealm extends Error {
  override readonly name = 'BadRealm';
}

/**
 * Reads a realm as Keycloak's import does: `${NAME}` and `${NAME:default}` are filled in every text.
 * @throws BadRealm when a `PARVIS_` variable has no value and no default, or the realm lacks what we need.
 */
export function readRealm(raw: unknown, variables: Readonly<Record<string, string | undefined>>): Realm {
  const missing = new Set<string>();
  const filled = fillTexts(raw, (text) => fillPlaceholders(text, variables, missing));
  if (missing.size > 0) throw new BadRealm(`The realm needs these settings: ${[...missing].join(', ')}.`);
  const parsed = Realm.safeParse(filled);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BadRealm(`The realm is not usable: ${issue?.path.join('.')} ${issue?.message}.`);
}

/** Keycloak's own message keys (`${username}`) are not ours to fill: only variables of this house are. */
function fillPlaceholders(
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
  missing: Set<string>,
): string {
  return text.replace(/\$\{(PARVIS_[A-Z0-9_]+)(?::([^}]*))?\}/g, (whole, name: string, fallback?: string) => {
    const value = variables[name] ?? fallback;
    if (value === undefined) missing.add(name);
    return value ?? whole;
  });
}

function fillTexts(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((one) => fillTexts(one, fill));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillTexts(one, fill)]));
}

/** What Keycloak's policy text asks of a password, as far as the stand-in enforces it. */
export interface PasswordRules {
  readonly lengthMin: number;
  readonly lengthMax: number;
}

export function passwordRules(policy: string): PasswordRules {
  const number = (rule: string, fallback: number) =>
    Number(new RegExp(`(?:^|\\s)${rule}\\((\\d+)\\)`).exec(policy)?.[1] ?? fallback);
  return { lengthMin: number('length', 8), lengthMax: number('maxLength', 128) };
}

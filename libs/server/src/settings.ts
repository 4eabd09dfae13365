import { z } from 'zod';

/** One setting: the environment variable that carries it, and its shape. */
export interface Setting<T extends z.ZodType = z.ZodType> {
  readonly variable: string;
  readonly shape: T;
}
export type SettingsShape = Record<string, Setting>;
export type SettingsOf<S extends SettingsShape> = { readonly [K in keyof S]: z.output<S[K]['shape']> };
export type Environment = Readonly<Record<string, string | undefined>>;

export function setting<T extends z.ZodType>(variable: string, shape: T): Setting<T> {
  return { variable, shape };
}

/** A text that must not be empty. */
export const text = z.string().min(1);
export const port = z.coerce.number().int().min(0).max(65_535);

/** Thrown before anything listens; the message names every bad variable and never repeats a value. */
export class BadSettings extends Error {
  readonly variables: string[];
  constructor(problems: { variable: string; reason: string }[]) {
    super(
      `These settings stop the start:\n${problems.map((p) => `  ${p.variable}: ${p.reason}`).join('\n')}\n` +
        'docs/run-it.md explains each one.',
    );
    this.name = 'BadSettings';
    this.variables = problems.map((p) => p.variable);
  }
}

/**
 * Reads settings from an environment. An empty variable counts as absent.
 * @throws BadSettings naming every variable that is missing or malformed.
 */
export function readSettings<S extends SettingsShape>(shape: S, env: Environment): SettingsOf<S> {
  const problems: { variable: string; reason: string }[] = [];
  const read: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(shape)) {
    const raw = env[one.variable];
    const parsed = one.shape.safeParse(raw === '' ? undefined : raw);
    if (parsed.success) read[name] = parsed.data;
    else {
      const reason =
        raw === undefined || raw === '' ? 'is not set' : (parsed.error.issues[0]?.message ?? 'is not valid');
      problems.push({ variable: one.variable, reason });
    }
  }
  if (problems.length > 0) throw new BadSettings(problems);
  return read as SettingsOf<S>;
}

/** A JSON value in a variable, checked against a schema. */
export function json<T extends z.ZodType>(shape: T) {
  return z
    .string()
    .transform((raw, context) => {
      try {
        return JSON.parse(raw) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(shape);
}

/** Values separated by commas; space around them does not count. */
export function list<T extends z.ZodType<unknown, string>>(shape: T) {
  return z
    .string()
    .transform((raw) => raw.split(',').map((one) => one.trim()))
    .pipe(z.array(shape));
}

/** A host name (with `*.` for all below it), an address, or a network in CIDR notation. */
const OutboundPlace = z
  .string()
  .regex(/^(?:(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|[0-9.]+(?:\/\d{1,2})?|[0-9a-f:.]+(?:\/\d{1,3})?)$/, {
    error: 'names a place that is no host name, address or network',
  });

export const StandIn = z.object({ name: z.string(), detail: z.string() });

/** Settings that every service shares. */
export const houseSettings = {
  publicUrl: setting('PARVIS_PUBLIC_URL', z.url()),
  profile: setting('PARVIS_PROFILE', z.enum(['embedded', 'full']).default('embedded')),
  /** Folder for what is not in PostgreSQL or the object store: spools, the stand-ins' data. */
  dataFolder: setting('PARVIS_DATA_FOLDER', text),
  bindAddress: setting('PARVIS_BIND_ADDRESS', z.string().default('127.0.0.1')),
  oidcIssuer: setting('PARVIS_OIDC_ISSUER', z.url()),
  /** Audience that bearer tokens must carry. */
  apiAudience: setting('PARVIS_API_AUDIENCE', z.string().default('parvis-api')),
  redisUrl: setting('REDIS_URL', z.url().optional()),
  logLevel: setting('PARVIS_LOG_LEVEL', z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')),
  otlpEndpoint: setting('OTEL_EXPORTER_OTLP_ENDPOINT', z.url().optional()),
  requestsPerMinuteMax: setting('PARVIS_REQUESTS_PER_MINUTE_MAX', z.coerce.number().int().min(1).optional()),
  standIns: setting('PARVIS_STAND_INS', json(z.array(StandIn)).optional()),
  /** Which addresses outside the house its services may call because people typed them. */
  outboundReach: setting('PARVIS_OUTBOUND', z.enum(['public', 'listed', 'off']).default('public')),
  /** Names, addresses and networks that may be called although they are not public; separated by commas. */
  outboundAllow: setting('PARVIS_OUTBOUND_ALLOW', list(OutboundPlace).optional()),
} satisfies SettingsShape;
export type HouseSettings = SettingsOf<typeof houseSettings>;

/** Settings that each service has under its own prefix, for example `CHAT_PORT`. */
export function ownSettings(service: string) {
  const prefix = service.toUpperCase();
  return {
    port: setting(`${prefix}_PORT`, port.default(0)),
    databaseUrl: setting(`${prefix}_DATABASE_URL`, z.url().optional()),
    databaseConnectionsMax: setting(
      `${prefix}_DATABASE_CONNECTIONS_MAX`,
      z.coerce.number().int().min(2).default(8),
    ),
  } satisfies SettingsShape;
}
export type OwnSettings = SettingsOf<ReturnType<typeof ownSettings>>;

/** The environment of this process: the only place where it is read. */
export const processEnvironment: Environment = process.env;

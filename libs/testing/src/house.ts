import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, fromPg } from '@parvis/access/db';
import { grant } from '@parvis/access/grants';
import { createPerson, type NewPerson, type Person } from '@parvis/access/people';
import { createSession } from '@parvis/access/sessions';
import { createResource, type ResourceRow } from '@parvis/access/tree';
import { call } from '@parvis/contract/call';
import type { GivenTo, Operation, OutputOf } from '@parvis/contract/operation';
import { sessionCookieName } from '@parvis/server/cookies';
import { migrateAll, roleUrl } from '@parvis/server/migrate';
import { type Served, start } from '@parvis/server/serve';
import type { Service } from '@parvis/server/service';
import type { Environment } from '@parvis/server/settings';
import pg from 'pg';
import { WebSocket } from 'ws';

const publicUrl = 'http://127.0.0.1:8080';
const rolePassword = 'test-role-password';

/** The superuser's URL of the PostgreSQL that the tests may use; `npm test` starts one and sets it. */
function superuserUrl(): string {
  const url = process.env.PARVIS_TEST_DATABASE_URL;
  if (!url) throw new Error('PARVIS_TEST_DATABASE_URL is not set: run the tests with `npm test`');
  return url;
}

/** Runs one statement as superuser, outside any of the test databases. */
async function asSuperuser(server: string, sql: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A person with a session, who can call operations and open sockets. */
export class Visitor {
  readonly person: Person;
  readonly cookie: string;
  readonly #urlOf: (path: string) => string;

  constructor(person: Person, cookie: string, urlOf: (path: string) => string) {
    this.person = person;
    this.cookie = cookie;
    this.#urlOf = urlOf;
  }

  /** Calls an operation as this person. @throws Refusal */
  call<T extends Operation>(op: T, input: GivenTo<T>): Promise<OutputOf<T>> {
    return call(op, input, {
      base: this.#urlOf(op.path),
      headers: { cookie: this.cookie, origin: publicUrl },
    });
  }

  /** A raw request as this person's browser would send it. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = {
      cookie: this.cookie,
      origin: publicUrl,
      ...(init.headers as Record<string, string> | undefined),
    };
    return fetch(`${this.#urlOf(path)}${path}`, { redirect: 'manual', ...init, headers });
  }

  /**
   * Opens a socket as this person's browser would; resolves once it is open. What the other side says in the same
   * breath comes a turn later, so that whoever opened it can listen first.
   */
  async socket(path: string, subprotocols: string[] = []): Promise<WebSocket> {
    const socket = new WebSocket(`${this.#urlOf(path).replace(/^http/, 'ws')}${path}`, subprotocols, {
      headers: { cookie: this.cookie },
      origin: publicUrl,
    });
    await opened(socket);
    return socket;
  }
}

/** Resolves once a socket is open, and lets it hear from the next turn on. @throws what kept it from opening */
export function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.pause();
      setImmediate(() => socket.resume());
      resolve();
    });
    socket.once('error', reject);
  });
}

/** Services running in this process on a database of their own. */
export class House {
  readonly adminUrl: string;
  readonly pool: pg.Pool;
  /** As superuser: to look into the database, and to prepare it. */
  readonly db: Db;
  readonly env: Environment;
  readonly #services: readonly Service[];
  readonly #served: Served[] = [];
  readonly #folder: string;

  constructor(adminUrl: string, folder: string, services: readonly Service[], env: Environment) {
    this.adminUrl = adminUrl;
    this.#folder = folder;
    this.#services = services;
    this.env = env;
    this.pool = new pg.Pool({ connectionString: adminUrl, max: 4 });
    this.pool.on('error', () => undefined);
    this.db = fromPg(this.pool);
  }

  /** Address of a service by its name, or by a path such as `/api/chat/…`, `/ws/chat`, `/auth/…`. */
  urlOf = (nameOrPath: string): string => {
    const name = nameOrPath.startsWith('/') ? this.#serviceOf(nameOrPath) : nameOrPath;
    const served = this.#served.find((one) => one.name === name);
    if (!served) throw new Error(`the service ${name} does not run in this test`);
    return served.url;
  };

  #serviceOf(path: string): string {
    const match = /^\/(?:api|ws)\/([a-z]+)/.exec(path);
    const name = match?.[1] ?? 'directory';
    return this.#services.some((one) => one.name === name) ? name : (this.#services[0] as Service).name;
  }

  async start(): Promise<void> {
    for (const service of this.#services) this.#served.push(await start(service, this.env));
  }

  /** One more process' worth of a service on the same database; the caller closes it. */
  another(service: Service, env: Environment = {}): Promise<Served> {
    return start(service, { ...this.env, ...env });
  }

  served(name: string): Served {
    const found = this.#served.find((one) => one.name === name);
    if (!found) throw new Error(`the service ${name} does not run in this test`);
    return found;
  }

  /** A person with a running session. Members unless said otherwise; a guest gets a sponsor and an end date. */
  async person(wanted: Partial<NewPerson> = {}, at: (path: string) => string = this.urlOf): Promise<Visitor> {
    const serial = randomBytes(4).toString('hex');
    const guest = wanted.kind === 'guest';
    const sponsorId = guest ? (wanted.sponsorId ?? (await this.person()).person.id) : null;
    const person = await createPerson(this.db, {
      name: `Person ${serial}`,
      email: `${serial}@test.example`,
      kind: 'member',
      oidcSub: randomUUID(),
      ...wanted,
      sponsorId,
      endsAt: guest ? (wanted.endsAt ?? new Date(Date.now() + 86_400_000)) : null,
    });
    return this.visitor(person, at);
  }

  /** One more session of a person. */
  async visitor(person: Person, at: (path: string) => string = this.urlOf): Promise<Visitor> {
    const { cookie } = await createSession(this.db, {
      personId: person.id,
      expiresAt: new Date(Date.now() + 3_600_000),
      userAgent: 'test',
    });
    return new Visitor(person, `${sessionCookieName(publicUrl)}=${cookie}`, at);
  }

  /** A space with its owner and members (editors). */
  async space(given: { owner: Visitor; members?: Visitor[]; name?: string }): Promise<ResourceRow> {
    const space = await createResource(this.db, {
      kind: 'space',
      title: given.name ?? `Space ${randomBytes(3).toString('hex')}`,
      ownerId: given.owner.person.id,
    });
    for (const member of given.members ?? []) {
      const wanted = { resourceUid: space.uid, subjectId: member.person.id, role: 'editor' } as const;
      await grant(this.db, wanted, given.owner.person.id);
    }
    return space;
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.#served.map((one) => one.close()));
    await this.pool.end();
    const server = new URL(this.adminUrl);
    const name = server.pathname.slice(1);
    server.pathname = '/postgres';
    await asSuperuser(server.href, `drop database if exists "${name}" with (force)`);
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Environment of a service in tests: quiet, on a free port, with its role's database URL. */
function environment(
  adminUrl: string,
  folder: string,
  services: readonly Service[],
  extra: Environment,
): Environment {
  const env: Record<string, string | undefined> = {
    PARVIS_PUBLIC_URL: publicUrl,
    PARVIS_DATA_FOLDER: folder,
    PARVIS_OIDC_ISSUER: `${publicUrl}/realms/parvis`,
    PARVIS_LOG_LEVEL: process.env.PARVIS_TEST_LOG_LEVEL ?? 'silent',
    PARVIS_REQUESTS_PER_MINUTE_MAX: '100000',
  };
  for (const { name } of services)
    env[`${name.toUpperCase()}_DATABASE_URL`] = roleUrl(adminUrl, name, rolePassword);
  return { ...env, ...extra };
}

/**
 * Starts services on a fresh database with all migrations, each under its own role. Stop it in `afterAll`.
 * `extra` adds to, or replaces in, the services' environment; `server` is a superuser's URL of another PostgreSQL than
 * that of all tests.
 */
export async function aHouse(
  services: readonly Service[],
  extra: Environment = {},
  server = superuserUrl(),
): Promise<House> {
  const name = `house_${randomBytes(6).toString('hex')}`;
  await asSuperuser(server, `create database "${name}"`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const folder = await mkdtemp(join(tmpdir(), 'parvis-test-'));
  const databases = services.map((service) => service.database).filter((database) => database !== undefined);
  await migrateAll({ adminUrl: url.href, rolePassword, databases });
  const house = new House(url.href, folder, services, environment(url.href, folder, services, extra));
  await house.start();
  return house;
}

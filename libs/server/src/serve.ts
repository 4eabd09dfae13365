import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { BearerTokens } from './bearer.ts';
import { Callers } from './callers.ts';
import { AccessChanges } from './changes.ts';
import { connect } from './database.ts';
import { openFanout } from './fanout.ts';
import { HouseGuard } from './guard.ts';
import { HouseModule, type Lent } from './house.module.ts';
import { acceptForms, adapterOf, observe, protect } from './http.ts';
import { Jobs } from './jobs.ts';
import { NestLog, openLog } from './log.ts';
import { Metrics } from './metrics.ts';
import { Outbox } from './outbox.ts';
import { Problems } from './problems.ts';
import { routesWithoutWho } from './routes.ts';
import type { Service, ServiceSettings } from './service.ts';
import {
  BadSettings,
  type Environment,
  houseSettings,
  ownSettings,
  processEnvironment,
  readSettings,
  type SettingsShape,
} from './settings.ts';
import { Sockets } from './sockets.ts';
import { startTraces } from './traces.ts';

/** A running service. */
export interface Served {
  readonly name: string;
  readonly url: string;
  readonly app: INestApplication;
  /** Stops taking requests, lets those under way finish, closes sockets and connections. Safe to call twice. */
  close(): Promise<void>;
}

/** Milliseconds between two looks for idle connections while stopping. */
const idleSweepMs = 100;

async function lend(
  service: Service,
  settings: ServiceSettings,
  log: Logger,
  metrics: Metrics,
): Promise<Lent> {
  if (!service.database) return { settings, metrics };
  if (!settings.databaseUrl) {
    throw new BadSettings([{ variable: `${service.name.toUpperCase()}_DATABASE_URL`, reason: 'is not set' }]);
  }
  const url = settings.databaseUrl;
  const database = await connect({
    name: service.name,
    url,
    entities: service.database.entities ?? [],
    connectionsMax: settings.databaseConnectionsMax,
  });
  const onError = (error: unknown) => log.error({ err: error }, 'background');
  const callers = new Callers(
    database,
    new BearerTokens(settings.oidcIssuer, settings.apiAudience),
    settings.publicUrl,
  );
  const sockets = new Sockets(callers, settings.publicUrl, log, metrics);
  const changes = new AccessChanges();
  changes.on((change) => callers.forget(change));
  changes.on((change) => sockets.recheck(change));
  const fanout = await (async () => {
    await changes.start(url, onError);
    return openFanout({ databaseUrl: url, redisUrl: settings.redisUrl, onError });
  })().catch(async (error: unknown) => {
    await changes.stop();
    await database.source.destroy();
    throw error;
  });
  const outbox = new Outbox(service.name, database, fanout, onError);
  metrics.watchOutbox(() => outbox.counts());
  const jobs = new Jobs(service.name, database, onError);
  return { settings, metrics, kept: { database, callers, changes, sockets, fanout, outbox, jobs } };
}

/**
 * Starts a service and listens. For `main.ts` use {@link serve}.
 * @throws BadSettings before anything listens.
 */
export async function start<S extends SettingsShape>(service: Service<S>, env: Environment): Promise<Served> {
  const shape = { ...houseSettings, ...ownSettings(service.name), ...service.settings };
  const settings = readSettings(shape, env) as ServiceSettings;
  const log = openLog(service.name, settings.logLevel);
  const metrics = new Metrics(service.name);
  const lent = await lend(service, settings, log, metrics);
  let app: INestApplication | undefined;
  try {
    const { stop, ...running } = await listen(service, lent, log, (made) => {
      app = made;
    });
    let closing: Promise<void> | undefined;
    return { ...running, close: () => (closing ??= stop()) };
  } catch (error) {
    await app?.close().catch(() => undefined);
    await giveBack(lent);
    throw error;
  }
}

/** Ends what {@link lend} opened, in the order that lets work under way finish. */
async function giveBack({ kept }: Lent): Promise<void> {
  await kept?.jobs.stop();
  await kept?.outbox.stop();
  await kept?.fanout.close();
  await kept?.changes.stop();
  await kept?.database.source.destroy();
}

async function listen<S extends SettingsShape>(
  service: Service<S>,
  lent: Lent,
  log: Logger,
  made: (app: INestApplication) => void,
): Promise<Omit<Served, 'close'> & { stop: () => Promise<void> }> {
  const { kept, settings, metrics } = lent;
  const adapter = adapterOf(log);
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  await protect(fastify, settings, kept?.callers);
  acceptForms(fastify);
  await service.http?.(fastify);
  let stopping = false;
  observe(
    fastify,
    metrics,
    async () => !stopping && (!kept || (await kept.database.db.query('select 1')).length === 1),
  );
  const app = await NestFactory.create<NestFastifyApplication>(HouseModule.lend(service, lent), adapter, {
    // Nest keeps one logger per process, whichever service set it last.
    logger: new NestLog(openLog('nest', settings.logLevel)),
    abortOnError: false,
    // Fastify's own JSON parser: it refuses an empty body and keys that would change a prototype.
    bodyParser: false,
  });
  made(app);
  app.useGlobalGuards(new HouseGuard(app.get(Reflector), kept?.callers ?? null, settings.publicUrl));
  app.useGlobalFilters(new Problems());
  await app.init();
  const open = routesWithoutWho(app);
  if (open.length > 0) throw new Error(`these routes do not name who may call them: ${open.join(', ')}`);
  kept?.sockets.attach(app.getHttpServer() as Server);
  // Handlers of events send jobs.
  await kept?.jobs.start(service.database?.jobs === true);
  await kept?.outbox.start();
  await app.listen(settings.port, settings.bindAddress);
  const address = (app.getHttpServer() as Server).address();
  const listening = typeof address === 'object' && address !== null ? address.port : settings.port;
  log.info({ port: listening }, 'serving');
  const stop = async () => {
    stopping = true;
    await kept?.sockets.stop();
    // Connections that were busy when the server closed, and are kept alive since, would hold it up.
    const sweep = setInterval(() => (app.getHttpServer() as Server).closeIdleConnections(), idleSweepMs);
    await app.close().finally(() => clearInterval(sweep));
    await giveBack(lent);
  };
  return { name: service.name, url: `http://${settings.bindAddress}:${listening}`, app, stop };
}

/** Milliseconds a stopping process waits for requests under way. */
const stopMsMax = 10_000;
const running: { close(): Promise<void> }[] = [];
let endTraces: () => Promise<void> = async () => undefined;

async function stopAll(): Promise<void> {
  setTimeout(() => process.exit(1), stopMsMax).unref();
  await Promise.allSettled(running.map((one) => one.close()));
  await endTraces().catch(() => undefined);
  process.exit(0);
}

/**
 * Runs one part of the house in this process until SIGTERM, SIGINT or the parent's end, then closes it in good order.
 * Several parts may share a process. A bad setting ends it with status 78 (EX_CONFIG) and names itself.
 */
export async function run(
  name: string,
  begin: (env: Environment) => Promise<{ close(): Promise<void> }>,
): Promise<void> {
  if (running.length === 0) {
    endTraces = await startTraces(processEnvironment, name);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stopAll());
    if (process.send) process.once('disconnect', () => void stopAll());
  }
  try {
    running.push(await begin(processEnvironment));
  } catch (error) {
    process.stderr.write(
      `${name}: ${error instanceof BadSettings ? error.message : (error as Error).stack}\n`,
    );
    process.exit(error instanceof BadSettings ? 78 : 1);
  }
}

/** The whole of a service's `main.ts`. */
export function serve(service: Service): Promise<void> {
  return run(service.name, (env) => start(service, env));
}

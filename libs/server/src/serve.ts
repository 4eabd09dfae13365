import type { IncomingMessage, Server } from 'node:http';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { INestApplication } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { jsonBodyBytesMax, requestsPerMinuteMax } from '@parvis/contract/limits';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import { BearerTokens } from './bearer.ts';
import { Callers } from './callers.ts';
import { AccessChanges } from './changes.ts';
import { connect } from './database.ts';
import { openFanout } from './fanout.ts';
import { HouseGuard } from './guard.ts';
import { HouseModule, type Lent } from './house.module.ts';
import { Jobs } from './jobs.ts';
import { NestLog, openLog } from './log.ts';
import { Metrics } from './metrics.ts';
import { Outbox } from './outbox.ts';
import { Problems } from './problems.ts';
import { problemOf, Refused, refusalOf } from './refused.ts';
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
import { v7 as uuidv7 } from './uuid.ts';

/** A running service. */
export interface Served {
  readonly name: string;
  readonly url: string;
  readonly app: INestApplication;
  /** Stops taking requests, lets those under way finish, closes sockets and connections. Safe to call twice. */
  close(): Promise<void>;
}

const requestIdShape = /^[A-Za-z0-9._-]{8,64}$/;
/** Milliseconds a client may take to send one request, streamed uploads excepted by their own route. */
const requestMsMax = 15 * 60_000;

function adapterOf(log: Logger): FastifyAdapter {
  return new FastifyAdapter({
    loggerInstance: log as never,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      const refused = refusalOf(error) ?? Refused.badInput();
      void reply
        .status(refused.status)
        .headers({ 'content-type': 'application/problem+json; charset=utf-8', 'x-request-id': String(request.id) })
        .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
        .send(JSON.stringify(problemOf(refused, String(request.id))));
    },
    bodyLimit: jsonBodyBytesMax,
    trustProxy: 'loopback, uniquelocal',
    forceCloseConnections: 'idle',
    requestTimeout: requestMsMax,
    routerOptions: { maxParamLength: 500 },
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && requestIdShape.test(given) ? given : uuidv7();
    },
  });
}

async function protect(
  fastify: FastifyInstance,
  settings: ServiceSettings,
  callers: Callers | undefined,
): Promise<void> {
  await fastify.register(helmet as never, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    strictTransportSecurity: settings.publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
  await fastify.register(rateLimit as never, {
    global: true,
    max: settings.requestsPerMinuteMax ?? requestsPerMinuteMax,
    timeWindow: 60_000,
    // By person where there is one, so that colleagues behind one address do not share a limit; a cookie or token
    // that names nobody does not help to escape it.
    keyGenerator: async (request: FastifyRequest) => {
      const caller = await callers?.of(request.raw).catch(() => null);
      return caller ? `person ${caller.id}` : request.ip;
    },
    allowList: (request: { url: string }) => request.url.startsWith('/health/'),
    errorResponseBuilder: () => new Refused(429, 'too-many-requests'),
  });
}

/** Forms, for routes outside the contract (an identity provider's back channel); operations take JSON only. */
function acceptForms(fastify: FastifyInstance): void {
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request: FastifyRequest, body: string, done: (error: Error | null, parsed?: unknown) => void) =>
      done(null, Object.fromEntries(new URLSearchParams(body))),
  );
}

/** Health, metrics, request log and request ids: the same for every service. */
function observe(fastify: FastifyInstance, metrics: Metrics, ready: () => Promise<boolean>): void {
  fastify.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', String(request.id));
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    if (route.startsWith('/health/') || route === '/metrics') return;
    metrics.requestSeconds.observe(
      { route, method: request.method, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    request.log.info({ req: request, res: reply, ms: Math.round(reply.elapsedTime) }, 'request');
  });
  fastify.get('/health/live', async () => ({ live: true }));
  fastify.get('/health/ready', async (_, reply) => {
    const up = await ready().catch(() => false);
    return reply.status(up ? 200 : 503).send({ ready: up });
  });
  fastify.get('/metrics', async (_, reply) =>
    reply.type('text/plain; version=0.0.4').send(await metrics.text()),
  );
}

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
  const database = await connect({
    name: service.name,
    url: settings.databaseUrl,
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
  await changes.start(settings.databaseUrl, onError);
  const fanout = await openFanout({
    databaseUrl: settings.databaseUrl,
    redisUrl: settings.redisUrl,
    onError,
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
    logger: new NestLog(log),
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
  await kept?.outbox.start();
  await kept?.jobs.start(service.database?.jobs === true);
  await app.listen(settings.port, settings.bindAddress);
  const address = (app.getHttpServer() as Server).address();
  const listening = typeof address === 'object' && address !== null ? address.port : settings.port;
  log.info({ port: listening }, 'serving');
  const stop = async () => {
    stopping = true;
    await kept?.sockets.stop();
    await app.close();
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

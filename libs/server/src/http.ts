import type { IncomingMessage } from 'node:http';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { botRequestsPerMinuteMax, jsonBodyBytesMax, requestsPerMinuteMax } from '@parvis/contract/limits';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import type { Callers } from './callers.ts';
import type { Metrics } from './metrics.ts';
import { problemOf, Refused, refusalOf } from './refused.ts';
import type { ServiceSettings } from './service.ts';
import { v7 as uuidv7 } from './uuid.ts';

const requestIdShape = /^[A-Za-z0-9._-]{8,64}$/;
/** Milliseconds a client may take to send one request, streamed uploads excepted by their own route. */
const requestMsMax = 15 * 60_000;
/** Hands Fastify's errors to our filter as they are: Nest's own mapping drops their codes. */
class HouseAdapter extends FastifyAdapter {
  override mapException(error: unknown): unknown {
    return error;
  }
}

/** Fastify under Nest: limits, request ids, and refusals in our words before any route is found. */
export function adapterOf(log: Logger): FastifyAdapter {
  return new HouseAdapter({
    loggerInstance: log as never,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      const refused = refusalOf(error) ?? Refused.badInput();
      void reply
        .status(refused.status)
        .headers({
          'content-type': 'application/problem+json; charset=utf-8',
          'x-request-id': String(request.id),
        })
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

/** Security headers and the limit of requests. */
export async function protect(
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
    max: (_: FastifyRequest, key: string) => {
      const most = settings.requestsPerMinuteMax ?? requestsPerMinuteMax;
      return key.startsWith('bot ') ? Math.min(most, botRequestsPerMinuteMax) : most;
    },
    timeWindow: 60_000,
    // By person where there is one, so that colleagues behind one address do not share a limit; a cookie or token
    // that names nobody does not help to escape it.
    keyGenerator: async (request: FastifyRequest) => {
      const caller = await callers?.of(request.raw).catch(() => null);
      if (!caller) return request.ip;
      return `${caller.scopes === null ? 'person' : 'bot'} ${caller.id}`;
    },
    allowList: (request: { url: string }) => request.url.startsWith('/health/'),
    errorResponseBuilder: () => new Refused(429, 'too-many-requests'),
  });
}

/** Forms, for routes outside the contract (an identity provider's back channel); operations take JSON only. */
export function acceptForms(fastify: FastifyInstance): void {
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request: FastifyRequest, body: string, done: (error: Error | null, parsed?: unknown) => void) =>
      done(null, Object.fromEntries(new URLSearchParams(body))),
  );
}

/** Health, metrics, request log and request ids: the same for every service. */
export function observe(fastify: FastifyInstance, metrics: Metrics, ready: () => Promise<boolean>): void {
  fastify.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', String(request.id));
    // What one person is told is kept by nobody on the way, unless a route says for how long it may be.
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
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

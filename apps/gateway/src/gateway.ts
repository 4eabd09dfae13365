import { Agent, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Duplex, Readable } from 'node:stream';
import { openLog } from '@parvis/server/log';
import { createProxyServer, type ProxyServer } from 'httpxy';
import { absentPage } from './absent.ts';
import { targetOf } from './route.ts';
import type { GatewaySettings } from './settings.ts';

/** Milliseconds for a client to send its headers; bodies may take as long as an upload needs. */
const headersMsMax = 20_000;
/** Milliseconds without a byte from a service before the request is given up; sockets are not concerned. */
const serviceSilenceMsMax = 120_000;
/** Milliseconds for a service to answer an upgrade. */
const upgradeMsMax = 30_000;
/** Milliseconds a connection to a service is kept unused: well below the 72 s after which services close theirs. */
const keptMsMax = 20_000;
const connectionsMax = 256;
const keptConnectionsMax = 64;

export interface Gateway {
  readonly url: string;
  close(): Promise<void>;
}

function refuse(response: ServerResponse, status: number, code: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify({ type: `urn:parvis:problem:${code}`, title: code, status, code });
  response.writeHead(status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** A page for people, a problem for programs, when the part that was asked for is not there. */
function absent(request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || !request.headers.accept?.includes('text/html'))
    return refuse(response, 503, 'unavailable');
  response.writeHead(503, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': '2',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(absentPage(request.headers['accept-language']));
}

/**
 * Keeps of what a request says about its way only what the operator's own proxies said: whoever could choose the
 * address that limits are counted by would have none.
 */
function believe(request: IncomingMessage, proxiesBefore: number): void {
  const { headers } = request;
  const way = String(headers['x-forwarded-for'] ?? '').split(',');
  const known = proxiesBefore === 0 ? [] : way.slice(-proxiesBefore);
  const proto = proxiesBefore === 0 ? undefined : headers['x-forwarded-proto'];
  for (const name of Object.keys(headers)) {
    if (name === 'forwarded' || name === 'x-real-ip' || name.startsWith('x-forwarded-')) delete headers[name];
  }
  if (known.join('').trim() !== '') headers['x-forwarded-for'] = known.join(',');
  if (proto !== undefined) headers['x-forwarded-proto'] = proto;
}

const unreadable: Record<string, [number, string]> = {
  HPE_HEADER_OVERFLOW: [431, 'headers-too-large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'too-slow'],
};

/** Bytes that are no request of HTTP: an answer that says so, and the end of the connection. */
function refuseUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, title] = unreadable[error.code ?? ''] ?? [400, 'unreadable'];
  const body = JSON.stringify({ type: 'urn:parvis:problem:bad-input', title, status, code: 'bad-input' });
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/**
 * Passes a request on. A service may close a kept connection at the very moment that it is used again, above all when it
 * is busy: what only reads is then asked once more on a connection of its own, and nobody sees a service that is away.
 */
function passing(proxy: ProxyServer) {
  const agent = new Agent({
    keepAlive: true,
    timeout: keptMsMax,
    maxSockets: connectionsMax,
    maxFreeSockets: keptConnectionsMax,
  });
  const onKept = new WeakSet<IncomingMessage>();
  proxy.on('proxyReq', (asked, request) => {
    if (asked.reusedSocket) onKept.add(request);
  });
  return async (request: IncomingMessage, response: ServerResponse, target: string): Promise<void> => {
    try {
      await proxy.web(request, response, { target, agent });
    } catch (error) {
      const reads = request.method === 'GET' || request.method === 'HEAD';
      if (!reads || !onKept.has(request) || response.headersSent || response.destroyed) throw error;
      await proxy.web(request, response, { target, agent: false, buffer: Readable.from([]) });
    }
  };
}

/**
 * Listens on the one origin and passes requests and sockets on. It keeps nothing and decides nothing: sessions and
 * rights are the services'. Where an ingress or a proxy of the operator's does this, the gateway is not needed.
 */
export async function startGateway(settings: GatewaySettings): Promise<Gateway> {
  const log = openLog('gateway', settings.logLevel);
  const proxy = createProxyServer({
    xfwd: true,
    ws: true,
    proxyTimeout: serviceSilenceMsMax,
    prependPath: false,
  });
  const pass = passing(proxy);
  const sockets = new Set<Socket>();
  const server = createServer(
    { headersTimeout: headersMsMax, requestTimeout: 0, keepAliveTimeout: 65_000 },
    (request, response) => {
      believe(request, settings.proxiesBefore);
      const target = targetOf(request.url ?? '/', settings);
      if (target === null) return refuse(response, 404, 'not-found');
      request.url = target.path;
      pass(request, response, target.origin).catch((error: unknown) => {
        log.warn({ err: error, path: target.path.split('?')[0] }, 'not reached');
        absent(request, response);
      });
    },
  );
  server.on('clientError', refuseUnreadable);
  server.on('upgrade', (request, socket, head) => {
    believe(request, settings.proxiesBefore);
    const target = targetOf(request.url ?? '/', settings);
    if (target === null) {
      socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      return;
    }
    request.url = target.path;
    sockets.add(socket as Socket);
    socket.on('close', () => sockets.delete(socket as Socket));
    proxy
      .ws(request, socket as Socket, { target: target.origin, upgradeTimeout: upgradeMsMax }, head)
      .catch((error: unknown) => {
        log.warn({ err: error, path: target.path.split('?')[0] }, 'socket not reached');
        socket.destroy();
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.bindAddress, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : settings.port;
  return {
    url: `http://${settings.bindAddress}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        for (const socket of sockets) socket.destroy();
        setTimeout(() => server.closeAllConnections(), 2_000).unref();
      }),
  };
}

import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AccessChange } from '@parvis/access/notify';
import { socketIdleMsMax } from '@parvis/contract/limits';
import type { Logger } from 'pino';
import { WebSocket, WebSocketServer } from 'ws';
import type { Caller } from './caller.ts';
import type { Callers } from './callers.ts';
import { isForeign } from './guard.ts';
import type { Metrics } from './metrics.ts';

/** Close codes of our sockets (4000–4999 are the application's, RFC 6455). The reason is a stable code. */
export const socketClose = {
  badFrame: 4400,
  noSession: 4401,
  notAllowed: 4403,
  notFound: 4404,
  idle: 4408,
  slow: 4413,
  goingAway: 1001,
} as const;

export interface SocketRoute {
  /** For the metrics, for example `/ws/docs/:id`. */
  readonly name: string;
  /** Matched against the path; its groups are given to `open`. */
  readonly path: RegExp;
  readonly frameBytesMax: number;
  /** Subprotocols that we speak, best first; a client that asks for none of them is still served. */
  readonly subprotocols?: readonly string[];
  /** Called once the session is known. What it throws closes the socket and is logged. */
  open(
    socket: WebSocket,
    caller: Caller,
    match: RegExpExecArray,
    request: IncomingMessage,
  ): void | Promise<void>;
  /** Where people without a session come too: they say who they are in a frame. Absent: their sockets are closed. */
  openUnknown?(socket: WebSocket, match: RegExpExecArray, request: IncomingMessage): void | Promise<void>;
}

interface Open {
  /** Null for somebody without a session. */
  caller: Caller | null;
  readonly route: SocketRoute;
  readonly stream: Socket;
  /** Bytes that had come at the last look: a listener for each message would cost more. */
  heardBytes: number;
  heardAt: number;
  pingedAt: number;
}

/** Milliseconds between two looks at the open sockets for silence and expired sessions. */
const beatMs = 1_000;
/** Milliseconds of silence, or since the last ping, before a ping. */
const pingMs = 15_000;

function destroyed(this: Duplex): void {
  this.destroy();
}
function terminated(this: WebSocket): void {
  this.terminate();
}

/** WebSockets of a service: origin and session are checked here, silence and ended sessions close them. */
export class Sockets {
  readonly #routes: SocketRoute[] = [];
  readonly #open = new Map<WebSocket, Open>();
  readonly #servers = new Map<SocketRoute, WebSocketServer>();
  readonly #callers: Callers;
  readonly #publicUrl: string;
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #beat: NodeJS.Timeout;

  constructor(callers: Callers, publicUrl: string, log: Logger, metrics: Metrics) {
    this.#callers = callers;
    this.#publicUrl = publicUrl;
    this.#log = log;
    this.#metrics = metrics;
    this.#beat = setInterval(() => this.#look(), beatMs).unref();
  }

  /** Adds a route; call it from a provider's `onModuleInit`. */
  route(route: SocketRoute): void {
    this.#routes.push(route);
    const server = new WebSocketServer({
      noServer: true,
      maxPayload: route.frameBytesMax,
      clientTracking: false,
      perMessageDeflate: false,
      handleProtocols: (asked) => route.subprotocols?.find((one) => asked.has(one)) ?? false,
    });
    this.#servers.set(route, server);
  }

  attach(http: Server): void {
    http.on('upgrade', (request, stream, head) => {
      this.#upgrade(request, stream, head).catch((error: unknown) => {
        this.#log.error({ err: error }, 'upgrade');
        stream.destroy();
      });
    });
  }

  async #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    stream.on('error', destroyed);
    const path = (request.url ?? '').split('?')[0] as string;
    for (const route of this.#routes) {
      const match = route.path.exec(path);
      if (match === null) continue;
      if (isForeign(request.headers.origin, this.#publicUrl))
        return this.#refuse(stream, 403, 'foreign-origin');
      const caller = await this.#callers.of(request);
      this.#servers
        .get(route)
        ?.handleUpgrade(request, stream, head, (socket) =>
          this.#opened(socket, caller, route, match, request),
        );
      return;
    }
    this.#refuse(stream, 404, 'not-found');
  }

  /** What outlives this call must not hold the request: its headers are more than all we keep of a connection. */
  #opened(
    socket: WebSocket,
    caller: Caller | null,
    route: SocketRoute,
    match: RegExpExecArray,
    request: IncomingMessage,
  ): void {
    socket.on('error', terminated);
    if (caller === null && route.openUnknown === undefined)
      return this.close(socket, socketClose.noSession, 'no-session');
    // Bots ask over HTTP, operation by operation, and hear by webhooks.
    if (caller !== null && caller.scopes !== null)
      return this.close(socket, socketClose.notAllowed, 'scope-missing');
    this.#admit(socket, caller, route, request.socket);
    void this.#enter(socket, caller, route, match, request);
  }

  async #enter(
    socket: WebSocket,
    caller: Caller | null,
    route: SocketRoute,
    match: RegExpExecArray,
    request: IncomingMessage,
  ): Promise<void> {
    try {
      if (caller === null) await route.openUnknown?.(socket, match, request);
      else await route.open(socket, caller, match, request);
    } catch (error) {
      this.#log.error({ err: error, route: route.name }, 'socket');
      this.close(socket, 1011, 'internal');
    }
  }

  #refuse(stream: Duplex, status: number, code: string): void {
    this.#metrics.refusals.inc({ code });
    const body = JSON.stringify({ type: `urn:parvis:problem:${code}`, title: code, status, code });
    stream.end(
      `HTTP/1.1 ${status} Refused\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
  }

  #admit(socket: WebSocket, caller: Caller | null, route: SocketRoute, stream: Socket): void {
    const now = Date.now();
    this.#open.set(socket, { caller, route, stream, heardBytes: 0, heardAt: now, pingedAt: 0 });
    this.#metrics.sockets.inc({ route: route.name });
    socket.on('close', () => {
      this.#open.delete(socket);
      this.#metrics.sockets.dec({ route: route.name });
    });
  }

  /** Closes with a code and a stable reason, and ends the connection if the other side does not answer. */
  close(socket: WebSocket, code: number, reason: string): void {
    this.#metrics.refusals.inc({ code: reason });
    socket.close(code, reason);
    setTimeout(() => {
      if (socket.readyState !== WebSocket.CLOSED) socket.terminate();
    }, 2_000).unref();
  }

  #look(): void {
    const now = Date.now();
    for (const [socket, open] of this.#open) {
      const bytes = open.stream.bytesRead;
      if (bytes !== open.heardBytes) open.heardAt = now;
      open.heardBytes = bytes;
      if (now - open.heardAt > socketIdleMsMax) this.close(socket, socketClose.idle, 'idle');
      else if (open.caller !== null && open.caller.expiresAt.getTime() <= now)
        void this.#askAgain(socket, open);
      else if (now - Math.max(open.heardAt, open.pingedAt) > pingMs) {
        open.pingedAt = now;
        socket.ping();
      }
    }
  }

  /** A session may have been renewed since the socket opened; one that was not, or that ended, closes it. */
  async #askAgain(socket: WebSocket, open: Open): Promise<void> {
    if (open.caller === null) return;
    try {
      const caller = await this.#callers.again(open.caller);
      if (caller === null) this.close(socket, socketClose.noSession, 'no-session');
      else open.caller = caller;
    } catch (error) {
      // Nobody knows whether the session still holds: the client comes back and asks.
      this.#log.warn({ err: error }, 'session of a socket');
      this.close(socket, socketClose.goingAway, 'going-away');
    }
  }

  /** Ended sessions and ended people lose their sockets at once; what else changed is each service's to re-check. */
  async recheck(change: AccessChange): Promise<void> {
    const sessions = new Set(change.sessions ?? []);
    const subjects = new Set(change.subjects ?? []);
    const asked: Promise<void>[] = [];
    for (const [socket, open] of this.#open) {
      const { caller } = open;
      if (caller === null) continue;
      const named = change.all === true || subjects.has(caller.id);
      const ended = caller.session !== null && sessions.has(caller.session);
      if (ended) this.close(socket, socketClose.noSession, 'no-session');
      else if (named) asked.push(this.#askAgain(socket, open));
    }
    await Promise.all(asked);
  }

  /** Tells every client to come back elsewhere. */
  async stop(): Promise<void> {
    clearInterval(this.#beat);
    for (const socket of this.#open.keys()) socket.close(socketClose.goingAway, 'going-away');
    const deadline = Date.now() + 1_000;
    while (this.#open.size > 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20));
    for (const socket of this.#open.keys()) socket.terminate();
  }
}

import type { IncomingMessage } from 'node:http';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { docsClose, docsSubprotocol } from '@parvis/contract/docs';
import { documentUpdateBytesMax } from '@parvis/contract/limits';
import { schemaVersion } from '@parvis/document/version';
import type { Caller } from '@parvis/server/caller';
import { Metrics } from '@parvis/server/metrics';
import { Sockets } from '@parvis/server/sockets';
import { WebSocket } from 'ws';
import { Doors } from './doors.ts';
import { type Line, Peer } from './peer.ts';
import { Session } from './session.ts';

/** Bytes of one message that we read to its end; besides the update it carries a few bytes of framing. */
const messageBytesMax = documentUpdateBytesMax + 64 * 1024;
/** Bytes at which `ws` itself would cut the connection; ours comes first, with an explanation. */
const frameBytesMax = 64 * 1024 ** 2;

/** `/ws/docs/<id>`: documents over WebSockets. */
@Injectable()
export class LiveSocket implements OnModuleInit {
  readonly #sockets: Sockets;
  readonly #doors: Doors;
  readonly #metrics: Metrics;
  readonly #logger = new Logger('docs');

  constructor(sockets: Sockets, doors: Doors, metrics: Metrics) {
    this.#sockets = sockets;
    this.#doors = doors;
    this.#metrics = metrics;
  }

  onModuleInit(): void {
    this.#sockets.route({
      name: '/ws/docs/:id',
      path: /^\/ws\/docs\/([0-9a-fA-F-]{36})$/,
      frameBytesMax,
      subprotocols: [docsSubprotocol],
      open: (socket, caller, match, request) => this.#open(socket, caller, match[1] as string, request),
    });
  }

  async #open(socket: WebSocket, caller: Caller, uid: string, request: IncomingMessage): Promise<void> {
    const query = new URL(request.url ?? '', 'http://docs').searchParams;
    const schema = query.get('schema');
    const peer = new Peer(lineOf(socket, request), {
      caller,
      link: query.get('link') ?? undefined,
      ours: socket.protocol === docsSubprotocol,
      writes: schema === null || Number(schema) >= schemaVersion,
      close: (code, reason) => this.#sockets.close(socket, code, reason),
    });
    const session = new Session(peer, this.#metrics, (error) => this.#broken(peer, error));
    const door = this.#doors.add(peer, uid);
    socket.on('close', () => this.#doors.leave(door));
    listen(socket, request, peer, session);
    await this.#doors.enter(door, session, query.get('epoch'));
  }

  #broken(peer: Peer, error: unknown): void {
    this.#logger.error(error instanceof Error ? error.stack : String(error));
    peer.end(1011, 'internal');
  }
}

/** Writes past `ws`, which would copy and frame each message again for each receiver. */
function lineOf(socket: WebSocket, request: IncomingMessage): Line {
  const stream = request.socket;
  return {
    get open() {
      return socket.readyState === WebSocket.OPEN;
    },
    write(frames) {
      stream.write(frames);
      return stream.writableLength;
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
}

/** Hands messages on, and stops a message that grows too long before it fills the memory. */
function listen(socket: WebSocket, request: IncomingMessage, peer: Peer, session: Session): void {
  const stream = request.socket;
  let readAtMessage = stream.bytesRead;
  socket.on('message', (data, binary) => {
    readAtMessage = stream.bytesRead;
    if (binary) session.receive(data as Buffer);
    else session.refuse('frame-malformed', 0);
  });
  stream.on('data', () => {
    if (stream.bytesRead - readAtMessage <= messageBytesMax || !peer.open) return;
    session.refuse('update-too-large', 1);
    peer.end(docsClose.tooLarge, 'update-too-large');
    peer.pause();
  });
}

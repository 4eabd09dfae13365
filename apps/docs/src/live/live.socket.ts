import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { docsClose, docsSubprotocol } from '@parvis/contract/docs';
import { documentUpdateBytesMax } from '@parvis/contract/limits';
import { schemaVersion } from '@parvis/document/version';
import type { Caller } from '@parvis/server/caller';
import { Metrics } from '@parvis/server/metrics';
import { Sockets } from '@parvis/server/sockets';
import { WebSocket } from 'ws';
import { type Door, Doors } from './doors.ts';
import { type Line, Peer } from './peer.ts';
import { Session } from './session.ts';

/** Bytes of one message that we read to its end; besides the update it carries a few bytes of framing. */
const messageBytesMax = documentUpdateBytesMax + 64 * 1024;
/** Bytes at which `ws` itself would cut the connection; ours comes first, with an explanation. */
const frameBytesMax = 64 * 1024 ** 2;
/** Bytes that go at once even where more is to be said. */
const gatheredBytesMax = 64 * 1024;

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
    const peer = new Peer(new SocketLine(socket, request.socket, this.#sockets), {
      caller,
      link: query.get('link') ?? undefined,
      ours: socket.protocol === docsSubprotocol,
      writes: schema === null || Number(schema) >= schemaVersion,
    });
    const { door, session } = this.#listen(socket, request.socket, peer, uid);
    await this.#doors.enter(door, session, query.get('epoch'));
  }

  /**
   * Hands messages on, and stops a message that grows too long before it fills the memory. What listens holds neither
   * the request nor its headers.
   */
  #listen(socket: WebSocket, stream: Socket, peer: Peer, uid: string): { door: Door; session: Session } {
    const session = new Session(peer, this.#metrics, (error) => this.#broken(peer, error));
    const door = this.#doors.add(peer, uid);
    socket.on('close', () => this.#doors.leave(door));
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
    return { door, session };
  }

  #broken(peer: Peer, error: unknown): void {
    this.#logger.error(error instanceof Error ? error.stack : String(error));
    peer.end(1011, 'internal');
  }
}

/** Writes past `ws`, which would copy and frame each message again for each receiver. */
class SocketLine implements Line {
  readonly #socket: WebSocket;
  readonly #stream: Socket;
  readonly #sockets: Sockets;

  constructor(socket: WebSocket, stream: Socket, sockets: Sockets) {
    this.#socket = socket;
    this.#stream = stream;
    this.#sockets = sockets;
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  write(frames: Buffer): number {
    this.#stream.write(frames);
    // What is gathered counts as unsent.
    if (frames.length > gatheredBytesMax) this.#stream.uncork();
    return this.#stream.writableLength;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  gather(): void {
    this.#stream.cork();
  }

  go(): void {
    this.#stream.uncork();
  }

  close(code: number, reason: string): void {
    this.#stream.uncork();
    this.#sockets.close(this.#socket, code, reason);
  }
}

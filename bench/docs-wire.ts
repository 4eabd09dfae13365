import { connect, type Socket } from 'node:net';
import { docsMessage, docsSubprotocol } from '@parvis/contract/docs';
import { UpdateReader } from '../apps/docs/src/log/update-reader.ts';
import { Bytes } from './docs-bytes.ts';

/** What a server said. `bytes` is an update for `sync`, states for `presence`. */
export interface Said {
  readonly kind: 'update' | 'answer' | 'presence' | 'ack' | 'other';
  readonly bytes: Uint8Array;
  /** How many updates an `ack` stands for. */
  readonly count?: number;
}

/** How a server's messages are made: y-protocols as they are, or with a document's name before each. */
export interface Dialect {
  readonly subprotocol: string | null;
  path(documentId: string): string;
  /** Sent at once by a client that wants the document. */
  hello(documentId: string): Uint8Array[];
  sync(documentId: string, kind: 0 | 1 | 2, bytes: Uint8Array): Uint8Array;
  presence(documentId: string, states: Uint8Array): Uint8Array;
  read(message: Uint8Array): Said;
}

const nothing = new Uint8Array(0);

function readFrom(reader: UpdateReader, ack: number): Said {
  const type = reader.varUint();
  if (type === ack) return { kind: 'ack', bytes: nothing, count: reader.varUint() };
  if (type === docsMessage.awareness) return { kind: 'presence', bytes: reader.bytes() };
  // 4: Hocuspocus' answer that asks nothing back.
  if (type !== docsMessage.sync && !(ack === hocuspocusAck && type === 4))
    return { kind: 'other', bytes: nothing };
  const kind = reader.varUint();
  if (kind === 0) return { kind: 'other', bytes: nothing };
  return { kind: kind === 1 ? 'answer' : 'update', bytes: reader.bytes() };
}

const hocuspocusAck = 8;

/** Ours, and the relay's. */
export const plain: Dialect = {
  subprotocol: docsSubprotocol,
  path: (id) => `/ws/docs/${id}`,
  hello: (id) => [plain.sync(id, 0, Uint8Array.of(0))],
  sync: (_, kind, bytes) => new Bytes().uints(docsMessage.sync, kind).block(bytes).done,
  presence: (_, states) => new Bytes().uints(docsMessage.awareness).block(states).done,
  read: (message) => readFrom(new UpdateReader(message), docsMessage.ack),
};

export const hocuspocus: Dialect = {
  subprotocol: null,
  path: () => '/',
  hello: (id) => [
    new Bytes().text(id).uints(2, 0).text('anybody').done,
    hocuspocus.sync(id, 0, Uint8Array.of(0)),
  ],
  sync: (id, kind, bytes) => new Bytes().text(id).raw(plain.sync(id, kind, bytes)).done,
  presence: (id, states) => new Bytes().text(id).raw(plain.presence(id, states)).done,
  read(message) {
    const reader = new UpdateReader(message);
    reader.text();
    return readFrom(reader, hocuspocusAck);
  },
};

/** A client frame (RFC 6455 §5.2): masked, as it must be, with zeros. */
function frameOf(message: Uint8Array): Buffer {
  const length = message.length;
  const header =
    length < 126
      ? Buffer.from([0x82, 0x80 | length, 0, 0, 0, 0])
      : length < 65_536
        ? Buffer.from([0x82, 0xfe, length >> 8, length & 255, 0, 0, 0, 0])
        : Buffer.concat([
            Buffer.from([0x82, 0xff, 0, 0, 0, 0]),
            Buffer.from(Uint32Array.of(length).buffer).reverse(),
            Buffer.alloc(4),
          ]);
  return Buffer.concat([header, message]);
}

/** A WebSocket without a WebSocket library: frames made by hand on a plain socket, so that the load costs little. */
export class RawClient {
  readonly #socket: Socket;
  readonly #hear: (message: Uint8Array) => void;
  #rest: Buffer = Buffer.alloc(0);
  #upgraded = false;
  #opened = () => {};
  closed = false;

  private constructor(port: number, hear: (message: Uint8Array) => void) {
    this.#hear = hear;
    this.#socket = connect(port, '127.0.0.1').setNoDelay(true);
    this.#socket.on('data', (data) => this.#take(data as Buffer));
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => {
      this.closed = true;
    });
  }

  static async open(
    at: { port: number; path: string; cookie: string; subprotocol: string | null },
    hear: (message: Uint8Array) => void,
  ): Promise<RawClient> {
    const client = new RawClient(at.port, hear);
    const protocol = at.subprotocol === null ? '' : `sec-websocket-protocol: ${at.subprotocol}\r\n`;
    client.#socket.write(
      `GET ${at.path} HTTP/1.1\r\nhost: 127.0.0.1\r\norigin: http://127.0.0.1:8080\r\ncookie: ${at.cookie}\r\n${protocol}` +
        'connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    await new Promise<void>((resolve, reject) => {
      client.#opened = resolve;
      client.#socket.once('close', () => reject(new Error('the server did not let the client in')));
    });
    return client;
  }

  send(...messages: Uint8Array[]): void {
    this.#socket.write(
      messages.length === 1 ? frameOf(messages[0] as Uint8Array) : Buffer.concat(messages.map(frameOf)),
    );
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(data: Buffer): void {
    let buffer = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    if (!this.#upgraded) {
      const end = buffer.indexOf('\r\n\r\n');
      if (end < 0) return void (this.#rest = buffer);
      this.#upgraded = true;
      buffer = buffer.subarray(end + 4);
      this.#opened();
    }
    this.#rest = this.#frames(buffer);
  }

  /** Hands every whole frame on; gives what is left. */
  #frames(buffer: Buffer): Buffer {
    let at = 0;
    while (buffer.length - at >= 2) {
      const short = (buffer[at + 1] as number) & 127;
      const headerBytes = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (buffer.length - at < headerBytes) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? buffer.readUInt16BE(at + 2)
            : Number(buffer.readBigUInt64BE(at + 2));
      if (buffer.length - at - headerBytes < length) break;
      const message = buffer.subarray(at + headerBytes, at + headerBytes + length);
      const opcode = (buffer[at] as number) & 15;
      if (opcode === 2) this.#hear(message);
      else if (opcode === 9) this.#socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
      at += headerBytes + length;
    }
    return buffer.subarray(at);
  }
}

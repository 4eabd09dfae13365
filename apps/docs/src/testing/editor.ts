import { docsMessage, docsSubprotocol } from '@parvis/contract/docs';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as awareness from 'y-protocols/awareness';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';

export interface EditorOptions {
  readonly url: string;
  readonly cookie: string;
  readonly documentId: string;
  /** Whether to ask for our messages; without, it is any client of y-protocols. */
  readonly ours?: boolean;
  readonly query?: string;
  readonly doc?: Y.Doc;
}

/** Milliseconds in which what is waited for must come true, also where everything is slow. */
const waitMsMax = 60_000;
const origin = 'http://127.0.0.1:8080';

/** A person's editor without a screen: a real Y.Doc that speaks y-protocols over a real socket. For tests and benches. */
export class Editor {
  readonly doc: Y.Doc;
  readonly presence: awareness.Awareness;
  readonly refused: string[] = [];
  readonly states: { epoch: string; right: string }[] = [];
  /** Sync messages from the server, for those who count. */
  received = 0;
  synced = false;
  /** The last position of the comments that the server told of. */
  commentsRev = 0;
  /** Updates sent, and those of them that are neither acknowledged nor refused. */
  sent = 0;
  waiting = 0;
  closed: { code: number; reason: string } | null = null;
  #socket: WebSocket | null = null;
  #options: EditorOptions;

  constructor(options: EditorOptions) {
    this.#options = options;
    this.doc = options.doc ?? new Y.Doc();
    this.presence = new awareness.Awareness(this.doc);
    this.presence.setLocalState(null);
    this.doc.on('update', (update: Uint8Array, from: unknown) => {
      if (from !== this) this.#sendSync((encoder) => sync.writeUpdate(encoder, update));
    });
    this.presence.on('update', ({ added, updated, removed }: Record<string, number[]>, from: unknown) => {
      if (from !== this) this.#tellPresence([...(added ?? []), ...(updated ?? []), ...(removed ?? [])]);
    });
  }

  get text(): Y.Text {
    return this.doc.getText('t');
  }
  get socket(): WebSocket {
    if (!this.#socket) throw new Error('the editor is cut off');
    return this.#socket;
  }

  /** Connects, or connects again, to another process if given; resolves once the socket is open. */
  async open(change: Partial<EditorOptions> = {}): Promise<this> {
    this.cut();
    this.#options = { ...this.#options, ...change };
    const { url, cookie, documentId, ours, query } = this.#options;
    const address = `${url.replace(/^http/, 'ws')}/ws/docs/${documentId}${query ? `?${query}` : ''}`;
    const socket = new WebSocket(address, ours === false ? [] : [docsSubprotocol], {
      headers: { cookie },
      origin,
    });
    this.#socket = socket;
    this.synced = false;
    this.closed = null;
    this.waiting = 0;
    socket.on('message', (data) => this.#socket === socket && this.#hear(new Uint8Array(data as Buffer)));
    socket.on('close', (code, reason) => {
      if (this.#socket === socket) this.closed = { code, reason: String(reason) };
    });
    socket.on('error', () => {});
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    this.#send((encoder) => {
      encoding.writeVarUint(encoder, docsMessage.sync);
      sync.writeSyncStep1(encoder, this.doc);
    });
    if (this.presence.getLocalState() !== null) this.#tellPresence([this.doc.clientID]);
    return this;
  }

  /** Opens and waits until the document is there. */
  async join(change: Partial<EditorOptions> = {}): Promise<this> {
    await this.open(change);
    await this.until('synced', () => this.synced);
    return this;
  }

  /** The connection breaks off without a word. */
  cut(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
  }

  destroy(): void {
    this.cut();
    this.presence.destroy();
    this.doc.destroy();
  }

  type(words: string): void {
    this.text.insert(this.text.length, words);
  }

  raw(data: Uint8Array | string): void {
    this.socket.send(data);
  }

  /** A sync update with any bytes, as one message. */
  rawUpdate(bytes: Uint8Array): void {
    this.waiting += 1;
    this.#send((encoder) => {
      encoding.writeVarUint(encoder, docsMessage.sync);
      encoding.writeVarUint(encoder, sync.messageYjsUpdate);
      encoding.writeVarUint8Array(encoder, bytes);
    });
  }

  rawPresence(states: { client: number; clock: number; state: unknown }[]): void {
    const body = encoding.createEncoder();
    encoding.writeVarUint(body, states.length);
    for (const { client, clock, state } of states) {
      encoding.writeVarUint(body, client);
      encoding.writeVarUint(body, clock);
      encoding.writeVarString(body, JSON.stringify(state));
    }
    this.#send((encoder) => {
      encoding.writeVarUint(encoder, docsMessage.awareness);
      encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body));
    });
  }

  /** Waits until something is true. @throws when it does not become true */
  async until(what: string, isTrue: () => boolean, msMax = waitMsMax): Promise<void> {
    const deadline = Date.now() + msMax;
    while (!isTrue()) {
      if (Date.now() > deadline) {
        throw new Error(
          `not ${what}: ${JSON.stringify({ closed: this.closed, refused: this.refused, waiting: this.waiting })}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  saved(): Promise<void> {
    return this.until('saved', () => this.waiting === 0);
  }

  #send(write: (encoder: encoding.Encoder) => void): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const encoder = encoding.createEncoder();
    write(encoder);
    this.#socket.send(encoding.toUint8Array(encoder));
  }

  #sendSync(write: (encoder: encoding.Encoder) => void): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.sent += 1;
    this.waiting += 1;
    this.#send((encoder) => {
      encoding.writeVarUint(encoder, docsMessage.sync);
      write(encoder);
    });
  }

  #tellPresence(clients: number[]): void {
    this.#send((encoder) => {
      encoding.writeVarUint(encoder, docsMessage.awareness);
      encoding.writeVarUint8Array(encoder, awareness.encodeAwarenessUpdate(this.presence, clients));
    });
  }

  #hear(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === docsMessage.sync) this.#hearSync(decoder);
    else if (type === docsMessage.awareness) {
      awareness.applyAwarenessUpdate(this.presence, decoding.readVarUint8Array(decoder), this);
    } else if (type === docsMessage.ack) this.waiting -= decoding.readVarUint(decoder);
    else if (type === docsMessage.state) {
      this.states.push({ epoch: decoding.readVarString(decoder), right: decoding.readVarString(decoder) });
    } else if (type === docsMessage.refused) {
      this.refused.push(decoding.readVarString(decoder));
      this.waiting -= decoding.readVarUint(decoder);
    } else if (type === docsMessage.comments) this.commentsRev = decoding.readVarUint(decoder);
    else throw new Error(`a message of type ${type}`);
  }

  #hearSync(decoder: decoding.Decoder): void {
    this.received += 1;
    const reply = encoding.createEncoder();
    const kind = sync.readSyncMessage(decoder, reply, this.doc, this);
    if (kind === sync.messageYjsSyncStep2) this.synced = true;
    if (encoding.length(reply) === 0) return;
    this.sent += 1;
    this.waiting += 1;
    const bytes = encoding.toUint8Array(reply);
    this.#send((encoder) => {
      encoding.writeVarUint(encoder, docsMessage.sync);
      encoding.writeUint8Array(encoder, bytes);
    });
  }
}

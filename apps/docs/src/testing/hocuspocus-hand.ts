import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import type { Hand } from './crash-rounds.ts';

/** Message types of Hocuspocus 4 besides those of y-protocols. */
const message = { sync: 0, auth: 2, syncStatus: 8 };

/** A client of Hocuspocus, for the control: its acknowledgements are the server's SyncStatus. */
export class HocuspocusHand implements Hand {
  readonly #doc = new Y.Doc();
  readonly #socket: WebSocket;
  readonly #name: string;
  #synced = false;
  acknowledged = 0;
  #typed = 0;

  private constructor(socket: WebSocket, name: string) {
    this.#socket = socket;
    this.#name = name;
    socket.on('message', (data) => this.#hear(new Uint8Array(data as Buffer)));
    socket.on('error', () => {});
    this.#doc.on('update', (update: Uint8Array, from: unknown) => {
      if (from !== this) this.#send(message.sync, (encoder) => sync.writeUpdate(encoder, update));
    });
  }

  static async join(url: string, name: string): Promise<HocuspocusHand> {
    const socket = new WebSocket(url.replace(/^http/, 'ws'));
    const hand = new HocuspocusHand(socket, name);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    hand.#send(message.auth, (encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, 'anybody');
    });
    hand.#send(message.sync, (encoder) => sync.writeSyncStep1(encoder, hand.#doc));
    for (let i = 0; !hand.#synced; i++) {
      if (i > 1_000) throw new Error('Hocuspocus does not answer');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return hand;
  }

  get text(): string {
    return this.#doc.getText('t').toString();
  }
  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  type(word: string): void {
    this.#typed += 1;
    const text = this.#doc.getText('t');
    text.insert(text.length, word);
  }

  #send(type: number, write: (encoder: encoding.Encoder) => void): void {
    if (!this.open) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarString(encoder, this.#name);
    encoding.writeVarUint(encoder, type);
    write(encoder);
    this.#socket.send(encoding.toUint8Array(encoder));
  }

  #hear(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    decoding.readVarString(decoder);
    const type = decoding.readVarUint(decoder);
    // The answer to the server's own question is acknowledged as well, before the first word.
    if (type === message.syncStatus && this.#typed > 0 && decoding.readVarUint(decoder) === 1)
      this.acknowledged = Math.min(this.acknowledged + 1, this.#typed);
    if (type !== message.sync && type !== 4) return;
    const reply = encoding.createEncoder();
    const kind = sync.readSyncMessage(decoder, reply, this.#doc, this);
    if (kind === sync.messageYjsSyncStep2) this.#synced = true;
    if (encoding.length(reply) > 0) this.#reply(encoding.toUint8Array(reply));
  }

  #reply(bytes: Uint8Array): void {
    this.#send(message.sync, (encoder) => encoding.writeUint8Array(encoder, bytes));
  }

  destroy(): void {
    this.#socket.terminate();
    this.#doc.destroy();
  }
}

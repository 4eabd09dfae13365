import { docsClose, docsMessage } from '@parvis/contract/docs';
import { documentUpdateBytesMax } from '@parvis/contract/limits';
import { socketClose } from '@parvis/server/sockets';
import type { Metrics } from '@parvis/server/metrics';
import * as decoding from 'lib0/decoding';
import { decodeClocks } from '../log/clocks.ts';
import { readUpdateHeader, type UpdateHeader } from '../log/update-header.ts';
import type { Peer } from './peer.ts';
import { readPresence, writePresence } from './presence.ts';
import type { Room } from './room.ts';
import { deniedFrame, presenceFrame, syncKind } from './wire.ts';

/** Bytes of messages that may wait while one before them is looked up; the stream is paused meanwhile. */
const heldBytesMax = 16 * 1024 ** 2;
/** Refusals of one connection before it is closed: what sends so much of nothing is broken. */
const refusalsMax = 200;
/** Bytes of a state vector or a presence message. */
const smallBytesMax = 256 * 1024;

/** Reads what one connection sends, one message after the other, and refuses what it must not send. */
export class Session {
  readonly #peer: Peer;
  readonly #metrics: Metrics;
  readonly #onError: (error: unknown) => void;
  #room: Room | null = null;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #busy = true;
  #refusals = 0;

  constructor(peer: Peer, metrics: Metrics, onError: (error: unknown) => void) {
    this.#peer = peer;
    this.#metrics = metrics;
    this.#onError = onError;
  }

  /** From now on what the client sends is answered; what it sent before first, in one writing with the welcome. */
  async begin(room: Room): Promise<void> {
    this.#room = room;
    this.#peer.gather();
    try {
      room.admit(this.#peer);
      await this.#drain();
    } finally {
      this.#peer.go();
    }
  }

  /** One WebSocket message. */
  receive(data: Buffer): void {
    if (this.#busy) return this.#hold(data);
    const done = this.#read(data);
    if (done === undefined) return;
    this.#busy = true;
    this.#peer.pause();
    done.then(() => this.#drain()).catch(this.#onError);
  }

  #hold(data: Buffer): void {
    this.#heldBytes += data.length;
    if (this.#heldBytes > heldBytesMax) return this.#peer.end(socketClose.badFrame, 'update-too-large');
    this.#held.push(data);
  }

  async #drain(): Promise<void> {
    for (let data = this.#held.shift(); data !== undefined && this.#peer.open; data = this.#held.shift()) {
      this.#heldBytes -= data.length;
      await this.#read(data);
    }
    this.#busy = false;
    this.#peer.resume();
  }

  refuse(code: string, updates: 0 | 1): void {
    this.#metrics.refusals.inc({ code });
    if (!this.#peer.ours) return this.#refusePlainly(code);
    this.#peer.refuse(code, updates);
    this.#refusals += 1;
    if (this.#refusals > refusalsMax) this.#peer.end(socketClose.badFrame, code);
  }

  /** A client that speaks y-protocols only hears of it in the words of y-protocols, or by the reason of a close. */
  #refusePlainly(code: string): void {
    // It is asked for what is missing.
    if (code === 'clock-gap') return;
    if (code === 'read-only' || code === 'schema-too-old') return this.#peer.send(deniedFrame(code));
    const status = code === 'update-too-large' ? docsClose.tooLarge : socketClose.badFrame;
    this.#peer.end(status, code);
  }

  #read(data: Buffer): Promise<void> | undefined {
    const room = this.#room;
    if (room === null || !this.#peer.open) return;
    let parsed: Parsed | null;
    try {
      parsed = parse(data);
    } catch {
      parsed = null;
    }
    if (parsed === null) return this.refuse('frame-malformed', 0) as undefined;
    if (parsed.kind === 'update') return this.#update(room, parsed.bytes, parsed.answer);
    if (parsed.kind === 'step1') return this.#step1(room, parsed.bytes);
    if (parsed.kind === 'presence') return this.#presence(room, parsed.bytes) as undefined;
    if (parsed.kind === 'query') this.#peer.send(presenceFrame(writePresence(room.presence.all())));
    return;
  }

  #step1(room: Room, bytes: Uint8Array): Promise<void> | undefined {
    try {
      if (bytes.length > smallBytesMax) throw new Error('too long');
      return room.answer(this.#peer, decodeClocks(bytes));
    } catch {
      return this.refuse('frame-malformed', 0) as undefined;
    }
  }

  #presence(room: Room, bytes: Uint8Array): void {
    try {
      if (bytes.length <= smallBytesMax && room.takePresence(this.#peer, readPresence(bytes))) return;
    } catch {
      // Falls through: bytes that say nothing are refused like a claim that is not true.
    }
    this.refuse('presence-refused', 0);
  }

  /** `answer`: a sync step 2, the client's answer to our question. */
  #update(room: Room, update: Uint8Array, answer: boolean): Promise<void> | undefined {
    if (this.#peer.inDoubt) return this.#updateLater(room, update, answer);
    if (update.length > documentUpdateBytesMax) return this.refuse('update-too-large', 1) as undefined;
    let header: UpdateHeader;
    try {
      header = readUpdateHeader(update);
    } catch {
      return this.refuse('update-malformed', 1) as undefined;
    }
    if (room.past.size > 0 && header.added.some(({ client }) => room.past.has(client))) {
      // A client that does not say its epoch brings back what was left behind.
      this.#metrics.refusals.inc({ code: 'wrong-epoch' });
      return this.#peer.end(docsClose.wrongEpoch, 'wrong-epoch') as undefined;
    }
    const standing = room.quickStanding(header);
    if (standing === 'known' && header.deleted.length === 0)
      return room.take(this.#peer, null, null) as undefined;
    if (standing === 'known' && answer) return this.#repetition(room, update, header);
    if (this.#peer.right !== 'write') return this.refuse('read-only', 1) as undefined;
    // An answer may bring back what others wrote, and what the server lost. It may have holes, where the client itself
    // waits for others: it is kept whole.
    if (answer) return room.take(this.#peer, update, header) as undefined;
    return standing === 'gap'
      ? this.#gap(room, update, header)
      : (this.#typed(room, update, header) as undefined);
  }

  /** Whether it may write is being asked. */
  async #updateLater(room: Room, update: Uint8Array, answer: boolean): Promise<void> {
    await this.#peer.known();
    if (this.#peer.open) await this.#update(room, update, answer);
  }

  /** Every client answers with all deletions that it knows of: they are written only when one of them is news. */
  async #repetition(room: Room, update: Uint8Array, header: UpdateHeader): Promise<void> {
    const { join } = await room.joined();
    if (join.covers(header.deleted)) room.take(this.#peer, null, null);
    else if (this.#peer.right !== 'write') this.refuse('read-only', 1);
    else room.take(this.#peer, update, header);
  }

  #typed(room: Room, update: Uint8Array, header: UpdateHeader): void {
    if (room.mayAdd(this.#peer, header)) room.take(this.#peer, update, header, true);
    else this.refuse('client-not-yours', 1);
  }

  async #gap(room: Room, update: Uint8Array, header: UpdateHeader): Promise<void> {
    // What another process wrote may tell whose the client is.
    if ((await room.standing(header)) !== 'gap') return this.#typed(room, update, header);
    this.refuse('clock-gap', 1);
    room.ask(this.#peer);
  }
}

type Parsed =
  | { kind: 'step1' | 'presence'; bytes: Uint8Array }
  | { kind: 'update'; bytes: Uint8Array; answer: boolean }
  | { kind: 'query' | 'ignored' };

/** @throws Error on bytes that are no message of y-protocols */
function parse(data: Buffer): Parsed | null {
  const decoder = decoding.createDecoder(data);
  const type = decoding.readVarUint(decoder);
  if (type === docsMessage.queryAwareness) return { kind: 'query' };
  // Permission messages go from server to client only; clients may send back what they do not know.
  if (type === docsMessage.auth) return { kind: 'ignored' };
  if (type !== docsMessage.sync && type !== docsMessage.awareness) return null;
  const kind = type === docsMessage.sync ? decoding.readVarUint(decoder) : null;
  const bytes = decoding.readVarUint8Array(decoder);
  if (decoding.hasContent(decoder)) return null;
  if (kind === null) return { kind: 'presence', bytes };
  if (kind === syncKind.step1) return { kind: 'step1', bytes };
  if (kind === syncKind.step2) return { kind: 'update', bytes, answer: true };
  return kind === syncKind.update ? { kind: 'update', bytes, answer: false } : null;
}

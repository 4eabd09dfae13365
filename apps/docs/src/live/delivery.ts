import type { Entry, Sender } from './committer.ts';
import type { Peer } from './peer.ts';
import { ackFrame, smallUpdateBytesMax, updateFrame, writeSmallUpdate } from './wire.ts';

/** Bytes that a frame of an update may have besides the update. */
const frameBytesMax = 20;

/** Where the frames of one sender lie, and how many messages of theirs are on disk now. */
interface Span {
  readonly updates: Uint8Array[];
  count: number;
  from: number;
  to: number;
}

/** What one commit brings to the people of a document: framed once, and written once to each of them. */
export class Delivery {
  /** The frames of all updates, those of one sender together: only they depend on each other. */
  readonly everything: Buffer;
  readonly #spans = new Map<Sender, Span>();

  constructor(entries: readonly Entry[]) {
    let bytes = 0;
    for (const { sender, update } of entries) {
      let span = this.#spans.get(sender);
      if (span === undefined) {
        span = { updates: [], count: 0, from: 0, to: 0 };
        this.#spans.set(sender, span);
      }
      span.count += 1;
      if (update === null) continue;
      span.updates.push(update);
      bytes += update.length + frameBytesMax;
    }
    const room = Buffer.allocUnsafe(bytes);
    let at = 0;
    for (const span of this.#spans.values()) {
      span.from = at;
      for (const update of span.updates) {
        if (update.length <= smallUpdateBytesMax) at = writeSmallUpdate(room, at, update);
        else at += updateFrame(update).copy(room, at);
      }
      span.to = at;
    }
    this.everything = room.subarray(0, at);
  }

  /** All that is not the peer's own, and the word that its own is kept. */
  to(peer: Peer): void {
    const span = this.#spans.get(peer);
    if (span === undefined) {
      if (this.everything.length > 0) peer.send(this.everything);
      return;
    }
    const { everything } = this;
    const ack = peer.ours ? ackFrame(span.count) : null;
    const othersBytes = everything.length - (span.to - span.from);
    if (othersBytes === 0) {
      if (ack) peer.send(ack);
      return;
    }
    const bytes = Buffer.allocUnsafe(othersBytes + (ack?.length ?? 0));
    everything.copy(bytes, 0, 0, span.from);
    everything.copy(bytes, span.from, span.to);
    if (ack) bytes.set(ack, othersBytes);
    peer.send(bytes);
  }
}

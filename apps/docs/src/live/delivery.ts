import type { Entry, Sender } from './committer.ts';
import type { Peer } from './peer.ts';
import { ackFrame, updateFrame } from './wire.ts';

/** Where the frames of one sender lie, and how many messages of theirs are on disk now. */
interface Span {
  readonly frames: Buffer[];
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
    for (const { sender, update } of entries) {
      let span = this.#spans.get(sender);
      if (span === undefined) {
        span = { frames: [], count: 0, from: 0, to: 0 };
        this.#spans.set(sender, span);
      }
      span.count += 1;
      if (update) span.frames.push(updateFrame(update));
    }
    let at = 0;
    const frames: Buffer[] = [];
    for (const span of this.#spans.values()) {
      span.from = at;
      for (const frame of span.frames) {
        frames.push(frame);
        at += frame.length;
      }
      span.to = at;
    }
    this.everything = Buffer.concat(frames, at);
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

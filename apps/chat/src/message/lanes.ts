import type { Prepared } from './send-content.ts';

/** Messages and characters that one commit takes at most. */
const messagesMax = 512;
const charactersMax = 1_000_000;
/** Commits under way at a time, for different channels. */
const lanesMax = 3;

const keyOf = ({ send }: Prepared) => `${send.caller.id} ${send.clientId}`;

/**
 * What waits to be stored. A channel, and a client id of a person, are in one commit at a time: so what is sent to a
 * channel keeps its order, and what is sent again finds what was stored. Other channels need not wait for that commit.
 */
export class Lanes {
  readonly #waiting = new Map<string, Prepared[]>();
  readonly #busy = new Set<string>();
  #taken = 0;
  /** Messages that wait. */
  size = 0;

  add(batch: readonly Prepared[]): void {
    for (const one of batch) {
      const uid = one.right.channelUid;
      const queue = this.#waiting.get(uid);
      if (queue) queue.push(one);
      else this.#waiting.set(uid, [one]);
    }
    this.size += batch.length;
  }

  /** Whether a commit of this channel is under way. */
  isBusy(channelUid: string): boolean {
    return this.#busy.has(channelUid);
  }

  /** What the next commit takes; empty when all that waits waits for one under way. {@link done} gives it free. */
  take(): Prepared[] {
    const batch: Prepared[] = [];
    if (this.#taken >= lanesMax) return batch;
    let characters = 0;
    for (const [uid, queue] of this.#waiting) {
      if (batch.length >= messagesMax || characters > charactersMax) break;
      if (this.#busy.has(uid)) continue;
      let count = 0;
      for (const one of queue) {
        if (batch.length >= messagesMax || characters > charactersMax || this.#busy.has(keyOf(one))) break;
        this.#busy.add(keyOf(one));
        batch.push(one);
        characters += one.send.body.length;
        count += 1;
      }
      if (count === 0) continue;
      // What is left of a long queue comes after the others.
      this.#waiting.delete(uid);
      if (count < queue.length) this.#waiting.set(uid, queue.slice(count));
    }
    for (const { right } of batch) this.#busy.add(right.channelUid);
    if (batch.length > 0) this.#taken += 1;
    this.size -= batch.length;
    return batch;
  }

  done(batch: readonly Prepared[]): void {
    this.#taken -= 1;
    for (const one of batch) {
      this.#busy.delete(keyOf(one));
      this.#busy.delete(one.right.channelUid);
    }
  }
}

import { call } from '@parvis/contract/call';
import { deleteMessage, editMessage, reactToMessage } from '@parvis/contract/chat-message';
import type { GivenTo, Operation } from '@parvis/contract/operation';
import { Refusal } from '@parvis/contract/refusal';

/** What was done to one message, as far as the one who did it can know. */
export interface Deed {
  /** The bodies that it may have: the last one that was acknowledged, and what was tried since. Null is deleted. */
  bodies: (string | null)[];
  /** Whether the reaction was acknowledged. */
  reacted: boolean;
}

/** Somebody who changes messages over HTTP and writes down what was acknowledged. For tests under kills. */
export class Hand {
  readonly deeds = new Map<number, Deed>();
  /** Messages of this person that are known to be stored, to be changed. */
  readonly mine: { readonly seq: number; readonly body: string }[] = [];
  acknowledged = 0;
  readonly #channelId: string;
  readonly #cookie: string;
  readonly #origin = 'http://127.0.0.1:8080';

  constructor(channelId: string, cookie: string) {
    this.#channelId = channelId;
    this.#cookie = cookie;
  }

  /** Does something to a message of its own; what, and to which, `nr` decides. */
  async act(url: string, nr: number): Promise<void> {
    const one = this.mine[(nr * 7) % Math.max(1, this.mine.length)];
    if (!one) return;
    const of = { id: this.#channelId, seq: one.seq };
    const deed = this.deeds.get(one.seq) ?? { bodies: [one.body], reacted: false };
    this.deeds.set(one.seq, deed);
    if (deed.bodies.includes(null)) return;
    if (nr % 3 === 0) {
      if (await this.#done(url, reactToMessage, { ...of, emoji: '👍', on: true })) deed.reacted = true;
      return;
    }
    const next = nr % 11 === 0 ? null : `${one.body} ${nr}`;
    deed.bodies.push(next);
    const isDone =
      next === null
        ? await this.#done(url, deleteMessage, of)
        : await this.#done(url, editMessage, { ...of, body: next });
    if (isDone) deed.bodies = [next];
  }

  /** False when it is not known what became of it. */
  async #done<T extends Operation>(url: string, op: T, given: GivenTo<T>): Promise<boolean> {
    try {
      await call(op, given, { base: url, headers: { cookie: this.#cookie, origin: this.#origin } });
      this.acknowledged += 1;
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.problem.status >= 400 && error.problem.status < 500) throw error;
      return false;
    }
  }
}

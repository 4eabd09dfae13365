import type { Unsent } from './local/unsent.ts';

/**
 * Which of what was written has been sent, in what order, and which of it is on the server's disk. An ack counts the
 * oldest sent; a refusal comes out of turn and does not say of which, so from there on nothing under way is taken for
 * saved until the whole text has been acknowledged once more.
 */
export class Ledger {
  readonly #unsent: Unsent;
  /** What each message under way carries. */
  #underWay: number[][] = [];

  constructor(unsent: Unsent) {
    this.#unsent = unsent;
  }

  /** Changes that are not on the server's disk. */
  get unsaved(): number {
    return this.#unsent.count;
  }

  /** Keeps an update and answers its name. */
  add(update: Uint8Array): number {
    const name = this.#unsent.add(update);
    if (this.#underWay.length === 0) this.#unsent.join();
    return name;
  }

  /** One message with these went out. */
  sent(names: number[]): void {
    this.#underWay.push(names);
  }

  /** One message with the whole text went out. */
  sentAll(): void {
    this.sent(this.#unsent.all());
  }

  acked(count: number): void {
    for (const names of this.#underWay.splice(0, count)) this.#unsent.settle(names);
  }

  refused(count: number): void {
    if (count === 0) return;
    this.#underWay = this.#underWay.slice(count).map(() => []);
  }

  /** What was under way may or may not be on disk: it is sent again, which Yjs takes without doubling. */
  lineEnded(): void {
    this.#underWay = [];
  }
}

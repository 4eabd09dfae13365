/** Milliseconds between two takings of what arrives: a crowd that types is drawn so often, not at each of its letters. */
const paceMs = 20;
/** Times its own work that a page rests before it takes more: its person's keys come first. */
const restFactor = 1.5;

/** Gathers messages that arrive close together. The first after a pause is taken at once. */
export class Arrivals {
  readonly #take: (messages: readonly Uint8Array[]) => void;
  #waiting: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When more may be taken, by `performance.now()`. */
  #from = 0;

  constructor(take: (messages: readonly Uint8Array[]) => void) {
    this.#take = take;
  }

  push(message: Uint8Array): void {
    this.#waiting.push(message);
    if (this.#timer !== undefined) return;
    const rest = this.#from - performance.now();
    if (rest <= 0) this.flush();
    else this.#timer = setTimeout(() => this.flush(), rest);
  }

  /** Takes what waits, now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const messages = this.#waiting;
    if (messages.length === 0) return;
    this.#waiting = [];
    const began = performance.now();
    this.#take(messages);
    const ended = performance.now();
    this.#from = ended + Math.max(paceMs, restFactor * (ended - began));
  }
}

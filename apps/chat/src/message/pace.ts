/** People remembered; past it they are all forgotten, and begin anew. */
const peopleMax = 50_000;

/** How fast each person may go: so many a minute, and so many at once. */
export class Pace {
  readonly #perMs: number;
  readonly #burst: number;
  readonly #people = new Map<number, { left: number; at: number }>();

  constructor(perMinute: number, burst: number) {
    this.#perMs = perMinute / 60_000;
    this.#burst = burst;
  }

  /** Whether this person may go on now; if so, it counts. */
  take(personId: number): boolean {
    const now = performance.now();
    let one = this.#people.get(personId);
    if (!one) {
      if (this.#people.size >= peopleMax) this.#people.clear();
      this.#people.set(personId, (one = { left: this.#burst, at: now }));
    }
    one.left = Math.min(this.#burst, one.left + (now - one.at) * this.#perMs);
    one.at = now;
    if (one.left < 1) return false;
    one.left -= 1;
    return true;
  }
}

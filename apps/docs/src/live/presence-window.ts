import type { PresenceState } from './presence.ts';

/** Milliseconds whose presence states are joined into one frame. */
const windowMs = 50;

/** Gathers what is news of presence for a moment: the last state of each client, for one frame to everybody. */
export class PresenceWindow {
  readonly #flush: (states: readonly PresenceState[]) => void;
  #news = new Map<number, PresenceState>();

  constructor(flush: (states: readonly PresenceState[]) => void) {
    this.#flush = flush;
  }

  add(states: readonly PresenceState[]): void {
    if (states.length === 0) return;
    if (this.#news.size === 0) setTimeout(() => this.#end(), windowMs).unref();
    for (const one of states) this.#news.set(one.client, one);
  }

  #end(): void {
    const news = [...this.#news.values()];
    this.#news = new Map();
    this.#flush(news);
  }
}

import { sampleRate } from './ogg-opus.ts';

/** Milliseconds by which sound may come later than its place, and for which it has to be so until it is believed. */
const lateMsMax = 120;
const believedMs = 1_500;
/** Milliseconds by which it may come too early: no sound comes before it was made. */
const earlyMsMax = 20;

/** Sound with its place in time. */
export interface Placed {
  readonly samples: Int16Array;
  /** Unix ms of its first sample. */
  readonly at: number;
  /** Milliseconds of which there was no sound before it. */
  readonly gapMs: number;
}

/**
 * Says when sound was made that comes in pieces. It counts samples: on a busy machine pieces come late and then all at
 * once, and stay one after the other all the same. Only when all that comes is late for a while, the microphone had
 * been away.
 */
export class SoundClock {
  #next: number | null = null;
  #held: Int16Array[] = [];
  #heldMs = 0;
  #heldSince = 0;
  #leastLate = Number.POSITIVE_INFINITY;

  /** @param now Unix ms at which the piece came. What is late is kept back until it is known where it belongs. */
  place(samples: Int16Array, now: number): Placed[] {
    const lengthMs = (samples.length / sampleRate) * 1_000;
    this.#next ??= now - lengthMs;
    const late = now - lengthMs - this.#heldMs - this.#next;
    if (late < -earlyMsMax) this.#next += late;
    if (this.#held.length === 0) {
      this.#heldSince = now;
      this.#leastLate = Number.POSITIVE_INFINITY;
    }
    this.#held.push(samples);
    this.#heldMs += lengthMs;
    this.#leastLate = Math.min(this.#leastLate, late);
    if (late <= lateMsMax) return this.#release(0);
    return now - this.#heldSince < believedMs ? [] : this.#release(this.#leastLate);
  }

  /** Nothing comes any more: what was kept back. */
  end(): Placed[] {
    return this.#held.length === 0 ? [] : this.#release(this.#leastLate);
  }

  #release(gapMs: number): Placed[] {
    let at = (this.#next ?? 0) + gapMs;
    const placed = this.#held.map((samples, nr) => {
      const one = { samples, at, gapMs: nr === 0 ? gapMs : 0 };
      at += (samples.length / sampleRate) * 1_000;
      return one;
    });
    this.#held = [];
    this.#heldMs = 0;
    this.#next = at;
    return placed;
  }
}

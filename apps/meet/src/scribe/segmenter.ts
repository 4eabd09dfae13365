import { frameMs, frameSamples } from './ogg-opus.ts';

/** Loudness (root mean square, 1 is full scale) below which nothing is speech, and how far speech is above the noise. */
const speechRmsMin = 0.006;
const aboveNoise = 3;
/** How fast the noise that is taken for silence follows: down at once, up slowly. */
const noiseRise = 0.02;
/** Milliseconds of sound before a stretch begins, that go with it; of silence that end it; that it has at least. */
const prerollMs = 240;
const silenceMs = 520;
const shortestMs = 240;
/** Milliseconds of a stretch at most, and in the last of which the quietest moment is looked for to cut it. */
const longestMs = 12_000;
const cutWithinMs = 2_500;
/** Milliseconds of new speech between two looks at a stretch that goes on, and of silence after which one is due. */
const lookMs = 700;
const pauseMs = 200;

/** Sound that may be speech, from a moment on. */
export interface Stretch {
  /** Tells a stretch from the others of the same voice. */
  readonly nr: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Milliseconds of it that are loud: while they do not grow, nothing more was said. */
  readonly speechMs: number;
  readonly samples: Int16Array;
}

interface Framed {
  readonly frame: Int16Array;
  readonly rms: number;
  readonly speaks: boolean;
}

/**
 * Cuts one voice into stretches of speech by its loudness: sound that stands out from the noise of that microphone
 * begins one, half a second of silence ends it, and a long one is cut where it is quietest.
 */
export class Segmenter {
  readonly #onLook: () => void;
  readonly #onFinal: (stretch: Stretch) => void;
  #noise = 0.002;
  #before: { frame: Int16Array; at: number }[] = [];
  #frames: Framed[] = [];
  #startedAt = 0;
  #speechMs = 0;
  #silentMs = 0;
  #shownMs = 0;
  #nr = 0;

  /** @param onLook called when it is time to look at {@link current} */
  constructor(onLook: () => void, onFinal: (stretch: Stretch) => void) {
    this.#onLook = onLook;
    this.#onFinal = onFinal;
  }

  /** When the stretch under way began (Unix ms), or null in silence. */
  get since(): number | null {
    return this.#frames.length === 0 ? null : this.#startedAt;
  }

  /** Which stretch is under way, or null in silence. */
  get nr(): number | null {
    return this.#frames.length === 0 ? null : this.#nr;
  }

  /** What was said so far of the stretch under way, or null in silence. */
  get current(): Stretch | null {
    return this.#frames.length === 0 ? null : this.#stretch(this.#frames.length);
  }

  /** One frame of 20 ms that began at `at` (Unix ms). */
  push(frame: Int16Array, at: number): void {
    const rms = loudness(frame);
    const speaks = rms > Math.max(speechRmsMin, this.#noise * aboveNoise);
    if (!speaks) this.#noise += (rms - this.#noise) * (rms < this.#noise ? 1 : noiseRise);
    if (this.#frames.length === 0) {
      this.#before.push({ frame, at });
      if (this.#before.length > prerollMs / frameMs) this.#before.shift();
      if (speaks) this.#begin();
      return;
    }
    this.#frames.push({ frame, rms, speaks });
    this.#speechMs += speaks ? frameMs : 0;
    this.#silentMs = speaks ? 0 : this.#silentMs + frameMs;
    if (this.#silentMs >= silenceMs) return this.end();
    if (this.#frames.length * frameMs >= longestMs) return this.#cut();
    const unseenMs = this.#speechMs - this.#shownMs;
    const pauses = this.#silentMs === pauseMs && this.#speechMs >= shortestMs;
    if (unseenMs >= lookMs || (pauses && unseenMs > 0)) {
      this.#shownMs = this.#speechMs;
      this.#onLook();
    }
  }

  /** The voice is gone, or was silenced: what was begun is complete. */
  end(): void {
    if (this.#speechMs >= shortestMs) this.#onFinal(this.#stretch(this.#frames.length));
    this.#forget([]);
  }

  #begin(): void {
    this.#startedAt = (this.#before[0] as { at: number }).at;
    const last = this.#before.length - 1;
    this.#frames = this.#before.map(({ frame }, at) => ({
      frame,
      rms: loudness(frame),
      speaks: at === last,
    }));
    this.#before = [];
    this.#nr += 1;
    this.#speechMs = frameMs;
    this.#silentMs = 0;
    this.#shownMs = 0;
  }

  /** Ends the stretch at its quietest late moment; the next begins there. */
  #cut(): void {
    const from = this.#frames.length - cutWithinMs / frameMs;
    let quietest = from;
    for (let at = from; at < this.#frames.length; at += 1)
      if ((this.#frames[at]?.rms ?? 1) < (this.#frames[quietest]?.rms ?? 1)) quietest = at;
    this.#onFinal(this.#stretch(quietest));
    this.#startedAt += quietest * frameMs;
    this.#forget(this.#frames.slice(quietest));
    this.#nr += 1;
    this.#speechMs = this.#frames.length * frameMs;
    this.#shownMs = this.#speechMs;
  }

  #forget(left: Framed[]): void {
    this.#frames = left;
    this.#speechMs = 0;
    this.#silentMs = 0;
    this.#shownMs = 0;
  }

  #stretch(length: number): Stretch {
    const samples = new Int16Array(length * frameSamples);
    for (let at = 0; at < length; at += 1)
      samples.set(this.#frames[at]?.frame ?? new Int16Array(0), at * frameSamples);
    return {
      nr: this.#nr,
      startedAt: this.#startedAt,
      endedAt: this.#startedAt + length * frameMs,
      speechMs: this.#frames.slice(0, length).filter(({ speaks }) => speaks).length * frameMs,
      samples,
    };
  }
}

/** Root mean square of a frame; 1 is full scale. */
function loudness(frame: Int16Array): number {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, frame.length)) / 32_768;
}

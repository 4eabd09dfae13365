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
/** Milliseconds of new speech between two looks at a stretch that goes on. */
const partialMs = 700;

/** Sound that may be speech, from a moment on. */
export interface Stretch {
  /** Tells a stretch from the others of the same voice. */
  readonly nr: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly samples: Int16Array;
}

/**
 * Cuts one voice into stretches of speech by its loudness: sound that stands out from the noise of that microphone
 * begins one, half a second of silence ends it, and a long one is cut where it is quietest.
 */
export class Segmenter {
  readonly #onPartial: (stretch: Stretch) => void;
  readonly #onFinal: (stretch: Stretch) => void;
  #noise = 0.002;
  #before: { frame: Int16Array; at: number }[] = [];
  #frames: { frame: Int16Array; rms: number }[] = [];
  #startedAt = 0;
  #speechMs = 0;
  #silentMs = 0;
  #shownMs = 0;
  #nr = 0;

  constructor(onPartial: (stretch: Stretch) => void, onFinal: (stretch: Stretch) => void) {
    this.#onPartial = onPartial;
    this.#onFinal = onFinal;
  }

  /** When the stretch under way began (Unix ms), or null in silence. */
  get since(): number | null {
    return this.#frames.length === 0 ? null : this.#startedAt;
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
    this.#frames.push({ frame, rms });
    this.#speechMs += speaks ? frameMs : 0;
    this.#silentMs = speaks ? 0 : this.#silentMs + frameMs;
    if (this.#silentMs >= silenceMs) return this.end();
    if (this.#frames.length * frameMs >= longestMs) return this.#cut();
    if (this.#speechMs - this.#shownMs >= partialMs) {
      this.#shownMs = this.#speechMs;
      this.#onPartial(this.#stretch(this.#frames.length));
    }
  }

  /** The voice is gone, or was silenced: what was begun is complete. */
  end(): void {
    if (this.#speechMs >= shortestMs) this.#onFinal(this.#stretch(this.#frames.length));
    this.#forget([]);
  }

  #begin(): void {
    this.#startedAt = (this.#before[0] as { at: number }).at;
    this.#frames = this.#before.map(({ frame }) => ({ frame, rms: loudness(frame) }));
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

  #forget(left: { frame: Int16Array; rms: number }[]): void {
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

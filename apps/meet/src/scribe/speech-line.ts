import { type HeardSurely, type SpeechPlace, writeDown } from './speech.ts';
import type { Stretch } from './segmenter.ts';

/** Milliseconds of speech that may wait for the engine; what comes on top is lost, and told as a gap. */
const waitingMsMax = 180_000;
/** Times a stretch is given to an engine that does not answer, and milliseconds between two of them. */
const attemptsMax = 20;
const retryMs = 1_500;

export interface Asked {
  /** Tells voices apart. */
  readonly voice: string;
  readonly final: boolean;
  /** Milliseconds of a whole stretch; a look is not counted. */
  readonly lengthMs: number;
  /** Its sound, asked for when its turn has come: all that was said until then. Null when there is nothing to do. */
  readonly stretch: () => Stretch | null;
  readonly language: () => string | null;
  /** What was heard; null for nothing. */
  readonly done: (heard: HeardSurely | null, stretch: Stretch) => Promise<void> | void;
  /** The engine could not be had for it. */
  readonly lost: () => void;
}

/**
 * What waits for the engine, one at a time: whole stretches in the order of their end; between them, when nothing
 * whole waits, the newest look at each voice that is still speaking.
 */
export class SpeechLine {
  readonly #place: SpeechPlace;
  readonly #model: string;
  #finals: Asked[] = [];
  readonly #partials = new Map<string, Asked>();
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(place: SpeechPlace, model: string) {
    this.#place = place;
    this.#model = model;
  }

  add(asked: Asked): void {
    if (this.#closed) return asked.lost();
    if (!asked.final) this.#partials.set(asked.voice, asked);
    else {
      this.#partials.delete(asked.voice);
      const waiting = this.#finals.reduce((sum, { lengthMs }) => sum + lengthMs, 0);
      if (waiting > waitingMsMax) return asked.lost();
      this.#finals.push(asked);
    }
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  /** What waits is given up. */
  close(): void {
    this.#closed = true;
    for (const asked of this.#finals) asked.lost();
    this.#finals = [];
    this.#partials.clear();
  }

  async #run(): Promise<void> {
    for (let next = this.#next(); next !== null; next = this.#next()) await this.#write(next);
  }

  #next(): Asked | null {
    const final = this.#finals.shift();
    if (final) return final;
    for (const [voice, partial] of this.#partials) {
      this.#partials.delete(voice);
      return partial;
    }
    return null;
  }

  async #write(asked: Asked): Promise<void> {
    const stretch = asked.stretch();
    if (stretch === null) return;
    for (let attempt = 1; !this.#closed; attempt += 1) {
      try {
        const heard = await writeDown(this.#place, this.#model, stretch.samples, asked.language());
        await asked.done(heard, stretch);
        return;
      } catch {
        // The engine is starting again: whole stretches wait for it, looks do not.
        if (!asked.final || attempt >= attemptsMax) break;
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
    asked.lost();
  }
}

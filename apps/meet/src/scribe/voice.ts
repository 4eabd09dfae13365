import { randomUUID } from 'node:crypto';
import type { AudioFrame } from '@livekit/rtc-node';
import type { Caption } from '@parvis/contract/meet-transcript';
import { frameMs, frameSamples } from './ogg-opus.ts';
import type { Recorder, Speaker } from './recorder.ts';
import { Segmenter, type Stretch } from './segmenter.ts';
import { type Placed, SoundClock } from './sound-clock.ts';
import type { Heard, HeardSurely } from './speech.ts';
import type { SpeechLine } from './speech-line.ts';

/** Milliseconds without sound after which a microphone was switched off: a busy machine is silent for a moment too. */
const awayMs = 1_500;

/** A finished line: what one voice said without a pause. */
export interface Line extends Heard {
  readonly speaker: Speaker;
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface VoiceHooks {
  caption(caption: Caption): void;
  /** Resolves once it is kept. */
  line(line: Line): Promise<void>;
  /** Speech from to (Unix ms) that nobody could write down. */
  lost(from: number, to: number): void;
}

/** One microphone: its sound by the clock, cut into stretches that are written down, and recorded where allowed. */
export class Voice {
  readonly speaker: Speaker;
  readonly #hooks: VoiceHooks;
  readonly #segmenter: Segmenter;
  readonly #keys = new Map<number, string>();
  readonly #pending = new Map<number, number>();
  readonly #shown = new Map<number, number>();
  /** The last look in which words were heard. */
  #looked: { readonly stretch: Stretch; readonly heard: HeardSurely } | null = null;
  #line: SpeechLine | null = null;
  #recorder: Recorder | null = null;
  #language: string | null = null;
  readonly #clock = new SoundClock();
  #heardAt = 0;
  #rest: Int16Array = new Int16Array(0);

  constructor(speaker: Speaker, hooks: VoiceHooks) {
    this.speaker = speaker;
    this.#hooks = hooks;
    this.#segmenter = new Segmenter(
      () => this.#look(),
      (stretch) => this.#finish(stretch),
    );
  }

  /** Where its words and its sound go from now on; null for nowhere. */
  lead(line: SpeechLine | null, recorder: Recorder | null): void {
    if (this.#line !== null && line === null) this.#segmenter.end();
    if (this.#recorder !== null && recorder !== this.#recorder) this.#recorder.leave(this.speaker.identity);
    this.#line = line;
    this.#recorder = recorder;
  }

  /** When the oldest speech began that is not yet written down (Unix ms), or null. */
  get owes(): number | null {
    const all = [
      ...this.#pending.values(),
      ...(this.#segmenter.since === null ? [] : [this.#segmenter.since]),
    ];
    return all.length === 0 ? null : Math.min(...all);
  }

  /** Sound as it comes, at 16 kHz and of any length. */
  hear({ data }: Pick<AudioFrame, 'data'>): void {
    this.#heardAt = Date.now();
    for (const placed of this.#clock.place(data, this.#heardAt)) this.#take(placed);
  }

  #take({ samples, at, gapMs }: Placed): void {
    if (gapMs > awayMs) this.#segmenter.end();
    if (gapMs > 0) this.#rest = new Int16Array(0);
    let from = at - (this.#rest.length / frameSamples) * frameMs;
    let left = this.#rest.length === 0 ? samples : joined(this.#rest, samples);
    while (left.length >= frameSamples) {
      const frame = left.slice(0, frameSamples);
      if (this.#line !== null) this.#segmenter.push(frame, from);
      this.#recorder?.put(this.speaker, frame, from);
      from += frameMs;
      left = left.subarray(frameSamples);
    }
    this.#rest = left.slice();
  }

  /** Called often: a microphone that was switched off sends nothing, not even silence. */
  look(): void {
    if (this.#segmenter.since !== null && Date.now() - this.#heardAt > awayMs) this.#segmenter.end();
  }

  end(): void {
    for (const placed of this.#clock.end()) this.#take(placed);
    this.#segmenter.end();
    this.#recorder?.leave(this.speaker.identity);
    this.#recorder = null;
  }

  /** Asks for what is said so far. */
  #look(): void {
    this.#line?.add({
      voice: this.speaker.identity,
      final: false,
      lengthMs: 0,
      stretch: () => {
        const { current } = this.#segmenter;
        return current !== null && isIn(this.#looked?.stretch, current) ? null : current;
      },
      language: () => this.#language,
      done: (heard, stretch) => {
        const { nr } = stretch;
        // Its end may have been written down meanwhile, from an earlier look.
        if (heard === null || (this.#segmenter.nr !== nr && !this.#pending.has(nr))) return;
        this.#looked = { stretch, heard };
        this.#show(nr, stretch.startedAt, heard, false);
      },
      lost: () => undefined,
    });
  }

  #finish(stretch: Stretch): void {
    this.#pending.set(stretch.nr, stretch.startedAt);
    if (!this.#wasSeen(stretch)) this.#askWhole(stretch);
  }

  /** A look has had all that was said in it: the engine need not be asked again. */
  #wasSeen(stretch: Stretch): boolean {
    const looked = this.#looked;
    if (looked === null || !isIn(looked.stretch, stretch)) return false;
    this.#looked = null;
    void this.#written(looked.heard, stretch).catch(() => this.#askWhole(stretch));
    return true;
  }

  #askWhole(stretch: Stretch): void {
    const { nr, startedAt, endedAt } = stretch;
    this.#line?.add({
      voice: this.speaker.identity,
      final: true,
      lengthMs: endedAt - startedAt,
      stretch: () => (this.#wasSeen(stretch) ? null : stretch),
      language: () => this.#language,
      done: (heard) => this.#written(heard, stretch),
      lost: () => {
        this.#settle(nr);
        this.#hooks.lost(startedAt, endedAt);
      },
    });
  }

  async #written(heard: HeardSurely | null, { nr, startedAt, endedAt }: Stretch): Promise<void> {
    if (heard === null) this.#retract(nr, startedAt);
    else {
      this.#show(nr, startedAt, heard, true);
      if (heard.sure) this.#language = heard.language;
      await this.#hooks.line({ ...heard, speaker: this.speaker, startedAt, endedAt });
    }
    this.#settle(nr);
  }

  #settle(nr: number): void {
    this.#pending.delete(nr);
    this.#keys.delete(nr);
    this.#shown.delete(nr);
  }

  #show(nr: number, startedAt: number, { text, language }: Heard, final: boolean): void {
    const key = this.#keys.get(nr) ?? randomUUID();
    this.#keys.set(nr, key);
    this.#shown.set(nr, text.length);
    const { identity, name } = this.speaker;
    this.#hooks.caption({ key, identity, name, lang: language, text, final, startMs: startedAt });
  }

  /** A look had words in it, and the whole has none: what was shown goes away again. */
  #retract(nr: number, startedAt: number): void {
    if (!this.#shown.has(nr)) return;
    this.#show(
      nr,
      startedAt,
      { text: '', language: this.#language ?? '', confidence: null, model: '' },
      true,
    );
  }
}

function isIn(seen: Stretch | undefined, whole: Stretch): boolean {
  return seen?.nr === whole.nr && seen.speechMs === whole.speechMs;
}

function joined(first: Int16Array, second: Int16Array): Int16Array {
  const all = new Int16Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

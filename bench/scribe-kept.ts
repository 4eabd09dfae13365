import type { Recording } from '@parvis/contract/meet-record';
import {
  type HeardVoice,
  type Listener,
  listenRate,
  type Microphone,
  micRate,
} from '../apps/meet/src/testing/microphone.ts';
import { decoded, loudnessOf, placeOf } from '../apps/meet/src/testing/sound.ts';
import type { Track } from './scribe-voice.ts';

/** How far a recording is from what was spoken. For bench/scribe.ts. */

/** Milliseconds of one step of loudness, and around which a sentence is looked for. */
const stepMs = 10;
const aroundMs = 1_500;
/** Of 32 768: speech is louder; and the share of it below which nothing of it came. */
const speechMin = 400;
const lostBelow = 0.1;

interface Compared {
  /** Milliseconds between the lengths from the first sentence to the last, as spoken and as heard; the worst voice. */
  readonly lengthMs: number;
  /** Milliseconds by which a sentence is elsewhere than the others, by the clock. */
  readonly placeMs: number;
  /** Milliseconds of speech of all voices of which there is nothing. */
  readonly lostMs: number;
}

export interface Kept extends Compared {
  /** Milliseconds between the first end of a track and the last. */
  readonly endsMs: number;
  /** The same of somebody in the room: what the way there did to the sound is not the recording's. */
  readonly bare: Compared;
}

/** Milliseconds of speech in a part of which the whole has nothing at that place, a step more or less. */
function lost(part: Float64Array, whole: Float64Array, at: number): number {
  let steps = 0;
  for (const [nr, loudness] of part.entries()) {
    if (loudness < speechMin) continue;
    const there = Math.max(...[-2, -1, 0, 1, 2].map((by) => whole[at + nr + by] ?? 0));
    if (there < loudness * lostBelow) steps += 1;
  }
  return steps * stepMs;
}

interface Given {
  readonly recording: Recording;
  readonly files: ReadonlyMap<number, Buffer>;
  readonly microphones: readonly Microphone[];
  readonly listener: Listener;
}

/** For each voice, milliseconds by which each sentence came later than it was spoken, and the speech that did not come. */
function comparedWith(
  heardOf: (name: string) => HeardVoice,
  microphones: readonly Microphone[],
  tracks: readonly Track[],
): Compared {
  const all: number[] = [];
  let [lengthMs, lostMs] = [0, 0];
  for (const [nr, { name, sentences }] of tracks.entries()) {
    const { startedAt, samples: heard } = heardOf(name);
    const whole = loudnessOf(heard, listenRate, stepMs);
    const shifts = sentences.map(({ from, samples }) => {
      const part = loudnessOf(samples, micRate, stepMs);
      const spokenMs = (microphones[nr]?.timeOf(from) ?? Number.NaN) - startedAt;
      const at = placeOf(part, whole, Math.round(spokenMs / stepMs), aroundMs / stepMs);
      lostMs += lost(part, whole, at);
      return at * stepMs - spokenMs;
    });
    all.push(...shifts);
    lengthMs = Math.max(lengthMs, Math.abs((shifts.at(-1) ?? 0) - (shifts[0] ?? 0)));
  }
  return { lengthMs, lostMs, placeMs: Math.max(...all) - Math.min(...all) };
}

/** @throws Error when a voice has no track */
export function keptOf({ recording, files, microphones, listener }: Given, tracks: readonly Track[]): Kept {
  const ends = recording.tracks.map(({ startedAt, durationMs }) => Date.parse(startedAt) + durationMs);
  const recorded = (name: string): HeardVoice => {
    const track = recording.tracks.find((one) => !one.mix && one.name === name);
    const file = track && files.get(track.n);
    if (!file) throw new Error(`the recording has no track of ${name}`);
    return { startedAt: Date.parse(track.startedAt), samples: decoded(file) };
  };
  return {
    ...comparedWith(recorded, microphones, tracks),
    endsMs: Math.max(...ends) - Math.min(...ends),
    bare: comparedWith((name) => listener.voice(name), microphones, tracks),
  };
}

import type { Recording } from '@parvis/contract/meet-record';
import type { TranscriptLine } from '@parvis/contract/meet-transcript';
import type { Listener, Microphone } from '../apps/meet/src/testing/microphone.ts';
import { ownersOf, paired, wordsOf } from './scribe-text.ts';
import type { Track } from './scribe-voice.ts';

/** How far captions and transcript are from what was said. For bench/scribe.ts. */

/** Milliseconds around a line in which a word of it was said. */
const aboutMs = 1_000;

/** All that came of one meeting. */
export interface Heard {
  readonly listener: Listener;
  readonly lines: readonly TranscriptLine[];
  readonly recording: Recording;
  readonly files: ReadonlyMap<number, Buffer>;
  readonly microphones: readonly Microphone[];
}

/** Milliseconds from the end of each word to the first caption that has it; and how many words never had one. */
export function delaysOf(
  { listener, microphones }: Heard,
  tracks: Track[],
): { delays: number[]; never: number } {
  const delays: number[] = [];
  let never = 0;
  for (const [nr, { name, words }] of tracks.entries()) {
    const ends = words.map(({ end }) => (microphones[nr] as Microphone).timeOf(end));
    const first = new Map<number, number>();
    for (const { at, caption } of listener.shown) {
      if (caption.name !== name) continue;
      // Only what was said since this caption's speaker began, and before it came, can be in it.
      const could = [...words.keys()].filter((word) => {
        const end = ends[word] ?? 0;
        return end > caption.startMs && end < at;
      });
      const { pairs } = paired(
        could.map((word) => words[word]?.text ?? ''),
        wordsOf(caption.text),
      );
      for (const [place] of pairs) {
        const word = could[place] as number;
        if (!first.has(word)) first.set(word, at - (ends[word] ?? 0));
      }
    }
    delays.push(...first.values());
    never += words.length - first.size;
  }
  return { delays: delays.toSorted((a, b) => a - b), never };
}

/** Word errors of a hundred words. */
export function errorsOf(lines: readonly { name: string; text: string }[], tracks: readonly Track[]): number {
  let [errors, count] = [0, 0];
  for (const { name, words } of tracks) {
    const written = lines.filter((line) => line.name === name).map(({ text }) => text);
    errors += paired(
      words.map(({ text }) => text),
      wordsOf(written.join(' ')),
    ).errors;
    count += words.length;
  }
  return (100 * errors) / count;
}

/**
 * Words of a hundred that are given to somebody else than who said them: of those that only one of the three says at
 * all, and that are written down about when they were said. Elsewhere in time a word is an error of the model.
 */
export function wrongOf(
  { lines, microphones }: Heard,
  tracks: readonly Track[],
): { wrong: number; of: number } {
  const owners = ownersOf(tracks);
  let [wrong, known] = [0, 0];
  for (const { name, text, startedAt, endedAt } of lines)
    for (const word of wordsOf(text)) {
      const owner = owners.get(word);
      const at = tracks.findIndex((track) => track.name === owner);
      const saidAt = (tracks[at]?.words ?? [])
        .filter((one) => one.text === word)
        .map(({ end }) => microphones[at]?.timeOf(end) ?? Number.NaN);
      const [from, to] = [Date.parse(startedAt) - aboutMs, Date.parse(endedAt) + aboutMs];
      if (!saidAt.some((ms) => ms >= from && ms <= to)) continue;
      known += 1;
      if (owner !== name) wrong += 1;
    }
  return { wrong: (100 * wrong) / known, of: known };
}

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { micRate } from '../apps/meet/src/testing/microphone.ts';
import { type Part, wordsOf } from './scribe-text.ts';

/** What synthetic people say, as samples and words in time. For bench/scribe.ts. */

/** Milliseconds of silence before the first sentence and behind the last, as a microphone has them. */
const leadMs = 2_500;
const tailMs = 2_500;
/** Of 32 768: what is below is the silence behind a word. */
const silentBelow = 300;

const Spoken = z.object({
  rate: z.number(),
  samples: z.string(),
  words: z.array(z.tuple([z.string(), z.number(), z.number()])),
});

export interface Sentence {
  /** Sample of the track with which it begins. */
  readonly from: number;
  readonly samples: Int16Array;
}

/** All that one person says, as one track of 48 kHz. */
export interface Track {
  readonly name: string;
  readonly samples: Int16Array;
  /** Each word and the sample with which it ends. */
  readonly words: readonly { readonly text: string; readonly end: number }[];
  readonly sentences: readonly Sentence[];
}

/** From another rate, between the neighbouring samples. */
function atMicRate(bytes: Buffer, from: number): Int16Array {
  const count = Math.floor(bytes.length / 2);
  return Int16Array.from({ length: Math.floor((count * micRate) / from) }, (_, at) => {
    const place = (at * from) / micRate;
    const left = Math.floor(place);
    const one = bytes.readInt16LE(left * 2);
    const next = left + 1 < count ? bytes.readInt16LE((left + 1) * 2) : one;
    return Math.round(one + (next - one) * (place - left));
  });
}

/** For the engine: three samples become one. */
export function atEngineRate(samples: Int16Array): Int16Array {
  const at = (index: number) => samples[index] ?? 0;
  return Int16Array.from({ length: Math.floor(samples.length / 3) }, (_, nr) =>
    Math.round((at(nr * 3) + at(nr * 3 + 1) + at(nr * 3 + 2)) / 3),
  );
}

/** Where the sound before `end` stops: espeak-ng counts the pause of a comma to the word before it. */
function lastLoud(samples: Int16Array, end: number): number {
  let at = Math.min(end, samples.length);
  while (at > 0 && Math.abs(samples[at - 1] ?? 0) < silentBelow) at -= 1;
  return at;
}

/**
 * Lets espeak-ng speak, which says when each word is heard.
 * @param pauseMs between two sentences
 * @param count of sentences, from the first on
 */
export function speak(
  python: string,
  part: Part,
  { pauseMs, count }: { pauseMs: number; count: number },
): Track {
  const said = part.sentences.slice(0, count);
  const script = fileURLToPath(new URL('./scribe-say.py', import.meta.url));
  const { stdout, stderr, status } = spawnSync(python, [script, ...part.voice], {
    input: said.join('\n'),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 ** 2,
  });
  if (status !== 0) throw new Error(`espeak-ng did not speak: ${stderr}`);
  const words: Track['words'][number][] = [];
  const sentences: Sentence[] = [];
  let from = (leadMs * micRate) / 1_000;
  for (const line of stdout.trim().split('\n')) {
    const one = Spoken.parse(JSON.parse(line));
    const samples = atMicRate(Buffer.from(one.samples, 'base64'), one.rate);
    for (const [text, , last] of one.words) {
      const end = from + lastLoud(samples, Math.round((last * micRate) / one.rate));
      words.push(...wordsOf(text).map((word) => ({ text: word, end })));
    }
    sentences.push({ from, samples });
    from += samples.length + (pauseMs * micRate) / 1_000;
  }
  const planned = wordsOf(said.join(' ')).join(' ');
  if (words.map(({ text }) => text).join(' ') !== planned)
    throw new Error('espeak-ng says other words than were given');
  const samples = new Int16Array(from + (tailMs * micRate) / 1_000);
  for (const sentence of sentences) samples.set(sentence.samples, sentence.from);
  return { name: part.name, samples, words, sentences };
}

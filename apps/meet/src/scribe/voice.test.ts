import type { Caption } from '@parvis/contract/meet-transcript';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aHumEngine, type Engine } from '../testing/engines.ts';
import { sampleRate } from './ogg-opus.ts';
import { SpeechLine } from './speech-line.ts';
import { type Line, Voice } from './voice.ts';

const pieceMs = 10;
const pieceSamples = (sampleRate * pieceMs) / 1_000;
const speaker = { identity: 'grace.1', who: crypto.randomUUID(), name: 'Grace' };

let engine: Engine;
let line: SpeechLine;
let voice: Voice;
let captions: Caption[];
let lines: Line[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  engine = await aHumEngine({ 300: 'low words' });
  line = new SpeechLine({ url: engine.url, model: 'hum-1', key: undefined }, 'hum-1');
  [captions, lines] = [[], []];
  voice = new Voice(speaker, {
    caption: (caption) => captions.push(caption),
    line: async (written) => void lines.push(written),
    lost: () => undefined,
  });
  voice.lead(line, null);
});
afterEach(async () => {
  vi.useRealTimers();
  line.close();
  await engine.stop();
});

/** Milliseconds of a hum, or of silence, from the microphone, piece by piece as the clock goes on. */
function hear(ms: number, hertz: number): void {
  for (let piece = 0; piece < ms / pieceMs; piece += 1) {
    const data = Int16Array.from({ length: pieceSamples }, (_, at) =>
      Math.round(9_000 * Math.sin((2 * Math.PI * hertz * (piece * pieceSamples + at)) / sampleRate)),
    );
    vi.setSystemTime(Date.now() + pieceMs);
    voice.hear({ data });
  }
}
const written = () => engine.asked.filter((path) => path.endsWith('/transcriptions')).length;

test('what a look in a pause has shown becomes the line when nothing follows: the engine is not asked again', async () => {
  hear(500, 0);
  hear(1_200, 300);
  hear(300, 0);
  await line.idle();
  expect(captions.at(-1)).toMatchObject({ text: 'low words', final: false });
  expect(lines).toEqual([]);
  const before = written();
  hear(400, 0);
  await line.idle();
  expect(written()).toBe(before);
  expect(captions.at(-1)).toMatchObject({ text: 'low words', final: true, key: captions[0]?.key });
  expect(lines).toMatchObject([{ text: 'low words', speaker }]);
  expect(voice.owes).toBeNull();
});

test('a look that was under way at the end is not shown after it, and the line has all that was said', async () => {
  hear(500, 0);
  hear(1_200, 300);
  hear(900, 0);
  await line.idle();
  expect(captions.at(-1)).toMatchObject({ text: 'low words', final: true });
  expect(captions.filter(({ final }) => final)).toHaveLength(1);
  expect(new Set(captions.map(({ key }) => key)).size).toBe(1);
  expect(lines).toHaveLength(1);
  const [one] = lines as [Line];
  expect(one.endedAt - one.startedAt).toBeGreaterThanOrEqual(1_200);
  // The first look had begun with less, and the whole was asked for: not one more.
  expect(written()).toBe(2);
});

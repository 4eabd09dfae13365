import { expect, test } from 'vitest';
import { frameMs, frameSamples } from './ogg-opus.ts';
import { Segmenter, type Stretch } from './segmenter.ts';

/** Frames of a tone of that loudness (1 is full scale) for so many milliseconds. */
function tone(ms: number, loudness: number): Int16Array[] {
  return Array.from({ length: ms / frameMs }, (_, nr) =>
    Int16Array.from({ length: frameSamples }, (__, at) =>
      Math.round(Math.sin((nr * frameSamples + at) / 6) * loudness * 32_000),
    ),
  );
}

function cut(frames: readonly Int16Array[]): { finals: Stretch[]; partials: Stretch[]; end: () => void } {
  const finals: Stretch[] = [];
  const partials: Stretch[] = [];
  const segmenter = new Segmenter(
    () => partials.push(segmenter.current as Stretch),
    (one) => finals.push(one),
  );
  frames.forEach((frame, nr) => segmenter.push(frame, nr * frameMs));
  return { finals, partials, end: () => segmenter.end() };
}

test('speech between silences is one stretch, with the moment before it and its place in time', () => {
  const { finals } = cut([...tone(1_000, 0.001), ...tone(2_000, 0.2), ...tone(1_000, 0.001)]);
  expect(finals).toHaveLength(1);
  expect(finals[0]?.startedAt).toBeGreaterThanOrEqual(700);
  expect(finals[0]?.startedAt).toBeLessThan(1_000);
  expect(finals[0]?.endedAt).toBeGreaterThanOrEqual(3_000);
  expect(finals[0]?.samples.length).toBe(
    (((finals[0]?.endedAt ?? 0) - (finals[0]?.startedAt ?? 0)) / frameMs) * frameSamples,
  );
});

test('a short pause does not cut, a knock is not speech, and a steady noise is silence', () => {
  const paused = cut([...tone(800, 0.2), ...tone(300, 0), ...tone(800, 0.2), ...tone(800, 0)]);
  expect(paused.finals).toHaveLength(1);
  expect(cut([...tone(500, 0), ...tone(60, 0.4), ...tone(1_000, 0)]).finals).toEqual([]);
  const noisy = cut([...tone(4_000, 0.004), ...tone(1_000, 0.2), ...tone(2_000, 0.004)]);
  expect(noisy.finals).toHaveLength(1);
});

test('whoever speaks without end is cut after twelve seconds at the quietest moment, and nothing is lost', () => {
  const frames = [...tone(10_400, 0.2), ...tone(100, 0.01), ...tone(9_500, 0.2)];
  const { finals, end } = cut(frames);
  end();
  expect(finals.length).toBe(2);
  expect(finals[0]?.endedAt).toBe(finals[1]?.startedAt);
  expect(Math.abs((finals[0]?.endedAt ?? 0) - 10_440)).toBeLessThanOrEqual(60);
  expect(finals.reduce((sum, { samples }) => sum + samples.length, 0)).toBe(frames.length * frameSamples);
  expect(finals.map(({ nr }) => nr)).toEqual([1, 2]);
});

test('what was said before a pause is looked at in it: whoever waits for the end sees all words already', () => {
  const { finals, partials } = cut([...tone(300, 0), ...tone(900, 0.2), ...tone(800, 0)]);
  expect(partials.at(-1)?.endedAt).toBeLessThan(finals[0]?.endedAt ?? 0);
  expect(partials.at(-1)?.speechMs).toBe(finals[0]?.speechMs);
  expect(
    cut([...tone(300, 0), ...tone(900, 0.2), ...tone(300, 0), ...tone(400, 0.2)]).partials.at(-1)?.nr,
  ).toBe(1);
});

test('what goes on is looked at about every second, from its beginning', () => {
  const { partials } = cut(tone(5_000, 0.2));
  expect(partials.length).toBeGreaterThanOrEqual(3);
  expect(new Set(partials.map(({ startedAt }) => startedAt)).size).toBe(1);
  expect(partials.at(-1)?.samples.length).toBeGreaterThan(partials[0]?.samples.length ?? 0);
});

import { mkdtemp, readFile, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpusScript from 'opusscript';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decoded, loudnessOf, packetsOf } from '../testing/sound.ts';
import { durationOf, frameMs, frameSamples, OggOpus } from './ogg-opus.ts';
import { Recorder } from './recorder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parvis-recorder-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

const loud = Int16Array.from({ length: frameSamples }, (_, at) => Math.round(Math.sin(at / 5) * 12_000));
const speaker = (name: string) => ({ identity: `${name}.1`, who: crypto.randomUUID(), name });

test('what is written is Ogg Opus that a decoder hears, and a torn end costs one page', () => {
  const opus = new OggOpus();
  const parts = [opus.head()];
  for (let nr = 0; nr < 120; nr += 1) {
    const page = opus.put(nr % 2 === 0 ? loud : null);
    if (page) parts.push(page);
  }
  const whole = Buffer.concat([...parts, opus.flush() as Buffer]);
  expect(durationOf(whole)).toEqual({ durationMs: 120 * frameMs, wholeBytes: whole.length });
  expect(durationOf(whole.subarray(0, whole.length - 1)).durationMs).toBe(100 * frameMs);
  expect(durationOf(Buffer.from('no sound at all')).durationMs).toBe(0);
  const decoder = new OpusScript(16_000, 1);
  const heard = packetsOf(whole).map((packet) => decoder.decode(packet).length);
  expect(heard).toHaveLength(120);
  expect(new Set(heard)).toEqual(new Set([frameSamples * 2]));
});

test('each voice has a file and all have one together, by the clock, whenever somebody speaks', async () => {
  const recorder = await Recorder.open(folder, 0, () => undefined);
  const [one, other] = [speaker('one'), speaker('other')];
  const { startedAt } = recorder;
  for (let nr = 0; nr < 100; nr += 1) {
    recorder.put(one, loud, startedAt + nr * frameMs);
    if (nr >= 50) recorder.put(other, loud, startedAt + nr * frameMs);
    if (nr === 0 || nr === 50) await recorder.tick();
  }
  await new Promise((resolve) => setTimeout(resolve, 2_200));
  await recorder.close();
  const notes = await Promise.all(
    [0, 1, 2].map(async (n) => JSON.parse(await readFile(join(folder, `${n}.json`), 'utf8')) as object),
  );
  expect(notes).toMatchObject([{ who: null }, { who: one.who }, { who: other.who }]);
  const lengths = await Promise.all(
    [0, 1, 2].map(async (n) => durationOf(await readFile(join(folder, `${n}.ogg`))).durationMs),
  );
  expect(lengths[0]).toBeGreaterThanOrEqual(2_000);
  // The first voice begins with the recording, up to the page in which its file was opened.
  expect(Math.abs((lengths[0] ?? 0) - (lengths[1] ?? 0))).toBeLessThanOrEqual(500);
  expect((lengths[1] ?? 0) - (lengths[2] ?? 0)).toBeGreaterThanOrEqual(900);
});

test('on a busy machine nothing is lost: neither what a file waits for nor what comes late, and all end together', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const recorder = await Recorder.open(folder, 0, () => undefined);
  const { startedAt } = recorder;
  const [prompt, late] = [speaker('prompt'), speaker('late')];
  const put = (who: typeof prompt, from: number, to: number) => {
    for (let nr = from; nr < to; nr += 1) recorder.put(who, loud, startedAt + nr * frameMs);
  };
  put(prompt, 0, 200);
  put(late, 0, 50);
  vi.setSystemTime(startedAt + 4_000);
  await recorder.tick();
  put(late, 50, 200);
  await recorder.tick();
  const closing = recorder.close();
  vi.setSystemTime(startedAt + 6_000);
  await closing;
  const files = await Promise.all([0, 1, 2].map((n) => readFile(join(folder, `${n}.ogg`))));
  expect(files.map((file) => durationOf(file).durationMs)).toEqual([4_000, 4_000, 4_000]);
  for (const file of files) {
    const loudness = loudnessOf(decoded(file), 16_000, frameMs);
    // The first and the last frame are those into which a decoder fades.
    expect(Math.min(...loudness.slice(2, -1))).toBeGreaterThan(1_000);
  }
});

test('after it was killed it goes on in new files, and a disk that is full is said once', async () => {
  const first = await Recorder.open(folder, 0, () => undefined);
  first.put(speaker('one'), loud, first.startedAt);
  await first.close();
  await truncate(join(folder, '0.ogg'), 10).catch(() => undefined);
  let full = 0;
  const second = await Recorder.open(folder, Number.MAX_SAFE_INTEGER, () => {
    full += 1;
  });
  expect((await readdir(folder)).filter((name) => name.endsWith('.ogg')).length).toBeGreaterThanOrEqual(2);
  second.put(speaker('other'), loud, second.startedAt);
  for (let look = 0; look < 3_000 && full === 0; look += 1) {
    await second.tick();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await second.tick();
  await second.close();
  expect(full).toBe(1);
});

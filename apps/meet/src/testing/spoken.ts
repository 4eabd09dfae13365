import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const rate = 48_000;

/** The program that speaks, Debian's espeak-ng; null where it is not installed. */
export function speakingProgram(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, 'espeak-ng')).find((path) => existsSync(path)) ?? null;
}

/** Words spoken by espeak-ng with these options, as samples of 48 kHz, with a silence behind them. */
export function spoken(options: readonly string[], words: string): Int16Array {
  const program = speakingProgram();
  if (program === null) throw new Error('espeak-ng is not installed');
  const { stdout, status } = spawnSync(program, ['--stdout', '-s', '150', ...options, words], {
    maxBuffer: 64 * 1024 ** 2,
  });
  if (status !== 0) throw new Error('espeak-ng did not speak');
  const from = stdout.readUInt32LE(24);
  const count = Math.floor((stdout.length - 44) / 2);
  const length = Math.floor((count * rate) / from);
  const samples = new Int16Array(length + rate);
  for (let at = 0; at < length; at += 1) {
    const place = (at * from) / rate;
    const left = Math.floor(place);
    const one = stdout.readInt16LE(44 + left * 2);
    const next = left + 1 < count ? stdout.readInt16LE(44 + (left + 1) * 2) : one;
    samples[at] = Math.round(one + (next - one) * (place - left));
  }
  return samples;
}

import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { fuzzOver } from './fuzz.kit.ts';

// Seeds that failed once stay here by number.
const seeds = [1, 2, 3, randomInt(2 ** 31), randomInt(2 ** 31), randomInt(2 ** 31)];
const play = fuzzOver(async () => ({ env: {}, stop: async () => {} }));

test.for(seeds)(
  'every screen equals a fresh fetch after sends, changes, cuts and resumes over two processes (seed %i)',
  { timeout: 300_000 },
  async (seed) => expect(await play(seed, 400)).toBeGreaterThan(50),
);

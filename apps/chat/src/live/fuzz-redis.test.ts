import { randomInt } from 'node:crypto';
import { RedisFanout } from '@parvis/server/fanout-redis';
import { aRedis, hasRedis } from '@parvis/testing/redis';
import { expect, test } from 'vitest';
import { fuzzOver } from './fuzz.kit.ts';

if (hasRedis) {
  let told = 0;
  const play = fuzzOver(async () => {
    const { url, stop } = await aRedis();
    const listener = await RedisFanout.open(url, () => {});
    await listener.subscribe('chat', () => (told += 1));
    const end = () => listener.close().then(stop);
    return { env: { REDIS_URL: url }, stop: end };
  });

  test.for([1, randomInt(2 ** 31)])(
    'every screen equals a fresh fetch after sends, changes, cuts and resumes over two processes and Redis (seed %i)',
    { timeout: 300_000 },
    async (seed) => {
      told = 0;
      expect(await play(seed, 400)).toBeGreaterThan(50);
      // The processes did speak through it.
      expect(told).toBeGreaterThan(0);
    },
  );
} else
  test.skip('the fuzz of the live log over Redis: skipped, no redis-server is installed', () => undefined);

import { aRedis, hasRedis } from '@parvis/testing/redis';
import { createClient } from '@redis/client';
import { expect, test } from 'vitest';
import { describeFanout } from './fanout.kit.ts';
import { RedisFanout } from './fanout-redis.ts';

if (hasRedis) {
  describeFanout('Redis', async () => {
    const { url, stop } = await aRedis();
    const admin = createClient({ url, socket: { reconnectStrategy: 50 } });
    admin.on('error', () => undefined);
    await admin.connect();
    return {
      another: () => RedisFanout.open(url, () => undefined),
      cut: async () => {
        for (const kind of ['NORMAL', 'PUBSUB'])
          await admin.sendCommand(['CLIENT', 'KILL', 'TYPE', kind, 'SKIPME', 'YES']);
      },
      end: async () => {
        admin.destroy();
        await stop();
      },
    };
  });
  test('a fan-out whose Redis is not there does not open', async () => {
    await expect(RedisFanout.open('redis://127.0.0.1:1', () => undefined)).rejects.toThrow();
  });
} else test.skip('fan-out over Redis: skipped, no redis-server is installed', () => undefined);

import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { expect, test } from 'vitest';
import { describeFanout } from './fanout.kit.ts';
import { RedisFanout } from './fanout-redis.ts';

const found = spawnSync('redis-server', ['--version']).status === 0;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

if (found) {
  describeFanout('Redis', async () => {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'parvis-redis-'));
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder];
    const server = spawn('redis-server', settings, { stdio: 'ignore' });
    const url = `redis://127.0.0.1:${port}`;
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
        const ended = new Promise((resolve) => server.once('exit', resolve));
        server.kill();
        await ended;
        await rm(folder, { recursive: true, force: true });
      },
    };
  });
  test('a fan-out whose Redis is not there does not open', async () => {
    await expect(RedisFanout.open('redis://127.0.0.1:1', () => undefined)).rejects.toThrow();
  });
} else test.skip('fan-out over Redis: skipped, no redis-server is installed', () => undefined);

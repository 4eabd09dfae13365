import { mkdirSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { onPath } from './cache.mjs';
import { Stop } from './stop.mjs';

export function requireRedis() {
  const binary = onPath('redis-server');
  if (binary) return binary;
  throw new Stop(
    'redis-server was not found: install the Debian package redis-server, or give the address of a Redis in REDIS_URL.',
  );
}

/** Says one line on a plain socket and resolves with what comes back. */
export function ask(port, line, msMax = 2_000) {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write(line));
    socket.setTimeout(msMax, () => socket.destroy(new Error('no answer')));
    socket.once('data', (data) => {
      resolve(String(data));
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed')));
  });
}

/** Redis for fan-out between processes: nothing in it is kept. */
export async function openRedis({ house, dataFolder, port, password }) {
  const binary = requireRedis();
  const folder = join(dataFolder, 'redis');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'redis.conf');
  const config = [
    `port ${port}`,
    'bind 127.0.0.1',
    `requirepass ${password}`,
    'save ""',
    'appendonly no',
    'maxmemory 256mb',
  ];
  writeFileSync(file, `${config.join('\n')}\ndir ${JSON.stringify(folder)}\n`, { mode: 0o600 });
  await house.open({
    name: 'redis',
    command: binary,
    args: [file],
    cwd: folder,
    ownFolder: true,
    stage: 2,
    ready: async () => (await ask(port, `AUTH ${password}\r\n`)).startsWith('+OK'),
  });
  return `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'minio';
import type { S3Options } from '../s3-store.ts';

const version = 'v0.0.0-20260212201848-7aac2a2c5b7c';
/** Milliseconds that the server may take until it serves. */
const readyMsMax = 30_000;

/** The S3 server's binary where `npm run start:full` keeps it, or null. */
export function minioBinary(): string | null {
  const cache = process.env.PARVIS_CACHE ?? join(homedir(), '.cache', 'parvis');
  const known = [process.env.MINIO_SERVER, join(cache, 'bin', `minio-${version}`)];
  return known.find((path) => path !== undefined && existsSync(path)) ?? null;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** A real MinIO with a bucket, on a folder and with credentials of its own. */
export interface Minio {
  readonly options: S3Options;
  readonly client: Client;
  readonly process: ChildProcess;
  close(): Promise<void>;
}

export async function startMinio(binary: string): Promise<Minio> {
  const folder = await mkdtemp(join(tmpdir(), 'parvis-minio-'));
  const port = await freePort();
  const accessKey = randomBytes(10).toString('hex');
  const secretKey = randomBytes(20).toString('hex');
  const child = spawn(binary, ['server', '--quiet', '--address', `127.0.0.1:${port}`, folder], {
    env: {
      HOME: folder,
      MINIO_ROOT_USER: accessKey,
      MINIO_ROOT_PASSWORD: secretKey,
      MINIO_KMS_SECRET_KEY: `parvis-key:${randomBytes(32).toString('base64')}`,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
    },
    stdio: 'ignore',
  });
  const client = new Client({ endPoint: '127.0.0.1', port, useSSL: false, accessKey, secretKey });
  const deadline = Date.now() + readyMsMax;
  for (let made = false; !made; ) {
    if (Date.now() > deadline || child.exitCode !== null) throw new Error('MinIO did not start');
    made = await client.makeBucket('parvis').then(
      () => true,
      () => false,
    );
    if (!made) await new Promise((resolve) => setTimeout(resolve, 150));
  }
  const close = async () => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  const options = { endpoint: `http://127.0.0.1:${port}`, accessKey, secretKey, bucket: 'parvis' };
  return { options, client, process: child, close };
}

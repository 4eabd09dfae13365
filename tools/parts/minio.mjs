import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildWithGo, cachedBinary, go, goOldest, onPath } from './cache.mjs';
import { until } from './processes.mjs';
import { Stop } from './stop.mjs';

/** AGPL, unmodified, a process of its own on the loopback: one of the S3 servers an operator may choose. */
export const minioRecipe = {
  name: 'minio',
  module: 'github.com/minio/minio',
  version: 'v0.0.0-20260212201848-7aac2a2c5b7c',
  built: 'minio',
};
const bucket = 'parvis';
const readyMsMax = 30_000;

/** MinIO: named, on PATH, cached, or built now (some minutes, once). */
export async function requireMinio(progress) {
  const found = process.env.MINIO_SERVER || onPath('minio');
  if (found) return found;
  if (existsSync(cachedBinary(minioRecipe))) return cachedBinary(minioRecipe);
  if (!(await go())) {
    throw new Stop(
      `No S3 server was found: put minio on PATH, install Go ${goOldest} (it is then built once), or give S3_ENDPOINT, ` +
        'S3_ACCESS_KEY, S3_SECRET_KEY and S3_BUCKET of one that runs.',
    );
  }
  progress.say('  building MinIO with Go: some minutes, this once');
  return buildWithGo(minioRecipe).catch((error) => {
    throw new Stop(`${error.message}. Put minio on PATH, or give S3_ENDPOINT and its keys.`);
  });
}

/** Starts MinIO, waits until it truly serves (its health answers a little early), and makes the bucket. */
export async function openMinio({
  root,
  house,
  binary,
  dataFolder,
  port,
  accessKey,
  secretKey,
  kmsKey,
  publicUrl,
}) {
  const folder = join(dataFolder, 'minio');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await house.open({
    name: 'objects',
    command: binary,
    args: ['server', '--quiet', '--address', `127.0.0.1:${port}`, folder],
    cwd: folder,
    ownFolder: true,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      MINIO_ROOT_USER: accessKey,
      MINIO_ROOT_PASSWORD: secretKey,
      MINIO_KMS_SECRET_KEY: `parvis-key:${kmsKey}`,
      MINIO_API_CORS_ALLOW_ORIGIN: publicUrl,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
    },
    stage: 2,
    ready: async () =>
      (await fetch(`http://127.0.0.1:${port}/minio/health/ready`, { signal: AbortSignal.timeout(2_000) })).ok,
    readyMsMax,
  });
  const settings = {
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_ACCESS_KEY: accessKey,
    S3_SECRET_KEY: secretKey,
    S3_BUCKET: bucket,
  };
  await ensureBucket(root, settings);
  return settings;
}

/** Makes the bucket if it is not there. */
async function ensureBucket(root, settings) {
  const { Client } = await import(
    createRequire(join(root, 'apps', 'drive', 'package.json')).resolve('minio')
  );
  const { hostname, port, protocol } = new URL(settings.S3_ENDPOINT);
  const client = new Client({
    endPoint: hostname,
    port: Number(port),
    useSSL: protocol === 'https:',
    accessKey: settings.S3_ACCESS_KEY,
    secretKey: settings.S3_SECRET_KEY,
  });
  const made = await until(
    async () => {
      if (!(await client.bucketExists(settings.S3_BUCKET))) await client.makeBucket(settings.S3_BUCKET);
      return true;
    },
    { msMax: readyMsMax, everyMs: 300 },
  );
  if (!made)
    throw new Stop(
      'The object store runs but refuses our keys: was its folder made with others? See its log.',
    );
}

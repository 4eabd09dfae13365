import { existsSync } from 'node:fs';
import { openClamav } from './clamav.mjs';
import { cachedBinary, onPath } from './cache.mjs';
import { findLiveKit, openLiveKit } from './livekit.mjs';
import { minioRecipe, openMinio } from './minio.mjs';
import { openRedis } from './redis.mjs';

/**
 * Starts what this machine has of the full profile's parts, for the adapter kits that want the real thing. What it
 * lacks is named with the reason, and the tests that need it skip.
 * @returns {Promise<{env: Record<string, string>, absent: {name: string, why: string}[]}>} settings by the names that
 *   the services use, with PARVIS_TEST_ before them
 */
export async function openTestParts({ root, progress, house, folder, ports, secrets }) {
  const minio = process.env.MINIO_SERVER || onPath('minio') || cachedBinary(minioRecipe);
  const common = { root, house, dataFolder: folder };
  const parts = [
    { name: 'Redis', there: onPath('redis-server'), why: 'not tested: no redis-server', open: redis },
    { name: 'S3', there: existsSync(minio), why: 'not tested: no MinIO on PATH or in the cache', open: s3 },
    { name: 'ClamAV', there: onPath('clamd'), why: 'not tested: no clamd', open: scanner },
    { name: 'LiveKit', there: findLiveKit(), why: 'not tested: no livekit-server', open: meetings },
  ];
  async function redis() {
    return { REDIS_URL: await openRedis({ ...common, port: await ports.take(), password: secrets.redis }) };
  }
  async function s3() {
    const keys = { accessKey: secrets.s3AccessKey, secretKey: secrets.s3SecretKey, kmsKey: secrets.s3KmsKey };
    return openMinio({
      ...common,
      binary: minio,
      port: await ports.take(),
      ...keys,
      publicUrl: 'http://localhost',
    });
  }
  async function scanner() {
    return (await openClamav({ ...common, port: await ports.take() })).settings;
  }
  async function meetings() {
    const httpPort = await ports.take();
    const [key, secret, webhookPort] = [secrets.livekitKey, secrets.livekitSecret, await ports.take()];
    const webhookUrl = `http://127.0.0.1:${webhookPort}/`;
    await openLiveKit({ ...common, binary: findLiveKit(), ports, httpPort, key, secret, webhookUrl });
    return { LIVEKIT_URL: `http://127.0.0.1:${httpPort}`, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret };
  }
  const env = {};
  const absent = [];
  for (const { name, there, why, open } of parts) {
    if (!there) absent.push({ name, why });
    else for (const [key, value] of Object.entries(await open())) env[`PARVIS_TEST_${key}`] = value;
  }
  progress.say(
    `  beside the tests: ${['PostgreSQL', ...parts.filter(({ there }) => there).map(({ name }) => name)].join(', ')}`,
  );
  return { env, absent };
}

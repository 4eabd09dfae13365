/** Makes the bucket of S3_BUCKET at S3_ENDPOINT unless it is there. The store may need a moment after it says ready. */
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';

const triesMax = 60;
const pauseMs = 1_000;
const { Client } = createRequire(new URL('../apps/drive/package.json', import.meta.url))('minio');
const { S3_ENDPOINT, S3_ACCESS_KEY, S3_SECRET_KEY, S3_BUCKET, S3_REGION } = process.env;
const { hostname, port, protocol } = new URL(S3_ENDPOINT);
const client = new Client({
  endPoint: hostname,
  port: Number(port) || (protocol === 'https:' ? 443 : 80),
  useSSL: protocol === 'https:',
  accessKey: S3_ACCESS_KEY,
  secretKey: S3_SECRET_KEY,
  region: S3_REGION || undefined,
});
for (let tried = 1; ; tried += 1) {
  try {
    if (!(await client.bucketExists(S3_BUCKET))) await client.makeBucket(S3_BUCKET);
    console.log(`bucket ${S3_BUCKET} is there`);
    break;
  } catch (error) {
    if (tried === triesMax) throw error;
    await pause(pauseMs);
  }
}

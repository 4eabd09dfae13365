import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { minioBinary, startMinio } from './testing/minio.ts';
import { describeBlobStore } from './blob-store.kit.ts';
import { S3Store } from './s3-store.ts';

const binary = minioBinary();

if (binary === null) {
  describe.skip('the S3 store: no MinIO in the cache (`npm run start:full` builds it)', () => {
    test('keeps the promises of every store', () => undefined);
  });
} else {
  describeBlobStore('the S3 store, on MinIO', async () => {
    const minio = await startMinio(binary);
    return {
      again: () => new S3Store(minio.options),
      close: () => minio.close(),
      everything: async () => {
        const found: string[] = [];
        for await (const one of minio.client.listObjectsV2(minio.options.bucket, '', true))
          found.push(String(one.name));
        return found.sort();
      },
    };
  });
}

describe('the S3 store alone', () => {
  test('says that the store is away when nothing listens there', async () => {
    const options = { accessKey: 'nobody', secretKey: 'nothing-here', bucket: 'parvis', region: 'us-east-1' };
    const store = new S3Store({ endpoint: 'http://127.0.0.1:1', ...options });
    await expect(store.begin(randomUUID(), 1)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

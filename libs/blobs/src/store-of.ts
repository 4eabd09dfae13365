import { join } from 'node:path';
import { BadSettings, setting, type SettingsOf, text } from '@parvis/server/settings';
import { z } from 'zod';
import type { BlobStore } from './blob-store.ts';
import { FolderStore } from './folder-store.ts';
import { S3Store } from './s3-store.ts';

/** What a service that keeps blobs asks its operator. */
export const storeSettings = {
  /** Where the bytes lie: a folder of this machine, or a server that speaks S3. */
  store: setting('STORE', z.enum(['folder', 's3']).default('folder')),
  s3Endpoint: setting('S3_ENDPOINT', z.url({ protocol: /^https?$/ }).optional()),
  s3AccessKey: setting('S3_ACCESS_KEY', text.optional()),
  s3SecretKey: setting('S3_SECRET_KEY', text.optional()),
  s3Bucket: setting('S3_BUCKET', text.min(3).optional()),
  s3Region: setting('S3_REGION', text.optional()),
  /** Bytes that stay free on the disk of the folder store. */
  storeReserveBytes: setting(
    'STORE_RESERVE_BYTES',
    z.coerce
      .number()
      .int()
      .min(0)
      .default(512 * 1024 ** 2),
  ),
};
export type StoreSettings = SettingsOf<typeof storeSettings> & { readonly dataFolder: string };

/**
 * The store that the settings name: a folder below the data folder, or the bucket.
 * @throws BadSettings when S3 is chosen and something of it is missing
 */
export function storeOf(settings: StoreSettings, folder: string): BlobStore {
  if (settings.store === 'folder') {
    return new FolderStore(join(settings.dataFolder, folder), { reserveBytes: settings.storeReserveBytes });
  }
  const needed = {
    S3_ENDPOINT: settings.s3Endpoint,
    S3_ACCESS_KEY: settings.s3AccessKey,
    S3_SECRET_KEY: settings.s3SecretKey,
    S3_BUCKET: settings.s3Bucket,
  };
  const missing = Object.entries(needed).filter(([, value]) => !value);
  if (missing.length > 0) {
    throw new BadSettings(
      missing.map(([variable]) => ({ variable, reason: 'is not set, and STORE=s3 needs it' })),
    );
  }
  return new S3Store({
    endpoint: needed.S3_ENDPOINT as string,
    accessKey: needed.S3_ACCESS_KEY as string,
    secretKey: needed.S3_SECRET_KEY as string,
    bucket: needed.S3_BUCKET as string,
    region: settings.s3Region,
  });
}

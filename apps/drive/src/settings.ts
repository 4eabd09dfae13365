import { port, setting, text } from '@parvis/server/settings';
import { z } from 'zod';

export const settings = {
  /** Where the bytes lie: a folder of this machine, or a server that speaks S3. */
  store: setting('STORE', z.enum(['folder', 's3']).default('folder')),
  s3Endpoint: setting('S3_ENDPOINT', z.url({ protocol: /^https?$/ }).optional()),
  s3AccessKey: setting('S3_ACCESS_KEY', text.optional()),
  s3SecretKey: setting('S3_SECRET_KEY', text.optional()),
  s3Bucket: setting('S3_BUCKET', text.min(3).optional()),
  s3Region: setting('S3_REGION', text.optional()),
  /** Bytes that uploads leave free on the disk of the folder store. */
  storeReserveBytes: setting(
    'STORE_RESERVE_BYTES',
    z.coerce
      .number()
      .int()
      .min(0)
      .default(512 * 1024 ** 2),
  ),
  /** Where clamd listens. Absent: files are not scanned, and say so. */
  clamavHost: setting('CLAMAV_HOST', text.optional()),
  clamavPort: setting('CLAMAV_PORT', port.default(3310)),
  /** `demo`: folders and files in the demo ministry. */
  seed: setting('DRIVE_SEED', z.enum(['demo']).optional()),
};
export type DriveSettings = typeof settings;

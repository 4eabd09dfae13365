import { storeSettings } from '@parvis/blobs/store-of';
import { port, setting, text } from '@parvis/server/settings';
import { z } from 'zod';

export const settings = {
  ...storeSettings,
  /** Where clamd listens. Absent: files are not scanned, and say so. */
  clamavHost: setting('CLAMAV_HOST', text.optional()),
  clamavPort: setting('CLAMAV_PORT', port.default(3310)),
  /** `demo`: folders and files in the demo ministry. */
  seed: setting('DRIVE_SEED', z.enum(['demo']).optional()),
};
export type DriveSettings = typeof settings;

import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { BadSettings } from '@parvis/server/settings';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import type { DriveSettings } from '../settings.ts';
import type { BlobStore } from './blob-store.ts';
import { FolderStore } from './folder-store.ts';
import { S3Store } from './s3-store.ts';

/** The store that the settings name. */
@Injectable()
export class Blobs {
  readonly store: BlobStore;

  constructor(@Inject(SETTINGS) settings: ServiceSettings<DriveSettings>) {
    this.store = storeOf(settings);
  }
}

/** @throws BadSettings when S3 is chosen and something of it is missing */
function storeOf(settings: ServiceSettings<DriveSettings>): BlobStore {
  if (settings.store === 'folder') {
    return new FolderStore(join(settings.dataFolder, 'files'), { reserveBytes: settings.storeReserveBytes });
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

import { Inject, Injectable } from '@nestjs/common';
import type { BlobStore } from '@parvis/blobs/blob-store';
import { storeOf } from '@parvis/blobs/store-of';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import type { DriveSettings } from '../settings.ts';

/** The store of files that the settings name. */
@Injectable()
export class Blobs {
  readonly store: BlobStore;

  constructor(@Inject(SETTINGS) settings: ServiceSettings<DriveSettings>) {
    this.store = storeOf(settings, 'files');
  }
}

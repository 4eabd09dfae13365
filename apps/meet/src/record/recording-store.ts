import { Inject, Injectable } from '@nestjs/common';
import type { BlobStore } from '@parvis/blobs/blob-store';
import { storeOf } from '@parvis/blobs/store-of';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import type { settings } from '../settings.ts';

/** The store in which recordings lie. */
@Injectable()
export class RecordingStore {
  readonly store: BlobStore;

  constructor(@Inject(SETTINGS) set: ServiceSettings<typeof settings>) {
    this.store = storeOf(set, 'recordings');
  }
}

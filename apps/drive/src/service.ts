import type { Service } from '@parvis/server/service';
import { database } from './database.ts';
import { DriveModule } from './drive.module.ts';
import { settings } from './settings.ts';
import { takeUploads } from './upload/upload.controller.ts';

export const drive: Service<typeof settings> = {
  name: 'drive',
  module: DriveModule,
  database,
  settings,
  http: takeUploads,
};

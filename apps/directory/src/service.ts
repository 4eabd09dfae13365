import type { Service } from '@parvis/server/service';
import { database } from './database.ts';
import { DirectoryModule } from './directory.module.ts';
import { settings } from './settings.ts';

/** Sign-in and sessions, people, groups, guests, spaces, sharing, the resource tree. */
export const directory: Service<typeof settings> = {
  name: 'directory',
  module: DirectoryModule,
  database,
  settings,
};

import type { ServiceDatabase } from '@parvis/server/service';
import { inboxSql } from './inbox/migration.ts';
import { levelSql } from './level/migration.ts';

export const database: ServiceDatabase = {
  name: 'notify',
  hears: true,
  jobs: true,
  migrations: [
    { name: '0001-inbox', sql: inboxSql },
    { name: '0002-levels', sql: levelSql },
  ],
};

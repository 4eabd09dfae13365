import type { ServiceDatabase } from '@parvis/server/service';
import { inboxSql } from './inbox/migration.ts';
import { levelMoveSql, levelSql } from './level/migration.ts';
import { presenceSql } from './presence/migration.ts';
import { pushSql } from './push/migration.ts';

export const database: ServiceDatabase = {
  name: 'notify',
  hears: true,
  jobs: true,
  migrations: [
    { name: '0001-inbox', sql: inboxSql },
    { name: '0002-levels', sql: levelSql },
    { name: '0003-presence', sql: presenceSql },
    { name: '0004-push', sql: pushSql },
    { name: '0005-levels-shared', sql: levelMoveSql },
  ],
};

import type { ServiceDatabase } from '@parvis/server/service';
import { meetings } from './migrations.ts';
import { scheduleSql } from './schedule/migration.ts';
import { boards, chatSeats, rooms } from './room/migration.ts';
import { pictureSql } from './picture/migration.ts';
import { scribeSql } from './scribe/migration.ts';
import { shelfSql } from './shelf/migration.ts';
import { tellSql } from './tell/migration.ts';

export const database: ServiceDatabase = {
  name: 'meet',
  migrations: [
    { name: '0001-meetings', sql: meetings },
    { name: '0010-schedule', sql: scheduleSql },
    { name: '0020-rooms', sql: rooms },
    { name: '0030-scribe', sql: scribeSql },
    { name: '0040-tell', sql: tellSql },
    { name: '0050-boards', sql: boards },
    { name: '0060-shelf', sql: shelfSql },
    { name: '0070-chat-seats', sql: chatSeats },
    { name: '0080-pictures', sql: pictureSql },
  ],
  jobs: true,
};

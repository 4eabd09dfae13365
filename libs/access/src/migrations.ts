import { bots } from './migrations/bots.ts';
import { channels } from './migrations/channels.ts';
import { ends } from './migrations/ends.ts';
import { functions } from './migrations/functions.ts';
import { happenings } from './migrations/happenings.ts';
import { labels } from './migrations/labels.ts';
import { levels } from './migrations/levels.ts';
import { linkPasswords } from './migrations/link-passwords.ts';
import { sessions } from './migrations/sessions.ts';
import { silences } from './migrations/silences.ts';
import { subjects } from './migrations/subjects.ts';
import { tree } from './migrations/tree.ts';

/** Plain SQL, run once each and in this order by the directory's migration run; a released one is never edited. */
export const accessMigrations: { name: string; sql: string }[] = [
  { name: '0001-subjects', sql: subjects },
  { name: '0002-tree', sql: tree },
  { name: '0003-sessions', sql: sessions },
  { name: '0004-functions', sql: functions },
  { name: '0005-labels', sql: labels },
  { name: '0006-link-passwords', sql: linkPasswords },
  { name: '0007-ends', sql: ends },
  { name: '0008-happenings', sql: happenings },
  { name: '0009-bots', sql: bots },
  { name: '0010-channels', sql: channels },
  { name: '0011-levels', sql: levels },
  { name: '0012-silences', sql: silences },
];

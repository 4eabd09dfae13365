import type { Db } from '@parvis/access/db';
import type { Report } from '@parvis/contract/chat-moderation';
import type { Person } from '@parvis/contract/shape';
import { personSql } from '../message/message-state.ts';

/** Reports in one answer. */
const reportsMax = 200;

type Row = Omit<Report, 'at' | 'decidedAt' | 'channel' | 'sender' | 'reporter' | 'decidedBy'> & {
  channelId: string;
  title: string;
  channelKind: Report['channel']['channelKind'];
  sender: Person | null;
  reporter: Person | null;
  decidedBy: Person | null;
  at: Date;
  decidedAt: Date | null;
};

/**
 * Reports of a condition, open ones first, then the newest.
 * @param condition SQL over `o` (chat.report) and `c` (chat.channel), with its value as the first parameter
 */
export async function findReports(db: Db, condition: string, value: unknown): Promise<Report[]> {
  const rows = await db.query<Row>(
    `select o.id, c.uid as "channelId", r.title, c.kind as "channelKind", o.seq::float8 as seq, o.body, o.reason,
        o.note, o.at, o.state, o.decided_at as "decidedAt", ${personSql('p')} as sender,
        ${personSql('a')} as reporter, ${personSql('d')} as "decidedBy"
       from chat.report o join chat.channel c on c.resource_id = o.channel_id
       join access.resource r on r.id = o.channel_id
       left join chat.message m on m.channel_id = o.channel_id and m.seq = o.seq
       left join access.person p on p.subject_id = m.sender_id
       left join access.person a on a.subject_id = o.reporter_id
       left join access.person d on d.subject_id = o.decided_by
      where ${condition} order by o.state <> 'open', o.at desc limit ${reportsMax}`,
    [value],
  );
  return rows.map(({ channelId, title, channelKind, at, decidedAt, ...rest }) => ({
    ...rest,
    channel: { id: channelId, title, channelKind },
    at: at.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  }));
}

import type { Db } from '@parvis/access/db';
import { setSilences } from '@parvis/access/silences';

/**
 * Tells the chat, in the caller's transaction, who may not write in the channel of a meeting now: whoever lost their
 * words there, for as long as the meeting is open. To be called after each change of one of the three.
 */
export async function tellChat(db: Db, meetingId: number): Promise<void> {
  const [row] = await db.query<{ channelId: string | null; people: number[] }>(
    `select case when ended_at is null then channel_id end as "channelId",
        array(select p.subject_id from meet.seat t join access.person p on p.uid = t.who
               where t.meeting_id = m.resource_id and not t.chat) as people
       from meet.meeting m where resource_id = $1`,
    [meetingId],
  );
  if (row) await setSilences(db, meetingId, row.channelId, row.people);
}

import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { load } from '@parvis/access/read';
import { atLeast } from '@parvis/access/roles';
import type { sayHuddle } from '@parvis/contract/chat-huddle';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { loadForChange } from '../channel/channel-row.ts';
import { ChangeLog } from '../message/change-log.ts';

/** Entries of the log that are looked at for the last meeting: one that lies further back is over. */
const lookBackMax = 5_000;

/** What a channel's log says of the meetings that were started from it. */
@Injectable()
export class Huddles {
  constructor(
    private readonly database: Database,
    private readonly log: ChangeLog,
  ) {}

  /** @throws Refused `not-found` */
  async last(caller: Caller, id: string): Promise<{ meetingId: string | null }> {
    const { db } = this.database;
    const channel = await load(db, caller, id, { kind: 'channel' });
    if (channel === null) throw Refused.notFound();
    return { meetingId: await lastOf(db, channel.id) };
  }

  /**
   * Said once for each meeting. Of two that are started at once the first that is said stands, and is the answer to both.
   * @throws Refused `not-found` (the channel, or the meeting, which must lie in it), `not-allowed`, `channel-archived`
   */
  async say(
    caller: Caller,
    { id, meetingId, lastKnown }: InputOf<typeof sayHuddle>,
  ): Promise<{ meetingId: string }> {
    let channelId = 0;
    const said = await this.database.transaction(async (db) => {
      const { seen, channel } = await loadForChange(db, caller, id);
      const writes = channel.kind === 'announcements' ? 'manager' : 'commenter';
      if (!atLeast(seen.role, writes)) throw Refused.notAllowed();
      if (channel.archived) throw Refused.conflict('channel-archived');
      const meeting = await load(db, caller, meetingId, { kind: 'meeting' });
      if (meeting === null || meeting.parentId !== seen.id) throw Refused.notFound();
      const last = await lastOf(db, seen.id);
      if (last === meetingId || (last !== null && last !== lastKnown)) return last;
      const log = await this.log.join(db, seen.id);
      await log.notice({ actorId: caller.id, what: 'meeting', text: meeting.title, meetingId });
      channelId = seen.id;
      return meetingId;
    });
    if (channelId !== 0) await this.log.told({ channelId, channelUid: id });
    return { meetingId: said };
  }
}

async function lastOf(db: Db, channelId: number): Promise<string | null> {
  const [row] = await db.query<{ meetingId: string | null }>(
    `select m.content ->> 'meetingId' as "meetingId" from chat.message m join chat.channel c on c.resource_id = m.channel_id
      where m.channel_id = $1 and m.seq > c.last_seq - ${lookBackMax} and m.kind = 'notice'
        and m.content ->> 'what' = 'meeting'
      order by m.seq desc limit 1`,
    [channelId],
  );
  return row?.meetingId ?? null;
}

import { Injectable } from '@nestjs/common';
import { load } from '@parvis/access/read';
import type { markUnread } from '@parvis/contract/chat';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Notices } from '../live/notices.ts';

interface Place {
  readonly seq: number;
  readonly nr: number;
  readonly unread: number;
}

/** The one way back for what a person has read. */
@Injectable()
export class UnreadService {
  constructor(
    private readonly database: Database,
    private readonly notices: Notices,
  ) {}

  /**
   * From the message at `seq` on the channel counts as unread; a position after the end counts as the last.
   * @throws Refused `not-found`
   */
  async mark(caller: Caller, { id, seq }: InputOf<typeof markUnread>): Promise<typeof done> {
    const { db } = this.database;
    const channel = await load(db, caller, id, { kind: 'channel' });
    if (channel === null) throw Refused.notFound();
    const [place] = await db.query<Place>(
      `insert into chat.member_state as s (channel_id, person_id, read_seq, read_nr)
       select c.resource_id, $2, g.seq, chat.nr_at(c.resource_id, g.seq)
         from chat.channel c, lateral (select greatest(0, least($3::bigint, c.last_seq) - 1) as seq) g
        where c.resource_id = $1
       on conflict (channel_id, person_id) do update set read_seq = excluded.read_seq, read_nr = excluded.read_nr
       returning read_seq::float8 as seq, read_nr::float8 as nr,
         ((select last_nr from chat.channel where resource_id = $1) - read_nr)::float8 as unread`,
      [channel.id, caller.id, seq],
    );
    if (place === undefined) throw Refused.notFound();
    this.notices.own(caller.id, { t: 'unread', channelId: channel.uid, ...place });
    return done;
  }
}

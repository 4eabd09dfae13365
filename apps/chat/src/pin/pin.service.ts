import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { load } from '@parvis/access/read';
import { atLeast } from '@parvis/access/roles';
import type { Message } from '@parvis/contract/chat-entry';
import type { pinMessage } from '@parvis/contract/chat-message';
import { pinListSizeMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { MessageLog } from '../message/message.log.ts';
import { Standing } from '../message/standing.ts';

/** What a channel keeps at hand. */
@Injectable()
export class Pins {
  constructor(
    private readonly database: Database,
    private readonly log: MessageLog,
    private readonly standing: Standing,
  ) {}

  /**
   * Whoever may write in a channel pins in it. @throws Refused `not-found`, `not-allowed`, `channel-archived`,
   * `too-many-pins`
   */
  pin(caller: Caller, { id, seq, on }: InputOf<typeof pinMessage>): Promise<Message> {
    return this.standing.change(caller, id, seq, async (log, message) => {
      const { channelId, role } = message.channel;
      const needed = message.channelKind === 'announcements' ? 'manager' : 'commenter';
      if (!atLeast(role, needed) || message.hidden) throw Refused.notAllowed();
      if (message.archived) throw Refused.conflict('channel-archived');
      if (message.pinned === on) return;
      if (on) {
        const [row] = await log.db.query<{ count: number }>(
          'select count(*)::int as count from chat.message where channel_id = $1 and pinned_at is not null',
          [channelId],
        );
        if ((row?.count ?? 0) >= pinListSizeMax) throw Refused.conflict('too-many-pins');
      }
      await log.db.query(
        `update chat.message set pinned_at = case when $3 then clock_timestamp() end, pinned_by = case when $3 then $4::int end
          where channel_id = $1 and seq = $2`,
        [channelId, seq, on, caller.id],
      );
      await log.change({ seq, actorId: caller.id, why: 'pinned' });
      const action = on ? 'message.pinned' : 'message.unpinned';
      await audit(log.db, { actorId: caller.id, action, resourceId: channelId, detail: { seq } });
    });
  }

  async list(caller: Caller, id: string): Promise<{ messages: Message[] }> {
    const { db } = this.database;
    const seen = await load(db, caller, id, { kind: 'channel' });
    if (!seen) throw Refused.notFound();
    const rows = await db.query<{ seq: number }>(
      `select seq::float8 as seq from chat.message where channel_id = $1 and pinned_at is not null
        order by pinned_at desc, seq desc limit ${pinListSizeMax}`,
      [seen.id],
    );
    const seqs = rows.map(({ seq }) => seq);
    const states = await this.log.states({ id: seen.id, uid: seen.uid }, seqs);
    return { messages: states.sort((a, b) => seqs.indexOf(a.seq) - seqs.indexOf(b.seq)) };
  }
}

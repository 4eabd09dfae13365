import { Injectable } from '@nestjs/common';
import { atLeast } from '@parvis/access/roles';
import type { Message } from '@parvis/contract/chat-entry';
import type { reactToMessage } from '@parvis/contract/chat-message';
import { reactionsSizeMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';
import type { LogWriter } from '../message/change-log.ts';
import { Standing } from '../message/standing.ts';

@Injectable()
export class Reactions {
  constructor(private readonly standing: Standing) {}

  /**
   * Also in announcements: an answer without words is not a message. The same again changes nothing.
   * @throws Refused `not-found`, `not-allowed`, `channel-archived`, `too-many-reactions`
   */
  react(caller: Caller, { id, seq, emoji, on }: InputOf<typeof reactToMessage>): Promise<Message> {
    return this.standing.change(caller, id, seq, async (log, message) => {
      const { channelId, role } = message.channel;
      if (!atLeast(role, 'commenter') || message.hidden) throw Refused.notAllowed();
      if (message.archived) throw Refused.conflict('channel-archived');
      const at = [channelId, seq, emoji, caller.id];
      const changed = on ? await this.#add(log, at) : await this.#take(log, at);
      if (changed) await log.change({ seq, actorId: caller.id, why: 'reacted' });
    });
  }

  async #add(log: LogWriter, at: unknown[]): Promise<boolean> {
    const added = await log.db.query(
      `insert into chat.reaction (channel_id, seq, emoji, person_id) values ($1, $2, $3, $4)
       on conflict do nothing returning seq`,
      at,
    );
    const [row] = await log.db.query<{ count: number }>(
      'select count(distinct emoji)::int as count from chat.reaction where channel_id = $1 and seq = $2',
      at.slice(0, 2),
    );
    if ((row?.count ?? 0) > reactionsSizeMax) throw Refused.conflict('too-many-reactions');
    return added.length > 0;
  }

  async #take(log: LogWriter, at: unknown[]): Promise<boolean> {
    const taken = await log.db.query(
      `delete from chat.reaction where channel_id = $1 and seq = $2 and emoji = $3 and person_id = $4
       returning seq`,
      at,
    );
    return taken.length > 0;
  }
}

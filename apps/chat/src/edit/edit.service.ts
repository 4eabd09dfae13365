import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { atLeast } from '@parvis/access/roles';
import type { Message } from '@parvis/contract/chat-entry';
import type { editMessage, listRevisions, OfMessage } from '@parvis/contract/chat-message';
import { revisionListSizeMax } from '@parvis/contract/limits';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import type { z } from 'zod';
import type { LogWriter } from '../message/change-log.ts';
import { PreviewService } from '../preview/preview.service.ts';
import { SendContent } from '../message/send-content.ts';
import { Standing, type StandingMessage } from '../message/standing.ts';

type Place = z.output<typeof OfMessage>;

/** What people do to what they wrote: change it, with what it said before kept, and take it back. */
@Injectable()
export class Edits {
  constructor(
    private readonly database: Database,
    private readonly standing: Standing,
    private readonly contents: SendContent,
    private readonly previews: PreviewService,
  ) {}

  /** Nobody changes the words of another. @throws Refused `not-found`, `not-allowed`, `channel-archived`, `chat-silenced`, `too-many-mentions` */
  async edit(caller: Caller, { id, seq, body }: InputOf<typeof editMessage>): Promise<Message> {
    const mentions = await this.contents.mentioned(body);
    return this.standing.change(caller, id, seq, async (log, message) => {
      const mayWrite = atLeast(message.channel.role, 'commenter');
      if (message.senderId !== caller.id || message.hidden || !mayWrite) throw Refused.notAllowed();
      if (message.archived) throw Refused.conflict('channel-archived');
      if (message.silenced) throw Refused.notAllowed('chat-silenced');
      if (message.body === body) return;
      await this.#keep(log, message);
      const { mentions: _, previews = [], ...rest } = message.content ?? {};
      const stays = previews.filter(({ url }) => body.includes(url));
      const content = {
        ...rest,
        ...(mentions.length > 0 && { mentions }),
        ...(stays.length > 0 && { previews: stays }),
      };
      await log.db.query(
        `update chat.message set body = $3, content = $4::jsonb, edited_at = clock_timestamp()
          where channel_id = $1 and seq = $2`,
        [
          message.channel.channelId,
          seq,
          body,
          Object.keys(content).length === 0 ? null : JSON.stringify(content),
        ],
      );
      await log.db.query('select chat.note_mentions($1, $2)', [message.channel.channelId, seq]);
      await this.previews.again(log.db, { channelId: message.channel.channelId, seq }, message.body, body);
      await log.change({ seq, actorId: caller.id, why: 'edited' });
      await this.#journal(log, caller, message, 'message.edited');
    });
  }

  /** Whoever wrote it, and who manages the channel. @throws Refused `not-found`, `not-allowed` */
  async remove(caller: Caller, { id, seq }: Place): Promise<Message> {
    return this.standing.change(caller, id, seq, async (log, message) => {
      const { channelId, role } = message.channel;
      if (message.senderId !== caller.id && !atLeast(role, 'manager')) throw Refused.notAllowed();
      await log.db.query('select chat.remove_message($1, $2)', [channelId, seq]);
      await log.change({ seq, actorId: caller.id, why: 'deleted' });
      if (message.threadSeq !== null) await log.answersChanged(message.threadSeq, caller.id);
      await this.#journal(log, caller, message, 'message.deleted');
    });
  }

  /** @throws Refused `not-found`: whatever was deleted or hidden says nothing any more */
  async revisions(caller: Caller, { id, seq }: Place): Promise<OutputOf<typeof listRevisions>> {
    const { db } = this.database;
    const message = await this.standing.load(db, caller, id, seq);
    if (message.hidden) throw Refused.notFound();
    const rows = await db.query<{ body: string; until: Date }>(
      'select body, until from chat.revision where channel_id = $1 and seq = $2 order by nr',
      [message.channel.channelId, seq],
    );
    return { revisions: rows.map(({ body, until }) => ({ body, until: until.toISOString() })) };
  }

  /** What it says now becomes what it said before; of very many, the oldest go. */
  async #keep(log: LogWriter, { channel, seq, body }: StandingMessage): Promise<void> {
    await log.db.query(
      `with kept as (
         insert into chat.revision (channel_id, seq, nr, body)
         select $1, $2, coalesce(max(nr), 0) + 1, $3 from chat.revision where channel_id = $1 and seq = $2
         returning nr)
       delete from chat.revision r using kept
        where r.channel_id = $1 and r.seq = $2 and r.nr <= kept.nr - ${revisionListSizeMax}`,
      [channel.channelId, seq, body],
    );
  }

  #journal(log: LogWriter, caller: Caller, { channel, seq, senderId }: StandingMessage, action: string) {
    const detail = { seq, own: senderId === caller.id };
    return audit(log.db, { actorId: caller.id, action, resourceId: channel.channelId, detail });
  }
}

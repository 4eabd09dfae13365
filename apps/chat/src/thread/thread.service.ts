import { Injectable } from '@nestjs/common';
import { load } from '@parvis/access/read';
import type { followThread, listAnswers, markThreadRead, ThreadPlace } from '@parvis/contract/chat-thread';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Following } from '../live/following.ts';
import { Notices } from '../live/notices.ts';
import { tellRead } from '../telling/telling.ts';
import { type ChannelName, MessageLog } from '../message/message.log.ts';

interface PlaceRow {
  readonly following: boolean;
  readonly readSeq: number;
}

/** One thread: its answers, and where a person stands in it. */
@Injectable()
export class Threads {
  constructor(
    private readonly database: Database,
    private readonly log: MessageLog,
    private readonly following: Following,
    private readonly notices: Notices,
  ) {}

  /** A root that was deleted still has its answers. @throws Refused `not-found` */
  async answers(
    caller: Caller,
    { id, seq, after, before, limit }: InputOf<typeof listAnswers>,
  ): Promise<OutputOf<typeof listAnswers>> {
    const channel = await this.#channel(caller, id);
    const head = (await this.log.heads([channel.id])).get(channel.id);
    const [root] = await this.log.states(channel, [seq]);
    if (!head || !root || root.threadSeq !== null) throw Refused.notFound();
    // One more than was asked for says whether there is more.
    const page =
      after === undefined
        ? await this.log.answersBefore(channel, seq, before, limit + 1)
        : await this.log.answersAfter(channel, seq, after, limit + 1);
    const more = page.length > limit;
    if (more) page.splice(after === undefined ? 0 : limit, 1);
    const [place] = await this.database.db.query<PlaceRow>(
      `select following, read_seq::float8 as "readSeq" from chat.thread_state
        where person_id = $1 and channel_id = $2 and root_seq = $3`,
      [caller.id, channel.id, seq],
    );
    const [older, newer] =
      after === undefined
        ? [more, before !== undefined && (root.thread?.lastSeq ?? 0) >= before]
        : [after > 0 && page.length > 0, more];
    return {
      root,
      answers: page,
      following: place?.following ?? false,
      readSeq: place?.readSeq ?? 0,
      older,
      newer,
      lastSeq: head.seq,
    };
  }

  /** @throws Refused `not-found` */
  follow(caller: Caller, { id, seq, on }: InputOf<typeof followThread>): Promise<ThreadPlace> {
    // What was said before is not new to somebody who begins to follow.
    return this.#place(
      caller,
      { id, seq },
      `insert into chat.thread_state as s (person_id, channel_id, root_seq, following, read_seq)
       select $1, $2, $3, $4, coalesce((select t.last_seq from chat.thread t where t.channel_id = $2 and t.root_seq = $3), 0)
       on conflict (person_id, channel_id, root_seq) do update set following = excluded.following`,
      on,
    );
  }

  /** A position past the end of the channel counts as its end. @throws Refused `not-found` */
  read(caller: Caller, { id, seq, upTo }: InputOf<typeof markThreadRead>): Promise<ThreadPlace> {
    return this.#place(
      caller,
      { id, seq },
      `insert into chat.thread_state as s (person_id, channel_id, root_seq, following, read_seq)
       select $1, $2, $3, false, least($4::bigint, c.last_seq) from chat.channel c where c.resource_id = $2
       on conflict (person_id, channel_id, root_seq) do update set read_seq = greatest(s.read_seq, excluded.read_seq)`,
      upTo,
    );
  }

  /** Moves a person's place, and tells their other screens. */
  async #place(
    caller: Caller,
    { id, seq }: { id: string; seq: number },
    sql: string,
    value: unknown,
  ): Promise<ThreadPlace> {
    const channel = await this.#channel(caller, id);
    const [root] = await this.database.db.query(
      `select from chat.message where channel_id = $1 and seq = $2 and kind = 'message' and thread_seq is null`,
      [channel.id, seq],
    );
    if (!root) throw Refused.notFound();
    const row = await this.database.transaction(async (db) => {
      const [moved] = await db.query<PlaceRow>(`${sql} returning following, read_seq::float8 as "readSeq"`, [
        caller.id,
        channel.id,
        seq,
        value,
      ]);
      if (!moved) throw Refused.notFound();
      const read = { channelId: channel.id, personId: caller.id, seq: moved.readSeq, threadSeq: seq };
      await tellRead(db, [read]);
      return moved;
    });
    const place: ThreadPlace = { channelId: id, threadSeq: seq, ...row };
    this.following.thread(caller.id, place);
    this.notices.thread(caller.id, place);
    return place;
  }

  async #channel(caller: Caller, id: string): Promise<ChannelName> {
    const seen = await load(this.database.db, caller, id, { kind: 'channel' });
    if (!seen) throw Refused.notFound();
    return { id: seen.id, uid: seen.uid };
  }
}

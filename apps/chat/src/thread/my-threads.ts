import { Injectable } from '@nestjs/common';
import { scopeOf, shown, visibleTo } from '@parvis/access/scope';
import type { Message } from '@parvis/contract/chat-entry';
import type { listMyThreads } from '@parvis/contract/chat-thread';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { ChannelReader } from '../channel/channel-reader.ts';
import { MessageLog, type MessageName } from '../message/message.log.ts';
import { threadMentions } from './thread-counts.ts';

/** Answers shown of each thread in the list. */
const latestMax = 2;

interface Row {
  readonly channelId: number;
  readonly channelUid: string;
  readonly threadSeq: number;
  readonly readSeq: number;
  readonly unread: number;
  readonly mentions: number;
  readonly latest: number[];
}

/** The threads that a person follows, over all channels that they may still see. */
@Injectable()
export class MyThreads {
  constructor(
    private readonly database: Database,
    private readonly log: MessageLog,
    private readonly channels: ChannelReader,
  ) {}

  async list(
    caller: Caller,
    { limit, skip }: InputOf<typeof listMyThreads>,
  ): Promise<OutputOf<typeof listMyThreads>> {
    const rows = await this.#rows(caller, limit + 1, skip);
    const more = rows.length > limit;
    if (more) rows.pop();
    const names = rows.flatMap(({ channelId, channelUid, threadSeq, latest }) =>
      [threadSeq, ...latest].map((seq): MessageName => ({ id: channelId, uid: channelUid, seq })),
    );
    const states = new Map<string, Message>();
    for (const state of await this.log.statesOf(names)) states.set(`${state.channelId} ${state.seq}`, state);
    const uids = [...new Set(rows.map(({ channelUid }) => channelUid))];
    const threads = rows.flatMap((row) => {
      const root = states.get(`${row.channelUid} ${row.threadSeq}`);
      if (!root) return [];
      const latest = row.latest.flatMap((seq) => states.get(`${row.channelUid} ${seq}`) ?? []);
      const { channelUid: channelId, threadSeq, readSeq, unread, mentions } = row;
      return [{ channelId, threadSeq, following: true, readSeq, root, latest, unread, mentions }];
    });
    const channels = await this.channels.visible(caller, 'c.uid = any($2::uuid[])', uids);
    return { threads, channels, more };
  }

  async #rows(caller: Caller, limit: number, skip: number): Promise<Row[]> {
    const scope = await scopeOf(this.database.db, caller);
    const visible = visibleTo(scope, 'r', 4);
    return this.database.db.query<Row>(
      `with mine as materialized (
         select s.channel_id, s.root_seq, s.read_seq, c.uid, t.last_seq > s.read_seq as fresh, t.last_at
           from chat.thread_state s join chat.thread t using (channel_id, root_seq)
           join chat.channel c on c.resource_id = s.channel_id join access.resource r on r.id = s.channel_id
          where s.person_id = $1 and s.following and t.replies > 0 and ${visible.sql} and ${shown('r')}
          order by 5 desc, t.last_at desc, s.channel_id, s.root_seq limit $2 offset $3)
       select s.channel_id::float8 as "channelId", s.uid as "channelUid", s.root_seq::float8 as "threadSeq",
           s.read_seq::float8 as "readSeq", ${threadMentions} as mentions,
           (select count(*)::int from chat.message m where m.channel_id = s.channel_id and m.thread_seq = s.root_seq
               and m.seq > s.read_seq and m.deleted_at is null and m.sender_id <> $1) as unread,
           coalesce((select array_agg(l.seq order by l.seq) from (
             select m.seq::float8 as seq from chat.message m where m.channel_id = s.channel_id
                and m.thread_seq = s.root_seq and m.deleted_at is null order by m.seq desc limit ${latestMax}) l), '{}') as latest
         from mine s order by s.fresh desc, s.last_at desc, s.channel_id, s.root_seq`,
      [caller.id, limit, skip, ...visible.params],
    );
  }
}

import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { load } from '@parvis/access/read';
import { atLeast } from '@parvis/access/roles';
import { scopeOf, shown, visibleTo } from '@parvis/access/scope';
import { type Draft, type listDrafts, type putDraft } from '@parvis/contract/chat-draft';
import { draftsPageMax } from '@parvis/contract/limits';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Fanout } from '@parvis/server/fanout';
import { Refused } from '@parvis/server/refused';
import { z } from 'zod';
import { Following } from '../live/following.ts';

const topic = 'chat-draft';
/** Milliseconds that a device's clock may run ahead before its drafts would win for ever. */
const aheadMsMax = 60_000;

/** Which draft of whom is another one: the text stays in the table. */
const Changed = z.object({ person: z.int(), channel: z.string(), thread: z.int() });

interface Row {
  readonly channelId: string;
  readonly threadSeq: number;
  readonly body: string;
  readonly at: Date;
}
const columns = 'd.thread_seq::float8 as "threadSeq", d.body, d.at';
const draftOf = ({ at, ...row }: Row): Draft => ({ ...row, at: at.toISOString() });

/** What people have begun to write, on all their devices: the later one stays, by the clock of who wrote it. */
@Injectable()
export class DraftService implements OnModuleInit, OnModuleDestroy {
  #stop: (() => Promise<void>) | undefined;

  constructor(
    private readonly database: Database,
    private readonly fanout: Fanout,
    private readonly following: Following,
  ) {}

  async onModuleInit(): Promise<void> {
    this.#stop = await this.fanout.subscribe(topic, (notice) => {
      const changed = Changed.safeParse(notice);
      // A notice that was lost costs a device nothing but the moment: it asks when it opens the channel.
      if (changed.success) void this.#tell(changed.data).catch(() => {});
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.#stop?.().catch(() => {});
  }

  /** Those in channels that the person still sees. */
  async list(caller: Caller): Promise<OutputOf<typeof listDrafts>> {
    const { db } = this.database;
    const visible = visibleTo(await scopeOf(db, caller), 'r', 2);
    const rows = await db.query<Row>(
      `select r.uid as "channelId", ${columns} from chat.draft d join access.resource r on r.id = d.channel_id
        where d.person_id = $1 and d.body <> '' and ${visible.sql} and ${shown('r')}
        order by d.at desc limit ${draftsPageMax}`,
      [caller.id, ...visible.params],
    );
    return { drafts: rows.map(draftOf) };
  }

  /** @throws Refused `not-found`, `not-allowed`, `too-many-drafts` */
  async put(caller: Caller, input: InputOf<typeof putDraft>): Promise<Draft> {
    const { db } = this.database;
    const channel = await load(db, caller, input.id, { kind: 'channel' });
    if (!channel) throw Refused.notFound();
    if (!atLeast(channel.role, 'commenter')) throw Refused.notAllowed();
    if (input.body !== '') await this.#checkRoom(caller, channel.id, input.threadSeq);
    const at = new Date(Math.min(Date.parse(input.at), Date.now() + aheadMsMax));
    const key = [caller.id, channel.id, input.threadSeq];
    const written = await db.query<Row>(
      `insert into chat.draft as d (person_id, channel_id, thread_seq, body, at) values ($1, $2, $3, $4, $5)
       on conflict (person_id, channel_id, thread_seq) do update set body = excluded.body, at = excluded.at
         where d.at < excluded.at
       returning ${columns}`,
      [...key, input.body, at],
    );
    if (written.length > 0) {
      const changed = { person: caller.id, channel: channel.uid, thread: input.threadSeq };
      await this.fanout.publish(topic, changed).catch(() => {});
    }
    const [kept] =
      written.length > 0
        ? written
        : await db.query<Row>(
            `select ${columns} from chat.draft d where person_id = $1 and channel_id = $2 and thread_seq = $3`,
            key,
          );
    if (!kept) throw Refused.notFound();
    return draftOf({ ...kept, channelId: channel.uid });
  }

  /** Empty ones make room first: they are kept only so that an older text does not come back. */
  async #checkRoom(caller: Caller, channelId: number, threadSeq: number): Promise<void> {
    const { db } = this.database;
    const [row] = await db.query<{ count: number; mine: boolean }>(
      `select count(*)::int as count, coalesce(bool_or(channel_id = $2 and thread_seq = $3), false) as mine
         from chat.draft where person_id = $1`,
      [caller.id, channelId, threadSeq],
    );
    if (!row || row.mine || row.count < draftsPageMax) return;
    const gone = await db.query(
      "delete from chat.draft where person_id = $1 and body = '' and at < now() - interval '1 hour' returning 1",
      [caller.id],
    );
    if (gone.length === 0) throw Refused.conflict('too-many-drafts');
  }

  async #tell({ person, channel, thread }: z.infer<typeof Changed>): Promise<void> {
    if (!this.following.isHere(person)) return;
    const [row] = await this.database.db.query<Row>(
      `select c.uid as "channelId", ${columns} from chat.draft d join chat.channel c on c.resource_id = d.channel_id
        where d.person_id = $1 and c.uid = $2 and d.thread_seq = $3`,
      [person, channel, thread],
    );
    if (row) this.following.tell(person, { t: 'draft', draft: draftOf(row) });
  }
}

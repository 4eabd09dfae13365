import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { Database } from '@parvis/server/database';
import { Metrics } from '@parvis/server/metrics';
import { Outbox } from '@parvis/server/outbox';
import type { MessagePosted } from '../message/posted-events.ts';
import { type Indexable, indexable, putEntries } from './entries.ts';

/** Milliseconds between two looks for what nobody told of: after a crash, or from before there was an index. */
const sweepMs = 10_000;
/** Rows of the log, and channels, that one transaction takes. */
const rowsMax = 1_000;
const channelsMax = 200;
/** Share of the time that is rested after each piece of a long work, so that those who write are not held up. */
const restShare = 0.5;

interface Step {
  readonly channelId: number;
  /** Up to here the log is indexed after this step. */
  readonly upTo: number;
  readonly seqs: readonly number[];
}

/**
 * Follows the log of each channel and writes what can be found. How far it came is stored with what it wrote, so that
 * nothing is left out and nothing done twice however often a process is killed. Sending a message waits for none of it.
 */
@Injectable()
export class Indexer implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  readonly #database: Database;
  readonly #outbox: Outbox;
  readonly #logger = new Logger('chat');
  readonly #grown = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | null = null;
  #all = false;
  #stopped = false;

  constructor(database: Database, outbox: Outbox, metrics: Metrics) {
    this.#database = database;
    this.#outbox = outbox;
    metrics.watch('parvis_chat_search_waiting', 'Entries of the log that search does not know yet', () =>
      this.lag(),
    );
  }

  onModuleInit(): void {
    this.#outbox.on('message-posted', async ({ channels }: MessagePosted) => {
      for (const { channelId } of channels) this.#grown.add(channelId);
      this.#wake();
    });
  }

  onApplicationBootstrap(): void {
    this.sweep();
    this.#timer = setInterval(() => this.sweep(), sweepMs).unref();
  }

  /** Looks into all channels for what is not indexed, soon. */
  sweep(): void {
    this.#all = true;
    this.#wake();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#working;
  }

  /** How many entries of the log are not indexed yet. */
  async lag(): Promise<number> {
    const [row] = await this.#database.db.query<{ waiting: number }>(
      `select coalesce(sum(c.last_seq - coalesce(s.seq, 0)), 0)::float8 as waiting
         from chat.channel c left join chat.search_state s on s.channel_id = c.resource_id`,
    );
    return row?.waiting ?? 0;
  }

  #wake(): void {
    if (this.#stopped) return;
    this.#working ??= this.#work()
      // The database is away: the look that comes by itself finds what is left.
      .catch((error: unknown) => this.#logger.warn(`the index of messages: ${String(error)}`))
      .finally(() => {
        this.#working = null;
        if (this.#all || this.#grown.size > 0) this.#wake();
      });
  }

  async #work(): Promise<void> {
    const named = this.#all ? null : [...this.#grown];
    this.#all = false;
    this.#grown.clear();
    while (!this.#stopped) {
      const from = Date.now();
      const more = await this.#piece(named);
      if (!more) return;
      await new Promise((resolve) => setTimeout(resolve, (Date.now() - from) * restShare));
    }
  }

  /** Indexes a piece of what waits in these channels, or in all. @returns whether there may be more. */
  #piece(channelUids: readonly string[] | null): Promise<boolean> {
    return this.#database.transaction(async (db) => {
      const steps = await this.#steps(db, channelUids);
      if (steps.length === 0) return false;
      await this.#index(db, steps);
      await db.query(
        `insert into chat.search_state as s (channel_id, seq) select * from unnest($1::bigint[], $2::bigint[])
         on conflict (channel_id) do update set seq = excluded.seq where s.seq < excluded.seq`,
        [steps.map((one) => one.channelId), steps.map((one) => one.upTo)],
      );
      return true;
    });
  }

  /** What to read next: channels that no other process is at, each from where its index ends. */
  async #steps(db: Db, channelUids: readonly string[] | null): Promise<Step[]> {
    await db.query(
      `insert into chat.search_state (channel_id, seq) select c.resource_id, 0 from chat.channel c
        where ($1::uuid[] is null or c.uid = any($1)) and not exists (
          select from chat.search_state s where s.channel_id = c.resource_id)
        order by 1 on conflict do nothing`,
      [channelUids],
    );
    return db.query<Step>(
      `with due as materialized (
         select s.channel_id, s.seq from chat.search_state s join chat.channel c on c.resource_id = s.channel_id
          where s.seq < c.last_seq and ($1::uuid[] is null or c.uid = any($1))
          order by s.channel_id limit ${channelsMax} for update of s skip locked),
       rows as (
         select m.channel_id, m.seq, case m.kind when 'message' then m.seq when 'change' then m.target_seq end as about
           from due cross join lateral (
             select * from chat.message m where m.channel_id = due.channel_id and m.seq > due.seq
              order by m.seq limit ${rowsMax}) m limit ${rowsMax}),
       ends as (
         -- A channel of which retention took the newest rows has none to read: its index ends where its log does.
         select due.channel_id, c.last_seq from due join chat.channel c on c.resource_id = due.channel_id
          where not exists (select from chat.message m where m.channel_id = due.channel_id and m.seq > due.seq))
       select channel_id::float8 as "channelId", max(seq)::float8 as "upTo",
              coalesce(array_agg(distinct about) filter (where about is not null), '{}')::float8[] as seqs
         from rows group by channel_id
       union all select channel_id::float8, last_seq::float8, '{}' from ends`,
      [channelUids],
    );
  }

  async #index(db: Db, steps: readonly Step[]): Promise<void> {
    const pairs = steps.flatMap(({ channelId, seqs }) => seqs.map((seq) => [channelId, seq] as const));
    const given = [pairs.map(([channelId]) => channelId), pairs.map(([, seq]) => seq)];
    const rows = await db.query<Indexable & { shown: boolean }>(
      `select ${indexable}, m.deleted_at is null and m.hidden_at is null as shown
         from unnest($1::bigint[], $2::bigint[]) g (channel_id, seq)
         join chat.message m on m.channel_id = g.channel_id and m.seq = g.seq and m.kind = 'message'`,
      given,
    );
    await putEntries(
      db,
      rows.filter(({ shown }) => shown),
    );
    // It may have been deleted while it was on its way into the index.
    const gone = rows.filter(({ shown }) => !shown);
    if (gone.length === 0) return;
    await db.query(
      `delete from chat.search_entry e using unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) g (channel_id, seq, at)
        where e.channel_id = g.channel_id and e.seq = g.seq and e.at = g.at`,
      [gone.map((one) => one.channelId), gone.map((one) => one.seq), gone.map((one) => one.at)],
    );
  }
}

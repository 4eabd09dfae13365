import { Injectable, type OnModuleInit } from '@nestjs/common';
import { happen } from '@parvis/access/happenings';
import { load } from '@parvis/access/read';
import { scopeOf, shown, visibleTo } from '@parvis/access/scope';
import type { Message } from '@parvis/contract/chat-entry';
import type { finishSaved, listSaved, listSavedOf, saveMessage } from '@parvis/contract/chat-saved';
import { reminderDaysMax, savedPageMax } from '@parvis/contract/limits';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Refused } from '@parvis/server/refused';
import { z } from 'zod';
import { MessageLog } from '../message/message.log.ts';

const job = 'remind-saved';
const Data = z.object({ person: z.int(), channel: z.int(), seq: z.int(), at: z.iso.datetime() });
const options = { retryLimit: 20, expireSeconds: 30 };
const dayMs = 86_400_000;

interface Row {
  readonly channelInner: number;
  readonly channelId: string;
  readonly channelTitle: string;
  readonly seq: number;
  readonly savedAt: Date;
  readonly remindAt: Date | null;
  readonly due: boolean;
  readonly doneAt: Date | null;
}

/** What people saved to come back to, and the reminders that they set. */
@Injectable()
export class SavedService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly log: MessageLog,
  ) {}

  onModuleInit(): void {
    this.jobs.define(job, Data, (data) => this.#remind(data), options);
  }

  /** In channels that the person still sees; what was deleted since says so itself. */
  async list(
    caller: Caller,
    { list, limit }: InputOf<typeof listSaved>,
  ): Promise<OutputOf<typeof listSaved>> {
    const { db } = this.database;
    const visible = visibleTo(await scopeOf(db, caller), 'r', 2);
    const isDue = 's.done_at is null and s.remind_at <= now()';
    const tables = `chat.saved s join access.resource r on r.id = s.channel_id
      where s.person_id = $1 and ${visible.sql} and ${shown('r')}`;
    const rows = await db.query<Row>(
      `select r.id::float8 as "channelInner", r.uid as "channelId", r.title as "channelTitle", s.seq::float8 as seq,
          s.at as "savedAt", s.remind_at as "remindAt", s.done_at as "doneAt", coalesce(${isDue}, false) as due
         from ${tables} and (s.done_at is null) = ${list === 'open'}
        order by coalesce(${isDue}, false) desc, coalesce(s.done_at, s.at) desc, s.seq desc limit ${limit}`,
      [caller.id, ...visible.params],
    );
    const [count] = await db.query<{ due: number }>(
      `select count(*)::int as due from ${tables} and ${isDue}`,
      [caller.id, ...visible.params],
    );
    const states = await this.#states(rows);
    return {
      saved: rows.flatMap(({ channelInner: _inner, ...row }) => {
        const message = states.get(`${row.channelId} ${row.seq}`);
        return message === undefined ? [] : [{ ...row, ...instants(row), message }];
      }),
      due: count?.due ?? 0,
    };
  }

  /** The messages of a page, one query per channel in it. */
  async #states(rows: readonly Row[]): Promise<Map<string, Message>> {
    const channels = Map.groupBy(rows, (row) => row.channelId);
    const found = await Promise.all(
      [...channels].map(([uid, saved]) =>
        this.log.states(
          { id: saved[0]?.channelInner ?? 0, uid },
          saved.map(({ seq }) => seq),
        ),
      ),
    );
    return new Map(found.flat().map((message) => [`${message.channelId} ${message.seq}`, message]));
  }

  async of(caller: Caller, { id }: InputOf<typeof listSavedOf>): Promise<OutputOf<typeof listSavedOf>> {
    const channel = await this.#channel(caller, id);
    const rows = await this.database.db.query<{ seq: number }>(
      `select seq::float8 as seq from chat.saved
        where person_id = $1 and channel_id = $2 and done_at is null order by seq desc limit ${savedPageMax}`,
      [caller.id, channel.id],
    );
    return { seqs: rows.map(({ seq }) => seq) };
  }

  async #channel(caller: Caller, uid: string) {
    const channel = await load(this.database.db, caller, uid, { kind: 'channel' });
    if (!channel) throw Refused.notFound();
    return channel;
  }

  /** @throws Refused `not-found`, `time-out-of-range`, `too-many-saved` */
  async save(caller: Caller, { id, seq, remindAt }: InputOf<typeof saveMessage>): Promise<typeof done> {
    const at = remindAt === null ? null : timeOf(remindAt);
    const channel = await this.#channel(caller, id);
    const [message] = await this.log.states({ id: channel.id, uid: channel.uid }, [seq]);
    if (!message || message.deletedAt !== null) throw Refused.notFound();
    await this.database.transaction(async (db) => {
      const [row] = await db.query<{ count: number }>(
        'select count(*)::int as count from chat.saved where person_id = $1 and done_at is null',
        [caller.id],
      );
      if ((row?.count ?? 0) >= savedPageMax) throw Refused.conflict('too-many-saved');
      await db.query(
        `insert into chat.saved (person_id, channel_id, seq, remind_at) values ($1, $2, $3, $4)
         on conflict (person_id, channel_id, seq) do update
           set remind_at = excluded.remind_at, reminded_at = null, done_at = null`,
        [caller.id, channel.id, seq, at],
      );
      if (at === null) return;
      const data = { person: caller.id, channel: channel.id, seq, at: at.toISOString() };
      const key = `${caller.id} ${channel.id} ${seq} ${at.getTime()}`;
      await this.jobs.send(db, job, data, { startAfter: at, singletonKey: key });
    });
    return done;
  }

  async finish(caller: Caller, input: InputOf<typeof finishSaved>): Promise<typeof done> {
    return this.#change(caller, input, 'update chat.saved set done_at = now()');
  }

  async remove(caller: Caller, input: InputOf<typeof finishSaved>): Promise<typeof done> {
    return this.#change(caller, input, 'delete from chat.saved');
  }

  async #change(
    caller: Caller,
    { id, seq }: InputOf<typeof finishSaved>,
    change: string,
  ): Promise<typeof done> {
    const rows = await this.database.db.query(
      `${change} where person_id = $1 and seq = $3
         and channel_id = (select resource_id from chat.channel where uid = $2) returning 1`,
      [caller.id, id, seq],
    );
    if (rows.length === 0) throw Refused.notFound();
    return done;
  }

  /** Told once, when the time has come and is still the one that was set. */
  async #remind({ person, channel, seq, at }: z.infer<typeof Data>): Promise<void> {
    await this.database.transaction(async (db) => {
      const [row] = await db.query<{ threadSeq: number | null }>(
        `update chat.saved s set reminded_at = now() from chat.message m
          where s.person_id = $1 and s.channel_id = $2 and s.seq = $3 and s.remind_at = $4
            and s.reminded_at is null and s.done_at is null and m.channel_id = s.channel_id and m.seq = s.seq
         returning m.thread_seq::float8 as "threadSeq"`,
        [person, channel, seq, at],
      );
      if (!row) return;
      const detail = { personId: person, seq, threadSeq: row.threadSeq };
      await happen(db, { what: 'reminder', actorId: null, resourceId: channel, detail });
    });
  }
}

function instants({ savedAt, remindAt, doneAt }: Pick<Row, 'savedAt' | 'remindAt' | 'doneAt'>) {
  return {
    savedAt: savedAt.toISOString(),
    remindAt: remindAt?.toISOString() ?? null,
    doneAt: doneAt?.toISOString() ?? null,
  };
}

/** @throws Refused `time-out-of-range` for the past and for what is too far ahead */
function timeOf(remindAt: string): Date {
  const at = new Date(remindAt);
  const aheadMs = at.getTime() - Date.now();
  if (aheadMs < 0 || aheadMs > reminderDaysMax * dayMs) throw Refused.badInput([], 'time-out-of-range');
  return at;
}

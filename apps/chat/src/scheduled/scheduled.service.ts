import { Injectable, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { load } from '@parvis/access/read';
import { atLeast } from '@parvis/access/roles';
import type { MessageExtras } from '@parvis/contract/chat-entry';
import type {
  cancelScheduled,
  changeScheduled,
  listScheduled,
  Scheduled,
  scheduleMessage,
} from '@parvis/contract/chat-scheduled';
import { scheduledDaysMax, scheduledPageMax } from '@parvis/contract/limits';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Callers } from '@parvis/server/callers';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Refused } from '@parvis/server/refused';
import { z } from 'zod';
import { SendQueue } from '../message/send-queue.ts';

const job = 'send-scheduled';
const Data = z.object({ id: z.uuid() });
const options = { retryLimit: 20, expireSeconds: 60, concurrency: 2 };
const dayMs = 86_400_000;

interface Row {
  readonly id: string;
  readonly personId: number;
  readonly channelId: string;
  readonly channelTitle: string;
  readonly clientId: string;
  readonly body: string;
  readonly extras: MessageExtras;
  readonly sendAt: Date;
  readonly failed: string | null;
}
const select = `select s.uid as id, s.person_id as "personId", r.uid as "channelId", r.title as "channelTitle",
  s.client_id as "clientId", s.body, s.extras, s.send_at as "sendAt", s.failed
  from chat.scheduled s join access.resource r on r.id = s.channel_id`;
/** What is in the log waits no more, though its row goes a moment later. */
const stillWaits = `not exists (
  select from chat.message m where m.sender_id = s.person_id and m.client_id = s.client_id)`;

const scheduledOf = ({ id, channelId, channelTitle, body, extras, sendAt, failed }: Row): Scheduled => ({
  id,
  channelId,
  channelTitle,
  body,
  threadSeq: extras.threadSeq ?? null,
  sendAt: sendAt.toISOString(),
  failed,
});

/**
 * Messages that wait for their time. A durable job sends each through the one queue of all messages, as the person and
 * with the right that they hold then. The client id makes a repeated run harmless.
 */
@Injectable()
export class ScheduledService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly callers: Callers,
    private readonly sends: SendQueue,
  ) {}

  onModuleInit(): void {
    this.jobs.define(job, Data, ({ id }) => this.#due(id), options);
  }

  async list(caller: Caller): Promise<OutputOf<typeof listScheduled>> {
    const rows = await this.database.db.query<Row>(
      `${select} where s.person_id = $1 and ${stillWaits} order by s.send_at, s.uid limit ${scheduledPageMax}`,
      [caller.id],
    );
    return { scheduled: rows.map(scheduledOf) };
  }

  /** @throws Refused `not-found`, `not-allowed`, `time-out-of-range`, `too-many-scheduled` */
  async add(caller: Caller, input: InputOf<typeof scheduleMessage>): Promise<Scheduled> {
    const { id: channelUid, clientId, body, sendAt, ...extras } = input;
    const at = timeOf(sendAt);
    return this.database.transaction(async (db) => {
      const channel = await load(db, caller, channelUid, { kind: 'channel' });
      if (!channel) throw Refused.notFound();
      if (!atLeast(channel.role, 'commenter')) throw Refused.notAllowed();
      const [known] = await db.query<Row>(`${select} where s.person_id = $1 and s.client_id = $2`, [
        caller.id,
        clientId,
      ]);
      if (known) return scheduledOf(known);
      const [count] = await db.query<{ count: number }>(
        'select count(*)::int as count from chat.scheduled where person_id = $1',
        [caller.id],
      );
      if ((count?.count ?? 0) >= scheduledPageMax) throw Refused.conflict('too-many-scheduled');
      const [made] = await db.query<{ id: string }>(
        `insert into chat.scheduled (person_id, channel_id, client_id, body, extras, send_at)
         values ($1, $2, $3, $4, $5::jsonb, $6) returning uid as id`,
        [caller.id, channel.id, clientId, body, JSON.stringify(extras), at],
      );
      if (!made) throw new Error('the message was not kept');
      await audit(db, {
        actorId: caller.id,
        action: 'message.scheduled',
        resourceId: channel.id,
        detail: { sendAt: at.toISOString() },
      });
      await this.#wake(db, made.id, at);
      return scheduledOf(await this.#own(db, caller, made.id));
    });
  }

  /** @throws Refused `not-found`, `time-out-of-range` */
  change(caller: Caller, { scheduledId, body, sendAt }: InputOf<typeof changeScheduled>): Promise<Scheduled> {
    return this.database.transaction(async (db) => {
      const row = await this.#own(db, caller, scheduledId);
      const at = sendAt === undefined ? row.sendAt : timeOf(sendAt);
      await db.query('update chat.scheduled set body = $2, send_at = $3, failed = null where uid = $1', [
        row.id,
        body ?? row.body,
        at,
      ]);
      await this.#wake(db, row.id, at);
      return scheduledOf(await this.#own(db, caller, scheduledId));
    });
  }

  /** @throws Refused `not-found` */
  async cancel(caller: Caller, { scheduledId }: InputOf<typeof cancelScheduled>): Promise<typeof done> {
    const gone = await this.database.db.query(
      `delete from chat.scheduled s where s.uid = $1 and s.person_id = $2 and ${stillWaits} returning 1`,
      [scheduledId, caller.id],
    );
    if (gone.length === 0) throw Refused.notFound();
    return done;
  }

  /** @throws Refused `not-found`, and why it may not be sent */
  sendNow(caller: Caller, { scheduledId }: InputOf<typeof cancelScheduled>): Promise<typeof done> {
    return this.database.transaction(async (db) => {
      await this.#send(db, await this.#own(db, caller, scheduledId), caller);
      return done;
    });
  }

  async #own(db: Db, caller: Caller, id: string): Promise<Row> {
    const [row] = await db.query<Row>(
      `${select} where s.uid = $1 and s.person_id = $2 and ${stillWaits} for update of s`,
      [id, caller.id],
    );
    if (!row) throw Refused.notFound();
    return row;
  }

  /** Each time has a job of its own: one that comes for a time that was changed finds nothing to do. */
  async #wake(db: Db, id: string, at: Date): Promise<void> {
    await this.jobs.send(db, job, { id }, { startAfter: at, singletonKey: `${id} ${at.getTime()}` });
  }

  #due(id: string): Promise<void> {
    return this.database.transaction(async (db) => {
      const [row] = await db.query<Row>(
        `${select} where s.uid = $1 and s.failed is null and s.send_at <= now() + interval '1 second' for update of s`,
        [id],
      );
      if (!row) return;
      const caller = await this.callers.inAbsence(row.personId);
      try {
        if (!caller) throw Refused.notFound();
        await this.#send(db, row, caller);
      } catch (error) {
        // Away is tried again; a refusal is kept for its writer to see.
        if (!(error instanceof Refused) || error.status >= 500 || error.status === 429) throw error;
        await db.query('update chat.scheduled set failed = $2 where uid = $1', [id, error.code]);
      }
    });
  }

  /** The row is held meanwhile: whoever changes or throws away a message that is leaving learns that it has left. */
  async #send(db: Db, row: Row, caller: Caller): Promise<void> {
    const { channelId: channelUid, clientId, body, extras } = row;
    await this.sends.post({ caller, channelUid, clientId, body, ...extras });
    await db.query('delete from chat.scheduled where uid = $1', [row.id]);
  }
}

/** @throws Refused `time-out-of-range` for the past and for what is too far ahead */
function timeOf(sendAt: string): Date {
  const at = new Date(sendAt);
  const aheadMs = at.getTime() - Date.now();
  if (aheadMs < 0 || aheadMs > scheduledDaysMax * dayMs) throw Refused.badInput([], 'time-out-of-range');
  return at;
}

import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { happen } from '@parvis/access/happenings';
import type { Entry } from '@parvis/contract/chat-entry';
import type { HookEvent } from '@parvis/contract/chat-hook';
import { hookFailingDays } from '@parvis/contract/limits';
import { Callers } from '@parvis/server/callers';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Outbound, OutboundError } from '@parvis/server/outbound';
import { Rights } from '../live/rights.ts';
import { MessageLog } from '../message/message.log.ts';
import { Deliveries, SendJob, sendJob } from './deliveries.ts';
import { signed } from './signature.ts';

/** Seconds until each further attempt; after the last one a delivery is given up. */
const waitsSeconds = [1, 5, 30, 120, 600, 3_600, 10_800, 21_600, 43_200, 86_400];
/** Milliseconds that a receiver has for its answer, and bytes of it that are read. */
const answerMsMax = 10_000;
const answerBytesMax = 4_096;
/** Seconds for which a sender holds a webhook, anew before each delivery. */
const holdSeconds = 30;
/** Deliveries after which a job gives way to those of other webhooks. */
const turnMax = 200;
/** By this status a receiver says that it wants no more, for ever. */
const gone = 410;

interface Hook {
  readonly id: number;
  readonly uid: string;
  readonly address: string;
  readonly secrets: string[];
  readonly byId: number;
}
interface Waiting {
  readonly id: number;
  readonly uid: string;
  readonly event: HookEvent | 'test';
  readonly attempts: number;
  readonly channelId: number;
  readonly channelUid: string | null;
  readonly channelTitle: string | null;
  readonly seq: number | null;
}
interface Answer {
  readonly status: number | null;
  /** Why there was none, or why it was not asked for. */
  readonly problem: string | null;
  readonly tookMs: number;
}

/** Why nothing is sent, and never will be: whoever made the webhook may not read it, or it is gone from the log. */
const dropped = new Set(['owner-gone', 'entry-gone']);
class Dropped extends Error {}

/** The first delivery of each channel that waits, of the webhook that is the first parameter. */
const heads = `with heads as (
  select distinct on (channel_id) * from chat.hook_delivery where hook_id = $1 and state = 'waiting'
   order by channel_id, id)`;

const isTaken = ({ status }: Answer) => status !== null && status >= 200 && status < 300;

/** Events of webhooks as they are called outside. */
const types: Record<HookEvent | 'test', string> = {
  message: 'message.posted',
  edit: 'message.edited',
  delete: 'message.deleted',
  reaction: 'reaction.changed',
  member: 'member.changed',
  test: 'test',
};

/**
 * Tells webhooks what waits for them: one request at a time for each, in the order of the log for each channel. What is
 * not taken is tried again after growing pauses, and holds back its channel, not the others.
 */
@Injectable()
export class HookSender implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly outbound: Outbound,
    private readonly callers: Callers,
    private readonly rights: Rights,
    private readonly log: MessageLog,
    private readonly deliveries: Deliveries,
  ) {}

  onModuleInit(): void {
    const options = { retryLimit: 5, expireSeconds: 900, concurrency: 4 };
    this.jobs.define(sendJob, SendJob, ({ hookId }) => this.#turn(hookId), options);
  }

  async #turn(hookId: number): Promise<void> {
    const by = randomUUID();
    for (let sent = 0; sent < turnMax; sent += 1) {
      const hook = await this.#hold(hookId, by);
      const next = hook && (await this.#next(hookId));
      if (!hook || !next) break;
      await this.#note(hook, next, await this.#send(hook, next));
    }
    const { db } = this.database;
    await db.query('update chat.hook_out set busy_until = null where id = $1 and busy_by = $2', [hookId, by]);
    await this.#later(hookId);
  }

  /** The webhook, held for this sender; null when another one has it, or when it is off. */
  async #hold(hookId: number, by: string): Promise<Hook | null> {
    const [hook] = await this.database.db.query<Hook>(
      `with held as (
         update chat.hook_out set busy_by = $2, busy_until = now() + interval '${holdSeconds} seconds'
          where id = $1 and state = 'on' and (busy_until is null or busy_until < now() or busy_by = $2) returning *)
       select h.id, h.uid, h.address, h.by_id as "byId", c.uid as "channelUid",
          array_remove(array[h.secret, case when h.old_secret_until > now() then h.old_secret end], null) as secrets
         from held h join chat.channel c on c.resource_id = h.channel_id`,
      [hookId, by],
    );
    return hook ?? null;
  }

  /** The first of each channel waits for its time; what is behind it waits for it. */
  async #next(hookId: number): Promise<Waiting | null> {
    const [next] = await this.database.db.query<Waiting>(
      `${heads} select d.id::float8 as id, d.uid, d.event, d.attempts, d.channel_id::float8 as "channelId",
          c.uid as "channelUid", r.title as "channelTitle", d.seq::float8 as seq
         from heads d left join chat.channel c on c.resource_id = d.channel_id
         left join access.resource r on r.id = d.channel_id
        where d.next_at <= now() order by d.id limit 1`,
      [hookId],
    );
    return next ?? null;
  }

  /** Has the next attempt made when its time has come, or when whoever holds the webhook is through or dead. */
  async #later(hookId: number): Promise<void> {
    const { db } = this.database;
    const [due] = await db.query<{ at: Date | null }>(
      `${heads} select greatest(min(d.next_at), max(h.busy_until)) as at
         from heads d join chat.hook_out h on h.id = d.hook_id where h.state = 'on'`,
      [hookId],
    );
    if (!due?.at) return;
    await this.deliveries.wake(db, hookId, due.at.getTime() <= Date.now() ? undefined : due.at);
  }

  async #send(hook: Hook, next: Waiting): Promise<Answer> {
    const began = Date.now();
    const answered = (status: number | null, problem: string | null): Answer => {
      return { status, problem, tookMs: Date.now() - began };
    };
    try {
      const body = JSON.stringify(await this.#event(hook, next));
      const { status } = await this.outbound.call(hook.address, {
        method: 'POST',
        headers: signed(hook.secrets, { id: `msg_${next.uid}`, at: new Date(), body }),
        body,
        msMax: answerMsMax,
        bytesMax: answerBytesMax,
        longer: 'cut',
      });
      return answered(status, null);
    } catch (error) {
      if (error instanceof OutboundError) return answered(null, error.reason);
      if (error instanceof Dropped) return answered(null, error.message);
      throw error;
    }
  }

  /** What is told, read from the log now and as whoever made the webhook may read it. @throws Dropped */
  async #event(hook: Hook, { event, channelUid, channelTitle, seq, channelId }: Waiting): Promise<object> {
    const owner = await this.callers.inAbsence(hook.byId);
    if (owner === null || channelUid === null) throw new Dropped('owner-gone');
    if (!(await this.rights.of(owner, [channelUid])).has(channelUid)) throw new Dropped('owner-gone');
    const channel = { id: channelUid, title: channelTitle };
    if (seq === null) return { type: types[event], timestamp: new Date().toISOString(), data: { channel } };
    const [found] = await this.log.after({ id: channelId, uid: channelUid }, seq - 1, 1);
    const entry: Entry | undefined = found?.entry;
    if (entry?.seq !== seq) throw new Dropped('entry-gone');
    return { type: types[event], timestamp: entry.at, data: { channel, entry } };
  }

  /** Whoever asked meanwhile that it be sent again has set it back: only its success is still news then. */
  async #note(hook: Hook, next: Waiting, answer: Answer): Promise<void> {
    const taken = isTaken(answer);
    const wait = waitsSeconds[next.attempts];
    const over = answer.status === gone || wait === undefined || dropped.has(answer.problem ?? '');
    const state = taken ? 'sent' : over ? 'failed' : 'waiting';
    await this.database.transaction(async (db) => {
      await db.query(
        `update chat.hook_delivery set state = $2, attempts = attempts + 1, status = $3, problem = $4, took_ms = $5,
            next_at = now() + make_interval(secs => $6), done_at = case when $2 <> 'waiting' then now() end
          where id = $1 and (attempts = $7 or $2 = 'sent')`,
        [next.id, state, answer.status, answer.problem, answer.tookMs, wait ?? 0, next.attempts],
      );
      if (taken)
        await db.query(
          'update chat.hook_out set failing_since = null where id = $1 and failing_since is not null',
          [hook.id],
        );
      else if (!dropped.has(answer.problem ?? '')) await this.#failed(db, hook, answer.status === gone);
    });
  }

  /** Switches a webhook off that has taken nothing for days, or that wants no more, and tells whoever made it. */
  async #failed(db: Db, hook: Hook, atOnce: boolean): Promise<void> {
    const [over] = await db.query<{ channelId: number; ownerId: number }>(
      `with failing as (
         update chat.hook_out set failing_since = coalesce(failing_since, now()),
            state = case when $2 or failing_since < now() - interval '${hookFailingDays} days' then 'disabled' else state end
          where id = $1 and state = 'on' returning *)
       select f.channel_id::float8 as "channelId", f.by_id as "ownerId" from failing f where f.state = 'disabled'`,
      [hook.id, atOnce],
    );
    if (over === undefined) return;
    const detail = { hook: hook.uid };
    await audit(db, { actorId: null, action: 'hook.disabled', resourceId: over.channelId, detail });
    await happen(db, {
      what: 'hook-disabled',
      actorId: null,
      resourceId: over.channelId,
      detail: { personId: over.ownerId, hook: hook.uid },
    });
  }
}

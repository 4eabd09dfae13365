import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { roles } from '@parvis/access/read';
import type { Delivery } from '@parvis/contract/chat-hook';
import { hookDeliveryDays } from '@parvis/contract/limits';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Outbox } from '@parvis/server/outbox';
import { z } from 'zod';
import type { MessagePosted } from '../message/posted-events.ts';

/** The job that sends what waits for a webhook, by the webhook's inner id. */
export const sendJob = 'hook-send';
export const SendJob = z.object({ hookId: z.int() });

interface Row {
  readonly id: string;
  readonly event: Delivery['event'];
  readonly channelUid: string | null;
  readonly channelTitle: string | null;
  readonly seq: number | null;
  readonly state: Delivery['state'];
  readonly attempts: number;
  readonly status: number | null;
  readonly problem: string | null;
  readonly tookMs: number | null;
  readonly at: Date;
  readonly doneAt: Date | null;
  readonly nextAt: Date | null;
}

/** What an entry of the log is to a webhook; null for what none is told of. */
const eventOfEntry = `case m.kind
  when 'message' then 'message'
  when 'change' then case m.content ->> 'why'
    when 'edited' then 'edit' when 'deleted' then 'delete' when 'hidden' then 'delete' when 'reacted' then 'reaction' end
  when 'notice' then case when m.content ->> 'what' in ('joined', 'left', 'added', 'removed') then 'member' end end`;

/** What webhooks are to be told: noted together with "this event was handled", so that it is noted once. */
@Injectable()
export class Deliveries implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.outbox.on<MessagePosted>('message-posted', ({ channels }, { db }) => this.#note(db, channels));
    const options = { retryLimit: 3, expireSeconds: 300, cron: '17 3 * * *' };
    this.jobs.define('hook-forget', z.object({}), () => this.#forget(), options);
  }

  async #note(db: Db, channels: MessagePosted['channels']): Promise<void> {
    const added = await db.query<{ hookId: number }>(
      `with added as (
         insert into chat.hook_delivery (hook_id, channel_id, seq, event)
         select h.id, m.channel_id, m.seq, ${eventOfEntry}
           from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as g(uid, first, last)
           join chat.channel c on c.uid = g.uid join access.resource r on r.id = c.resource_id
           join chat.hook_out h on h.state = 'on'
            and (h.space_id = r.space_id or (h.space_id is null and h.channel_id = c.resource_id))
           join chat.message m on m.channel_id = c.resource_id and m.seq between g.first and g.last
          where ${eventOfEntry} = any(h.events) order by m.channel_id, m.seq
         on conflict (hook_id, channel_id, seq) do nothing returning hook_id)
       select distinct hook_id as "hookId" from added`,
      [
        channels.map(({ channelId }) => channelId),
        channels.map(({ first }) => first),
        channels.map(({ last }) => last),
      ],
    );
    for (const { hookId } of added) await this.wake(db, hookId);
  }

  /** Has what waits for a webhook sent, now or at a moment. */
  async wake(db: Db, hookId: number, at?: Date): Promise<void> {
    const singletonKey = at === undefined ? `${hookId}` : `${hookId} ${at.getTime()}`;
    await this.jobs.send(
      db,
      sendJob,
      { hookId },
      at === undefined ? { singletonKey } : { singletonKey, startAfter: at },
    );
  }

  async addTest(db: Db, hookId: number, channelId: number): Promise<void> {
    await db.query(`insert into chat.hook_delivery (hook_id, channel_id, event) values ($1, $2, 'test')`, [
      hookId,
      channelId,
    ]);
    await this.wake(db, hookId);
  }

  /** Lets what waits be tried at once. */
  async hurry(db: Db, hookId: number): Promise<void> {
    await db.query(`update chat.hook_delivery set next_at = now() where hook_id = $1 and state = 'waiting'`, [
      hookId,
    ]);
    await this.wake(db, hookId);
  }

  /** Sends one once more, whatever became of it. False when there is none. */
  async again(db: Db, hookId: number, deliveryUid: string): Promise<boolean> {
    const found = await db.query<{ id: number }>(
      `with again as (update chat.hook_delivery set state = 'waiting', attempts = 0, next_at = now(), done_at = null
          where hook_id = $1 and uid = $2 returning id) select id::float8 as id from again`,
      [hookId, deliveryUid],
    );
    if (found.length > 0) await this.wake(db, hookId);
    return found.length > 0;
  }

  /** The newest first. Channels that this person does not see have no name here. */
  async list(hookId: number, caller: Caller, limit: number): Promise<Delivery[]> {
    const { db } = this.database;
    const rows = await db.query<Row>(
      `select d.uid as id, d.event, c.uid as "channelUid", r.title as "channelTitle", d.seq::float8 as seq, d.state,
          d.attempts, d.status, d.problem, d.took_ms as "tookMs", d.at, d.done_at as "doneAt",
          case when d.state = 'waiting' then d.next_at end as "nextAt"
         from chat.hook_delivery d left join chat.channel c on c.resource_id = d.channel_id
         left join access.resource r on r.id = d.channel_id
        where d.hook_id = $1 order by d.id desc limit ${limit}`,
      [hookId],
    );
    const uids = new Set(rows.flatMap(({ channelUid }) => (channelUid === null ? [] : [channelUid])));
    const seen = await roles(db, caller, [...uids]);
    return rows.map(({ channelUid, channelTitle, at, doneAt, nextAt, ...row }) => ({
      ...row,
      channelTitle: channelUid !== null && seen.has(channelUid) ? channelTitle : null,
      at: at.toISOString(),
      doneAt: doneAt?.toISOString() ?? null,
      nextAt: nextAt?.toISOString() ?? null,
    }));
  }

  async #forget(): Promise<void> {
    await this.database.db.query(
      `delete from chat.hook_delivery where at < now() - interval '${hookDeliveryDays} days'`,
    );
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { trash } from '@parvis/access/moving';
import { findResource } from '@parvis/access/tree';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { z } from 'zod';
import { ChangeLog, type LogWriter } from '../message/change-log.ts';

const job = 'retention';
/** Messages that one transaction removes. */
const chunkSize = 500;
const attemptSeconds = 3_600;
/** At night, in UTC. */
const cron = '41 1 * * *';

interface Due {
  readonly channelId: number;
  readonly channelUid: string;
  readonly days: number;
}

interface Removed {
  readonly seq: number;
  readonly senderId: number;
  readonly files: string[];
}

/**
 * Removes what is older than the rules allow: text, what was attached, reactions and former versions. The position
 * stays, so that the log has no hole, and each removal is an entry of the log like any deletion: open screens, copies
 * kept offline and the search follow by themselves.
 */
@Injectable()
export class RetentionJob implements OnModuleInit {
  readonly #database: Database;
  readonly #jobs: Jobs;
  readonly #changes: ChangeLog;

  constructor(database: Database, jobs: Jobs, changes: ChangeLog) {
    this.#database = database;
    this.#jobs = jobs;
    this.#changes = changes;
  }

  onModuleInit(): void {
    this.#jobs.define(job, z.object({}), (_, { signal }) => this.run(signal), {
      retryLimit: 3,
      expireSeconds: attemptSeconds,
      cron,
    });
  }

  /** Sends the job, in the caller's transaction; one that waits already is enough. */
  async send(db: Db): Promise<void> {
    await this.#jobs.send(db, job, {}, { singletonKey: job });
  }

  /** One night's work; what a stopped process left is done by the next run. */
  async run(signal?: AbortSignal): Promise<void> {
    const { db } = this.#database;
    // What only a hold kept goes once no hold covers it.
    await db.query('delete from chat.held_original o where not chat.is_held(o.channel_id, o.sender_id)');
    const due = await db.query<Due>(
      `select c.resource_id::float8 as "channelId", c.uid as "channelUid",
          case when p.managers_choose then coalesce(c.retention_days, p.retention_days) else p.retention_days end as days
         from chat.channel c, chat.policy p
        where case when p.managers_choose then coalesce(c.retention_days, p.retention_days) else p.retention_days end is not null
        order by 1`,
    );
    for (const channel of due) await this.#empty(channel, signal);
  }

  async #empty(channel: Due, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      const removed = await this.#changes.write(channel, (log) => this.#chunk(log, channel));
      if (removed < chunkSize) return;
    }
  }

  async #chunk(log: LogWriter, { channelId, days }: Due): Promise<number> {
    const { db } = log;
    const removed = await db.query<Removed>(
      `with due as (
         select m.channel_id, m.seq, m.sender_id, m.content from chat.message m
          where m.channel_id = $1 and m.kind = 'message' and m.removed_at is null
            and m.at < now() - make_interval(days => $2) and not chat.is_held(m.channel_id, m.sender_id)
          order by m.seq limit ${chunkSize} for update),
       gone as (
         update chat.message m set body = '', content = null, removed_at = now(), pinned_at = null, pinned_by = null,
             deleted_at = coalesce(m.deleted_at, now())
           from due where m.channel_id = due.channel_id and m.seq = due.seq)
       select seq::float8 as seq, sender_id as "senderId", coalesce(
         (select array_agg(f ->> 'id') from jsonb_array_elements(content -> 'files') f), '{}') as files
         from due order by seq`,
      [channelId, days],
    );
    if (removed.length === 0) return 0;
    const seqs = removed.map(({ seq }) => seq);
    for (const table of ['revision', 'reaction', 'mention', 'report'])
      await db.query(`delete from chat.${table} where channel_id = $1 and seq = any($2::bigint[])`, [
        channelId,
        seqs,
      ]);
    for (const { seq, senderId, files } of removed) {
      await log.change({ seq, actorId: senderId, why: 'deleted' });
      for (const file of files) await this.#dropFile(db, channelId, file, senderId);
    }
    await audit(db, {
      actorId: null,
      action: 'channel.messages-removed',
      resourceId: channelId,
      detail: { count: removed.length, first: seqs[0], last: seqs.at(-1), days },
    });
    return removed.length;
  }

  /** A file goes to the trash with the last message of the channel that shows it; there it has its days like any other. */
  async #dropFile(db: Db, channelId: number, uid: string, byId: number): Promise<void> {
    const [other] = await db.query(
      `select 1 as one from chat.message where channel_id = $1 and removed_at is null
          and content -> 'files' @> jsonb_build_array(jsonb_build_object('id', $2::text)) limit 1`,
      [channelId, uid],
    );
    const file = other ? null : await findResource(db, uid);
    if (file !== null && file.trashedAt === null) await trash(db, uid, byId);
  }
}

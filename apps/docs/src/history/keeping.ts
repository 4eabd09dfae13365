import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { SETTINGS, type ServiceSettings } from '@parvis/server/service';
import { v7 as uuidv7 } from '@parvis/server/uuid';
import { z } from 'zod';
import { SnapshotStore } from '../log/snapshot-store.ts';
import type { settings } from '../service.ts';
import { Compactor } from '../snapshot/compactor.ts';
import { Counting, sittingGapMs } from './counting.ts';
import { Moments } from './moments.ts';

/** Every quarter of an hour; and at night. */
const keepCron = '4,19,34,49 * * * *';
const foldCron = '41 3 * * *';
const keepSecondsMax = 600;
const foldSecondsMax = 7_200;
/** Documents looked up in one step. */
const batchSize = 200;
/** Rows after which a moment is kept in the middle of a sitting, so that none is far from a snapshot. */
const rowsBetweenMax = 5_000;

interface Due {
  id: number;
  seq: number;
  at: Date;
}
/** Documents whose last rows no version holds, and which nobody writes in now or which have many such rows. */
const keepDue = `select d.resource_id::float8 as id, u.seq::float8 as seq, u.at from docs.document d
  join docs.update u on u.document_id = d.resource_id and u.seq = d.last_seq,
  lateral (select coalesce(max(v.seq), 1) as seq from docs.version v where v.document_id = d.resource_id) v
  where d.last_seq > v.seq and (u.at < now() - make_interval(secs => $1) or d.last_seq - v.seq > $2)
    and d.resource_id > $3 order by d.resource_id limit $4`;
/** Documents with rows older than so many days, and the last of those rows. */
const foldDue = `select document_id::float8 as id, max(seq)::float8 as seq, max(at) as at from docs.update
  where at < now() - make_interval(days => $1) and document_id > $2
  group by document_id order by document_id limit $3`;

/**
 * Which of the moments that nobody named are kept, by their age in days: all of the last week, one a day of the last
 * three months, one a week of the last year, one a month before.
 */
const thinnedTo = `case
  when at > now() - interval '7 days' then id::text
  when at > now() - interval '90 days' then to_char(at, 'YYYY-MM-DD')
  when at > now() - interval '365 days' then to_char(at, 'IYYY-IW')
  else to_char(at, 'YYYY-MM') end`;

/** Keeps moments as snapshots, and lets the log go that is older than it must be. */
@Injectable()
export class Keeping implements OnModuleInit {
  readonly #database: Database;
  readonly #moments: Moments;
  readonly #counting: Counting;
  readonly #compactor: Compactor;
  readonly #snapshots: SnapshotStore;
  readonly #jobs: Jobs;
  readonly #logDays: number;

  constructor(
    database: Database,
    moments: Moments,
    counting: Counting,
    compactor: Compactor,
    snapshots: SnapshotStore,
    jobs: Jobs,
    @Inject(SETTINGS) given: ServiceSettings<typeof settings>,
  ) {
    this.#database = database;
    this.#moments = moments;
    this.#counting = counting;
    this.#compactor = compactor;
    this.#snapshots = snapshots;
    this.#jobs = jobs;
    this.#logDays = given.logDays;
  }

  onModuleInit(): void {
    const often = { retryLimit: 2, expireSeconds: keepSecondsMax };
    this.#jobs.define(
      'keep-versions',
      z.object({ documentId: z.int() }),
      ({ documentId }) => this.fill(documentId),
      often,
    );
    this.#jobs.define('keep-sittings', z.object({}), (_, { signal }) => this.keep(signal), {
      ...often,
      cron: keepCron,
    });
    this.#jobs.define('fold-logs', z.object({}), (_, { signal }) => this.fold(signal), {
      retryLimit: 2,
      expireSeconds: foldSecondsMax,
      cron: foldCron,
    });
  }

  /** Versions of a document get their snapshots after the transaction of `db`. */
  async later(db: Db, documentId: number): Promise<void> {
    await this.#jobs.send(db, 'keep-versions', { documentId }, { singletonKey: String(documentId) });
  }

  /** Makes the snapshots of versions that stand on the log alone. */
  async fill(documentId: number): Promise<void> {
    const rows = await this.#database.db.query<{ seq: number }>(
      'select seq::float8 as seq from docs.version where document_id = $1 and hash is null order by seq',
      [documentId],
    );
    for (const { seq } of rows) {
      const hash = await this.#snapshotAt(documentId, seq);
      await this.#database.db.query(
        'update docs.version set hash = $3 where document_id = $1 and seq = $2 and hash is null',
        [documentId, seq, hash],
      );
    }
  }

  /** Stored anew even if it is there already: that keeps it from being swept until a version points at it. */
  async #snapshotAt(documentId: number, seq: number): Promise<Buffer> {
    const { bytes } = await this.#moments.stateAt(documentId, seq);
    return this.#snapshots.put(documentId, bytes);
  }

  /** Keeps the end of each sitting that is over, and a moment now and then of those that go on. */
  async keep(signal?: AbortSignal): Promise<void> {
    await this.#each(keepDue, [sittingGapMs / 1000, rowsBetweenMax], signal, async ({ id, ...moment }) => {
      await this.#counting.upToNow(id);
      await this.#keepAt(this.#database.db, id, { ...moment, kind: 'sitting' });
    });
  }

  /** Goes through the documents that a query finds; one that fails does not keep the rest. @throws the first failure */
  async #each(
    query: string,
    given: readonly number[],
    signal: AbortSignal | undefined,
    act: (due: Due) => Promise<void>,
  ): Promise<void> {
    const failures: unknown[] = [];
    for (let after = 0; !signal?.aborted; ) {
      const due = await this.#database.db.query<Due>(query, [...given, after, batchSize]);
      for (const one of due) {
        if (signal?.aborted) return;
        await act(one).catch((error: unknown) => failures.push(error));
      }
      const last = due.at(-1);
      if (last === undefined) break;
      after = last.id;
    }
    for (const failure of failures) throw failure;
  }

  async #keepAt(
    db: Db,
    documentId: number,
    { seq, at, kind }: { seq: number; at: Date; kind: 'sitting' | 'folded' },
    hash?: Buffer,
  ): Promise<void> {
    await db.query(
      `insert into docs.version (uid, document_id, seq, at, kind, hash) values ($1, $2, $3, $4, $5, $6)
       on conflict (document_id, seq) do update set hash = coalesce(version.hash, excluded.hash)`,
      [uuidv7(), documentId, seq, at, kind, hash ?? (await this.#snapshotAt(documentId, seq))],
    );
  }

  /** Lets rows of the log go that are older than the setting says, and moments that nobody named as they grow old. */
  async fold(signal?: AbortSignal): Promise<void> {
    await this.#each(foldDue, [this.#logDays], signal, ({ id, seq, at }) => this.#foldOne(id, seq, at));
    await this.#thin();
  }

  /** A row goes only when it is in the document's snapshot, in a kept version, and counted. */
  async #foldOne(documentId: number, seq: number, at: Date): Promise<void> {
    const [document] = await this.#database.db.query<{ seq: number }>(
      'select snapshot_seq::float8 as seq from docs.document where resource_id = $1',
      [documentId],
    );
    if (document && document.seq < seq) await this.#compactor.compact(documentId);
    await this.#counting.upToNow(documentId);
    await this.fill(documentId);
    const hash = await this.#snapshotAt(documentId, seq);
    await this.#database.transaction(async (db) => {
      const [covered] = await db.query(
        `select 1 from docs.document d join docs.history h on h.document_id = d.resource_id
          where d.resource_id = $1 and d.snapshot_seq >= $2 and h.counted_seq >= $2
            and not exists (select from docs.version v where v.document_id = $1 and v.seq <= $2 and v.hash is null)`,
        [documentId, seq],
      );
      if (!covered) return;
      await this.#keepAt(db, documentId, { seq, at, kind: 'folded' }, hash);
      await db.query('update docs.history set folded_seq = greatest(folded_seq, $2) where document_id = $1', [
        documentId,
        seq,
      ]);
      await db.query('delete from docs.update where document_id = $1 and seq <= $2', [documentId, seq]);
    });
  }

  async #thin(): Promise<void> {
    const thinned = await this.#database.db.query<{ id: number }>(
      `delete from docs.version v using (
         select id, row_number() over (partition by document_id, ${thinnedTo} order by seq desc) as place
           from docs.version where kind in ('sitting', 'folded')) t
        where t.id = v.id and t.place > 1 and v.kind in ('sitting', 'folded')
          and not exists (select from docs.history h where h.document_id = v.document_id and h.folded_seq = v.seq)
        returning v.document_id::float8 as id`,
    );
    for (const id of new Set(thinned.map((one) => one.id))) await this.#compactor.sweep(id);
  }
}

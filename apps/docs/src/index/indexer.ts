import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { AccessChange } from '@parvis/access/notify';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { z } from 'zod';
import { UpdateLog } from '../log/log.ts';
import { tellNamed } from './happened.ts';
import { Texts } from './texts.ts';
import { writeFound, writeText } from './write.ts';

/** Milliseconds of rest in the writing before it is indexed, and the longest it waits while nobody rests. */
const restMs = 1_500;
const waitMsMax = 30_000;
/** Milliseconds between two looks at what rests. */
const lookMs = 500;
/** Milliseconds between two looks for documents that were left behind: after a crash, or by another way in. */
const sweepMs = 60_000;
/** Documents that one sweep sends on their way. */
const sweepMax = 5_000;

const job = 'index';
const options = { retryLimit: 5, expireSeconds: 120 };

/** What the index does not know yet: text in the log, or a title. */
const behind = `docs.document d join access.resource r on r.id = d.resource_id
  left join docs.text t on t.document_id = d.resource_id
 where (t.document_id is null or t.seq < d.last_seq or t.title is distinct from r.title)`;

/** Follows the log: some rest after the last word of a document, a durable job reads it and writes what can be found. */
@Injectable()
export class Indexer implements OnModuleInit, OnModuleDestroy {
  readonly #database: Database;
  readonly #log: UpdateLog;
  readonly #texts: Texts;
  readonly #jobs: Jobs;
  readonly #changes: AccessChanges;
  readonly #logger = new Logger('docs');
  /** Documents that were written to, and when first and last (milliseconds). */
  readonly #stirred = new Map<number, { first: number; last: number }>();
  /** Things whose title may have changed. */
  readonly #named = new Set<string>();
  #timers: NodeJS.Timeout[] = [];
  #looking = false;
  #sweptAt = 0;

  constructor(database: Database, log: UpdateLog, texts: Texts, jobs: Jobs, changes: AccessChanges) {
    this.#database = database;
    this.#log = log;
    this.#texts = texts;
    this.#jobs = jobs;
    this.#changes = changes;
  }

  onModuleInit(): void {
    this.#jobs.define(job, z.object({ id: z.int() }), ({ id }) => this.index(id), options);
    this.#log.onAppend((ids) => this.#stir(ids));
    this.#changes.on((change) => this.#renamed(change));
    this.#timers = [setInterval(() => void this.#look(), lookMs).unref()];
  }

  onModuleDestroy(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #stir(ids: readonly number[]): void {
    const now = Date.now();
    for (const id of ids) {
      const known = this.#stirred.get(id);
      if (known) known.last = now;
      else this.#stirred.set(id, { first: now, last: now });
    }
  }

  #renamed(change: AccessChange): void {
    if (change.all) this.#sweptAt = 0;
    for (const uid of change.resources ?? []) this.#named.add(uid);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      await this.#sendRested();
      if (Date.now() - this.#sweptAt > sweepMs) await this.sweep();
    } catch (error) {
      this.#logger.warn(`the index: ${String(error)}`);
    } finally {
      this.#looking = false;
    }
  }

  async #sendRested(): Promise<void> {
    const now = Date.now();
    const rested = [...this.#stirred].filter(
      ([, { first, last }]) => now - last >= restMs || now - first >= waitMsMax,
    );
    for (const [id] of rested) this.#stirred.delete(id);
    const named = [...this.#named];
    this.#named.clear();
    const retitled =
      named.length === 0
        ? []
        : await this.#database.db.query<{ id: number }>(
            `select d.resource_id::float8 as id from ${behind} and t.title <> r.title and d.uid = any($1::uuid[])`,
            [named],
          );
    for (const id of new Set([...rested.map(([one]) => one), ...retitled.map((one) => one.id)]))
      await this.#send(id);
  }

  async #send(id: number): Promise<void> {
    await this.#jobs.send(this.#database.db, job, { id }, { singletonKey: String(id) });
  }

  /** Sends what the index is behind with; resolves to how many documents. */
  async sweep(): Promise<number> {
    this.#sweptAt = Date.now();
    const rows = await this.#database.db.query<{ id: number }>(
      `select d.resource_id::float8 as id from ${behind} limit ${sweepMax}`,
    );
    for (const { id } of rows) if (!this.#stirred.has(id)) await this.#send(id);
    return rows.length;
  }

  /** How many documents the index is behind with, and for how many seconds it has been so with the oldest. */
  async lag(): Promise<{ documents: number; seconds: number }> {
    const [row] = await this.#database.db.query<{ documents: number; seconds: number | null }>(
      `select count(*)::float8 as documents, extract(epoch from clock_timestamp() - min(u.at))::float8 as seconds
         from (select d.resource_id, coalesce(t.seq, 0) as seq from ${behind}) b
         left join docs.update u on u.document_id = b.resource_id and u.seq = b.seq + 1`,
    );
    return { documents: row?.documents ?? 0, seconds: Math.max(0, row?.seconds ?? 0) };
  }

  /** Reads a document and writes what the index keeps of it. Twice is once; an older reading never wins. */
  async index(id: number): Promise<void> {
    const { db } = this.#database;
    const [known] = await db.query<{ title: string; current: boolean }>(
      `select r.title, coalesce(t.seq >= d.last_seq and t.title = r.title, false) as current
         from docs.document d join access.resource r on r.id = d.resource_id
         left join docs.text t on t.document_id = d.resource_id where d.resource_id = $1`,
      [id],
    );
    if (!known || known.current) return;
    const stored = await this.#log.read(id);
    if (stored === null) return;
    const found = await this.#texts.gather(stored);
    await this.#database.transaction(async (inside) => {
      if (!(await writeText(inside, id, stored.seq, known.title, found))) return;
      await tellNamed(inside, id, found);
      await writeFound(inside, id, found);
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { Database } from '@parvis/server/database';
import { decodeEntry } from '../log/entry.ts';
import { readUpdateHeader } from '../log/update-header.ts';

/** Milliseconds without a change after which a new sitting begins, and how long one may be at most. */
export const sittingGapMs = 15 * 60_000;
const sittingMsMax = 3 * 60 * 60_000;
/** Rows and bytes of the log that are gone through in one transaction. */
const batchRows = 2_000;
const batchBytes = 16 * 1024 ** 2;

interface Row {
  seq: number;
  at: Date;
  payload: Buffer;
}
interface Sitting {
  first: number;
  last: number;
  began: Date;
  ended: Date;
  /** Changes by person. */
  edits: Map<number, number>;
}
interface Writer {
  client: number;
  from: number;
  to: number;
  person: number;
}

/**
 * Goes through the log once, behind those who write it: how it falls into sittings, and which clocks of which client
 * came from whom. Whoever asks for a history counts what is new first; in between, a job does.
 */
@Injectable()
export class Counting {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves once everything is counted that was on disk before. */
  async upToNow(documentId: number): Promise<void> {
    while (await this.#database.transaction((db) => this.#batch(db, documentId)));
  }

  /** Whether there may be more. */
  async #batch(db: Db, documentId: number): Promise<boolean> {
    // Whoever counts the same document waits, and finds nothing left; nobody who writes in it waits.
    await db.query(`select pg_advisory_xact_lock(hashtextextended('docs-counting-' || $1, 0))`, [documentId]);
    const [held] = await db.query<{ seq: number }>(
      'select counted_seq::float8 as seq from docs.history where document_id = $1',
      [documentId],
    );
    const rows = await db.query<Row>(
      `select seq::float8 as seq, at, payload from (
         select seq, at, payload, sum(length(payload)) over (order by seq) - length(payload) as before
           from (select seq, at, payload from docs.update where document_id = $1 and seq > $2 order by seq limit $3) u) s
        where before < $4 order by seq`,
      [documentId, held?.seq ?? 0, batchRows, batchBytes],
    );
    const last = rows.at(-1);
    if (last === undefined) return false;
    await this.#countSittings(db, documentId, rows);
    await this.#countWriters(db, documentId, rows);
    await db.query(
      `insert into docs.history (document_id, counted_seq) values ($1, $2)
       on conflict (document_id) do update set counted_seq = excluded.counted_seq`,
      [documentId, last.seq],
    );
    return true;
  }

  async #countSittings(db: Db, documentId: number, rows: readonly Row[]): Promise<void> {
    const [open] = await db.query<Omit<Sitting, 'edits'> & { writers: { person: number; edits: number }[] }>(
      `select first_seq::float8 as first, last_seq::float8 as last, began_at as began, ended_at as ended, writers
         from docs.sitting where document_id = $1 order by first_seq desc limit 1`,
      [documentId],
    );
    const epochs = await db.query<{ seq: number }>(
      'select first_seq::float8 as seq from docs.epoch where document_id = $1',
      [documentId],
    );
    const begins = new Set(epochs.map(({ seq }) => seq));
    const before = open && { ...open, edits: new Map(open.writers.map((one) => [one.person, one.edits])) };
    for (const one of sittingsOf(rows, begins, before)) {
      const writers = [...one.edits].map(([person, edits]) => ({ person, edits }));
      await db.query(
        `insert into docs.sitting (document_id, first_seq, last_seq, began_at, ended_at, writers)
         values ($1, $2, $3, $4, $5, $6::jsonb)
         on conflict (document_id, first_seq) do update
           set last_seq = excluded.last_seq, ended_at = excluded.ended_at, writers = excluded.writers`,
        [documentId, one.first, one.last, one.began, one.ended, JSON.stringify(writers)],
      );
    }
  }

  async #countWriters(db: Db, documentId: number, rows: readonly Row[]): Promise<void> {
    const runs = rows.flatMap(({ payload }) =>
      decodeEntry(payload).flatMap(({ person, update }) =>
        readUpdateHeader(update).added.map(({ client, from, to }) => ({ client, from, to, person })),
      ),
    );
    const known = await db.query<Writer>(
      `select distinct on (client) client::float8 as client, from_clock::float8 as "from", to_clock::float8 as "to",
              person_id as person
         from docs.writer where document_id = $1 and client = any($2::bigint[]) order by client, from_clock desc`,
      [documentId, [...new Set(runs.map(({ client }) => client))]],
    );
    const news = writersOf(runs, known);
    await db.query(
      `insert into docs.writer (document_id, client, from_clock, to_clock, person_id)
       select $1, * from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::int[])
       on conflict (document_id, client, from_clock) do update set to_clock = excluded.to_clock`,
      [
        documentId,
        news.map(({ client }) => client),
        news.map(({ from }) => from),
        news.map(({ to }) => to),
        news.map(({ person }) => person),
      ],
    );
  }
}

/** The sittings that these rows make or make longer. `begins`: rows with which an epoch begins. */
function sittingsOf(rows: readonly Row[], begins: ReadonlySet<number>, open: Sitting | undefined): Sitting[] {
  const found: Sitting[] = [];
  let now = open;
  for (const { seq, at, payload } of rows) {
    const goesOn =
      now !== undefined &&
      !begins.has(seq) &&
      at.getTime() - now.ended.getTime() <= sittingGapMs &&
      at.getTime() - now.began.getTime() <= sittingMsMax;
    if (!goesOn || now === undefined) now = { first: seq, last: seq, began: at, ended: at, edits: new Map() };
    if (found.at(-1) !== now) found.push(now);
    now.last = seq;
    now.ended = at;
    for (const { person } of decodeEntry(payload)) now.edits.set(person, (now.edits.get(person) ?? 0) + 1);
  }
  return found;
}

/** Ranges to write. What is known already keeps its author: a client also sends what others wrote. */
function writersOf(runs: readonly Writer[], known: readonly Writer[]): Writer[] {
  const last = new Map(known.map((one) => [one.client, { ...one }]));
  const changed = new Set<Writer>();
  for (const run of runs) {
    const before = last.get(run.client);
    if (before && run.to <= before.to) continue;
    const from = Math.max(run.from, before?.to ?? 0);
    if (before && before.person === run.person && before.to === from) {
      before.to = run.to;
      changed.add(before);
    } else {
      const made = { ...run, from };
      last.set(run.client, made);
      changed.add(made);
    }
  }
  return [...changed];
}

import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { Database } from '@parvis/server/database';
import { decodeEntry } from './entry.ts';
import { SnapshotStore } from './snapshot-store.ts';

/** What one commit adds to one document. */
export interface Addition {
  readonly documentId: number;
  /** The epoch that it was written in. */
  readonly epoch: string;
  /** Author of all of it, or 0 when there are several. */
  readonly person: number;
  readonly payload: Uint8Array;
}

export interface LogEntry {
  readonly seq: number;
  /** Read by {@link decodeEntry}. */
  readonly payload: Uint8Array;
}

/** All of a document at one moment: a snapshot, and the entries after it in order. */
export interface Stored {
  readonly epoch: string;
  readonly seq: number;
  /** Clients whose text was left behind in an older epoch: it must not come back. */
  readonly past: readonly number[];
  readonly snapshot: { readonly seq: number; readonly bytes: Uint8Array; readonly clocks: Uint8Array } | null;
  readonly tail: readonly LogEntry[];
}

/** The updates after a document's snapshot, in order. */
export function updatesAfter({ tail }: Stored): Uint8Array[] {
  return tail.flatMap(({ payload }) => decodeEntry(payload).map(({ update }) => update));
}

interface DocumentRow {
  epoch: string;
  snapshot_seq: number;
  snapshot_hash: Buffer | null;
  snapshot_clocks: Buffer | null;
  past: number[] | null;
}
/** A document's epoch, with an entry after a seq; without one the two are null. */
interface TailRow {
  seq: number | null;
  payload: Buffer | null;
}

/** Reads of a pointer whose snapshot was replaced meanwhile. */
const readsMax = 5;

/** The append-only log of all documents. */
@Injectable()
export class UpdateLog {
  readonly #database: Database;
  readonly #snapshots: SnapshotStore;
  readonly #listeners: ((documentIds: readonly number[]) => void)[] = [];

  constructor(database: Database, snapshots: SnapshotStore) {
    this.#database = database;
    this.#snapshots = snapshots;
  }

  /**
   * One durable commit. Gives the seq of each document's row: null when its text was replaced and it is of another
   * epoch by now. A document that is gone is not in the answer.
   * `db` joins a transaction of the caller.
   */
  async append(
    additions: readonly Addition[],
    db: Db = this.#database.often,
  ): Promise<Map<number, number | null>> {
    const sorted = additions.toSorted((a, b) => a.documentId - b.documentId);
    const rows = await db.query<{ id: number; seq: number | null }>(
      `select document_id::float8 as id, seq::float8 as seq
         from docs.append($1::bigint[], $2::uuid[], $3::int[], $4::int[], $5)`,
      [
        sorted.map((one) => one.documentId),
        sorted.map((one) => one.epoch),
        sorted.map((one) => one.person),
        sorted.map((one) => one.payload.length),
        Buffer.concat(sorted.map((one) => one.payload)),
      ],
    );
    for (const listener of this.#listeners) listener(rows.map(({ id }) => id));
    return new Map(rows.map(({ id, seq }) => [id, seq]));
  }

  /**
   * Calls back with the documents of each append of this process; when it joined a transaction, before that commits. It
   * must not throw, and return at once: people's words wait behind it.
   */
  onAppend(listener: (documentIds: readonly number[]) => void): void {
    this.#listeners.push(listener);
  }

  /** The whole document, or null when it is gone. */
  async read(documentId: number): Promise<Stored | null> {
    for (let i = 0; i < readsMax; i++) {
      const [row] = await this.#database.often.query<DocumentRow>(
        `select epoch, snapshot_seq::float8 as snapshot_seq, snapshot_hash, snapshot_clocks,
                (select array_agg(client::float8) from docs.epoch, unnest(past_clients) client
                  where document_id = resource_id) as past
           from docs.document where resource_id = $1`,
        [documentId],
      );
      if (!row) return null;
      const { snapshot_hash: hash, snapshot_clocks: clocks } = row;
      const bytes = hash === null ? null : await this.#snapshots.get(documentId, hash);
      if (hash !== null && bytes === null) continue;
      const tail = await this.readAfter(documentId, row.epoch, row.snapshot_seq);
      if (tail === null) continue;
      const snapshot = bytes && clocks ? { seq: row.snapshot_seq, bytes, clocks } : null;
      const seq = tail.at(-1)?.seq ?? row.snapshot_seq;
      return { epoch: row.epoch, seq, past: row.past ?? [], snapshot, tail };
    }
    throw new Error(`the snapshot of document ${documentId} is missing`);
  }

  /** The entries after a seq, in order; null when the document is gone or of another epoch by now. */
  async readAfter(documentId: number, epoch: string, seq: number): Promise<LogEntry[] | null> {
    const rows = await this.#database.often.query<TailRow>(
      `select u.seq::float8 as seq, u.payload from docs.document d
         left join docs.update u on u.document_id = d.resource_id and u.seq > $3
        where d.resource_id = $1 and d.epoch = $2 order by u.seq`,
      [documentId, epoch, seq],
    );
    if (rows.length === 0) return null;
    return rows.flatMap(({ seq: at, payload }) =>
      at === null || payload === null ? [] : [{ seq: at, payload }],
    );
  }

  /** Snapshots that a document or one of its versions stands on. */
  async keptHashes(documentId: number): Promise<Buffer[]> {
    const rows = await this.#database.db.query<{ hash: Buffer }>(
      `select hash from docs.version where document_id = $1 and hash is not null
       union select snapshot_hash from docs.document where resource_id = $1 and snapshot_hash is not null`,
      [documentId],
    );
    return rows.map(({ hash }) => hash);
  }

  /** The last seq of each of these documents; those that are gone are left out. */
  async lastSeqs(documentIds: readonly number[]): Promise<Map<number, number>> {
    const rows = await this.#database.db.query<{ id: number; seq: number }>(
      `select resource_id::float8 as id, last_seq::float8 as seq from docs.document
        where resource_id = any($1::bigint[])`,
      [documentIds],
    );
    return new Map(rows.map(({ id, seq }) => [id, seq]));
  }

  /** Points a document at a snapshot that is stored already; false when a newer one came first, or another epoch. */
  async pointAt(
    documentId: number,
    snapshot: { epoch: string; seq: number; hash: Buffer; clocks: Uint8Array },
  ): Promise<boolean> {
    return this.#database.transaction(async (db) => {
      const moved = await db.query<{ resource_id: string }>(
        `update docs.document set snapshot_seq = $2, snapshot_hash = $3, snapshot_clocks = $4
          where resource_id = $1 and snapshot_seq < $2 and last_seq >= $2 and epoch = $5
          returning resource_id`,
        [documentId, snapshot.seq, snapshot.hash, Buffer.from(snapshot.clocks), snapshot.epoch],
      );
      return moved.length > 0;
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { Database } from '@parvis/server/database';
import { type Authored, decodeEntry } from './entry.ts';
import { SnapshotStore } from './snapshot-store.ts';

/** What one commit adds to one document. */
export interface Addition {
  readonly documentId: number;
  /** Author of all of it, or 0 when there are several. */
  readonly person: number;
  readonly payload: Uint8Array;
}

export interface LogEntry {
  readonly seq: number;
  readonly bytes: number;
  readonly updates: readonly Authored[];
}

/** All of a document at one moment: a snapshot, and the entries after it in order. */
export interface Stored {
  readonly epoch: string;
  readonly seq: number;
  readonly snapshot: { readonly seq: number; readonly bytes: Uint8Array; readonly clocks: Uint8Array } | null;
  readonly tail: readonly LogEntry[];
}

interface DocumentRow {
  epoch: string;
  snapshot_seq: number;
  snapshot_hash: Buffer | null;
  snapshot_clocks: Buffer | null;
}
interface UpdateRow {
  seq: number;
  payload: Buffer;
}

/** Reads of a pointer whose snapshot was replaced meanwhile. */
const readsMax = 5;

/** The append-only log of all documents. */
@Injectable()
export class UpdateLog {
  readonly #database: Database;
  readonly #snapshots: SnapshotStore;

  constructor(database: Database, snapshots: SnapshotStore) {
    this.#database = database;
    this.#snapshots = snapshots;
  }

  /**
   * One durable commit. Gives the seq of each document's row; a document that is gone is not in the answer.
   * `db` joins a transaction of the caller.
   */
  async append(additions: readonly Addition[], db: Db = this.#database.db): Promise<Map<number, number>> {
    const sorted = additions.toSorted((a, b) => a.documentId - b.documentId);
    const rows = await db.query<{ id: number; seq: number }>(
      'select document_id::float8 as id, seq::float8 as seq from docs.append($1::bigint[], $2::int[], $3::int[], $4)',
      [
        sorted.map((one) => one.documentId),
        sorted.map((one) => one.person),
        sorted.map((one) => one.payload.length),
        Buffer.concat(sorted.map((one) => one.payload)),
      ],
    );
    return new Map(rows.map(({ id, seq }) => [id, seq]));
  }

  /** The whole document, or null when it is gone. */
  async read(documentId: number): Promise<Stored | null> {
    for (let i = 0; i < readsMax; i++) {
      const [row] = await this.#database.db.query<DocumentRow>(
        `select epoch, snapshot_seq::float8 as snapshot_seq, snapshot_hash, snapshot_clocks
           from docs.document where resource_id = $1`,
        [documentId],
      );
      if (!row) return null;
      const { snapshot_hash: hash, snapshot_clocks: clocks } = row;
      const bytes = hash === null ? null : await this.#snapshots.get(documentId, hash);
      if (hash !== null && bytes === null) continue;
      const tail = await this.readAfter(documentId, row.snapshot_seq);
      const snapshot = bytes && clocks ? { seq: row.snapshot_seq, bytes, clocks } : null;
      return { epoch: row.epoch, seq: tail.at(-1)?.seq ?? row.snapshot_seq, snapshot, tail };
    }
    throw new Error(`the snapshot of document ${documentId} is missing`);
  }

  /** The entries after a seq, in order. */
  async readAfter(documentId: number, seq: number): Promise<LogEntry[]> {
    const rows = await this.#database.db.query<UpdateRow>(
      'select seq::float8 as seq, payload from docs.update where document_id = $1 and seq > $2 order by seq',
      [documentId, seq],
    );
    return rows.map((row) => ({
      seq: row.seq,
      bytes: row.payload.length,
      updates: decodeEntry(row.payload),
    }));
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

  /** Points a document at a snapshot that is stored already; false when a newer one came first. */
  async pointAt(
    documentId: number,
    snapshot: { seq: number; hash: Buffer; clocks: Uint8Array },
  ): Promise<boolean> {
    return this.#database.transaction(async (db) => {
      const moved = await db.query<{ resource_id: string }>(
        `update docs.document set snapshot_seq = $2, snapshot_hash = $3, snapshot_clocks = $4
          where resource_id = $1 and snapshot_seq < $2 and last_seq >= $2 returning resource_id`,
        [documentId, snapshot.seq, snapshot.hash, Buffer.from(snapshot.clocks)],
      );
      return moved.length > 0;
    });
  }
}

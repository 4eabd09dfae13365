import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { checkAbility, type Seen } from '@parvis/access/read';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { SnapshotStore } from '../log/snapshot-store.ts';
import { Desk } from './desk.ts';
import type { State } from './history.worker.ts';

/** Bytes of states that are kept at hand: going through a history asks for the same moments again and again. */
const heldBytesMax = 32 * 1024 ** 2;
/** Bytes of the log between a snapshot and a moment; more than that is not made at once. */
const replayBytesMax = 128 * 1024 ** 2;

interface Base {
  seq: number;
  hash: Buffer;
}

/** The text of a document at any moment of its past, from the nearest snapshot before it and the log. */
@Injectable()
export class Moments {
  readonly #database: Database;
  readonly #snapshots: SnapshotStore;
  readonly #desk: Desk;
  /** In the order of their last use. */
  readonly #held = new Map<string, State>();
  #heldBytes = 0;

  constructor(database: Database, snapshots: SnapshotStore, desk: Desk) {
    this.#database = database;
    this.#snapshots = snapshots;
    this.#desk = desk;
  }

  /**
   * The document, for somebody who may look into its past: whoever may edit it. A reader sees what is, not what was
   * taken out before they came.
   * @throws AccessError 'not-found' for strangers, 'not-allowed' for readers
   */
  open(caller: Caller, id: string, db: Db = this.#database.db): Promise<Seen> {
    return checkAbility(db, caller, id, 'edit', { kind: 'document' });
  }

  /**
   * @param seq row of the log up to which the text goes, 1 or more
   * @throws Refused `not-found` for a moment that has not come, `moment-gone` when its rows are no longer kept
   */
  async stateAt(documentId: number, seq: number): Promise<State> {
    const key = `${documentId}/${seq}`;
    const held = this.#held.get(key);
    if (held) this.#held.delete(key);
    const state = held ?? (await this.#make(documentId, seq));
    if (!this.#held.has(key)) this.#heldBytes += held ? 0 : state.bytes.length;
    this.#held.set(key, state);
    for (const [oldest, { bytes }] of this.#held) {
      if (this.#heldBytes <= heldBytesMax || oldest === key) break;
      this.#held.delete(oldest);
      this.#heldBytes -= bytes.length;
    }
    return state;
  }

  /**
   * When a moment was, exactly while its row is kept, else as its version says.
   * @throws Refused as {@link stateAt}
   */
  async timeOf(documentId: number, seq: number): Promise<Date> {
    const [row] = await this.#database.db.query<{ last: number; at: Date | null }>(
      `select last_seq::float8 as last, coalesce(
           (select at from docs.update where document_id = resource_id and seq = $2),
           (select at from docs.version where document_id = resource_id and seq = $2)) as at
         from docs.document where resource_id = $1`,
      [documentId, seq],
    );
    if (!row || seq > row.last) throw Refused.notFound();
    if (row.at === null) throw Refused.conflict('moment-gone');
    return row.at;
  }

  async #make(documentId: number, seq: number): Promise<State> {
    const { db } = this.#database;
    const [document] = await db.query<{ last: number; first: number }>(
      `select last_seq::float8 as last, coalesce(
           (select max(first_seq) from docs.epoch where document_id = resource_id and first_seq <= $2), 1)::float8 as first
         from docs.document where resource_id = $1`,
      [documentId, seq],
    );
    if (!document || seq > document.last) throw Refused.notFound();
    const base = await this.#baseOf(documentId, document.first, seq);
    const bytes = base && (await this.#snapshots.get(documentId, base.hash));
    const after = base?.seq ?? document.first - 1;
    const payloads = await this.#rows(documentId, after, seq);
    if (base && !bytes) throw new Error(`a snapshot of document ${documentId} is missing`);
    return this.#desk.ask({ want: 'state', base: bytes, payloads });
  }

  /** The last snapshot that holds nothing after the moment and nothing of another epoch. */
  async #baseOf(documentId: number, first: number, seq: number): Promise<Base | null> {
    const [base] = await this.#database.db.query<Base>(
      `select seq::float8 as seq, hash from (
         select seq, hash from docs.version where document_id = $1 and hash is not null
         union all
         select snapshot_seq, snapshot_hash from docs.document where resource_id = $1 and snapshot_hash is not null) s
        where seq between $2 and $3 order by seq desc limit 1`,
      [documentId, first, seq],
    );
    return base ?? null;
  }

  /** The rows between two moments of one epoch, as far as they are kept and not too many; else none. */
  async rowsBetween(documentId: number, from: number, to: number): Promise<Uint8Array[]> {
    const [epochs] = await this.#database.db.query<{ replaced: boolean }>(
      'select exists (select from docs.epoch where document_id = $1 and first_seq > $2 and first_seq <= $3) as replaced',
      [documentId, from, to],
    );
    if (epochs?.replaced || to <= from) return [];
    return this.#rows(documentId, from, to).catch((error: unknown) => {
      if (error instanceof Refused) return [];
      throw error;
    });
  }

  /** The payloads of all rows after one up to another. @throws Refused `moment-gone` when some are missing */
  async #rows(documentId: number, after: number, seq: number): Promise<Uint8Array[]> {
    if (after === seq) return [];
    const range = [documentId, after, seq];
    const [sum] = await this.#database.db.query<{ count: number; bytes: number }>(
      `select count(*)::int as count, coalesce(sum(length(payload)), 0)::float8 as bytes
         from docs.update where document_id = $1 and seq > $2 and seq <= $3`,
      range,
    );
    if (sum?.count !== seq - after || sum.bytes > replayBytesMax) throw Refused.conflict('moment-gone');
    const rows = await this.#database.db.query<{ payload: Buffer }>(
      'select payload from docs.update where document_id = $1 and seq > $2 and seq <= $3 order by seq',
      range,
    );
    if (rows.length !== seq - after) throw Refused.conflict('moment-gone');
    return rows.map(({ payload }) => payload);
  }
}

import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { load } from '@parvis/access/read';
import { touch } from '@parvis/access/tree';
import type { Document, DocumentForm } from '@parvis/contract/docs';
import type { copyDocument, restoreDocument } from '@parvis/contract/doc-history';
import type { InputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Outbox } from '@parvis/server/outbox';
import { Refused } from '@parvis/server/refused';
import { v7 as uuidv7 } from '@parvis/server/uuid';
import { Documents } from '../document/document.service.ts';
import { Rooms } from '../live/rooms.ts';
import { decodeClocks } from '../log/clocks.ts';
import { decodeEntry, encodeEntry } from '../log/entry.ts';
import { SnapshotStore } from '../log/snapshot-store.ts';
import { readUpdateHeader } from '../log/update-header.ts';
import { Counting } from './counting.ts';
import { Desk } from './desk.ts';
import { Keeping } from './keeping.ts';
import { Moments } from './moments.ts';

interface LockedRow {
  last_seq: number;
  snapshot_seq: number;
  snapshot_clocks: Buffer | null;
}

/** A text that is to take the place of a document's. */
interface Fresh {
  readonly bytes: Uint8Array;
  readonly clocks: Uint8Array;
  readonly hash: Buffer;
  readonly clients: readonly (readonly [number, number])[];
}

/** Brings an earlier text back, into the document itself or into another one. */
@Injectable()
export class Restore {
  readonly #database: Database;
  readonly #moments: Moments;
  readonly #documents: Documents;
  readonly #rooms: Rooms;
  readonly #snapshots: SnapshotStore;
  readonly #desk: Desk;
  readonly #outbox: Outbox;
  readonly #counting: Counting;
  readonly #keeping: Keeping;

  constructor(
    database: Database,
    moments: Moments,
    documents: Documents,
    rooms: Rooms,
    snapshots: SnapshotStore,
    desk: Desk,
    outbox: Outbox,
    counting: Counting,
    keeping: Keeping,
  ) {
    this.#database = database;
    this.#moments = moments;
    this.#documents = documents;
    this.#rooms = rooms;
    this.#snapshots = snapshots;
    this.#desk = desk;
    this.#outbox = outbox;
    this.#counting = counting;
    this.#keeping = keeping;
  }

  /**
   * Begins a new epoch with the text of a moment. Everybody who has the document open is told `wrong-epoch`; what they
   * had not sent stays with them. The text that is replaced stays as a version.
   * @throws AccessError `not-found`, `not-allowed`; Refused `not-found`, `moment-gone`
   */
  async restore(caller: Caller, { id, seq }: InputOf<typeof restoreDocument>): Promise<Document> {
    const found = await this.#moments.open(caller, id);
    const state = await this.#moments.stateAt(found.id, seq);
    await this.#counting.upToNow(found.id);
    const avoid = await this.#clientsOf(this.#database.db, found.id);
    const made = await this.#desk.ask({ want: 'renumbered', state: state.bytes, avoid });
    // Stored before anything points at it.
    const fresh = { ...made, hash: await this.#snapshots.put(found.id, made.bytes) };
    const last = await this.#database.transaction(async (db) => {
      await this.#moments.open(caller, id, db);
      return this.#replace(db, caller, { documentId: found.id, uid: found.uid, seq }, fresh);
    });
    this.#rooms.written(found.id, last);
    return this.#documents.get(caller, { id });
  }

  /** A document of its own with the text of this one. Reading is enough for the text as it is now. */
  async copy(caller: Caller, { id, seq, ...wanted }: InputOf<typeof copyDocument>): Promise<Document> {
    const { db } = this.#database;
    const found =
      seq === undefined
        ? await load(db, caller, id, { kind: 'document' })
        : await this.#moments.open(caller, id);
    if (found === null) throw Refused.notFound();
    const [row] = await db.query<{ seq: number; form: DocumentForm }>(
      'select last_seq::float8 as seq, form from docs.document where resource_id = $1',
      [found.id],
    );
    if (!row) throw Refused.notFound();
    const state = await this.#moments.stateAt(found.id, seq ?? row.seq);
    const content = await this.#desk.ask({ want: 'copy', state: state.bytes });
    const parentUid = wanted.parentId ?? found.parentUid ?? found.spaceUid;
    if (parentUid === null) throw Refused.notFound();
    return this.#documents.createWith(
      caller,
      { parentUid, title: wanted.title, content, form: row.form },
      (at, made) =>
        audit(at, {
          actorId: caller.id,
          action: 'document.copied',
          resourceId: made.id,
          detail: { from: found.uid, seq: seq ?? row.seq },
        }),
    );
  }

  /** @returns the seq of the new epoch's first row */
  async #replace(
    db: Db,
    caller: Caller,
    { documentId, uid, seq }: { documentId: number; uid: string; seq: number },
    fresh: Fresh,
  ): Promise<number> {
    const [row] = await db.query<LockedRow>(
      `select last_seq::float8 as last_seq, snapshot_seq::float8 as snapshot_seq, snapshot_clocks
         from docs.document where resource_id = $1 for update`,
      [documentId],
    );
    if (!row) throw Refused.notFound();
    const first = row.last_seq + 1;
    const epoch = uuidv7();
    const past = await this.#lastClients(db, documentId, row);
    await this.#keepWriters(db, documentId, fresh);
    await db.query('insert into docs.update (document_id, seq, person_id, payload) values ($1, $2, $3, $4)', [
      documentId,
      first,
      caller.id,
      Buffer.from(encodeEntry([{ person: caller.id, update: fresh.bytes }])),
    ]);
    await db.query(
      `insert into docs.epoch (document_id, first_seq, epoch, from_seq, past_clients) values ($1, $2, $3, $4, $5)`,
      [documentId, first, epoch, seq, past],
    );
    await db.query(
      `insert into docs.version (uid, document_id, seq, at, person_id, kind)
       values ($1, $2, $3, clock_timestamp(), $4, 'replaced') on conflict (document_id, seq) do nothing`,
      [uuidv7(), documentId, row.last_seq, caller.id],
    );
    await db.query(
      `update docs.document set epoch = $2, last_seq = $3, snapshot_seq = $3, snapshot_hash = $4, snapshot_clocks = $5
        where resource_id = $1`,
      [documentId, epoch, first, fresh.hash, Buffer.from(fresh.clocks)],
    );
    await this.#keeping.later(db, documentId);
    await touch(db, [documentId]);
    const detail = { seq, replaced: row.last_seq };
    await audit(db, { actorId: caller.id, action: 'document.restored', resourceId: documentId, detail });
    await this.#outbox.add(db, 'document-restored', { id: uid, seq: first, fromSeq: seq, byId: caller.uid });
    return first;
  }

  /** The restored text still was written by whom it was written. */
  async #keepWriters(db: Db, documentId: number, { clients }: Fresh): Promise<void> {
    await db.query(
      `insert into docs.writer (document_id, client, from_clock, to_clock, person_id)
       select w.document_id, c.fresh, w.from_clock, w.to_clock, w.person_id
         from unnest($2::bigint[], $3::bigint[]) c(old, fresh)
         join docs.writer w on w.document_id = $1 and w.client = c.old`,
      [documentId, clients.map(([old]) => old), clients.map(([, fresh]) => fresh)],
    );
  }

  /** Clients of all epochs so far that are known without reading the log. */
  async #clientsOf(db: Db, documentId: number): Promise<number[]> {
    const rows = await db.query<{ client: number }>(
      `select client::float8 as client from docs.writer where document_id = $1
       union select client::float8 from docs.epoch, unnest(past_clients) client where document_id = $1`,
      [documentId],
    );
    return rows.map(({ client }) => client);
  }

  /** Clients of the epoch that ends now. */
  async #lastClients(db: Db, documentId: number, row: LockedRow): Promise<number[]> {
    const clients = new Set(row.snapshot_clocks ? decodeClocks(row.snapshot_clocks).keys() : []);
    const tail = await db.query<{ payload: Buffer }>(
      'select payload from docs.update where document_id = $1 and seq > $2',
      [documentId, row.snapshot_seq],
    );
    for (const { payload } of tail)
      for (const { update } of decodeEntry(payload))
        for (const { client } of readUpdateHeader(update).added) clients.add(client);
    return [...clients];
  }
}

import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { BlobGone, type BlobStore } from '@parvis/blobs/blob-store';
import { storeOf } from '@parvis/blobs/store-of';
import { Database } from '@parvis/server/database';
import { SETTINGS, type ServiceSettings } from '@parvis/server/service';
import type { settings } from '../service.ts';

/** Minutes after which a snapshot that no document points at is surely left over. */
const leftOverMinutes = 10;
/** Hours after which an object is: a copy of the database that was made before may still name it while it is copied. */
export const objectLeftOverHours = 24;

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
const keyOf = (hash: Buffer): string => hash.toString('hex');

/**
 * Snapshots, each under the SHA-256 of its bytes: the bytes in the object store, and in `docs.snapshot` which document
 * has which. Equal ones of several documents are one object. Rows of an earlier release hold the bytes themselves.
 */
@Injectable()
export class SnapshotStore {
  readonly #database: Database;
  readonly #blobs: BlobStore;

  constructor(database: Database, @Inject(SETTINGS) given: ServiceSettings<typeof settings>) {
    this.#database = database;
    this.#blobs = storeOf(given, 'snapshots');
  }

  /** Stores before anything points at it; the same bytes twice are stored once. Gives the hash. @throws StoreFull */
  async put(documentId: number, bytes: Uint8Array): Promise<Buffer> {
    const hash = sha256(bytes);
    const { db } = this.#database;
    // Known before it is there, so that what a crash leaves is found; {@link sweep} lets what was renewed alone.
    await db.query(
      `insert into docs.snapshot_object (hash) values ($1)
       on conflict (hash) do update set at = clock_timestamp()`,
      [hash],
    );
    await this.#blobs.put(keyOf(hash), bytes);
    await db.query(
      `insert into docs.snapshot (document_id, hash, size_bytes) values ($1, $2, $3)
       on conflict (document_id, hash) do update
         set at = clock_timestamp(), size_bytes = excluded.size_bytes, bytes = null`,
      [documentId, hash, bytes.byteLength],
    );
    return hash;
  }

  /** Null when it is not there (any more). @throws Error when the store gives other bytes than were put */
  async get(documentId: number, hash: Buffer): Promise<Uint8Array | null> {
    const [row] = await this.#database.often.query<{ bytes: Buffer | null }>(
      'select bytes from docs.snapshot where document_id = $1 and hash = $2',
      [documentId, hash],
    );
    if (!row) return null;
    return row.bytes ?? this.#read(hash);
  }

  async #read(hash: Buffer): Promise<Uint8Array | null> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of await this.#blobs.open(keyOf(hash))) chunks.push(chunk as Buffer);
    } catch (error) {
      if (error instanceof BlobGone) return null;
      throw error;
    }
    const bytes = Buffer.concat(chunks);
    if (!sha256(bytes).equals(hash)) throw new Error(`the snapshot ${keyOf(hash)} is damaged in the store`);
    return bytes;
  }

  /** Drops what nothing needs: all but `kept`, and but what came so lately that a pointer may be on its way. */
  async dropOthers(documentId: number, kept: readonly Buffer[]): Promise<void> {
    await this.#database.db.query(
      `delete from docs.snapshot where document_id = $1 and hash <> all($2::bytea[])
         and at < clock_timestamp() - make_interval(mins => ${leftOverMinutes})`,
      [documentId, kept],
    );
  }

  /** Removes objects that no document has (any more). @returns how many */
  async sweep(signal?: AbortSignal): Promise<number> {
    let removed = 0;
    while (!signal?.aborted && (await this.#removeOne())) removed += 1;
    return removed;
  }

  /** Whoever puts the same bytes meanwhile waits for the row, and then stores the object anew. */
  #removeOne(): Promise<boolean> {
    return this.#database.transaction(async (db) => {
      const [left] = await db.query<{ hash: Buffer }>(
        `select o.hash from docs.snapshot_object o
          where o.at < clock_timestamp() - make_interval(hours => ${objectLeftOverHours})
            and not exists (select from docs.snapshot s where s.hash = o.hash and s.bytes is null)
          order by o.at limit 1 for update skip locked`,
      );
      if (!left) return false;
      await this.#blobs.remove(keyOf(left.hash));
      await db.query('delete from docs.snapshot_object where hash = $1', [left.hash]);
      return true;
    });
  }
}

import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@parvis/server/database';

/** Where snapshots lie, each under the SHA-256 of its bytes within its document. */
export abstract class SnapshotStore {
  /** Stores before anything points at it; the same bytes twice are stored once. Gives the hash. */
  abstract put(documentId: number, bytes: Uint8Array): Promise<Buffer>;
  /** Null when it is not there (any more). */
  abstract get(documentId: number, hash: Buffer): Promise<Uint8Array | null>;
  /** Drops what nothing needs: all but `kept`, and but what came so lately that a pointer may be on its way. */
  abstract dropOthers(documentId: number, kept: readonly Buffer[]): Promise<void>;
}

/** Minutes after which a snapshot that nothing points at is surely left over. */
const leftOverMinutes = 10;

/** Snapshots in PostgreSQL. */
@Injectable()
export class PostgresSnapshots extends SnapshotStore {
  readonly #database: Database;

  constructor(database: Database) {
    super();
    this.#database = database;
  }

  async put(documentId: number, bytes: Uint8Array): Promise<Buffer> {
    const hash = createHash('sha256').update(bytes).digest();
    await this.#database.db.query(
      `insert into docs.snapshot (document_id, hash, bytes) values ($1, $2, $3)
       on conflict (document_id, hash) do update set at = clock_timestamp()`,
      [documentId, hash, Buffer.from(bytes)],
    );
    return hash;
  }

  async get(documentId: number, hash: Buffer): Promise<Uint8Array | null> {
    const [row] = await this.#database.db.query<{ bytes: Buffer }>(
      'select bytes from docs.snapshot where document_id = $1 and hash = $2',
      [documentId, hash],
    );
    return row?.bytes ?? null;
  }

  async dropOthers(documentId: number, kept: readonly Buffer[]): Promise<void> {
    await this.#database.db.query(
      `delete from docs.snapshot where document_id = $1 and hash <> all($2::bytea[])
         and at < clock_timestamp() - make_interval(mins => ${leftOverMinutes})`,
      [documentId, kept],
    );
  }
}

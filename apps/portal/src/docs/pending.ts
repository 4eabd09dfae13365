import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

interface PendingSchema extends DBSchema {
  update: {
    key: number;
    value: { place: string; update: Uint8Array };
    indexes: { place: string };
  };
}

let opened: Promise<IDBPDatabase<PendingSchema>> | undefined;

function database(): Promise<IDBPDatabase<PendingSchema>> {
  opened ??= openDB<PendingSchema>('parvis-docs', 1, {
    upgrade(db) {
      db.createObjectStore('update', { autoIncrement: true }).createIndex('place', 'place');
    },
  });
  return opened;
}

/**
 * What this person wrote in a document and the server has not yet acknowledged, kept by the browser until it has: a
 * closed tab or an empty battery loses nothing. Bound to the document's epoch, so that an old past is never merged in.
 */
export class PendingUpdates {
  readonly #place: string;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(personId: string, documentId: string, epoch: string) {
    this.#place = `${personId}/${documentId}/${epoch}`;
  }

  async read(): Promise<Uint8Array[]> {
    const rows = await (await database()).getAllFromIndex('update', 'place', this.#place);
    return rows.map((row) => row.update);
  }

  add(update: Uint8Array): void {
    this.#next(async () => {
      await (await database()).add('update', { place: this.#place, update });
    });
  }

  /** Everything added so far is on the server's disk. */
  clear(): void {
    this.#next(async () => {
      const db = await database();
      const keys = await db.getAllKeysFromIndex('update', 'place', this.#place);
      await Promise.all(keys.map((key) => db.delete('update', key)));
    });
  }

  /** One after the other, so that a clearing never overtakes what was added after it was decided. */
  #next(act: () => Promise<void>): void {
    this.#queue = this.#queue.then(act).catch(() => undefined);
  }
}

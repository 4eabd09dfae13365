import * as Y from 'yjs';
import { type LocalDatabase, localDatabase } from './database.ts';

/** Rows of one text from which on they are joined into one. */
const rowsMax = 300;
/** Milliseconds that rows which the server has may stay: deleting them one by one would cost as much as keeping them. */
const deleteMs = 400;

interface Row {
  readonly update: Uint8Array;
  /** Its key in the database; null when it could not be kept. */
  readonly key: Promise<number | null>;
  /** Changes that it stands for. */
  readonly count: number;
}

/**
 * What this person wrote in a text and the server has not yet acknowledged, kept by the browser until it has: a closed
 * tab or an empty battery loses nothing. Bound to the document's epoch, so that an old past is never merged in. Tabs
 * share the rows: each deletes only those that it knows and that went with something acknowledged.
 */
export class Unsent {
  readonly #place: string;
  readonly #rows = new Map<number, Row>();
  readonly #onLost: (why: 'unavailable' | 'full') => void;
  #serial = 0;
  /** Open since what was left behind was read. */
  #db: LocalDatabase | null = null;
  readonly #underWay = new Set<Promise<unknown>>();
  #leaving: Row[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: string, onLost: (why: 'unavailable' | 'full') => void) {
    this.#place = place;
    this.#onLost = onLost;
  }

  /** Changes that are not acknowledged. */
  get count(): number {
    let count = 0;
    for (const row of this.#rows.values()) count += row.count;
    return count;
  }

  /** All rows known now: what carries the whole text carries them. */
  all(): number[] {
    return [...this.#rows.keys()];
  }

  /** The rows that earlier pages left behind, or other tabs are writing. */
  async read(): Promise<Uint8Array[]> {
    const db = await localDatabase();
    this.#db = db;
    const read = db.transaction('update').store.index('place');
    const updates: Uint8Array[] = [];
    for (let at = await read.openCursor(this.#place); at !== null; at = await at.continue()) {
      const { update, count = 1 } = at.value;
      this.#rows.set(++this.#serial, { update, count, key: Promise.resolve(at.primaryKey) });
      updates.push(update);
    }
    return updates;
  }

  /** Keeps an update; answers the name by which it is settled. */
  add(update: Uint8Array): number {
    const serial = ++this.#serial;
    this.#rows.set(serial, { update, count: 1, key: this.#put(update, 1) });
    return serial;
  }

  #put(update: Uint8Array, count: number): Promise<number | null> {
    const put = this.#insert(update, count).catch((error: unknown) => {
      this.#db = null;
      this.#onLost(
        error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'unavailable',
      );
      return null;
    });
    return this.#follow(put);
  }

  /** Commits in the same breath: a page that is closed in the next moment has handed the letter over. */
  async #insert(update: Uint8Array, count: number): Promise<number> {
    const change = this.#begin(this.#db) ?? this.#begin(await localDatabase());
    if (change === null) throw new Error('the database is closed');
    const key = change.store.add({ place: this.#place, update, count });
    change.commit();
    const [added] = await Promise.all([key, change.done]);
    return added;
  }

  /** Null where it was closed meanwhile, for a newer page in another tab. */
  #begin(db: LocalDatabase | null) {
    if (db === null) return null;
    try {
      const change = db.transaction('update', 'readwrite', { durability: 'relaxed' });
      this.#db = db;
      return change;
    } catch {
      return null;
    }
  }

  /** These are on the server's disk. */
  settle(serials: readonly number[]): void {
    const settled = serials.flatMap((serial) => this.#rows.get(serial) ?? []);
    for (const serial of serials) this.#rows.delete(serial);
    if (settled.length > 0) this.#delete(settled);
  }

  /** Soon, with others; a page that goes before leaves rows that are merged once more, which changes nothing. */
  #delete(rows: readonly Row[]): void {
    this.#leaving.push(...rows);
    this.#timer ??= setTimeout(() => this.#deleteNow(), deleteMs);
  }

  #deleteNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const rows = this.#leaving;
    this.#leaving = [];
    if (rows.length === 0) return;
    const act = async () => {
      const keys = await Promise.all(rows.map(({ key }) => key));
      const db = await localDatabase();
      const { store, done } = db.transaction('update', 'readwrite');
      for (const key of keys) if (key !== null) void store.delete(key);
      await done;
    };
    void this.#follow(act().catch(() => undefined));
  }

  /** Many small rows become one. Only while none is on its way: those names are no longer known. */
  join(): void {
    if (this.#rows.size <= rowsMax) return;
    const rows = [...this.#rows.values()];
    const update = Y.mergeUpdates(rows.map((row) => row.update));
    const count = rows.reduce((sum, row) => sum + row.count, 0);
    this.#rows.clear();
    this.#rows.set(++this.#serial, { update, count, key: this.#put(update, count) });
    this.#delete(rows);
  }

  /** Resolves once everything said so far is kept. */
  async settled(): Promise<void> {
    this.#deleteNow();
    await Promise.allSettled(this.#underWay);
  }

  #follow<T>(act: Promise<T>): Promise<T> {
    const done = act.finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
    return done;
  }
}

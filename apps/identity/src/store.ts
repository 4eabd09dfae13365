import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const purgeEveryMs = 10 * 60_000;
const lockWaitMs = 2_000;

const tables = `
  create table if not exists record (
    kind text not null, id text not null, payload text not null, expires_at integer, grant_id text, uid text,
    primary key (kind, id)
  ) without rowid;
  create index if not exists record_grant on record (grant_id) where grant_id is not null;
  create index if not exists record_uid on record (kind, uid) where uid is not null;
  create index if not exists record_expiry on record (expires_at) where expires_at is not null;
  create table if not exists person (
    id text primary key, username text not null unique, email text unique, card text not null, password text
  ) without rowid;
  create table if not exists failure (
    subject text primary key, failures integer not null, failed_at integer not null, locked_until integer not null
  ) without rowid;
  create table if not exists kept (name text primary key, content text not null) without rowid;
`;

/**
 * One SQLite file that holds what must survive a kill: signing keys, sessions, grants, accounts, failures.
 * Each write is on disk before it returns (`synchronous = full`).
 */
export class Store {
  readonly database: DatabaseSync;
  readonly #purge: NodeJS.Timeout;

  /** @throws when the folder cannot be written. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, 'identity.sqlite');
    this.database = new DatabaseSync(file);
    chmodSync(file, 0o600);
    this.database.exec(
      `pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = ${lockWaitMs};`,
    );
    this.database.exec(tables);
    this.purge();
    this.#purge = setInterval(() => this.purge(), purgeEveryMs);
    this.#purge.unref();
  }

  /** Drops what has expired. */
  purge(): void {
    this.database.prepare('delete from record where expires_at <= ?').run(seconds());
  }

  /** The value kept under a name, made and kept by the first who asks. */
  async kept(name: string, make: () => Promise<string> | string): Promise<string> {
    const read = this.database.prepare('select content from kept where name = ?');
    const found = read.get(name);
    if (found) return String(found.content);
    const made = await make();
    this.database.prepare('insert or ignore into kept (name, content) values (?, ?)').run(name, made);
    return String(read.get(name)?.content);
  }

  close(): void {
    clearInterval(this.#purge);
    this.database.close();
  }
}

/** Seconds since 1970. */
export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

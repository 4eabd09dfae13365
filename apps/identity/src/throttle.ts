import { createHash } from 'node:crypto';
import type { Realm } from './realm.ts';
import { type Store, seconds } from './store.ts';

/** One address may stand for an office: it may fail this many times more often than one account. */
const addressFailuresFactor = 4;

/**
 * Counts failed tries per account and per address, in the store, by the realm's brute-force settings.
 * A try is counted before its password is looked at, so that parallel guesses cannot slip through.
 */
export class Throttle {
  readonly #store: Store;
  readonly #realm: Realm;

  constructor(store: Store, realm: Realm) {
    this.#store = store;
    this.#realm = realm;
  }

  /** Begins a try. Returns the seconds to wait, or 0 when it may go on. */
  begin(account: string, address: string): number {
    const subjects = this.#subjects(account, address);
    const wait = Math.max(...subjects.map(({ key }) => this.#waitSeconds(key)));
    if (wait > 0) return wait;
    for (const { key, failuresMax } of subjects) this.#count(key, failuresMax);
    return 0;
  }

  /** The try was right: the account starts afresh and the address gets its try back. */
  succeed(account: string, address: string): void {
    const [own, place] = this.#subjects(account, address);
    const { database } = this.#store;
    if (own) database.prepare('delete from failure where subject = ?').run(own.key);
    if (place) {
      database
        .prepare('update failure set failures = max(failures - 1, 0), locked_until = 0 where subject = ?')
        .run(place.key);
    }
  }

  #subjects(account: string, address: string) {
    const { failureFactor } = this.#realm;
    return [
      { key: subjectKey('account', account), failuresMax: failureFactor },
      { key: subjectKey('address', address), failuresMax: failureFactor * addressFailuresFactor },
    ];
  }

  #waitSeconds(key: string): number {
    const row = this.#store.database.prepare('select locked_until from failure where subject = ?').get(key);
    return Math.max(Number(row?.locked_until ?? 0) - seconds(), 0);
  }

  #count(key: string, failuresMax: number): void {
    const now = seconds();
    const { maxDeltaTimeSeconds, waitIncrementSeconds, maxFailureWaitSeconds } = this.#realm;
    const { database } = this.#store;
    const row = database.prepare('select failures, failed_at from failure where subject = ?').get(key);
    const fresh = !row || Number(row.failed_at) + maxDeltaTimeSeconds < now;
    const failures = (fresh ? 0 : Number(row.failures)) + 1;
    const wait = Math.min(waitIncrementSeconds * Math.floor(failures / failuresMax), maxFailureWaitSeconds);
    database
      .prepare(
        'insert or replace into failure (subject, failures, failed_at, locked_until) values (?, ?, ?, ?)',
      )
      .run(key, failures, now, wait > 0 ? now + wait : 0);
  }
}

/** People sometimes type their password into the name field: the name is not kept readable. */
function subjectKey(kind: string, subject: string): string {
  return createHash('sha256').update(`${kind}\n${subject}`).digest('base64url');
}

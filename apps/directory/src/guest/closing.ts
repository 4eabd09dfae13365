import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { Database } from '@parvis/server/database';
import { Accounts } from './accounts.ts';

/** Milliseconds between two looks for accounts to close. */
const lookMs = 30_000;
const batchSize = 10;
/** Seconds until an account is tried again that could not be closed. */
const againSeconds = 60;

/** Notes, in the caller's transaction, that a guest's account at the identity provider is to be closed. */
export async function closeLater(db: Db, sub: string): Promise<void> {
  await db.query(
    `insert into directory.account_closing (oidc_sub) values ($1)
     on conflict (oidc_sub) do update set due_at = now(), closed_at = null`,
    [sub],
  );
}

/** Forgets that an account was closed, since its guest was invited again. */
export async function keepOpen(db: Db, sub: string): Promise<void> {
  await db.query('delete from directory.account_closing where oidc_sub = $1', [sub]);
}

/**
 * Closes guests' accounts at the identity provider once their time is over, however long the provider was away. The
 * house lets them in no more from the moment of the end itself.
 */
@Injectable()
export class Closing implements OnModuleInit, OnModuleDestroy {
  readonly #log = new Logger('closing');
  readonly #database: Database;
  readonly #accounts: Accounts;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(database: Database, accounts: Accounts) {
    this.#database = database;
    this.#accounts = accounts;
  }

  onModuleInit(): void {
    this.#timer = setInterval(() => void this.look(), lookMs).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** Looks now, after the look under way. Never throws. */
  look(): Promise<void> {
    this.#looking = this.#looking
      .then(() => this.#closeDue())
      .catch((error) => this.#log.warn(String(error)));
    return this.#looking;
  }

  async #closeDue(): Promise<void> {
    const { db } = this.#database;
    await db.query(
      `insert into directory.account_closing (oidc_sub)
       select oidc_sub from access.person where kind = 'guest' and oidc_sub is not null and ends_at <= now()
       on conflict do nothing`,
    );
    const due = await db.query<{ sub: string }>(
      `with due as (
         select oidc_sub from directory.account_closing where closed_at is null and due_at <= now()
          order by due_at limit ${batchSize} for update skip locked)
       update directory.account_closing c set due_at = now() + interval '${againSeconds} seconds'
         from due where c.oidc_sub = due.oidc_sub returning c.oidc_sub as sub`,
    );
    for (const { sub } of due) {
      await this.#accounts.close(sub);
      await db.query('update directory.account_closing set closed_at = now() where oidc_sub = $1', [sub]);
    }
  }
}

import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type AccessChange, changeChannel } from '@parvis/access/notify';
import { Database } from '@parvis/server/database';
import { Client } from 'pg';

/** Milliseconds between two attempts to listen again after the connection was lost. */
const reconnectMs = 500;

/** A change that cannot be read may be any change. */
function changeOf(payload: string | undefined): AccessChange {
  try {
    const change: unknown = JSON.parse(payload ?? '');
    if (typeof change === 'object' && change !== null && !Array.isArray(change)) return change;
  } catch {
    // Written by something newer: looking again at everything is always safe.
  }
  return { all: true };
}

/**
 * Hears changes of access, and can say that every change committed so far has been heard. The house's own listener
 * cannot: a message may be stored, and shown to somebody removed just before, while the removal is still on its way.
 * PostgreSQL gives a listening connection all that is pending before it answers a statement on it, so one tiny round
 * trip is the proof, at a fraction of asking for everybody's rights again.
 */
@Injectable()
export class AccessWatch implements OnModuleInit, OnModuleDestroy {
  readonly #database: Database;
  readonly #listeners: ((change: AccessChange) => void)[] = [];
  #client: Client | null = null;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;
  #asking: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  constructor(database: Database) {
    this.#database = database;
  }

  /** `hear` runs synchronously and must not throw; after a lost connection it gets `{ all: true }`. */
  on(hear: (change: AccessChange) => void): void {
    this.#listeners.push(hear);
  }

  async onModuleInit(): Promise<void> {
    await this.#connect();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#client?.end().catch(() => {});
  }

  /**
   * Resolves when every change of access that was committed before this call has been heard. Calls made while one is
   * under way share the next. @throws when PostgreSQL cannot be reached: then nothing may be shown.
   */
  settled(): Promise<void> {
    this.#next ??= this.#askNext();
    return this.#next;
  }

  /** Waits for the question under way, and for whoever else asks in this moment. */
  async #askNext(): Promise<void> {
    await this.#asking?.catch(() => {});
    this.#next = null;
    this.#asking = this.#ask();
    await this.#asking;
  }

  async #ask(): Promise<void> {
    if (this.#client === null) throw new Error('not listening for changes of access');
    await this.#client.query('select 1');
  }

  #tell(change: AccessChange): void {
    for (const hear of this.#listeners) hear(change);
  }

  async #connect(): Promise<void> {
    const client = new Client({
      connectionString: this.#database.url,
      keepAlive: true,
      application_name: 'parvis-chat access',
    });
    const lost = () => {
      if (this.#client !== client) return;
      this.#client = null;
      // What happens from now on is not heard: nothing that was known counts any more.
      this.#tell({ all: true });
      this.#again();
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => this.#tell(changeOf(payload)));
    try {
      await client.connect();
      await client.query(`listen ${changeChannel}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    if (this.#stopped) return void (await client.end());
    this.#client = client;
    this.#tell({ all: true });
  }

  #again(): void {
    if (this.#stopped) return;
    this.#retry = setTimeout(() => {
      this.#connect().catch(() => this.#again());
    }, reconnectMs);
  }
}

import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import type { Lock } from '@tus/server';

/** Milliseconds that a question about an upload waits for the bytes under way to be made durable. */
const waitMsMax = 8_000;
const lookMs = 50;

type Runner = ReturnType<Database['source']['createQueryRunner']>;
interface Holder {
  readonly method: string;
  letGo(): void;
}

/**
 * One request at a time per upload, in all processes: locks of PostgreSQL on one connection, so that a process that
 * dies holds nothing. A second PATCH is refused; HEAD and DELETE ask a PATCH to end, because the client that asks
 * where its upload stands has lost the connection that we may still believe in.
 */
@Injectable()
export class UploadLocks implements OnModuleDestroy {
  readonly #held = new Map<string, Holder>();
  #runner: Runner | undefined;

  constructor(private readonly database: Database) {}

  async onModuleDestroy(): Promise<void> {
    const runner = this.#runner;
    this.#runner = undefined;
    await runner?.query('select pg_advisory_unlock_all()').catch(() => undefined);
    await runner?.release();
  }

  lockOf(id: string, method: string): Lock {
    return {
      lock: (_signal, letGo) => this.#take(id, { method, letGo: () => void letGo() }),
      unlock: () => this.#free(id),
    };
  }

  /** @throws Refused `upload-busy` */
  async #take(id: string, wanted: Holder): Promise<void> {
    let asked: Holder | undefined;
    for (const until = Date.now() + waitMsMax; Date.now() < until; ) {
      const holder = this.#held.get(id);
      if (holder === undefined) {
        this.#held.set(id, wanted);
        if (await this.#ask('select pg_try_advisory_lock(hashtextextended($1, 0)) as done', id)) return;
        this.#held.delete(id);
      }
      if (wanted.method === 'PATCH' && holder?.method !== 'HEAD') break;
      if (holder?.method === 'PATCH' && asked !== holder) {
        asked = holder;
        holder.letGo();
      }
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
    throw new Refused(423, 'upload-busy');
  }

  async #free(id: string): Promise<void> {
    if (!this.#held.has(id)) return;
    try {
      await this.#ask('select pg_advisory_unlock(hashtextextended($1, 0)) as done', id);
    } finally {
      this.#held.delete(id);
    }
  }

  async #ask(sql: string, id: string): Promise<boolean> {
    const runner = (this.#runner ??= this.database.source.createQueryRunner());
    try {
      const rows = (await runner.query(sql, [`drive.upload ${id}`])) as { done: boolean }[];
      return rows[0]?.done === true;
    } catch (error) {
      // With the connection went the locks: who wrote under them stops; the record's own check guards the rest.
      if (this.#runner === runner) {
        this.#runner = undefined;
        await runner.release().catch(() => undefined);
        for (const holder of this.#held.values()) holder.letGo();
      }
      this.#held.delete(id);
      throw error;
    }
  }
}

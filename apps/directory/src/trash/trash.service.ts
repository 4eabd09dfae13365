import { Injectable, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { AccessError } from '@parvis/access/errors';
import { remove, trashedBefore } from '@parvis/access/moving';
import { trashDays } from '@parvis/contract/limits';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Outbox } from '@parvis/server/outbox';
import { z } from 'zod';

/** At night, when the locks of a large tree disturb nobody. */
const cron = '17 2 * * *';
const secondsMax = 1_800;
/** Things looked up in one step; each is removed in a transaction of its own. */
const batchSize = 50;
const dayMs = 86_400_000;

/**
 * Removes for good what has been in the trash for {@link trashDays} days. Channels and documents go with their place in
 * the tree; the bytes of files and the memory of meetings are swept by their services.
 */
@Injectable()
export class Trash implements OnModuleInit {
  readonly #database: Database;
  readonly #outbox: Outbox;
  readonly #jobs: Jobs;

  constructor(database: Database, outbox: Outbox, jobs: Jobs) {
    this.#database = database;
    this.#outbox = outbox;
    this.#jobs = jobs;
  }

  onModuleInit(): void {
    const options = { retryLimit: 3, expireSeconds: secondsMax, cron };
    this.#jobs.define('empty-trash', z.object({}), (_, { signal }) => this.empty(signal), options);
  }

  /** Removes all that is due. What fails stays for the next night and does not keep the rest. @throws the first failure */
  async empty(signal?: AbortSignal): Promise<void> {
    const before = new Date(Date.now() - trashDays * dayMs);
    const failures = new Map<string, unknown>();
    while (!signal?.aborted) {
      const due = await trashedBefore(this.#database.db, before, batchSize + failures.size);
      const fresh = due.filter((uid) => !failures.has(uid));
      for (const uid of fresh) {
        if (signal?.aborted) break;
        await this.#remove(uid, before).catch((error: unknown) => failures.set(uid, error));
      }
      if (fresh.length === 0) break;
    }
    for (const failure of failures.values()) throw failure;
  }

  async #remove(uid: string, before: Date): Promise<void> {
    try {
      await this.#database.transaction(async (db) => {
        const gone = await remove(db, uid, { trashedBefore: before });
        const root = gone.find((one) => one.uid === uid);
        // Taken out of the trash a moment ago.
        if (root === undefined) return;
        const detail = { id: uid, removed: gone.length };
        await this.#outbox.add(db, 'resource-removed', { ...detail, kind: root.kind });
        await audit(db, { actorId: null, action: `${root.kind}.removed`, resourceId: root.id, detail });
      });
    } catch (error) {
      // Another process was faster.
      if (!(error instanceof AccessError && error.code === 'not-found')) throw error;
    }
  }
}

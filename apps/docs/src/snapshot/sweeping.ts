import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '@parvis/server/jobs';
import { z } from 'zod';
import { SnapshotStore } from '../log/snapshot-store.ts';

const job = 'sweep-snapshots';
const options = { retryLimit: 2, expireSeconds: 7_200, cron: '23 4 * * *' };

/** Each night: objects of the store that documents let go, or that a crash left before anything pointed at them. */
@Injectable()
export class Sweeping implements OnModuleInit {
  readonly #jobs: Jobs;
  readonly #snapshots: SnapshotStore;

  constructor(jobs: Jobs, snapshots: SnapshotStore) {
    this.#jobs = jobs;
    this.#snapshots = snapshots;
  }

  onModuleInit(): void {
    const sweep = async (_: unknown, { signal }: { signal: AbortSignal }) => {
      await this.#snapshots.sweep(signal);
    };
    this.#jobs.define(job, z.object({}), sweep, options);
  }
}

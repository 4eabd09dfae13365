import { Injectable, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { z } from 'zod';
import { Removed } from '../shelf/removed.ts';
import { Shelf } from '../shelf/shelf.ts';
import { RecordingStore } from './recording-store.ts';

const job = 'recordings-tidy';
/** Every night, in UTC. */
const cron = '20 2 * * *';
const batchSize = 200;

/** Recordings whose day has passed are deleted in the night, with the bytes of all that was deleted before. */
@Injectable()
export class Retention implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly kept: RecordingStore,
    private readonly shelf: Shelf,
    private readonly removed: Removed,
  ) {}

  onModuleInit(): void {
    this.jobs.define(job, z.object({}), (_, { signal }) => this.run(signal), {
      retryLimit: 3,
      expireSeconds: 3_600,
      cron,
    });
  }

  async run(signal?: AbortSignal): Promise<void> {
    await this.database.transaction(async (db) => {
      const gone = await db.query<{ id: string; meetingId: number }>(
        `delete from meet.recording where kept_until < current_date and state in ('saved', 'failed')
         returning id, meeting_id::float8 as "meetingId"`,
      );
      for (const { id, meetingId } of gone)
        await audit(db, {
          actorId: null,
          action: 'recording.expired',
          resourceId: meetingId,
          detail: { recording: id },
        });
    });
    await this.removed.recheck({ all: true });
    await this.shelf.look(signal);
    for (;;) {
      const keys = await this.database.db.query<{ key: string }>(
        `select key from meet.dropped_blob limit ${batchSize}`,
      );
      for (const { key } of keys) {
        if (signal?.aborted) return;
        await this.kept.store.remove(key);
        await this.database.db.query('delete from meet.dropped_blob where key = $1', [key]);
      }
      if (keys.length < batchSize) return;
    }
  }
}

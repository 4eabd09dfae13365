import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { z } from 'zod';
import { Scanning } from '../scan/scanning.ts';
import { Blobs } from '../store/blobs.ts';
import { uploadColumns, type UploadRow } from '../upload/upload-row.ts';
import { uploadDaysMax, Uploads } from '../upload/uploads.ts';

/** Four times an hour. */
const cron = '7,22,37,52 * * * *';
const sweepSecondsMax = 600;
/** Rows taken in one step. */
const batchSize = 200;

/** Removes what nobody needs any more: uploads given up, and the bytes of files that were removed for good. */
@Injectable()
export class Sweep implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly blobs: Blobs,
    private readonly uploads: Uploads,
    private readonly scanning: Scanning,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    const options = { retryLimit: 2, expireSeconds: sweepSecondsMax, cron };
    this.jobs.define('sweep', z.object({}), (_, { signal }) => this.run(signal), options);
  }

  async run(signal?: AbortSignal): Promise<void> {
    for (const step of [
      () => this.#oldUploads(),
      () => this.#removedFiles(),
      () => this.scanning.catchUp(),
    ]) {
      while (!signal?.aborted && (await step()) === batchSize);
    }
  }

  /** Uploads past their days, whether they became files or not; the day more lets a PATCH under way end. */
  async #oldUploads(): Promise<number> {
    const old = await this.database.db.query<UploadRow>(
      `select ${uploadColumns} from drive.upload where created_at < now() - make_interval(days => $1)
        order by created_at limit ${batchSize}`,
      [uploadDaysMax + 1],
    );
    for (const row of old) await this.uploads.drop(row);
    return old.length;
  }

  /** The bytes go first: a row without bytes is swept again, bytes without a row would stay for ever. */
  async #removedFiles(): Promise<number> {
    const { db } = this.database;
    const removed = await db.query<{ id: string; key: string }>(
      `select f.resource_id as id, f.key from drive.file f
        where not exists (select from access.resource r where r.id = f.resource_id) limit ${batchSize}`,
    );
    for (const { id, key } of removed) {
      await this.blobs.store.remove(key);
      await db.query('delete from drive.file where resource_id = $1', [id]);
    }
    return removed.length;
  }
}

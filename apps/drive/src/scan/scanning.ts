import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import { notify } from '@parvis/access/notify';
import { Database } from '@parvis/server/database';
import { type JobAttempt, Jobs } from '@parvis/server/jobs';
import { Outbox } from '@parvis/server/outbox';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import { z } from 'zod';
import type { DriveSettings } from '../settings.ts';
import { BlobGone } from '@parvis/blobs/blob-store';
import { Blobs } from '../store/blobs.ts';
import { type Finding, scan } from './clamav.ts';
import { scanJob } from './scan-job.ts';

/** Attempts after the first, with growing pauses up to five minutes; the sweep sends what is left again. */
const retryLimit = 12;
const scanSecondsMax = 3_600;
/** Files in one step of the look for those that nobody scanned. */
const batchSize = 200;
/** Minutes after which a file that waits is taken for forgotten. */
const forgottenMinutes = 10;

const Data = z.object({ id: z.int() });
interface Waiting {
  key: string;
  uid: string;
  parentUid: string | null;
}

/** Has each file looked at by the virus scanner, as a durable job, and notes the verdict. */
@Injectable()
export class Scanning implements OnModuleInit {
  readonly #at: { host: string; port: number } | null;

  constructor(
    private readonly database: Database,
    private readonly blobs: Blobs,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
    @Inject(SETTINGS) set: ServiceSettings<DriveSettings>,
  ) {
    this.#at = set.clamavHost === undefined ? null : { host: set.clamavHost, port: set.clamavPort };
  }

  onModuleInit(): void {
    const options = { retryLimit, expireSeconds: scanSecondsMax };
    this.jobs.define(scanJob, Data, ({ id }, attempt) => this.#scan(id, attempt), options);
  }

  async #scan(id: number, { signal }: JobAttempt): Promise<void> {
    if (this.#at === null) return;
    const [file] = await this.database.db.query<Waiting>(
      `select f.key, f.uid, (select p.uid from access.resource p where p.id = r.parent_id) as "parentUid"
         from drive.file f join access.resource r on r.id = f.resource_id
        where f.resource_id = $1 and f.scanned_at is null`,
      [id],
    );
    if (!file) return;
    const bytes = await this.blobs.store.open(file.key).catch((error: unknown) => {
      // Removed in the meantime: the sweep knows.
      if (error instanceof BlobGone) return null;
      throw error;
    });
    if (bytes === null) return;
    try {
      await this.#note(id, file, await scan(this.#at, bytes, signal));
    } finally {
      bytes.destroy();
    }
  }

  /** A file that is too large for the scanner is as one that nobody scanned, and says so. */
  async #note(id: number, file: Waiting, found: Finding): Promise<void> {
    const verdict = found.verdict === 'too-large' ? 'off' : found.verdict;
    const finding =
      found.verdict === 'infected' ? found.name : found.verdict === 'too-large' ? 'too-large' : null;
    await this.database.transaction(async (db) => {
      const noted = await db.query(
        `update drive.file set verdict = $2, finding = $3, scanned_at = now()
          where resource_id = $1 and scanned_at is null returning resource_id`,
        [id, verdict, finding],
      );
      if (noted.length === 0) return;
      if (verdict === 'infected') {
        await audit(db, { actorId: null, action: 'file.infected', resourceId: id, detail: { finding } });
      }
      await this.outbox.add(db, 'file-scanned', { id: file.uid, verdict });
      await notify(db, { resources: [file.uid, file.parentUid].filter((uid) => uid !== null) });
    });
  }

  /**
   * Sends again what waits for too long, and, once there is a scanner, what was added before there was one. Without a
   * scanner nothing waits any more. Resolves to how many files were concerned.
   */
  async catchUp(): Promise<number> {
    if (this.#at === null) {
      const freed = await this.database.db.query(
        `update drive.file set verdict = 'off' where verdict = 'waiting' returning resource_id`,
      );
      return freed.length;
    }
    return this.database.transaction(async (db) => {
      const late = await db.query<{ id: number }>(
        `update drive.file set verdict = 'waiting' where resource_id in (
           select resource_id from drive.file where scanned_at is null
             and (verdict = 'off' or created_at < now() - make_interval(mins => ${forgottenMinutes}))
           order by created_at limit ${batchSize})
         returning resource_id::float8 as id`,
      );
      for (const { id } of late) await this.jobs.send(db, scanJob, { id }, { singletonKey: String(id) });
      return late.length;
    });
  }
}

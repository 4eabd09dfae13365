import { randomUUID } from 'node:crypto';
import type { Db } from '@parvis/access/db';
import { getConstructionPlans, type Job, PgBoss } from 'pg-boss';
import type { z } from 'zod';
import type { Database } from './database.ts';
import type { Migration } from './service.ts';

/** Connections of the library's own pool, besides the one that listens. */
const connectionsMax = 2;
/** Seconds without a sign of life after which a job of a killed process runs again, and between two looks for such. */
const heartbeatSeconds = 20;
const superviseSeconds = 10;
/** Seconds between two looks for jobs of which no notice comes: those sent for later, and those tried again. */
const lookSeconds = 2;
/** Milliseconds a stopping process waits for its running jobs; what is left runs again elsewhere. */
const stopMsMax = 8_000;
/** Version of the library's tables that {@link jobsMigration} makes. A release that raises it adds a migration. */
export const jobsSchemaVersion = 46;

export interface JobOptions {
  /** Times a failed job is tried again, with growing pauses; then it stays in the table as failed. */
  readonly retryLimit: number;
  /** Seconds one attempt may take. */
  readonly expireSeconds: number;
  /** Jobs of this name that one process runs at a time; 1 unless said otherwise. */
  readonly concurrency?: number;
  /** Five cron fields in UTC: the job is also sent by the clock, once for all processes, with `{}` as data. */
  readonly cron?: string;
}
/** One attempt of a job. `signal` aborts when its time is up. */
export interface JobAttempt {
  readonly id: string;
  /** 1 the first time. */
  readonly attempt: number;
  readonly signal: AbortSignal;
}
interface Definition {
  readonly name: string;
  readonly shape: z.ZodType;
  readonly run: (data: never, attempt: JobAttempt) => Promise<void>;
  readonly options: JobOptions;
}

function schemaOf(service: string): string {
  return `${service}_jobs`;
}

/** The library's tables in `<service>_jobs`, for our own migrations: it never migrates by itself. */
export function jobsMigration(service: string): Migration {
  const schema = schemaOf(service);
  const sql = getConstructionPlans(schema)
    // The migration that runs this has a transaction of its own.
    .replace(/^\s*BEGIN;\s*/, '')
    .replace(/\s*COMMIT;\s*$/, '')
    .replace(/^\s*SET LOCAL [^;]+;\s*/gm, '');
  return { name: `0000-jobs-${jobsSchemaVersion}`, sql };
}

/** Durable jobs on pg-boss: a job that was sent runs at least once, also after kill -9 of the process that ran it. */
export class Jobs {
  readonly #service: string;
  readonly #database: Database;
  readonly #onError: (error: unknown) => void;
  readonly #definitions = new Map<string, Definition>();
  #boss: PgBoss | undefined;

  constructor(service: string, database: Database, onError: (error: unknown) => void) {
    this.#service = service;
    this.#database = database;
    this.#onError = onError;
  }

  /** Names a kind of job and what it does; call it from a provider's `onModuleInit`. Runs must bear repetition. */
  define<T extends z.ZodType>(
    name: string,
    shape: T,
    run: (data: z.output<T>, attempt: JobAttempt) => Promise<void>,
    options: JobOptions,
  ): void {
    if (this.#definitions.has(name)) throw new Error(`the job ${name} is defined twice`);
    this.#definitions.set(name, { name, shape, run: run as Definition['run'], options });
  }

  /**
   * Sends a job in the caller's transaction: it exists if and only if that commits. With a `singletonKey` at most
   * one job of that name and key waits at a time; another is not sent.
   * @returns the job's id, or null when one with the same key waits already.
   */
  async send(
    db: Db,
    name: string,
    data: unknown,
    options: { startAfter?: Date; singletonKey?: string } = {},
  ): Promise<string | null> {
    const definition = this.#definitions.get(name);
    if (!definition) throw new Error(`the job ${name} is not defined`);
    if (!this.#boss) throw new Error(`the service ${this.#service} does not run jobs: set database.jobs`);
    definition.shape.parse(data);
    return this.#boss.send(name, data as object, {
      ...(options.startAfter ? { startAfter: options.startAfter } : {}),
      singletonKey: options.singletonKey ?? randomUUID(),
      db: {
        executeSql: async (text: string, values?: unknown[]) => ({ rows: await db.query(text, values) }),
      },
    });
  }

  /** Connects and begins to work; without `enabled` nothing happens. @throws when the tables are not there. */
  async start(enabled: boolean): Promise<void> {
    if (!enabled || this.#boss) return;
    const boss = new PgBoss({
      connectionString: this.#database.url,
      schema: schemaOf(this.#service),
      application_name: `parvis-${this.#service}-jobs`,
      max: connectionsMax,
      migrate: false,
      createSchema: false,
      // The service's role does not own the tables.
      reindex: false,
      monitorVacuum: false,
      registerInstance: false,
      useListenNotify: true,
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
    });
    boss.on('error', this.#onError);
    await boss.start();
    this.#boss = boss;
    for (const definition of this.#definitions.values()) await this.#work(boss, definition);
  }

  async #work(boss: PgBoss, { name, shape, run, options }: Definition): Promise<void> {
    const queue = {
      retryLimit: options.retryLimit,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 300,
      expireInSeconds: options.expireSeconds,
      heartbeatSeconds,
      notify: true,
    };
    await boss.createQueue(name, { ...queue, policy: 'short' });
    await boss.updateQueue(name, queue);
    if (options.cron) await boss.schedule(name, options.cron, {}, { tz: 'UTC' });
    else await boss.unschedule(name);
    for (let worker = 0; worker < (options.concurrency ?? 1); worker += 1)
      await this.#worker(boss, name, async ({ id, data, retryCount, signal }) =>
        run(shape.parse(data) as never, { id, attempt: retryCount + 1, signal }),
      );
  }

  async #worker(boss: PgBoss, name: string, run: (job: Job<unknown>) => Promise<void>): Promise<void> {
    const polling = { pollingIntervalSeconds: lookSeconds, notifyPollingIntervalSeconds: lookSeconds };
    const worker = await boss.work<unknown>(name, { ...polling, batchSize: 1 }, async (jobs) => {
      try {
        for (const job of jobs) await run(job);
      } catch (error) {
        this.#onError(error);
        throw error;
      } finally {
        // Where one job was there may be more: the library would rest first.
        boss.notifyWorker(worker);
      }
    });
  }

  /** Lets running jobs finish, up to a limit, and disconnects. */
  async stop(): Promise<void> {
    const boss = this.#boss;
    this.#boss = undefined;
    await boss?.stop({ graceful: true, close: true, timeout: stopMsMax });
  }
}

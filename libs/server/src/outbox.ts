import { type Db, fromPg } from '@parvis/access/db';
import pg from 'pg';
import type { Database } from './database.ts';
import type { Fanout } from './fanout.ts';
import type { Migration } from './service.ts';

/** Bytes of an event's payload as JSON: ids and positions, so that it fits into one notice. */
export const payloadBytesMax = 7_000;
/** Failures of an event's handlers before it is parked, and the longest pause between two of them. */
export const attemptsMax = 10;
const pauseMsMax = 60_000;
/** Events taken in one go, and milliseconds between two looks when nothing wakes the relay. */
const batchSize = 100;
const lookMs = 5_000;
/** Milliseconds between two attempts to become the relay of this service, and to come back after a loss. */
const turnMs = 500;
const errorLengthMax = 1_000;

/** An event on its way to a handler. `db` is a transaction that commits together with "this was handled". */
export interface Delivery {
  readonly id: number;
  readonly topic: string;
  /** 1 the first time. */
  readonly attempt: number;
  readonly db: Db;
}
type Handle = (payload: never, delivery: Delivery) => Promise<void>;

interface Row {
  readonly id: number;
  readonly topic: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly handled: boolean;
}

/** The table, in the service's own schema. */
export function outboxMigration(service: string): Migration {
  return {
    name: '0000-outbox',
    sql: `
      create table "${service}".outbox (
        id bigint generated always as identity primary key,
        topic text not null check (char_length(topic) between 1 and 100),
        payload jsonb not null,
        created_at timestamptz not null default now(),
        attempts int not null default 0,
        next_at timestamptz not null default now(),
        handled_at timestamptz,
        parked_at timestamptz,
        last_error text
      );
      create index outbox_waiting on "${service}".outbox (id) where parked_at is null;
      create index outbox_failing on "${service}".outbox (topic, id) where parked_at is null and attempts > 0;
      create index outbox_parked on "${service}".outbox (parked_at) where parked_at is not null;`,
  };
}

/**
 * Events that exist if and only if the transaction that wrote them committed. One process of the service relays
 * them in order: first its durable handlers (at least once; effects through `delivery.db` exactly once), then the
 * fan-out topic `<service>.<topic>` as `{ id, topic, payload }`. A handler that fails holds back its topic, not the
 * others; after {@link attemptsMax} failures the event is parked, kept, and counted in the metrics.
 */
export class Outbox {
  readonly #service: string;
  readonly #table: string;
  readonly #channel: string;
  readonly #database: Database;
  readonly #fanout: Fanout;
  readonly #onError: (error: unknown) => void;
  readonly #handlers = new Map<string, Handle[]>();
  #stopped = false;
  #relay: Promise<void> | undefined;
  #client: pg.Client | undefined;
  #woken = false;
  #wake: (() => void) | undefined;

  constructor(service: string, database: Database, fanout: Fanout, onError: (error: unknown) => void) {
    this.#service = service;
    this.#table = `"${service}".outbox`;
    this.#channel = `parvis_outbox_${service}`;
    this.#database = database;
    this.#fanout = fanout;
    this.#onError = onError;
  }

  /** Writes an event in the caller's transaction. @throws RangeError above {@link payloadBytesMax}. */
  async add(db: Db, topic: string, payload: unknown): Promise<void> {
    const text = JSON.stringify(payload) as string | undefined;
    if (text === undefined) throw new RangeError(`the payload of ${topic} is not JSON`);
    if (Buffer.byteLength(text) > payloadBytesMax)
      throw new RangeError(`the payload of ${topic} exceeds ${payloadBytesMax} bytes: send ids, not content`);
    await db.query(`insert into ${this.#table} (topic, payload) values ($1, $2::jsonb)`, [topic, text]);
    await db.query('select pg_notify($1, $2)', [this.#channel, '']);
  }

  /** Adds a durable handler; call it from a provider's `onModuleInit`. Several on one topic run in order. */
  on<T>(topic: string, handle: (payload: T, delivery: Delivery) => Promise<void>): void {
    this.#handlers.set(topic, [...(this.#handlers.get(topic) ?? []), handle as Handle]);
  }

  /** What waits and what was given up, for metrics and for people. */
  async counts(): Promise<{ waiting: number; parked: number }> {
    const [row] = await this.#database.db.query<{ waiting: string; parked: string }>(
      `select count(*) filter (where parked_at is null) as waiting,
              count(*) filter (where parked_at is not null) as parked from ${this.#table}`,
    );
    return { waiting: Number(row?.waiting), parked: Number(row?.parked) };
  }

  /** Gives parked events another {@link attemptsMax} attempts, behind what came after them. Resolves to how many. */
  async retryParked(): Promise<number> {
    const rows = await this.#database.db.query(
      `update ${this.#table} set parked_at = null, attempts = 0, next_at = now()
        where parked_at is not null returning id`,
    );
    await this.#database.db.query('select pg_notify($1, $2)', [this.#channel, '']);
    return rows.length;
  }

  /** Starts to relay, or to stand by while another process does. */
  async start(): Promise<void> {
    this.#relay ??= this.#run();
  }

  /** Finishes the event under way, and lets another process take over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#rouse();
    await this.#relay;
  }

  #rouse(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** Waits for a wake-up; one that came in the meantime counts. */
  async #rest(ms: number): Promise<void> {
    if (!this.#woken && !this.#stopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#wake = undefined;
    this.#woken = false;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#connectAndRelay();
      } catch (error) {
        if (!this.#stopped) this.#onError(error);
      } finally {
        const client = this.#client;
        this.#client = undefined;
        await client?.end().catch(() => undefined);
      }
      await this.#rest(turnMs);
    }
  }

  /** The lock belongs to the connection: whoever dies loses it, and the next process goes on. */
  async #connectAndRelay(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#database.url,
      application_name: `parvis-${this.#service}-outbox`,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    });
    this.#client = client;
    let lost: unknown;
    client.on('error', (error) => {
      lost = error;
      this.#rouse();
    });
    client.on('notification', () => this.#rouse());
    await client.connect();
    await client.query(`listen "${this.#channel}"`);
    while (!this.#stopped) {
      const { rows } = await client.query<{ mine: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine',
        [this.#channel],
      );
      if (rows[0]?.mine) break;
      this.#woken = false;
      await this.#rest(turnMs);
    }
    while (!this.#stopped && lost === undefined) {
      const more = await this.#batch(client);
      if (!more) await this.#rest(await this.#pauseMs(client));
    }
    if (lost !== undefined) throw lost;
  }

  /** Milliseconds until a held-back topic may be tried again, at most {@link lookMs}. */
  async #pauseMs(client: pg.Client): Promise<number> {
    const { rows } = await client.query<{ ms: number | null }>(
      `select extract(epoch from min(next_at) - clock_timestamp())::float * 1000 as ms
         from ${this.#table} where parked_at is null and attempts > 0`,
    );
    return Math.min(lookMs, Math.max(20, rows[0]?.ms ?? lookMs));
  }

  /** Relays what waits, in order. Resolves to whether there may be more. */
  async #batch(client: pg.Client): Promise<boolean> {
    const { rows } = await client.query<Omit<Row, 'id'> & { id: string }>(
      `select id, topic, payload, attempts, handled_at is not null as handled from ${this.#table} as event
        where parked_at is null and topic not in (
          select topic from ${this.#table} where parked_at is null and attempts > 0 and next_at > now())
        order by id limit ${batchSize}`,
    );
    const held = new Set<string>();
    const gone: number[] = [];
    try {
      for (const { id, ...rest } of rows) {
        if (this.#stopped) break;
        const row: Row = { ...rest, id: Number(id) };
        if (held.has(row.topic)) continue;
        if (!row.handled && !(await this.#handle(client, row))) {
          held.add(row.topic);
          continue;
        }
        const { topic, payload } = row;
        await this.#fanout.publish(`${this.#service}.${topic}`, { id: row.id, topic, payload });
        gone.push(row.id);
      }
    } finally {
      if (gone.length > 0) await client.query(`delete from ${this.#table} where id = any($1)`, [gone]);
    }
    return rows.length > held.size && gone.length > 0;
  }

  async #handle(client: pg.Client, row: Row): Promise<boolean> {
    const handlers = this.#handlers.get(row.topic);
    if (!handlers) return true;
    await client.query('begin');
    try {
      const locked = await client.query(
        `select 1 from ${this.#table} where id = $1 and handled_at is null for update skip locked`,
        [row.id],
      );
      if (locked.rowCount === 0) {
        await client.query('rollback');
        return false;
      }
      const delivery = { id: row.id, topic: row.topic, attempt: row.attempts + 1, db: fromPg(client) };
      for (const handle of handlers) await handle(row.payload as never, delivery);
      await client.query(`update ${this.#table} set handled_at = now() where id = $1`, [row.id]);
      await client.query('commit');
      return true;
    } catch (error) {
      this.#onError(error);
      await client.query('rollback');
      await this.#failed(client, row, error);
      return false;
    }
  }

  async #failed(client: pg.Client, row: Row, error: unknown): Promise<void> {
    const attempts = row.attempts + 1;
    const pauseMs = Math.min(pauseMsMax, 100 * 2 ** attempts);
    await client.query(
      `update ${this.#table} set attempts = $2, last_error = $3, next_at = now() + $4 * interval '1 millisecond',
              parked_at = case when $2 >= ${attemptsMax} then now() end where id = $1`,
      [row.id, attempts, String(error).slice(0, errorLengthMax), pauseMs],
    );
  }
}

import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { Database } from '@parvis/server/database';
import { News } from '../live/news.ts';

/** Milliseconds between two signs of life of a process, and after which one that gave none counts for dead. */
const beatMs = 5_000;
export const deadMs = 15_000;
/** Milliseconds that a person stays here without a screen: a change of page is no absence. */
const lingerMs = 3_000;

type Screen = object;

interface Present {
  /** Each screen, and whether it is in use. */
  readonly screens: Map<Screen, boolean>;
  leaving: NodeJS.Timeout | undefined;
}

const living = `exists (select from notify.process o where o.id = p.process_id
  and o.beat_at > clock_timestamp() - interval '${deadMs} milliseconds')`;

/**
 * Who is at a screen of this house, in whatever process. Each process writes down its own people and gives a sign of
 * life; what a killed one left is taken away by the others.
 */
@Injectable()
export class Here implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #self = randomUUID();
  readonly #logger = new Logger('notify');
  readonly #people = new Map<number, Present>();
  /** What the table is to say of people, null for no row; what failed to be written is written at the next beat. */
  readonly #due = new Map<number, boolean | null>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly news: News,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.#queue(() => this.#beat()), beatMs).unref();
    this.#queue(() => this.#beat());
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    for (const { leaving } of this.#people.values()) clearTimeout(leaving);
    await this.#writing;
    const left = [...this.#people.keys()];
    await this.database.db.query('delete from notify.process where id = $1', [this.#self]).catch(() => []);
    await this.news.present(left);
  }

  /** A screen of a person is open, and in use or not. */
  enter(personId: number, screen: Screen, active: boolean): void {
    const present = this.#people.get(personId) ?? { screens: new Map(), leaving: undefined };
    clearTimeout(present.leaving);
    present.leaving = undefined;
    present.screens.set(screen, active);
    this.#people.set(personId, present);
    this.#note(personId);
  }

  leave(personId: number, screen: Screen): void {
    const present = this.#people.get(personId);
    if (!present?.screens.delete(screen)) return;
    if (present.screens.size > 0) return this.#note(personId);
    present.leaving = setTimeout(() => {
      this.#people.delete(personId);
      this.#note(personId);
    }, lingerMs);
  }

  /** Those of these people who are at a screen and use it, by subject id. */
  async among(db: Db, people: readonly number[]): Promise<number[]> {
    return [...(await this.states(db, people))].filter(([, active]) => active).map(([id]) => id);
  }

  /** Who of these people has a screen open, and whether it is in use. */
  async states(db: Db, people: readonly number[]): Promise<Map<number, boolean>> {
    const rows = await db.query<{ id: number; active: boolean }>(
      `select p.person_id as id, bool_or(p.active) as active from notify.presence p
        where p.person_id = any($1::int[]) and ${living} group by 1`,
      [people],
    );
    return new Map(rows.map(({ id, active }) => [id, active]));
  }

  #note(personId: number): void {
    const present = this.#people.get(personId);
    this.#due.set(personId, present ? [...present.screens.values()].some(Boolean) : null);
    this.#queue(() => this.#write());
  }

  #queue(act: () => Promise<void>): void {
    this.#writing = this.#writing.then(act).catch((error: unknown) => this.#logger.warn(error));
  }

  /** Also takes away what processes left that died. */
  async #beat(): Promise<void> {
    const { db } = this.database;
    const [known] = await db.query(
      `insert into notify.process as old (id) values ($1)
       on conflict (id) do update set beat_at = excluded.beat_at returning xmax <> 0 as known`,
      [this.#self],
    );
    // Another took this process for dead: its people are written down again.
    if ((known as { known: boolean }).known === false) for (const id of this.#people.keys()) this.#note(id);
    const gone = await db.query<{ id: number }>(
      `with dead as (
         select id from notify.process where beat_at <= clock_timestamp() - interval '${deadMs} milliseconds'
          for update skip locked),
       people as (select p.person_id as id from notify.presence p join dead on dead.id = p.process_id),
       buried as (delete from notify.process o using dead where o.id = dead.id returning o.id)
       select distinct people.id from people`,
    );
    await this.news.present(gone.map(({ id }) => id));
    await this.#write();
  }

  async #write(): Promise<void> {
    const due = [...this.#due];
    if (due.length === 0) return;
    this.#due.clear();
    const changed: number[] = [];
    try {
      for (const [id, active] of due) if (await this.#writeOne(id, active)) changed.push(id);
    } catch (error) {
      for (const [id, active] of due) if (!this.#due.has(id)) this.#due.set(id, active);
      throw error;
    }
    await this.news.present(changed);
  }

  /** Resolves to whether that changed anything. */
  async #writeOne(id: number, active: boolean | null): Promise<boolean> {
    const rows =
      active === null
        ? await this.database.db.query(
            'delete from notify.presence where process_id = $1 and person_id = $2 returning person_id',
            [this.#self, id],
          )
        : await this.database.db.query(
            `insert into notify.presence as old (process_id, person_id, active) values ($1, $2, $3)
             on conflict (process_id, person_id) do update set active = excluded.active
              where old.active <> excluded.active returning person_id`,
            [this.#self, id, active],
          );
    return rows.length > 0;
  }
}

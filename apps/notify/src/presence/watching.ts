import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { NotifyHearing } from '@parvis/contract/notify';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { News } from '../live/news.ts';
import { Presences } from './presences.ts';

/** Milliseconds whose comings and goings are told together. */
const windowMs = 100;

/** A screen that shows people. */
export interface Watcher {
  readonly caller: Caller;
  say(hearing: NotifyHearing): void;
}

/** Tells screens about the people whom they show, as long as they may. */
@Injectable()
export class Watching implements OnModuleInit, OnModuleDestroy {
  readonly #watched = new Map<Watcher, readonly string[]>();
  readonly #byPerson = new Map<number, Set<Watcher>>();
  readonly #changed = new Set<number>();
  readonly #logger = new Logger('notify');
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly presences: Presences,
    private readonly news: News,
  ) {}

  onModuleInit(): void {
    this.news.listen({
      inbox: () => undefined,
      present: (people) => this.#later(people),
      missed: () => this.#later([...this.#byPerson.keys()]),
    });
  }

  onModuleDestroy(): void {
    clearTimeout(this.#timer);
  }

  /** From now on this screen shows these people, and no others. */
  async watch(watcher: Watcher, uids: readonly string[]): Promise<void> {
    this.leave(watcher);
    this.#watched.set(watcher, uids);
    const { db } = this.database;
    const people = await this.presences.watchable(db, watcher.caller, uids);
    // A younger wish came meanwhile.
    if (this.#watched.get(watcher) !== uids) return;
    for (const { id } of people) {
      const watchers = this.#byPerson.get(id) ?? new Set();
      this.#byPerson.set(id, watchers.add(watcher));
    }
    watcher.say({ t: 'presence', people: await this.presences.of(db, people) });
  }

  leave(watcher: Watcher): void {
    this.#watched.delete(watcher);
    for (const [id, watchers] of this.#byPerson) {
      watchers.delete(watcher);
      if (watchers.size === 0) this.#byPerson.delete(id);
    }
  }

  #later(people: readonly number[]): void {
    for (const id of people) if (this.#byPerson.has(id)) this.#changed.add(id);
    if (this.#changed.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell().catch((error: unknown) => this.#logger.warn(error));
    }, windowMs);
  }

  async #tell(): Promise<void> {
    const changed = [...this.#changed];
    this.#changed.clear();
    const rows = await this.database.db.query<{ id: number; uid: string }>(
      'select subject_id as id, uid from access.person where subject_id = any($1::int[])',
      [changed],
    );
    const presences = await this.presences.of(this.database.db, rows);
    const told = new Map<Watcher, (typeof presences)[number][]>();
    for (const [at, { id }] of rows.entries()) {
      const presence = presences[at];
      if (presence === undefined) continue;
      for (const watcher of this.#byPerson.get(id) ?? [])
        told.set(watcher, [...(told.get(watcher) ?? []), presence]);
    }
    for (const [watcher, people] of told) watcher.say({ t: 'presence', people });
  }
}

import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import {
  happeningFailed,
  listenForHappenings,
  takeHappenings,
  type Waiting,
} from '@parvis/access/happenings';
import { Database } from '@parvis/server/database';
import { News } from '../live/news.ts';
import { PushService } from '../push/push.service.ts';
import { Audiences, readersIn } from './audience.ts';
import { Tell, type Told } from './tell.ts';

/** Happenings of one transaction, and milliseconds between two looks when nothing wakes us. */
const batchSize = 100;
const lookMs = 5_000;

interface Effect {
  readonly told: readonly Told[];
  /** Subject ids of people whose inbox changed without news. */
  readonly changed: readonly number[];
}

/**
 * Takes what happened out of the table and into the inboxes, in one transaction: each happening has its effect once,
 * also when the process is killed. Several processes share the work. One that fails is tried alone, so that it holds
 * up nothing else.
 */
@Injectable()
export class Hearing implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('notify');
  #stop: (() => Promise<void>) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(
    private readonly database: Database,
    private readonly audiences: Audiences,
    private readonly teller: Tell,
    private readonly news: News,
    private readonly pushes: PushService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#stop = await listenForHappenings(this.database.url, () => this.#wake());
    this.#timer = setInterval(() => this.#wake(), lookMs).unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#stop?.();
    await this.#running;
  }

  #wake(): void {
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#again && !this.#stopped) this.#wake();
    });
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        let more = true;
        while (more && !this.#stopped) more = await this.#batch();
      } catch (error) {
        // The database is away: the next look finds what waits.
        this.#logger.error(error);
      }
    }
  }

  /** Resolves to whether there may be more. */
  async #batch(): Promise<boolean> {
    try {
      return (await this.#take(batchSize)) === batchSize;
    } catch (error) {
      this.#logger.error(error);
    }
    let failing = 0;
    for (;;) {
      let current: number | undefined;
      try {
        if ((await this.#take(1, (id) => (current = id))) === 0) return false;
      } catch (error) {
        // Without one at hand, it is the database that fails.
        if (current === undefined) throw error;
        this.#logger.error(error);
        await happeningFailed(this.database.db, current);
        failing += 1;
        if (failing >= batchSize) return false;
      }
    }
  }

  async #take(limit: number, holding: (id: number) => void = () => undefined): Promise<number> {
    const effects: Effect[] = [];
    const count = await this.database.transaction(async (db) => {
      const waiting = await takeHappenings(db, limit);
      const readers = readersIn(db);
      for (const one of waiting) {
        holding(one.id);
        effects.push(await this.#tell(db, one, readers));
      }
      return waiting.length;
    });
    await this.news.told(effects.flatMap(({ told }) => told));
    await this.news.changed([...new Set(effects.flatMap(({ changed }) => changed))]);
    return count;
  }

  async #tell(db: Db, waiting: Waiting, readers: ReturnType<typeof readersIn>): Promise<Effect> {
    const { happening } = waiting;
    if (happening.what === 'read') return { told: [], changed: await this.teller.read(db, happening.detail) };
    const audience = await this.audiences.of(db, happening, readers);
    const told = await this.teller.tell(db, waiting, audience);
    await this.pushes.send(
      db,
      told.filter(({ push }) => push),
    );
    return { told, changed: [] };
  }
}

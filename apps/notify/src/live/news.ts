import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Fanout } from '@parvis/server/fanout';
import { z } from 'zod';
import type { Told } from '../hear/tell.ts';

const topic = 'notify';
/** People and lines named by one notice, to stay under the fan-out's size. */
const namesPerNotice = 100;

/** What processes of this service tell one another. Any of it may be lost: the tables are the truth. */
const Notice = z.object({
  /** Person, line, and 1 where it may be heard. */
  told: z.array(z.tuple([z.int(), z.uuid(), z.int()])).optional(),
  /** People whose inbox changed without news. */
  changed: z.array(z.int()).optional(),
  /** People who came, went, or say something else of themselves. */
  present: z.array(z.int()).optional(),
});

/** What a process hears of inboxes. `null` for all means that something may have been missed. */
export interface NewsListener {
  inbox(personId: number, fresh: readonly { id: string; alert: boolean }[]): void;
  present(people: readonly number[]): void;
  missed(): void;
}

/** Tells every process whose inbox changed, after the commit. */
@Injectable()
export class News implements OnModuleInit, OnModuleDestroy {
  readonly #listeners = new Set<NewsListener>();
  #stop: (() => Promise<void>) | undefined;

  constructor(private readonly fanout: Fanout) {}

  async onModuleInit(): Promise<void> {
    this.#stop = await this.fanout.subscribe(topic, (notice) => this.#hear(notice));
  }

  async onModuleDestroy(): Promise<void> {
    await this.#stop?.().catch(() => {});
  }

  listen(listener: NewsListener): void {
    this.#listeners.add(listener);
  }

  async told(told: readonly Told[]): Promise<void> {
    for (let from = 0; from < told.length; from += namesPerNotice) {
      const part = told.slice(from, from + namesPerNotice);
      await this.#publish({ told: part.map(({ personId, id, alert }) => [personId, id, alert ? 1 : 0]) });
    }
  }

  async changed(people: readonly number[]): Promise<void> {
    for (let from = 0; from < people.length; from += namesPerNotice)
      await this.#publish({ changed: people.slice(from, from + namesPerNotice) });
  }

  async present(people: readonly number[]): Promise<void> {
    for (let from = 0; from < people.length; from += namesPerNotice)
      await this.#publish({ present: people.slice(from, from + namesPerNotice) });
  }

  /** A notice that is lost costs a screen its moment: it asks when it is looked at again. */
  async #publish(notice: z.input<typeof Notice>): Promise<void> {
    await this.fanout.publish(topic, notice).catch(() => {});
  }

  #hear(notice: unknown): void {
    const parsed = notice === null ? null : Notice.safeParse(notice);
    for (const listener of this.#listeners) {
      if (parsed === null) {
        listener.missed();
        continue;
      }
      if (!parsed.success) continue;
      const byPerson = Map.groupBy(parsed.data.told ?? [], ([personId]) => personId);
      for (const [personId, lines] of byPerson)
        listener.inbox(
          personId,
          lines.map(([, id, alert]) => ({ id, alert: alert === 1 })),
        );
      for (const personId of parsed.data.changed ?? []) listener.inbox(personId, []);
      if (parsed.data.present) listener.present(parsed.data.present);
    }
  }
}

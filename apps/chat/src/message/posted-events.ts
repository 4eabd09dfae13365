import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@parvis/server/database';
import { Outbox } from '@parvis/server/outbox';

/** Milliseconds that messages are gathered into one event. */
const gatherMs = 300;
/** Milliseconds between two looks for what a killed process left untold. */
const sweepMs = 60_000;
/** Channels named by one event. */
const channelsPerEvent = 60;

/** Event `message-posted`: what was added to which channels; the text stays in the log. */
export interface MessagePosted {
  readonly channels: { readonly channelId: string; readonly first: number; readonly last: number }[];
}

/**
 * Tells search, inbox and whoever asks that channels grew. An event per commit would cost more than the commit, so
 * each channel remembers how far it was told; what a killed process did not tell, the next look does. The events of a
 * channel follow one another without a hole and never overlap.
 */
@Injectable()
export class PostedEvents implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #grown = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  #sweep: NodeJS.Timeout | undefined;
  #telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  onApplicationBootstrap(): void {
    this.#later(null);
    this.#sweep = setInterval(() => this.#later(null), sweepMs).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#sweep);
    clearTimeout(this.#timer);
    await this.#telling;
    if (this.#grown.size > 0) await this.#tellGrown();
  }

  /** Notes that these channels have new messages. */
  grew(channelIds: readonly number[]): void {
    for (const id of channelIds) this.#grown.add(id);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#telling = this.#telling.then(() => this.#tellGrown());
    }, gatherMs);
  }

  async #tellGrown(): Promise<void> {
    const ids = [...this.#grown];
    this.#grown.clear();
    await this.#tell(ids).catch(() => {
      // The database is away: the look that comes by itself finds them.
    });
  }

  #later(ids: number[] | null): void {
    this.#telling = this.#telling.then(() => this.#tell(ids).catch(() => {}));
  }

  /** Tells of these channels, or of all. */
  #tell(ids: number[] | null): Promise<void> {
    return this.database.transaction(async (db) => {
      const told = await db.query<{ channelId: string; first: number; last: number }>(
        `with due as (
           select resource_id from chat.channel
            where told_seq < last_seq and ($1::bigint[] is null or resource_id = any($1))
            order by resource_id for no key update)
         update chat.channel c set told_seq = c.last_seq from due where c.resource_id = due.resource_id
         returning c.uid as "channelId", (old.told_seq + 1)::float8 as first, c.last_seq::float8 as last`,
        [ids],
      );
      for (let from = 0; from < told.length; from += channelsPerEvent) {
        const event: MessagePosted = { channels: told.slice(from, from + channelsPerEvent) };
        await this.outbox.add(db, 'message-posted', event);
      }
    });
  }
}

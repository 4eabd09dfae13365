import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@parvis/server/database';
import type { Mention } from '@parvis/contract/chat-entry';
import type { Db } from '@parvis/access/db';
import { Outbox, payloadBytesMax } from '@parvis/server/outbox';

/** Milliseconds that messages are gathered into one event. */
const gatherMs = 300;
/** Milliseconds between two looks for what a killed process left untold. */
const sweepMs = 60_000;
/** Messages read at once, and bytes that an event may have, short of what the outbox takes. */
const readMax = 1_000;
const eventBytesMax = payloadBytesMax - 200;

interface PostedMessage {
  readonly seq: number;
  readonly senderId: string | null;
  readonly threadSeq: number | null;
  readonly mentions: readonly Pick<Mention, 'kind' | 'id'>[];
}
/** A piece of a channel's log, from `first` to `last`; what in it is no new message is not listed. */
interface PostedRange {
  readonly channelId: string;
  readonly first: number;
  readonly last: number;
  readonly messages: readonly PostedMessage[];
}
/** Event `message-posted`: what was added to which channels; the text stays in the log. */
export interface MessagePosted {
  readonly channels: readonly PostedRange[];
}

interface Told {
  readonly id: number;
  readonly channelId: string;
  readonly first: number;
  readonly last: number;
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
      const told = await db.query<Told>(
        `with due as (
           select resource_id from chat.channel
            where told_seq < last_seq and ($1::bigint[] is null or resource_id = any($1))
            order by resource_id for no key update)
         update chat.channel c set told_seq = c.last_seq from due where c.resource_id = due.resource_id
         returning c.resource_id::float8 as id, c.uid as "channelId", (old.told_seq + 1)::float8 as first, c.last_seq::float8 as last`,
        [ids],
      );
      let channels: PostedRange[] = [];
      let bytes = 0;
      for (const one of told) {
        for await (const range of this.#rangesOf(db, one)) {
          const more = Buffer.byteLength(JSON.stringify(range)) + 1;
          if (bytes + more > eventBytesMax && channels.length > 0) {
            await this.outbox.add(db, 'message-posted', { channels } satisfies MessagePosted);
            [channels, bytes] = [[], 0];
          }
          channels.push(range);
          bytes += more;
        }
      }
      if (channels.length > 0)
        await this.outbox.add(db, 'message-posted', { channels } satisfies MessagePosted);
    });
  }

  /** What was added to a channel, in pieces that an event can carry. */
  async *#rangesOf(db: Db, { id, channelId, first, last }: Told): AsyncGenerator<PostedRange> {
    let from = first;
    let messages: PostedMessage[] = [];
    let bytes = 0;
    for (let after = first - 1; after < last; ) {
      const page = await db.query<PostedMessage>(
        `select m.seq::float8 as seq, p.uid as "senderId", m.thread_seq::float8 as "threadSeq",
            coalesce(jsonb_path_query_array(m.content, '$.mentions[*]'), '[]') as mentions
           from chat.message m left join access.person p on p.subject_id = m.sender_id
          where m.channel_id = $1 and m.seq > $2 and m.seq <= $3 and m.kind = 'message' order by m.seq limit ${readMax}`,
        [id, after, last],
      );
      for (const row of page) {
        const mentions = row.mentions.map(({ kind, id: of }) => ({ kind, id: of }));
        const more = Buffer.byteLength(JSON.stringify({ ...row, mentions })) + 1;
        // Half of an event at most: a piece of one channel does not push out another's.
        if (bytes + more > eventBytesMax / 2 && messages.length > 0) {
          yield { channelId, first: from, last: row.seq - 1, messages };
          [from, messages, bytes] = [row.seq, [], 0];
        }
        messages.push({ ...row, mentions });
        bytes += more;
      }
      after = page.length < readMax ? last : (page.at(-1)?.seq ?? last);
    }
    yield { channelId, first: from, last, messages };
  }
}

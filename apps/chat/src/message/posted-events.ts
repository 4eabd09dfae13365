import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@parvis/server/database';
import type { Mention } from '@parvis/contract/chat-entry';
import { Outbox, payloadBytesMax } from '@parvis/server/outbox';

/** Milliseconds that messages are gathered into one event. */
const gatherMs = 300;
/** Milliseconds between two looks for what a killed process left untold. */
const sweepMs = 60_000;
/** Channels, and messages of each, that are told in one go. */
const channelsMax = 500;
const messagesPerChannelMax = 500;
/** Goes before the rest is left to the next time. */
const attemptsMax = 20;
/** Bytes that an event may have, short of what the outbox takes. */
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
type Due = Told & { readonly messages: readonly PostedMessage[] };

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

  /** Tells of these channels, or of all. Another process that told meanwhile is no harm: what is left is told again. */
  async #tell(ids: number[] | null): Promise<void> {
    for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
      const ranges = await this.#due(ids);
      if (ranges.length === 0) return;
      const isTold = await this.#write(ranges);
      const isCut =
        ranges.length === channelsMax ||
        ranges.some(({ messages }) => messages.length === messagesPerChannelMax);
      if (isTold && !isCut) return;
    }
    for (const id of ids ?? []) this.#grown.add(id);
  }

  /** What is to be told, read without holding anything: sends go on meanwhile. */
  async #due(ids: number[] | null): Promise<Due[]> {
    const { db } = this.database;
    const due = await db.query<Told>(
      `select resource_id::float8 as id, uid as "channelId", (told_seq + 1)::float8 as first, last_seq::float8 as last
         from chat.channel where told_seq < last_seq and ($1::bigint[] is null or resource_id = any($1))
        order by resource_id limit ${channelsMax}`,
      [ids],
    );
    if (due.length === 0) return [];
    const rows = await db.query<PostedMessage & { id: number }>(
      `select g.id::float8 as id, m.seq::float8 as seq, p.uid as "senderId", m.thread_seq::float8 as "threadSeq",
          coalesce(jsonb_path_query_array(m.content, '$.mentions[*]'), '[]') as mentions
         from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as g(id, first, last)
        cross join lateral (
          select * from chat.message x where x.channel_id = g.id and x.seq between g.first and g.last and x.kind = 'message'
           order by x.seq limit ${messagesPerChannelMax}) m
         left join access.person p on p.subject_id = m.sender_id order by 1, 2`,
      [due.map(({ id }) => id), due.map(({ first }) => first), due.map(({ last }) => last)],
    );
    const byChannel = Map.groupBy(rows, ({ id }) => id);
    return due.map((one) => {
      const messages = (byChannel.get(one.id) ?? []).map(({ seq, senderId, threadSeq, mentions }) => ({
        seq,
        senderId,
        threadSeq,
        mentions: mentions.map(({ kind, id }) => ({ kind, id })),
      }));
      const isCut = messages.length === messagesPerChannelMax;
      return { ...one, messages, last: isCut ? (messages.at(-1)?.seq ?? one.last) : one.last };
    });
  }

  /** The events first and the channels' rows last, so that these are held for the commit only. */
  async #write(ranges: readonly Due[]): Promise<boolean> {
    try {
      await this.database.transaction(async (db) => {
        for (const event of eventsOf(ranges)) await this.outbox.add(db, 'message-posted', event);
        const told = await db.query(
          `with due as (
             select c.resource_id, g.last from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as g(id, first, last)
               join chat.channel c on c.resource_id = g.id where c.told_seq = g.first - 1
              order by c.resource_id for no key update of c)
           update chat.channel c set told_seq = due.last from due where c.resource_id = due.resource_id
           returning c.resource_id`,
          [ranges.map(({ id }) => id), ranges.map(({ first }) => first), ranges.map(({ last }) => last)],
        );
        if (told.length < ranges.length) throw new Overtaken();
      });
      return true;
    } catch (error) {
      if (error instanceof Overtaken) return false;
      throw error;
    }
  }
}

/** Another process told of one of these channels in between. */
class Overtaken extends Error {}

/** Cuts what was added into events that the outbox takes, in order and without a hole. */
function* eventsOf(ranges: readonly Due[]): Generator<MessagePosted> {
  let channels: PostedRange[] = [];
  let bytes = 0;
  for (const range of ranges.flatMap((one) => [...piecesOf(one)])) {
    const more = bytesOf(range);
    if (bytes + more > eventBytesMax && channels.length > 0) {
      yield { channels };
      [channels, bytes] = [[], 0];
    }
    channels.push(range);
    bytes += more;
  }
  if (channels.length > 0) yield { channels };
}

/** A channel's range in pieces of half an event at most. */
function* piecesOf({ channelId, first, last, messages: all }: Due): Generator<PostedRange> {
  let from = first;
  let messages: PostedMessage[] = [];
  let bytes = 0;
  for (const message of all) {
    const more = bytesOf(message);
    if (bytes + more > eventBytesMax / 2 && messages.length > 0) {
      yield { channelId, first: from, last: message.seq - 1, messages };
      [from, messages, bytes] = [message.seq, [], 0];
    }
    messages.push(message);
    bytes += more;
  }
  yield { channelId, first: from, last, messages };
}

const bytesOf = (one: object) => Buffer.byteLength(JSON.stringify(one)) + 1;

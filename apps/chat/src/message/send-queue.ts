import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { touch } from '@parvis/access/tree';
import type { Message } from '@parvis/contract/chat-entry';
import { messageBurstSizeMax, messagesPerMinuteMax } from '@parvis/contract/limits';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { Refused, refusalOf } from '@parvis/server/refused';
import { Following } from '../live/following.ts';
import { Notices } from '../live/notices.ts';
import type { Right } from '../live/rights.ts';
import { type Line, lineOf } from '../live/room.ts';
import { Growth, nameOf } from './growth.ts';
import { Lanes } from './lanes.ts';
import { Pace } from './pace.ts';
import { plainState } from './message-state.ts';
import { MessageLog } from './message.log.ts';
import { isOutage } from './outage.ts';
import { PostedEvents } from './posted-events.ts';
import { type Prepared, SendContent } from './send-content.ts';
import { type Send, type SendResult, SendRules } from './send-rules.ts';

/** Sends whose right is asked for at once. */
const askedMax = 512;
/** Messages that wait at most; past it senders are told to come again. */
const waitingMax = 20_000;
/** Milliseconds that sends wait for a database that went away before they are refused as `unavailable`. */
const outageMsMax = 10_000;
const outageRetryMs = 150;
/** Milliseconds after which a commit is late, and messages that are a crowd: then nobody waits for its end to be asked for. */
const lateMs = 25;
const crowdMin = 128;
/** Milliseconds between two notes that a channel is alive, for the lists of what is newest. */
const touchMs = 10_000;
const touchedMax = 10_000;

interface Stored {
  /** Which of the batch, from 1. */
  readonly place: number;
  readonly seq: number;
  readonly nr: number;
  readonly at: Date;
  readonly fresh: boolean;
  readonly same: boolean;
}

/** What a channel gained: encoded here when it is nothing but text. */
interface Grown {
  readonly right: Right;
  readonly lines: Line[];
  plain: boolean;
}

/** Resolves when every socket that has something to say was listened to: a crowd that speaks at once shares a commit. */
const heard = () => new Promise<void>((resolve) => setImmediate(resolve));
const sendsOf = (batch: readonly Prepared[]) => batch.map(({ send }) => send);

/**
 * Stores what people send. What comes is first asked whether it may, then stored; one commit is under way for a
 * channel, and what became ready meanwhile goes into the next one, so a lone message waits for one commit and a crowd
 * shares it. Nobody is answered and nothing is shown before the commit.
 */
@Injectable()
export class SendQueue implements OnModuleDestroy {
  readonly #waiting: Send[] = [];
  readonly #ready = new Lanes();
  /** Commits under way, and when each began. */
  readonly #storing = new Map<Promise<void>, number>();
  readonly #touched = new Map<number, number>();
  #asking: Promise<void> | null = null;
  #stopped = false;
  readonly #pace = new Pace(messagesPerMinuteMax, messageBurstSizeMax);

  constructor(
    private readonly database: Database,
    private readonly posted: PostedEvents,
    private readonly rules: SendRules,
    private readonly contents: SendContent,
    private readonly log: MessageLog,
    private readonly following: Following,
    private readonly notices: Notices,
    private readonly shows: Growth,
  ) {}

  /** Answers through `send.done`, in the order of sending for one channel. */
  push(send: Send): void {
    if (!this.#pace.take(send.caller.id)) {
      send.done({ refused: new Refused(429, 'too-many-requests') });
      return;
    }
    if (this.#stopped || this.#waiting.length + this.#ready.size >= waitingMax) {
      send.done({ refused: Refused.unavailable() });
      return;
    }
    this.#waiting.push(send);
    this.#asking ??= this.#askAll();
  }

  /** @throws Refused */
  async post(given: Omit<Send, 'done'>): Promise<Message> {
    const result = await new Promise<SendResult>((done) => this.push({ ...given, done }));
    if ('refused' in result) throw result.refused;
    const { seq, right, message } = result;
    const known = message ?? (await this.log.states(nameOf(right), [seq]))[0];
    if (!known) throw Refused.notFound();
    return known;
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    await this.#asking;
    // What ends begins what waited for it.
    while (this.#storing.size > 0) await Promise.all(this.#storing.keys());
  }

  async #askAll(): Promise<void> {
    await heard();
    while (this.#waiting.length > 0) {
      await this.#turn();
      const batch = this.#waiting.splice(0, askedMax);
      try {
        const allowed = await this.#lasting(() => this.rules.allow(batch));
        this.#ready.add(await this.#lasting(() => this.contents.prepare(allowed)));
      } catch (error) {
        this.#refuse(batch, error);
      }
      this.#storeReady();
    }
    this.#asking = null;
  }

  /**
   * A question costs many times what one more message in it does. So those who come during a commit of their channel are
   * asked for together when it ends, and by the same word with the database that comes before what it stored is shown.
   * Whose channel is free is asked for at once: the next commit can begin beside the others.
   */
  async #turn(): Promise<void> {
    const from = performance.now() - lateMs;
    const ends = [...this.#storing].flatMap(([end, at]) => (at > from ? [end] : []));
    if (ends.length === 0 || this.#waiting.length >= crowdMin) return;
    if (this.#waiting.some(({ channelUid }) => !this.#ready.isBusy(channelUid))) return;
    let late: NodeJS.Timeout | undefined;
    const waited = new Promise<void>((resolve) => (late = setTimeout(resolve, lateMs)));
    await Promise.race([waited, ...ends]);
    clearTimeout(late);
  }

  #storeReady(): void {
    for (let batch = this.#ready.take(); batch.length > 0; batch = this.#ready.take()) {
      const storing = this.#flush(batch)
        .catch((error: unknown) => this.#refuse(sendsOf(batch), error))
        .finally(() => {
          this.#ready.done(batch);
          this.#storing.delete(storing);
          this.#storeReady();
        });
      this.#storing.set(storing, performance.now());
    }
  }

  async #flush(batch: Prepared[]): Promise<void> {
    let stored: Stored[];
    try {
      stored = await this.#lasting(() => this.#store(batch));
    } catch (error) {
      if (batch.length === 1 || refusalOf(error)) throw error;
      // One of them is not storable: the others must not pay for it.
      for (const one of batch) await this.#alone(one);
      return;
    }
    this.#answer(batch, stored);
  }

  async #alone(one: Prepared): Promise<void> {
    try {
      this.#answer([one], await this.#store([one]));
    } catch (error) {
      this.#refuse([one.send], error);
    }
  }

  #refuse(sends: readonly Send[], error: unknown): void {
    const refused = refusalOf(error) ?? new Refused(500, 'internal');
    for (const send of sends) send.done({ refused });
  }

  /** Tries again while the database is away, as long as senders can be asked to wait. @throws Refused `unavailable` */
  async #lasting<T>(act: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + outageMsMax;
    for (;;) {
      try {
        return await act();
      } catch (error) {
        if (!isOutage(error)) throw error;
        if (Date.now() > deadline || this.#stopped) throw Refused.unavailable();
        await new Promise((resolve) => setTimeout(resolve, outageRetryMs));
      }
    }
  }

  #store(prepared: Prepared[]): Promise<Stored[]> {
    return this.database.often.query<Stored>(
      `select place, seq::float8 as seq, nr::float8 as nr, at, fresh, same
         from chat.store_entries($1::bigint[], $2::int[], $3::uuid[], $4::text[], $5::bigint[], $6::boolean[], $7::jsonb[])`,
      [
        prepared.map(({ right }) => right.channelId),
        prepared.map(({ send }) => send.caller.id),
        prepared.map(({ send }) => send.clientId),
        prepared.map(({ send }) => send.body),
        prepared.map(({ send }) => send.threadSeq ?? null),
        prepared.map(({ send }) => send.threadSeq !== undefined && send.inChannel !== true),
        prepared.map(({ content }) => (content === null ? null : JSON.stringify(content))),
      ],
    );
  }

  /** After the commit: the senders first, then everybody else. */
  #answer(prepared: Prepared[], stored: Stored[]): void {
    const results = new Map(stored.map((row) => [row.place, row]));
    const grown = new Map<string, Grown>();
    prepared.forEach((one, index) => {
      const { send, right } = one;
      const row = results.get(index + 1);
      if (!row) {
        const code = send.threadSeq === undefined ? 'not-found' : 'no-such-thread';
        return send.done({ refused: new Refused(404, code) });
      }
      if (!row.same) return send.done({ refused: Refused.conflict('client-id-reused') });
      const plain = row.fresh && send.threadSeq === undefined && one.content === null;
      const message = plain
        ? plainState(right.channelUid, presentPerson(send.caller), { ...send, ...row })
        : null;
      send.done({ seq: row.seq, right, message });
      if (!row.fresh) return;
      const of = grown.get(right.channelUid) ?? { right, lines: [], plain: true };
      if (message === null) of.plain = false;
      else {
        const { seq, at, sender: by } = message;
        of.lines.push(lineOf({ nr: row.nr, entry: { seq, at, by, kind: 'message', message } }));
      }
      grown.set(right.channelUid, of);
    });
    for (const { right, lines, plain } of grown.values()) if (plain) this.#show(right, lines);
    const others = [...grown.values()].flatMap(({ right, plain }) => (plain ? [] : [right]));
    if (others.length > 0) void this.shows.grew(others);
    const ids = [...grown.values()].map(({ right }) => right.channelId);
    this.posted.grew(ids);
    this.#touch(ids);
  }

  #show(right: Right, lines: Line[]): void {
    lines.sort((a, b) => a.seq - b.seq);
    this.following.stored(right.channelUid, lines);
    this.notices.head(right.channelUid, lines.at(-1) as Line);
  }

  #touch(channelIds: number[]): void {
    const now = Date.now();
    const due = channelIds.filter((id) => now - (this.#touched.get(id) ?? 0) > touchMs);
    if (due.length === 0) return;
    if (this.#touched.size > touchedMax) this.#touched.clear();
    for (const id of due) this.#touched.set(id, now);
    // Only the order of lists depends on it: the next message tries again.
    touch(this.database.db, due).catch(() => {
      for (const id of due) this.#touched.delete(id);
    });
  }
}

import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { touch } from '@parvis/access/tree';
import { atLeast } from '@parvis/access/roles';
import type { Message } from '@parvis/contract/chat';
import type { Caller } from '@parvis/server/caller';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { Refused, refusalOf } from '@parvis/server/refused';
import { Following } from '../live/following.ts';
import { Notices } from '../live/notices.ts';
import { type Right, Rights } from '../live/rights.ts';
import { isOutage } from './outage.ts';
import { PostedEvents } from './posted-events.ts';

/** Messages and characters that one commit takes at most. */
const flushMessagesMax = 512;
const flushCharactersMax = 1_000_000;
/** Messages that wait at most; past it senders are told to come again. */
const waitingMax = 20_000;
/** Milliseconds that sends wait for a database that went away before they are refused as `unavailable`. */
const outageMsMax = 10_000;
const outageRetryMs = 150;
/** Milliseconds between two notes that a channel is alive, for the lists of what is newest. */
const touchMs = 10_000;
const touchedMax = 10_000;

/** What became of a send: a message (the old one if it had been stored before), or why not. */
export type SendResult = { message: Message } | { refused: Refused };

export interface Send {
  readonly caller: Caller;
  readonly channelUid: string;
  readonly clientId: string;
  readonly body: string;
  /** Called once, after the commit. */
  readonly done: (result: SendResult) => void;
}

interface Stored {
  readonly nr: number;
  readonly seq: number;
  readonly at: Date;
  readonly fresh: boolean;
  readonly same: boolean;
}

type Allowed = { readonly send: Send; readonly right: Right };

const keyOf = (send: Send) => `${send.caller.id} ${send.clientId}`;

/** Why the holder of this right may not write in its channel, or null. */
function refusalFor(right: Right | undefined): Refused | null {
  if (right === undefined) return Refused.notFound();
  if (right.archived) return Refused.conflict('channel-archived');
  if (right.channelKind === 'announcements') {
    return atLeast(right.role, 'manager') ? null : Refused.notAllowed('read-only-channel');
  }
  return atLeast(right.role, 'commenter') ? null : Refused.notAllowed();
}

function messageOf({ send, right }: Allowed, stored: Stored): Message {
  return {
    channelId: right.channelUid,
    seq: stored.seq,
    clientId: send.clientId,
    sender: presentPerson(send.caller),
    body: send.body,
    at: stored.at.toISOString(),
  };
}

/**
 * Stores what people send. One commit is under way at a time; what comes meanwhile goes into the next one, so a lone
 * message waits for one commit and a crowd shares it. Nobody is answered and nothing is shown before the commit.
 */
@Injectable()
export class SendQueue implements OnModuleDestroy {
  readonly #waiting: Send[] = [];
  readonly #touched = new Map<number, number>();
  #flushing: Promise<void> | null = null;
  #stopped = false;

  constructor(
    private readonly database: Database,
    private readonly posted: PostedEvents,
    private readonly changes: AccessChanges,
    private readonly rights: Rights,
    private readonly following: Following,
    private readonly notices: Notices,
  ) {}

  /** Answers through `send.done`, in the order of sending for one channel. */
  push(send: Send): void {
    if (this.#stopped || this.#waiting.length >= waitingMax) {
      send.done({ refused: Refused.unavailable() });
      return;
    }
    this.#waiting.push(send);
    this.#flushing ??= Promise.resolve().then(() => this.#run());
  }

  /** @throws Refused */
  post(caller: Caller, channelUid: string, clientId: string, body: string): Promise<Message> {
    return new Promise((resolve, reject) => {
      const done = (result: SendResult) =>
        'message' in result ? resolve(result.message) : reject(result.refused);
      this.push({ caller, channelUid, clientId, body, done });
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    await this.#flushing;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      await this.#flush(batch).catch((error: unknown) => {
        const refused = refusalOf(error) ?? new Refused(500, 'internal');
        for (const send of batch) send.done({ refused });
      });
    }
    this.#flushing = null;
  }

  /** The next batch; a second send with the same client id waits for the one after, where the first is known. */
  #take(): Send[] {
    const keys = new Set<string>();
    let characters = 0;
    let count = 0;
    for (const send of this.#waiting) {
      if (
        count >= flushMessagesMax ||
        (count > 0 && characters > flushCharactersMax) ||
        keys.has(keyOf(send))
      )
        break;
      keys.add(keyOf(send));
      characters += send.body.length;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #flush(batch: Send[]): Promise<void> {
    const allowed = await this.#lasting(() => this.#allow(batch));
    if (allowed.length === 0) return;
    let stored: Stored[];
    try {
      stored = await this.#lasting(() => this.#store(allowed));
    } catch (error) {
      if (allowed.length === 1 || refusalOf(error)) return this.#refuse(allowed, error);
      // One of them is not storable: the others must not pay for it.
      for (const one of allowed) await this.#alone(one);
      return;
    }
    this.#answer(allowed, stored);
  }

  async #alone(one: Allowed): Promise<void> {
    try {
      this.#answer([one], await this.#store([one]));
    } catch (error) {
      this.#refuse([one], error);
    }
  }

  #refuse(allowed: Allowed[], error: unknown): void {
    const refused = refusalOf(error) ?? new Refused(500, 'internal');
    for (const { send } of allowed) send.done({ refused });
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

  /** Answers those who may not send, and gives the others with the right they hold now. */
  async #allow(batch: Send[]): Promise<Allowed[]> {
    await this.changes.settled();
    const missing = new Map<number, { caller: Caller; uids: Set<string> }>();
    for (const { caller, channelUid } of batch) {
      if (this.rights.peek(caller.id, channelUid)) continue;
      const of = missing.get(caller.id) ?? { caller, uids: new Set<string>() };
      of.uids.add(channelUid);
      missing.set(caller.id, of);
    }
    const asked = new Map<string, Right>();
    for (const { caller, uids } of missing.values()) {
      for (const [uid, right] of await this.rights.of(caller, [...uids]))
        asked.set(`${caller.id} ${uid}`, right);
    }
    const allowed: Allowed[] = [];
    const refusals: [Send, Refused][] = [];
    for (const send of batch) {
      const right =
        asked.get(`${send.caller.id} ${send.channelUid}`) ??
        this.rights.peek(send.caller.id, send.channelUid);
      const refused = refusalFor(right);
      if (refused) refusals.push([send, refused]);
      else allowed.push({ send, right: right as Right });
    }
    for (const [send, refused] of refusals) send.done({ refused });
    return allowed;
  }

  #store(allowed: Allowed[]): Promise<Stored[]> {
    return this.database.db.query<Stored>(
      `select nr, seq::float8 as seq, at, fresh, same
         from chat.store($1::bigint[], $2::int[], $3::uuid[], $4::text[])`,
      [
        allowed.map(({ right }) => right.channelId),
        allowed.map(({ send }) => send.caller.id),
        allowed.map(({ send }) => send.clientId),
        allowed.map(({ send }) => send.body),
      ],
    );
  }

  /** After the commit: the senders first, then everybody else. */
  #answer(allowed: Allowed[], stored: Stored[]): void {
    const results = new Map(stored.map((row) => [row.nr, row]));
    const shown = new Map<string, { right: Right; messages: Message[] }>();
    allowed.forEach((one, index) => {
      const row = results.get(index + 1);
      if (!row) return one.send.done({ refused: Refused.notFound() });
      if (!row.same) return one.send.done({ refused: Refused.conflict('client-id-reused') });
      const message = messageOf(one, row);
      one.send.done({ message });
      if (!row.fresh) return;
      const of = shown.get(message.channelId) ?? { right: one.right, messages: [] };
      of.messages.push(message);
      shown.set(message.channelId, of);
    });
    for (const { right, messages } of shown.values()) {
      messages.sort((a, b) => a.seq - b.seq);
      const last = (messages.at(-1) as Message).seq;
      this.following.stored(right.channelUid, messages);
      this.notices.head(right.channelUid, (messages[0] as Message).seq, last);
    }
    const grown = [...shown.values()].map(({ right }) => right.channelId);
    this.posted.grew(grown);
    this.#touch(grown);
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

import { Injectable } from '@nestjs/common';
import type { AccessChange } from '@parvis/access/notify';
import { roles } from '@parvis/access/read';
import { atLeast, type Role } from '@parvis/access/roles';
import { scopeOf } from '@parvis/access/scope';
import { isSilenced } from '@parvis/access/silences';
import type { ChannelKind } from '@parvis/contract/chat-place';
import type { Caller } from '@parvis/server/caller';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';

/** Milliseconds after which a right is asked for again in any case. */
const rightMsMax = 60_000;
/** Rights kept in memory; past it they are all forgotten and asked for again. */
const rightsMax = 200_000;
/** Times a question is put again because an answer was overtaken by a change. */
const asksMax = 20;

/** What one person may do in one channel, as long as `stands` says so. */
export interface Right {
  readonly personId: number;
  /** The channel's id inside the database. */
  readonly channelId: number;
  readonly channelUid: string;
  readonly channelKind: ChannelKind;
  readonly role: Role;
  /** Nobody writes in it any more. */
  readonly archived: boolean;
  /** Seconds between two messages of one person who does not manage the channel; 0 is no such rule. */
  readonly slowSeconds: number;
  /** Somebody took their words in it for as long as a meeting lasts; managers keep theirs. */
  readonly silenced: boolean;
  readonly until: number;
  dropped: boolean;
}

export function stands(right: Right): boolean {
  return !right.dropped && right.until > Date.now();
}

/** What is set for a channel; a change of it is told as a change of access, so that it counts at once. */
interface ChannelRule {
  readonly id: number;
  readonly uid: string;
  readonly kind: ChannelKind;
  readonly archived: boolean;
  readonly slowSeconds: number;
  readonly silenced: boolean;
}

interface Question {
  readonly personId: number;
  readonly uids: ReadonlySet<string>;
  overtaken: boolean;
}

/** Remembers rights from the moment they were read until a change of access may have made them untrue. */
@Injectable()
export class Rights {
  readonly #database: Database;
  readonly #byPerson = new Map<number, Map<string, Right>>();
  readonly #byChannel = new Map<string, Set<Right>>();
  readonly #questions = new Set<Question>();
  readonly #listeners: ((people: ReadonlySet<number>) => void)[] = [];
  #size = 0;

  constructor(database: Database, changes: AccessChanges) {
    this.#database = database;
    changes.on((change) => this.#drop(change));
    // What happens from then on is not heard: nothing that was known counts any more.
    changes.onLost(() => this.#drop({ all: true }));
  }

  /** Calls `hear` with the people of whom a right was dropped, right after; ask again for those who need it. */
  onDropped(hear: (people: ReadonlySet<number>) => void): void {
    this.#listeners.push(hear);
  }

  /** The right if it is known to stand. */
  peek(personId: number, channelUid: string): Right | undefined {
    const right = this.#byPerson.get(personId)?.get(channelUid);
    return right !== undefined && stands(right) ? right : undefined;
  }

  /**
   * The rights of a person on channels, by channel uid. Those that the person may not see are left out, and so are
   * those that do not exist. What is remembered only counts if it stands until `until` (milliseconds since 1970).
   */
  async of(caller: Caller, uids: readonly string[], until = 0): Promise<Map<string, Right>> {
    const found = new Map<string, Right>();
    const unknown: string[] = [];
    for (const uid of uids) {
      const right = this.peek(caller.id, uid);
      if (right && right.until > until) found.set(uid, right);
      else unknown.push(uid);
    }
    if (unknown.length === 0) return found;
    for (const right of await this.#ask(caller, unknown)) found.set(right.channelUid, right);
    return found;
  }

  async #ask(caller: Caller, uids: string[]): Promise<Right[]> {
    for (let asked = 0; asked < asksMax; asked += 1) {
      const question: Question = { personId: caller.id, uids: new Set(uids), overtaken: false };
      this.#questions.add(question);
      try {
        const { db } = this.#database;
        // Some rights end by the clock, of which nobody tells.
        const { validUntil } = await scopeOf(db, caller);
        const until = Math.min(Date.now() + rightMsMax, validUntil?.getTime() ?? Number.POSITIVE_INFINITY);
        const known = await roles(db, caller, uids);
        const channels = await db.query<ChannelRule>(
          `select resource_id::float8 as id, uid, kind, archived_at is not null as archived,
              slow_seconds as "slowSeconds", ${isSilenced('c.resource_id', '$2::int')} as silenced
             from chat.channel c where uid = any($1::uuid[])`,
          [[...known.keys()], caller.id],
        );
        if (question.overtaken) continue;
        return channels.map(({ id, uid, kind, archived, slowSeconds, silenced }) =>
          this.#remember({
            personId: caller.id,
            channelId: id,
            channelUid: uid,
            channelKind: kind,
            role: known.get(uid) as Role,
            archived,
            slowSeconds,
            silenced: silenced && !atLeast(known.get(uid) ?? null, 'manager'),
            until,
            dropped: false,
          }),
        );
      } finally {
        this.#questions.delete(question);
      }
    }
    throw Refused.unavailable();
  }

  #remember(right: Right): Right {
    if (this.#size >= rightsMax) this.#drop({ all: true });
    const old = this.#byPerson.get(right.personId)?.get(right.channelUid);
    if (old) this.#remove(old);
    let mine = this.#byPerson.get(right.personId);
    if (!mine) this.#byPerson.set(right.personId, (mine = new Map()));
    mine.set(right.channelUid, right);
    let here = this.#byChannel.get(right.channelUid);
    if (!here) this.#byChannel.set(right.channelUid, (here = new Set()));
    here.add(right);
    this.#size += 1;
    return right;
  }

  #remove(right: Right): void {
    right.dropped = true;
    const mine = this.#byPerson.get(right.personId);
    if (mine?.get(right.channelUid) !== right) return;
    mine.delete(right.channelUid);
    if (mine.size === 0) this.#byPerson.delete(right.personId);
    const here = this.#byChannel.get(right.channelUid);
    here?.delete(right);
    if (here?.size === 0) this.#byChannel.delete(right.channelUid);
    this.#size -= 1;
  }

  #drop(change: AccessChange): void {
    const people = new Set(change.subjects ?? []);
    const channels = new Set(change.resources ?? []);
    for (const question of this.#questions) {
      const named = [...question.uids].some((uid) => channels.has(uid));
      if (change.all || named || people.has(question.personId)) question.overtaken = true;
    }
    const gone: Right[] = [];
    if (change.all) for (const mine of this.#byPerson.values()) gone.push(...mine.values());
    for (const person of people) gone.push(...(this.#byPerson.get(person)?.values() ?? []));
    for (const channel of channels) gone.push(...(this.#byChannel.get(channel) ?? []));
    for (const right of gone) this.#remove(right);
    if (gone.length === 0) return;
    const told = new Set(gone.map((right) => right.personId));
    for (const hear of this.#listeners) hear(told);
  }
}

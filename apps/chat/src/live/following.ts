import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { AccessChange } from '@parvis/access/notify';
import { peopleByIds } from '@parvis/access/people';
import type { ThreadPlace } from '@parvis/contract/chat-thread';
import type { ChatHearing } from '@parvis/contract/chat';
import type { Person } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { type Head, MessageLog } from '../message/message.log.ts';
import { Rights, stands } from './rights.ts';
import { type Line, Room } from './room.ts';
import type { Followed, Session } from './session.ts';
import { Showing } from './showing.ts';

/** Milliseconds between two looks at heads (a notice may be lost) and at rights that ended by the clock. */
const lookMs = 3_000;

/** Who follows what in this process, and whether they still may. */
@Injectable()
export class Following implements OnModuleInit, OnModuleDestroy {
  readonly #rooms = new Map<string, Room>();
  readonly #sessions = new Map<number, Set<Session>>();
  readonly #rechecking = new Set<number>();
  readonly #again = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(
    private readonly database: Database,
    private readonly log: MessageLog,
    private readonly changes: AccessChanges,
    private readonly rights: Rights,
    private readonly showing: Showing,
  ) {}

  onModuleInit(): void {
    this.rights.onDropped((people) => {
      for (const person of people) void this.#recheck(person);
    });
    this.showing.onDoubt((person) => void this.#recheck(person));
    this.changes.on((change) => this.#endSessions(change));
    this.#timer = setInterval(() => this.#look(), lookMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  enter(session: Session): void {
    const mine = this.#sessions.get(session.caller.id) ?? new Set();
    mine.add(session);
    this.#sessions.set(session.caller.id, mine);
  }

  leave(session: Session): void {
    session.open = false;
    for (const uid of session.followed.keys()) this.unfollow(session, uid);
    const mine = this.#sessions.get(session.caller.id);
    mine?.delete(session);
    if (mine?.size === 0) this.#sessions.delete(session.caller.id);
  }

  unfollow(session: Session, uid: string): void {
    const followed = session.followed.get(uid);
    if (followed) this.#forget(followed);
  }

  #forget(followed: Followed): void {
    const { session, room } = followed;
    followed.left = true;
    if (session.followed.get(room.uid) === followed) session.followed.delete(room.uid);
    room.followers.delete(followed);
    if (room.followers.size === 0 && this.#rooms.get(room.uid) === room) this.#rooms.delete(room.uid);
  }

  /**
   * Follows channels from a position. Those that the person may not see are refused like those that do not exist. The
   * socket is among the followers before the log is read: nothing falls between.
   */
  async follow(session: Session, wanted: readonly { id: string; after: number }[]): Promise<void> {
    const rights = await this.rights.of(
      session.caller,
      wanted.map(({ id }) => id),
    );
    const begun: { followed: Followed; after: number }[] = [];
    for (const { id: uid, after } of wanted) {
      const right = rights.get(uid);
      this.unfollow(session, uid);
      if (!session.open) return;
      if (!right) {
        session.say({ t: 'refused', code: 'not-found', channelId: uid });
        continue;
      }
      const room = this.#rooms.get(uid) ?? new Room(right.channelId, uid);
      this.#rooms.set(uid, room);
      const followed: Followed = {
        session,
        room,
        right,
        sent: after,
        live: false,
        filling: true,
        left: false,
      };
      room.followers.add(followed);
      session.followed.set(uid, followed);
      begun.push({ followed, after });
    }
    if (begun.length > 0) await this.#begin(begun);
  }

  async #begin(begun: readonly { followed: Followed; after: number }[]): Promise<void> {
    let heads: Map<number, Head>;
    try {
      heads = await this.log.heads(begun.map(({ followed }) => followed.room.id));
    } catch (error) {
      for (const { followed } of begun) this.#forget(followed);
      throw error;
    }
    for (const { followed, after } of begun) {
      const head = heads.get(followed.room.id) ?? { seq: 0, nr: 0 };
      this.showing.learn(followed.room, head);
      followed.filling = false;
      // A position that does not exist comes from a database that was set back.
      if (after > head.seq && followed.sent > followed.room.known) this.showing.reset(followed);
      if (stands(followed.right)) void this.showing.fill(followed);
      else void this.#recheck(followed.session.caller.id);
    }
  }

  /** Entries that this process committed: shown to those who follow. */
  stored(uid: string, lines: readonly Line[]): void {
    const room = this.#rooms.get(uid);
    if (!room) return;
    room.add(lines);
    void this.showing.pump(room);
  }

  /** It was committed up to here, by another process or by this one: what is not known yet is read from the table. */
  grew(uid: string, head: Head): void {
    const room = this.#rooms.get(uid);
    if (!room || room.known >= head.seq) return;
    room.learn(head);
    void this.showing.pump(room);
  }

  /** Notices were lost: the table says how far each channel is. */
  lookAtHeads(): void {
    void this.#lookAtHeads();
  }

  typing(uid: string, personId: number, person?: Person): void {
    const room = this.#rooms.get(uid);
    if (!room) return;
    const told = [...room.followers].some((one) => one.session.caller.id !== personId);
    if (told) void this.#showTyping(room, personId, person).catch(() => {});
  }

  /** Whether a person has a socket in this process. */
  isHere(personId: number): boolean {
    return this.#sessions.has(personId);
  }

  /** Tells a person's own sockets something that is theirs alone. */
  tell(personId: number, hearing: ChatHearing): void {
    for (const session of this.#sessions.get(personId) ?? []) session.say(hearing);
  }

  /** Tells a person's own sockets how far they have read. */
  read(uid: string, personId: number, { seq, nr }: Head): void {
    for (const session of this.#sessions.get(personId) ?? []) {
      if (session.followed.has(uid)) session.say({ t: 'read', channelId: uid, seq, nr });
    }
  }

  /** Tells a person's own sockets where they stand in a thread. */
  thread(personId: number, place: ThreadPlace): void {
    for (const session of this.#sessions.get(personId) ?? []) {
      if (session.followed.has(place.channelId)) session.say({ t: 'thread', ...place });
    }
  }

  async #showTyping(room: Room, personId: number, known: Person | undefined): Promise<void> {
    const [row] = known ? [] : await peopleByIds(this.database.db, [personId]);
    const person = known ?? (row ? presentPerson(row) : undefined);
    if (!person) return;
    await this.changes.settled();
    const frame = Buffer.from(JSON.stringify({ t: 'typing', channelId: room.uid, person }));
    for (const one of room.followers) {
      if (one.session.caller.id !== personId && stands(one.right)) one.session.write(frame);
    }
  }

  /** Asks again for the rights of one person, on all their sockets, in one query. */
  async #recheck(personId: number): Promise<void> {
    if (this.#rechecking.has(personId)) {
      this.#again.add(personId);
      return;
    }
    this.#rechecking.add(personId);
    try {
      do {
        this.#again.delete(personId);
        await this.#askAgain(personId);
      } while (this.#again.has(personId));
    } catch {
      // The database is away. Nothing is shown to them meanwhile; the look that comes by itself asks again.
    } finally {
      this.#rechecking.delete(personId);
    }
  }

  #doubted(personId: number): Followed[] {
    const soon = Date.now() + 2 * lookMs;
    const doubted: Followed[] = [];
    for (const session of this.#sessions.get(personId) ?? []) {
      for (const one of session.followed.values())
        if (one.right.dropped || one.right.until < soon) doubted.push(one);
    }
    return doubted;
  }

  async #askAgain(personId: number): Promise<void> {
    const doubted = this.#doubted(personId);
    const caller: Caller | undefined = doubted[0]?.session.caller;
    if (!caller) return;
    const uids = [...new Set(doubted.map((one) => one.room.uid))];
    const rights = await this.rights.of(caller, uids, Date.now() + 2 * lookMs);
    for (const one of doubted) {
      if (one.left) continue;
      const right = rights.get(one.room.uid);
      if (right) {
        one.right = right;
        void this.showing.fill(one);
      } else {
        this.unfollow(one.session, one.room.uid);
        one.session.say({ t: 'gone', channelId: one.room.uid });
      }
    }
  }

  /** A session that ended is shown nothing more, even before its socket is closed. */
  #endSessions(change: AccessChange): void {
    const ended = new Set(change.sessions ?? []);
    if (ended.size === 0) return;
    for (const mine of this.#sessions.values()) {
      for (const session of mine) {
        if (session.caller.session !== null && ended.has(session.caller.session)) session.open = false;
      }
    }
  }

  #look(): void {
    for (const person of this.#sessions.keys())
      if (this.#doubted(person).length > 0) void this.#recheck(person);
    for (const room of this.#rooms.values()) for (const one of room.followers) void this.showing.fill(one);
    void this.#lookAtHeads();
  }

  async #lookAtHeads(): Promise<void> {
    if (this.#looking || this.#rooms.size === 0) return;
    this.#looking = true;
    try {
      const heads = await this.log.heads([...this.#rooms.values()].map((room) => room.id));
      for (const room of this.#rooms.values()) {
        this.showing.learn(room, heads.get(room.id) ?? { seq: 0, nr: 0 });
      }
    } catch {
      // Looked at again soon.
    } finally {
      this.#looking = false;
    }
  }
}

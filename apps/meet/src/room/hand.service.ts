import { Injectable } from '@nestjs/common';
import { shownReactionsSizeMax } from '@parvis/contract/limits';
import { type lowerHand, type RoomNotice, roomTopic, type sendReaction } from '@parvis/contract/meet-room';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { LiveKit } from '../livekit.ts';
import { Changed } from '../meeting/changed.ts';
import { Attendees } from './attendees.ts';
import { Mirror } from './mirror.ts';

const windowMs = 10_000;
/** People whose reactions are counted at a time; the oldest are forgotten. */
const countedMax = 10_000;

/** Raised hands, in the order that the server saw them, and reactions that nobody keeps. */
@Injectable()
export class HandService {
  /** When each person's last reactions came, in this process. */
  readonly #reacted = new Map<string, number[]>();

  constructor(
    private readonly database: Database,
    private readonly livekit: LiveKit,
    private readonly attendees: Attendees,
    private readonly mirror: Mirror,
    private readonly changed: Changed,
  ) {}

  /** Raised again it keeps its place. @throws Refused `not-found`, `no-session`, `meeting-removed` */
  async raise(caller: Caller | null, id: string, pass: string | undefined) {
    const { row, me } = await this.database.transaction(async (db) => {
      const asking = await this.attendees.asking(caller, id, pass, db);
      await db.query(
        `insert into meet.seat (meeting_id, who, hand_at) values ($1, $2, clock_timestamp())
         on conflict (meeting_id, who) do update set hand_at = coalesce(seat.hand_at, clock_timestamp())`,
        [asking.row.id, asking.me.who],
      );
      await this.changed.say(db, id);
      return asking;
    });
    await Promise.all([this.mirror.show(id), this.mirror.place(row, me.who)]);
    return done;
  }

  /** @throws Refused `not-found`, `no-session`, `meeting-removed`, `not-allowed` (that of another) */
  async lower(caller: Caller | null, { id, pass, who }: InputOf<typeof lowerHand>) {
    const { row, lowered } = await this.database.transaction(async (db) => {
      const asking = await this.attendees.asking(caller, id, pass, db);
      const whose = who ?? asking.me.who;
      if (whose !== asking.me.who && asking.me.role !== 'organiser') throw Refused.notAllowed();
      const hands = await db.query<{ who: string }>(
        `update meet.seat set hand_at = null
          where meeting_id = $1 and hand_at is not null and ($2 = 'all' or who::text = $2) returning who`,
        [asking.row.id, whose],
      );
      await this.changed.say(db, id);
      return { row: asking.row, lowered: hands };
    });
    await Promise.all([this.mirror.show(id), ...lowered.map((hand) => this.mirror.place(row, hand.who))]);
    return done;
  }

  /** @throws Refused `not-found`, `no-session`, `meeting-removed`, `not-in-meeting`, `too-many-requests` */
  async react(caller: Caller | null, { id, pass, reaction }: InputOf<typeof sendReaction>) {
    const { row, me } = await this.attendees.asking(caller, id, pass);
    this.#count(`${row.id} ${me.who}`);
    const inside = (await this.mirror.everybodyIn(row)) ?? [];
    const rooms = new Set(inside.flatMap((one) => (one.who === me.who ? [one.room] : [])));
    if (rooms.size === 0) throw Refused.conflict('not-in-meeting');
    const notice: RoomNotice = { t: 'reaction', who: me.who, name: me.name, reaction };
    await Promise.all([...rooms].map((room) => this.livekit.say(room, roomTopic, notice)));
    return done;
  }

  #count(key: string): void {
    const now = Date.now();
    const recent = (this.#reacted.get(key) ?? []).filter((at) => now - at < windowMs);
    if (recent.length >= shownReactionsSizeMax) throw new Refused(429, 'too-many-requests');
    if (this.#reacted.size >= countedMax) this.#reacted.clear();
    this.#reacted.set(key, [...recent, now]);
  }
}

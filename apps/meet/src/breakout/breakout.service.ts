import { Injectable, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import type { MeetingEntry } from '@parvis/contract/meet';
import {
  type enterBreakout,
  type moveToBreakout,
  type openBreakouts,
  type RoomNotice,
  roomTopic,
  type sayToBreakouts,
} from '@parvis/contract/meet-room';
import type { InputOf } from '@parvis/contract/operation';
import { Id, done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Refused } from '@parvis/server/refused';
import { z } from 'zod';
import { LiveKit } from '../livekit.ts';
import { Changed } from '../meeting/changed.ts';
import { EntryService } from '../meeting/entry.service.ts';
import { type MeetingRow, meetingByUid } from '../meeting/meeting-row.ts';
import { Meetings } from '../meeting/meetings.ts';
import { Attendees } from '../room/attendees.ts';
import { Mirror } from '../room/mirror.ts';

const closeJob = 'close-breakouts';
/** Seconds between the call to come back and the end of the rooms. */
const callBackSeconds = 60;

/**
 * Rooms beside a meeting. LiveKit does not move people between rooms: the row says who belongs where, and each browser
 * asks for a token there. Their end is a durable job: it comes, also when the service was started anew meanwhile.
 */
@Injectable()
export class BreakoutService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly livekit: LiveKit,
    private readonly meetings: Meetings,
    private readonly attendees: Attendees,
    private readonly entry: EntryService,
    private readonly mirror: Mirror,
    private readonly changed: Changed,
  ) {}

  onModuleInit(): void {
    this.jobs.define(
      closeJob,
      z.object({ meetingId: Id }),
      ({ meetingId }) => this.#close(meetingId, null, true),
      {
        retryLimit: 10,
        expireSeconds: 60,
      },
    );
  }

  /** @throws Refused `not-found`, `not-allowed`, `breakouts-open`, `meeting-ended` */
  async open(caller: Caller, { id, rooms, minutes }: InputOf<typeof openBreakouts>) {
    const placed = await this.database.transaction(async (db) => {
      await meetingByUid(db, id, true);
      const { row } = await this.meetings.organised(caller, id, db);
      if (row.endedAt !== null) throw Refused.conflict('meeting-ended');
      if (row.breakoutsAt !== null) throw Refused.conflict('breakouts-open');
      await db.query('delete from meet.breakout where meeting_id = $1', [row.id]);
      for (const [at, { name, people }] of rooms.entries()) {
        await db.query('insert into meet.breakout (meeting_id, nr, name) values ($1, $2, $3)', [
          row.id,
          at + 1,
          name,
        ]);
        for (const who of people) await this.#assign(db, row, who, at + 1);
      }
      await db.query(
        `update meet.meeting set breakouts_at = now(), called_back_at = null,
            breakouts_until = now() + make_interval(mins => $2) where resource_id = $1`,
        [row.id, minutes],
      );
      await this.#closeLater(db, row);
      await audit(db, {
        actorId: caller.id,
        action: 'meeting.breakouts-opened',
        resourceId: row.id,
        detail: { rooms: rooms.length, minutes },
      });
      await this.changed.say(db, id);
      return [...new Set(rooms.flatMap(({ people }) => people))];
    });
    await this.#show(id, placed);
    return done;
  }

  /**
   * @throws Refused `not-found`, `no-session`, `meeting-removed`, `breakouts-closed`, `not-allowed` (not theirs),
   *   `meeting-full`, `meetings-off`
   */
  async enter(caller: Caller | null, { id, pass, nr }: InputOf<typeof enterBreakout>): Promise<MeetingEntry> {
    const { row, me } = await this.attendees.asking(caller, id, pass);
    await this.#known(this.database.db, row, nr);
    if (me.role !== 'organiser' && me.breakout !== nr) throw Refused.notAllowed();
    return this.entry.admit(row, { ...me, breakout: nr }, nr);
  }

  /** @throws Refused `not-found`, `not-allowed`, `breakouts-closed` */
  async move(caller: Caller, { id, who, nr }: InputOf<typeof moveToBreakout>) {
    await this.database.transaction(async (db) => {
      const { row } = await this.meetings.organised(caller, id, db);
      await this.#known(db, row, nr);
      if ((await this.attendees.named(db, row, who)) === null) throw Refused.notFound();
      await this.#assign(db, row, who, nr);
      await this.changed.say(db, id);
    });
    await this.#show(id, [who]);
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed`, `breakouts-closed` */
  async callBack(caller: Caller, id: string) {
    await this.database.transaction(async (db) => {
      const { row } = await this.meetings.organised(caller, id, db);
      if (row.breakoutsAt === null) throw Refused.conflict('breakouts-closed');
      await db.query(
        `update meet.meeting set called_back_at = now(),
            breakouts_until = least(breakouts_until, now() + make_interval(secs => ${callBackSeconds}))
          where resource_id = $1`,
        [row.id],
      );
      await this.#closeLater(db, row);
      await this.changed.say(db, id);
    });
    await this.mirror.show(id);
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed`, `breakouts-closed` */
  async close(caller: Caller, id: string) {
    const { row } = await this.meetings.organised(caller, id);
    if (row.breakoutsAt === null) throw Refused.conflict('breakouts-closed');
    await this.#close(id, caller.id, false);
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed`, `breakouts-closed` */
  async say(caller: Caller, { id, text }: InputOf<typeof sayToBreakouts>) {
    const { row } = await this.meetings.organised(caller, id);
    if (row.breakoutsAt === null) throw Refused.conflict('breakouts-closed');
    const rooms = await this.mirror.roomsOf(this.database.db, row);
    const notice: RoomNotice = { t: 'announcement', by: caller.name, text };
    await Promise.all(rooms.map((room) => this.livekit.say(room, roomTopic, notice)));
    return done;
  }

  /** @throws Refused `breakouts-closed`, `not-found` */
  async #known(db: Db, row: MeetingRow, nr: number): Promise<void> {
    if (row.breakoutsAt === null) throw Refused.conflict('breakouts-closed');
    const rooms = await db.query('select from meet.breakout where meeting_id = $1 and nr = $2', [row.id, nr]);
    if (rooms.length === 0) throw Refused.notFound();
  }

  async #assign(db: Db, row: MeetingRow, who: string, nr: number): Promise<void> {
    await db.query(
      `insert into meet.seat (meeting_id, who, breakout) values ($1, $2, $3)
       on conflict (meeting_id, who) do update set breakout = excluded.breakout`,
      [row.id, who, nr],
    );
  }

  /** The job comes when the rooms are due; one that was sent for an earlier or later end finds that they are not. */
  async #closeLater(db: Db, { id, uid }: MeetingRow): Promise<void> {
    const [due] = await db.query<{ until: Date | null }>(
      'select breakouts_until as until from meet.meeting where resource_id = $1',
      [id],
    );
    if (due?.until) await this.jobs.send(db, closeJob, { meetingId: uid }, { startAfter: due.until });
  }

  async #close(uid: string, byId: number | null, ifDue: boolean): Promise<void> {
    const { db } = this.database;
    const row = await meetingByUid(db, uid);
    if (row === null || row.breakoutsAt === null) return;
    if (ifDue && (row.breakoutsUntil === null || row.breakoutsUntil.getTime() > Date.now())) return;
    const [main, ...beside] = await this.mirror.roomsOf(db, row);
    const people = await this.database.transaction(async (tx) => {
      await tx.query(
        `update meet.meeting set breakouts_at = null, breakouts_until = null, called_back_at = null
          where resource_id = $1`,
        [row.id],
      );
      const back = await tx.query<{ who: string }>(
        'update meet.seat set breakout = null where meeting_id = $1 and breakout is not null returning who',
        [row.id],
      );
      await audit(tx, { actorId: byId, action: 'meeting.breakouts-closed', resourceId: row.id, detail: {} });
      await this.changed.say(tx, uid);
      return back.map(({ who }) => who);
    });
    // The main room is there before the others end: browsers come back into it.
    if (main !== undefined && beside.length > 0) await this.mirror.open(row, main).catch(() => undefined);
    await this.#show(uid, people);
    await Promise.all(beside.map((room) => this.livekit.closeRoom(room))).catch(() => undefined);
  }

  /** Tells the rooms, and those whose place changed. */
  async #show(uid: string, people: readonly string[]): Promise<void> {
    await this.mirror.show(uid);
    const row = await meetingByUid(this.database.db, uid);
    if (row === null) return;
    const inside = (await this.mirror.everybodyIn(row)) ?? [];
    const there = new Set(inside.map(({ who }) => who));
    for (const who of people) if (there.has(who)) await this.mirror.place(row, who).catch(() => undefined);
  }
}

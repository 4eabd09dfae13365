import { Inject, Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { meetingPeopleMax } from '@parvis/contract/limits';
import type { RoomState } from '@parvis/contract/meet-room';
import { Database } from '@parvis/server/database';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import type { TrackSource } from 'livekit-server-sdk';
import { LiveKit } from '../livekit.ts';
import { identified, roomName } from '../meeting/identity.ts';
import { type MeetingRow, meetingByUid } from '../meeting/meeting-row.ts';
import type { settings } from '../settings.ts';
import { Attendees, standingOf } from './attendees.ts';

/** Raised hands that the room is told of; who comes later is told when others have spoken. */
const handsMax = 100;

/** Somebody in one of a meeting's rooms, as LiveKit knows them. */
export interface Found {
  readonly room: string;
  readonly identity: string;
  /** Another each time that the same identity comes in. */
  readonly sid: string;
  readonly joinedAt: Date;
  readonly who: string;
  readonly tracks: readonly { sid: string; source: TrackSource; muted: boolean }[];
}

/**
 * The copy in LiveKit of what the database says of a meeting. It is written after each change and may fail then: the
 * reconciler compares and writes again.
 */
@Injectable()
export class Mirror {
  readonly #peopleMax: number;

  constructor(
    private readonly database: Database,
    private readonly livekit: LiveKit,
    private readonly attendees: Attendees,
    @Inject(SETTINGS) set: ServiceSettings<typeof settings>,
  ) {
    this.#peopleMax = set.peopleMax ?? meetingPeopleMax;
  }

  /** People whom one meeting takes, its breakout rooms included. */
  get peopleMax(): number {
    return this.#peopleMax;
  }

  /** What everybody in the meeting's rooms is told of it. */
  async state(db: Db, row: MeetingRow): Promise<RoomState> {
    const hands = await db.query<{ who: string; name: string; at: Date }>(
      `select t.who, coalesce(p.name, k.name) as name, t.hand_at as at from meet.seat t
         left join access.person p on p.uid = t.who left join meet.knock k on k.id = t.who
        where t.meeting_id = $1 and t.hand_at is not null and coalesce(p.name, k.name) is not null
        order by t.hand_at, t.who limit ${handsMax}`,
      [row.id],
    );
    return {
      locked: row.locked,
      recording: row.recording,
      captions: row.captions,
      hands: hands.map(({ who, name, at }) => ({ who, name, at: at.toISOString() })),
      breakouts: row.breakoutsAt === null ? null : await this.#breakouts(db, row),
    };
  }

  async #breakouts(db: Db, row: MeetingRow): Promise<NonNullable<RoomState['breakouts']>> {
    const rooms = await db.query<{ nr: number; name: string; people: string[] }>(
      `select b.nr, b.name, coalesce((select array_agg(t.who order by t.who) from meet.seat t
           where t.meeting_id = b.meeting_id and t.breakout = b.nr), '{}') as people
         from meet.breakout b where b.meeting_id = $1 order by b.nr`,
      [row.id],
    );
    return {
      closesAt: row.breakoutsUntil?.toISOString() ?? null,
      calledBackAt: row.calledBackAt?.toISOString() ?? null,
      rooms,
    };
  }

  /** The names of the meeting's rooms: the main one and, while they are open, those beside it. */
  async roomsOf(db: Db, row: MeetingRow): Promise<string[]> {
    if (row.breakoutsAt === null) return [row.uid];
    const beside = await db.query<{ nr: number }>('select nr from meet.breakout where meeting_id = $1', [
      row.id,
    ]);
    return [row.uid, ...beside.map(({ nr }) => roomName(row.uid, nr))];
  }

  /**
   * Opens a room of the meeting, or leaves it as it is.
   * @throws Refused `meetings-off`
   */
  async open(row: MeetingRow, room: string): Promise<void> {
    const state = await this.state(this.database.db, row);
    await this.livekit.openRoom(room, this.#peopleMax, JSON.stringify(state));
  }

  /** Tells the meeting's rooms how it is now. */
  async show(uid: string): Promise<void> {
    const { db } = this.database;
    const row = await meetingByUid(db, uid);
    if (row === null) return;
    const [state, rooms] = await Promise.all([this.state(db, row), this.roomsOf(db, row)]);
    const text = JSON.stringify(state);
    await Promise.all(rooms.map((room) => this.livekit.describe(room, text))).catch(() => undefined);
  }

  /** Everybody of the house and every guest in the meeting's rooms now; null when LiveKit does not answer. */
  async everybodyIn(row: MeetingRow): Promise<Found[] | null> {
    const rooms = await this.roomsOf(this.database.db, row);
    const found = await Promise.all(
      rooms.map(async (room) => {
        const inside = await this.livekit.inRoom(room);
        return inside?.flatMap(({ identity, sid, joinedAt, tracks }): Found[] => {
          const one = identified(identity);
          if (one === null) return [];
          return [{ room, identity, sid, joinedAt: new Date(Number(joinedAt) * 1000), who: one.who, tracks }];
        });
      }),
    );
    return found.some((one) => one === undefined) ? null : found.flatMap((one) => one ?? []);
  }

  /** Gives somebody, wherever they are in the meeting, what they are and may do now. */
  async place(row: MeetingRow, who: string): Promise<void> {
    const [inside, attendee] = await Promise.all([
      this.everybodyIn(row),
      this.attendees.named(this.database.db, row, who),
    ]);
    if (attendee === null) return;
    const standing = standingOf(attendee);
    const theirs = (inside ?? []).filter((one) => one.who === who);
    await Promise.all(theirs.map(({ room, identity }) => this.livekit.place(room, identity, standing)));
  }
}

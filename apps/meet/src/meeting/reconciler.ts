import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database } from '@parvis/server/database';
import { LiveKit, type OpenRoom } from '../livekit.ts';
import { Mirror } from '../room/mirror.ts';
import { Changed } from './changed.ts';
import { Leaving } from './leaving.ts';
import { type MeetingRow, meetingByUid, meetingColumns } from './meeting-row.ts';
import { arrived, departed } from './stays.ts';

/** Milliseconds between two comparisons with LiveKit, which repair what lost webhooks and a lost server left wrong. */
const compareMs = 5_000;
/** Days a heard webhook's id is remembered; LiveKit gives up repeating much earlier. */
const rememberedDays = 2;
/** Comparisons between two that also sweep what is past. */
const sweepEvery = 12;

/** Holds the rows against what LiveKit says: who is noted as present, which rooms are open and what they say. */
@Injectable()
export class Reconciler implements OnModuleInit, OnModuleDestroy {
  #timer: NodeJS.Timeout | undefined;
  #rounds = 0;
  #running = false;

  constructor(
    private readonly database: Database,
    private readonly livekit: LiveKit,
    private readonly mirror: Mirror,
    private readonly changed: Changed,
    private readonly leaving: Leaving,
  ) {}

  onModuleInit(): void {
    this.#timer = setInterval(() => void this.#round().catch(() => undefined), compareMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /** One comparison at a time: a slow media server must not pile them up. */
  async #round(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      this.#rounds += 1;
      if (this.#rounds % sweepEvery === 1) await this.sweep();
      await this.compare();
    } finally {
      this.#running = false;
    }
  }

  /** Forgets what is past: webhooks and guesses of long ago, meetings that are gone for good. */
  async sweep(): Promise<void> {
    const { db } = this.database;
    await db.query('delete from meet.webhook where at < now() - make_interval(days => $1)', [rememberedDays]);
    await db.query(`delete from meet.guess where at < now() - interval '1 hour'`);
    // Who was in a meeting is forgotten with the meeting.
    await db.query(
      'delete from meet.meeting m where not exists (select from access.resource r where r.id = m.resource_id)',
    );
  }

  async compare(): Promise<void> {
    const { db } = this.database;
    const rooms = await this.livekit.openRooms();
    if (rooms === null) return;
    await this.#closeEnded(rooms);
    const open = new Map(rooms.map((room) => [room.name, room]));
    const going = await db.query<MeetingRow>(
      `select ${meetingColumns} from meet.meeting m where m.ended_at is null
          and (m.uid = any($1::uuid[]) or m.breakouts_at is not null
            or exists (select from meet.stay s where s.meeting_id = m.resource_id and s.left_at is null))`,
      [rooms.map(({ name }) => name.slice(0, 36)).filter((name) => /^[0-9a-f-]{36}$/.test(name))],
    );
    for (const row of going) {
      await this.#repairRooms(row, open);
      await this.#repairStays(row);
    }
  }

  async compareMeeting(uid: string): Promise<void> {
    const row = await meetingByUid(this.database.db, uid);
    if (row !== null) await this.#repairStays(row);
  }

  /**
   * A room that LiveKit lost while people were in it is opened again, so that their browsers find back; one that does
   * not say what is true is told.
   */
  async #repairRooms(row: MeetingRow, open: ReadonlyMap<string, OpenRoom>): Promise<void> {
    const { db } = this.database;
    const wanted = await this.mirror.roomsOf(db, row);
    for (const name of wanted) if (!open.has(name)) await this.mirror.open(row, name);
    const text = JSON.stringify(await this.mirror.state(db, row));
    const untrue = wanted.some((name) => open.has(name) && open.get(name)?.metadata !== text);
    if (untrue) await this.mirror.show(row.uid);
  }

  async #repairStays(row: MeetingRow): Promise<void> {
    const { db } = this.database;
    const noted = await db.query<{ identity: string; sid: string }>(
      `select identity, sid from meet.stay where meeting_id = $1 and left_at is null`,
      [row.id],
    );
    const inside = await this.mirror.everybodyIn(row);
    if (inside === null) return;
    const key = (one: { identity: string; sid: string }) => `${one.identity} ${one.sid}`;
    const there = new Set(inside.map(key));
    const known = new Set(noted.map(key));
    const now = new Date();
    const gone = noted.filter((one) => !there.has(key(one)));
    const come = inside.filter((one) => !known.has(key(one)));
    if (gone.length === 0 && come.length === 0) return;
    await this.database.transaction(async (tx) => {
      for (const { identity, sid } of gone) await departed(tx, { room: row.uid, identity, sid, at: now });
      for (const { identity, sid, joinedAt } of come)
        await arrived(tx, { room: row.uid, identity, sid, at: joinedAt });
      await this.changed.say(tx, row.uid);
    });
    // Who came in with a token from before they were put out: no event may have told of it.
    for (const one of come) await this.leaving.removeIfStranger(one);
  }

  /** Rooms of meetings that ended while the media server was away. */
  async #closeEnded(rooms: readonly OpenRoom[]): Promise<void> {
    const ended = await this.database.db.query<{ uid: string }>(
      'select uid from meet.meeting where ended_at > now() - make_interval(days => $1)',
      [rememberedDays],
    );
    const uids = new Set(ended.map(({ uid }) => uid));
    for (const { name } of rooms) if (uids.has(name.slice(0, 36))) await this.livekit.closeRoom(name);
  }
}

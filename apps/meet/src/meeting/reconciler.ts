import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database } from '@parvis/server/database';
import { LiveKit } from '../livekit.ts';
import { arrived, departed } from './stays.ts';

/** Milliseconds between two comparisons with LiveKit, which repair what lost webhooks left wrong. */
const compareMs = 30_000;
/** Days a heard webhook's id is remembered; LiveKit gives up repeating much earlier. */
const rememberedDays = 2;

/** Holds who is noted as present against who is. */
@Injectable()
export class Reconciler implements OnModuleInit, OnModuleDestroy {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly livekit: LiveKit,
  ) {}

  onModuleInit(): void {
    this.#timer = setInterval(() => void this.compare().catch(() => undefined), compareMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  async compare(): Promise<void> {
    const { db } = this.database;
    await db.query('delete from meet.webhook where at < now() - make_interval(days => $1)', [rememberedDays]);
    // Who was in a meeting is forgotten with the meeting.
    await db.query(
      'delete from meet.meeting m where not exists (select from access.resource r where r.id = m.resource_id)',
    );
    await this.#closeEnded();
    const rooms = await db.query<{ room: string; identities: string[] }>(
      `select m.uid as room, array_agg(s.identity) as identities from meet.stay s
         join meet.meeting m on m.resource_id = s.meeting_id where s.left_at is null group by m.uid`,
    );
    for (const { room, identities } of rooms) {
      const inside = await this.livekit.inRoom(room);
      if (inside === null) return;
      const there = new Set(inside.map((one) => one.identity));
      const now = new Date();
      for (const identity of identities) if (!there.has(identity)) await departed(db, room, identity, now);
      for (const one of inside) await arrived(db, room, one.identity, new Date(Number(one.joinedAt) * 1000));
    }
  }

  /** Rooms of meetings that ended while the media server was away. */
  async #closeEnded(): Promise<void> {
    const ended = await this.database.db.query<{ room: string }>(
      'select uid as room from meet.meeting where ended_at > now() - make_interval(days => $1)',
      [rememberedDays],
    );
    for (const { room } of ended) {
      const inside = await this.livekit.inRoom(room);
      if (inside === null) return;
      if (inside.length > 0) await this.livekit.closeRoom(room);
    }
  }
}

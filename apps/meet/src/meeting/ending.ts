import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { Outbox } from '@parvis/server/outbox';
import { LiveKit } from '../livekit.ts';
import { tellChat } from '../room/chat-rule.ts';
import { Mirror } from '../room/mirror.ts';
import { Changed } from './changed.ts';
import type { MeetingRow } from './meeting-row.ts';

/** The end of a meeting, whoever or whatever brings it. */
@Injectable()
export class Ending {
  constructor(
    private readonly mirror: Mirror,
    private readonly livekit: LiveKit,
    private readonly changed: Changed,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Notes it in the caller's transaction; a meeting that is over stays so.
   * @param actorId null when nobody ended it
   * @returns its rooms, for {@link closeRooms} once that is committed
   */
  async note(db: Db, row: MeetingRow, actorId: number | null, at: Date): Promise<string[]> {
    const open = await this.mirror.roomsOf(db, row);
    await db.query(
      `update meet.meeting set ended_at = coalesce(ended_at, $2), locked = false,
          breakouts_at = null, breakouts_until = null, called_back_at = null where resource_id = $1`,
      [row.id, at],
    );
    await db.query('update meet.stay set left_at = $2 where meeting_id = $1 and left_at is null', [
      row.id,
      at,
    ]);
    await db.query(
      'update meet.seat set hand_at = null, breakout = null, chat = true where meeting_id = $1',
      [row.id],
    );
    await tellChat(db, row.id);
    await audit(db, { actorId, action: 'meeting.ended', resourceId: row.id, detail: {} });
    await this.changed.say(db, row.uid);
    if (row.endedAt === null) await this.outbox.add(db, 'meeting-ended', { meetingId: row.uid });
    return open;
  }

  /** The end is ours to say; a media server that is away is told by the reconciler. */
  async closeRooms(rooms: readonly string[]): Promise<void> {
    await Promise.all(rooms.map((room) => this.livekit.closeRoom(room))).catch(() => undefined);
  }
}

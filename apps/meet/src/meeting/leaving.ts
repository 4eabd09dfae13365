import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AccessChange } from '@parvis/access/notify';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { LiveKit, type Present } from '../livekit.ts';
import { Attendees } from '../room/attendees.ts';
import { identified, meetingOfRoom } from './identity.ts';
import { meetingByUid } from './meeting-row.ts';

/**
 * Whoever loses the right to a meeting is taken out of its room at once; whoever comes in with a token signed before
 * they lost it, too. Who is inside is asked of LiveKit itself: a webhook may be late or lost.
 */
@Injectable()
export class Leaving implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly changes: AccessChanges,
    private readonly livekit: LiveKit,
    private readonly attendees: Attendees,
  ) {}

  onModuleInit(): void {
    this.changes.on((change) => this.recheck(change));
  }

  /**
   * Looks at everybody who is in a room. A group, everyone or a thing above may stand for anybody there, so what
   * exactly changed does not narrow the look; changes that only end sessions do not concern rights.
   */
  async recheck(change: AccessChange): Promise<void> {
    if (!change.all && !change.subjects?.length && !change.resources?.length) return;
    const inside = await this.livekit.everybody();
    await Promise.all(inside.map((one) => this.removeIfStranger(one)));
  }

  /** Takes one person out of a room that is not, or no longer, open to them. Other identities are not ours to judge. */
  async removeIfStranger({ room, identity }: Present): Promise<void> {
    const one = identified(identity);
    const meeting = meetingOfRoom(room);
    if (one === null || meeting === null) return;
    const { db } = this.database;
    const row = await meetingByUid(db, meeting.uid);
    const attendee = row === null ? null : await this.attendees.named(db, row, one.who);
    if (attendee === null || attendee.out || row?.endedAt) await this.livekit.remove(room, identity);
  }
}

import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import type { Caller } from '@parvis/server/caller';
import type { MeetingEntry } from '@parvis/contract/meet';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { LiveKit, tokenSeconds } from '../livekit.ts';
import { type Attendee, Attendees, standingOf } from '../room/attendees.ts';
import { Mirror } from '../room/mirror.ts';
import { newIdentity, roomName } from './identity.ts';
import type { MeetingRow } from './meeting-row.ts';
import { Meetings } from './meetings.ts';

/** Minutes after its end in which a meeting that is held again and again does not begin anew. */
const restMinutes = 10;

/**
 * The door. A token is signed only after right, end, lock-out, lock, lobby and capacity were looked at here; LiveKit
 * never decides who may come in.
 */
@Injectable()
export class EntryService {
  constructor(
    private readonly database: Database,
    private readonly livekit: LiveKit,
    private readonly meetings: Meetings,
    private readonly attendees: Attendees,
    private readonly mirror: Mirror,
  ) {}

  /**
   * @throws Refused `not-found`, `meeting-ended`, `meeting-removed`, `meeting-locked`, `must-knock`, `meeting-full`,
   *   `meetings-off`
   */
  async join(caller: Caller, uid: string): Promise<MeetingEntry> {
    const { db } = this.database;
    const [{ row }, { me }] = await Promise.all([
      this.meetings.seen(caller, uid),
      this.attendees.asking(caller, uid, undefined),
    ]);
    await this.checkOpen(row, me);
    if (!(await this.entersDirectly(db, row, me, caller.id))) throw Refused.conflict('must-knock');
    return this.admit(row, me);
  }

  /**
   * What holds for everybody who comes, however they were let in.
   * @throws Refused `meeting-ended`, `meeting-removed`
   */
  async checkOpen(row: MeetingRow, me: Attendee): Promise<void> {
    if (me.out) throw Refused.notAllowed('meeting-removed');
    if (row.endedAt === null) return;
    const rested = Date.now() - row.endedAt.getTime() > restMinutes * 60_000;
    if (!row.comesAgain || !(rested || me.role === 'organiser')) throw Refused.conflict('meeting-ended');
    await this.database.db.query(
      'update meet.meeting set ended_at = null, started_at = null where resource_id = $1',
      [row.id],
    );
  }

  /**
   * Whether somebody who sees the meeting comes in without waiting.
   * @throws Refused `meeting-locked`
   */
  async entersDirectly(db: Db, row: MeetingRow, me: Attendee, personId: number): Promise<boolean> {
    if (me.role === 'organiser') return true;
    const [known] = await db.query<{ letIn: boolean; invited: boolean }>(
      `select exists (select from meet.stay s where s.meeting_id = $1 and s.person_id = $2)
          or exists (select from meet.knock k where k.meeting_id = $1 and k.person_id = $2 and k.state = 'admitted')
            as "letIn",
          exists (select from access.grant_ g where g.resource_id = $1
             and g.subject_id = any(access.subjects_of($2)) and (g.expires_at is null or g.expires_at > now()))
            as invited`,
      [row.id, personId],
    );
    // Whoever was in it and was cut off keeps their place.
    if (known?.letIn) return true;
    if (row.locked) throw Refused.conflict('meeting-locked');
    return row.access !== 'invited' || known?.invited === true;
  }

  /**
   * Signs the token for the main room or for a breakout room.
   * @throws Refused `meeting-full`, `meetings-off`
   */
  async admit(row: MeetingRow, me: Attendee, breakout: number | null = null): Promise<MeetingEntry> {
    const room = roomName(row.uid, breakout);
    // A room that turns out to be full was open before.
    const [inside] = await Promise.all([this.mirror.everybodyIn(row), this.mirror.open(row, room)]);
    if (inside === null) throw Refused.unavailable('meetings-off');
    const others = inside.filter((one) => one.who !== me.who);
    if (others.length >= this.mirror.peopleMax) throw Refused.conflict('meeting-full');
    const identity = newIdentity({ who: me.who, anonymous: me.kind === 'anonymous' });
    const token = await this.livekit.token({ room, identity, name: me.name, ...standingOf(me) });
    const expiresAt = new Date(Date.now() + tokenSeconds * 1000).toISOString();
    return { path: '/livekit', token, identity, expiresAt };
  }
}

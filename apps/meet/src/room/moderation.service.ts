import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import {
  type lockMeeting,
  type MeetingSource,
  type muteParticipant,
  type removeParticipant,
  type RoomNotice,
  roomTopic,
  type setParticipantRole,
  type setPermissions,
} from '@parvis/contract/meet-room';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { LiveKit, sourceOf } from '../livekit.ts';
import { Changed } from '../meeting/changed.ts';
import type { MeetingRow } from '../meeting/meeting-row.ts';
import { Meetings } from '../meeting/meetings.ts';
import { type Attendee, Attendees } from './attendees.ts';
import { tellChat } from './chat-rule.ts';
import { type Found, Mirror } from './mirror.ts';

/** What organisers do about others in the room. Each act is a row first, and LiveKit's copy of it at once after. */
@Injectable()
export class ModerationService {
  constructor(
    private readonly database: Database,
    private readonly livekit: LiveKit,
    private readonly meetings: Meetings,
    private readonly attendees: Attendees,
    private readonly mirror: Mirror,
    private readonly changed: Changed,
  ) {}

  /** @throws Refused `not-found`, `not-allowed`, `not-in-meeting`, `meetings-off` */
  async mute(caller: Caller, { id, who, source }: InputOf<typeof muteParticipant>) {
    const { row } = await this.meetings.organised(caller, id);
    const theirs = await this.#inside(row, who);
    await this.#audited(caller, row, 'meeting.muted', { who, source });
    await Promise.all(theirs.map((one) => this.#mute(one, source, caller.name)));
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed`, `meetings-off` */
  async muteAll(caller: Caller, id: string) {
    const { row } = await this.meetings.organised(caller, id);
    const inside = await this.#everybody(row);
    const { db } = this.database;
    await this.#audited(caller, row, 'meeting.all-muted', {});
    await Promise.all(
      inside.map(async (one) => {
        const attendee = await this.attendees.named(db, row, one.who);
        if (attendee?.role !== 'organiser') await this.#mute(one, 'microphone', caller.name);
      }),
    );
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed`, `not-in-meeting`, `meetings-off` */
  async askToUnmute(caller: Caller, id: string, who: string) {
    const { row } = await this.meetings.organised(caller, id);
    const theirs = await this.#inside(row, who);
    await Promise.all(theirs.map((one) => this.#say(one, { t: 'ask-unmute', by: caller.name })));
    return done;
  }

  /**
   * A guest without an account who is taken out knocks again; somebody locked out does not come back at all.
   * @throws Refused `not-found`, `not-allowed`, `role-fixed` (whoever manages the meeting)
   */
  async remove(caller: Caller, { id, who, lockOut }: InputOf<typeof removeParticipant>) {
    const row = await this.database.transaction(async (db) => {
      const { row: held } = await this.meetings.organised(caller, id, db);
      await this.#lesser(db, held, who);
      await db.query(
        `update meet.knock set state = $3 where meeting_id = $1 and (id::text = $2 or person_id =
           (select subject_id from access.person where uid::text = $2))`,
        [held.id, who, lockOut ? 'removed' : 'waiting'],
      );
      await db.query(
        `insert into meet.seat (meeting_id, who, out_at) values ($1, $2, case when $3 then now() end)
         on conflict (meeting_id, who) do update set out_at = excluded.out_at, hand_at = null`,
        [held.id, who, lockOut],
      );
      await audit(db, {
        actorId: caller.id,
        action: lockOut ? 'meeting.locked-out' : 'meeting.removed',
        resourceId: held.id,
        detail: { who },
      });
      await this.changed.say(db, id);
      return held;
    });
    const inside = (await this.mirror.everybodyIn(row)) ?? [];
    await Promise.all(
      inside.flatMap((one) => (one.who === who ? [this.livekit.remove(one.room, one.identity)] : [])),
    );
    await this.mirror.show(id);
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async allowBack(caller: Caller, id: string, who: string) {
    await this.database.transaction(async (db) => {
      const { row } = await this.meetings.organised(caller, id, db);
      const back = await db.query(
        'update meet.seat set out_at = null where meeting_id = $1 and who = $2 and out_at is not null returning who',
        [row.id, who],
      );
      if (back.length === 0) throw Refused.notFound();
      await db.query(
        `update meet.knock set state = 'waiting' where meeting_id = $1 and id = $2 and state = 'removed'`,
        [row.id, who],
      );
      await audit(db, {
        actorId: caller.id,
        action: 'meeting.allowed-back',
        resourceId: row.id,
        detail: { who },
      });
      await this.changed.say(db, id);
    });
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async lockedOut(caller: Caller, id: string) {
    const { row } = await this.meetings.organised(caller, id);
    const people = await this.database.db.query<{ who: string; name: string }>(
      `select t.who, coalesce(p.name, k.name) as name from meet.seat t
         left join access.person p on p.uid = t.who left join meet.knock k on k.id = t.who
        where t.meeting_id = $1 and t.out_at is not null and coalesce(p.name, k.name) is not null
        order by t.out_at limit 500`,
      [row.id],
    );
    return { people };
  }

  /**
   * @throws Refused `not-found`, `not-allowed`, `role-fixed` (whoever manages the meeting; a guest without an account
   *   does not organise)
   */
  async setRole(caller: Caller, { id, who, meetingRole }: InputOf<typeof setParticipantRole>) {
    const row = await this.#seated(caller, id, who, async (db, { id: meetingId }, attendee) => {
      if (attendee.kind === 'anonymous' && meetingRole === 'organiser') throw Refused.conflict('role-fixed');
      await db.query(
        `insert into meet.seat (meeting_id, who, role) values ($1, $2, $3)
         on conflict (meeting_id, who) do update set role = excluded.role`,
        [meetingId, who, meetingRole],
      );
      await audit(db, {
        actorId: caller.id,
        action: 'meeting.role-set',
        resourceId: meetingId,
        detail: { who, meetingRole },
      });
    });
    await this.mirror.place(row, who);
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed`, `role-fixed` */
  async setPermissions(caller: Caller, input: InputOf<typeof setPermissions>) {
    const { id, who, camera, microphone, screen, chat = null } = input;
    const row = await this.#seated(caller, id, who, async (db, { id: meetingId }) => {
      await db.query(
        `insert into meet.seat as old (meeting_id, who, camera, microphone, screen, chat, chat_by)
         values ($1, $2, $3, $4, $5, coalesce($6, true), $7)
         on conflict (meeting_id, who) do update
           set camera = excluded.camera, microphone = excluded.microphone, screen = excluded.screen,
             chat = coalesce($6, old.chat), chat_by = case when $6 = old.chat then old.chat_by else $7 end`,
        [meetingId, who, camera, microphone, screen, chat, caller.id],
      );
      await tellChat(db, meetingId);
      await audit(db, {
        actorId: caller.id,
        action: 'meeting.permissions-set',
        resourceId: meetingId,
        detail: { who, camera, microphone, screen, ...(chat === null ? {} : { chat }) },
      });
    });
    await this.mirror.place(row, who);
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async lock(caller: Caller, { id, locked }: InputOf<typeof lockMeeting>) {
    await this.database.transaction(async (db) => {
      const { row } = await this.meetings.organised(caller, id, db);
      await db.query('update meet.meeting set locked = $2 where resource_id = $1', [row.id, locked]);
      await audit(db, {
        actorId: caller.id,
        action: locked ? 'meeting.locked' : 'meeting.unlocked',
        resourceId: row.id,
        detail: {},
      });
      await this.changed.say(db, id);
    });
    await this.mirror.show(id);
    return done;
  }

  async #seated(
    caller: Caller,
    id: string,
    who: string,
    act: (db: Db, row: MeetingRow, attendee: Attendee) => Promise<void>,
  ): Promise<MeetingRow> {
    return this.database.transaction(async (db) => {
      const { row } = await this.meetings.organised(caller, id, db);
      await act(db, row, await this.#lesser(db, row, who));
      await this.changed.say(db, id);
      return row;
    });
  }

  /** Somebody whom an organiser may restrict. @throws Refused `not-found`, `role-fixed` */
  async #lesser(db: Db, row: MeetingRow, who: string): Promise<Attendee> {
    const attendee = await this.attendees.named(db, row, who);
    if (attendee === null) throw Refused.notFound();
    if (attendee.roleFixed) throw Refused.conflict('role-fixed');
    return attendee;
  }

  #audited(caller: Caller, row: MeetingRow, action: string, detail: Record<string, unknown>): Promise<void> {
    return audit(this.database.db, { actorId: caller.id, action, resourceId: row.id, detail });
  }

  async #everybody(row: MeetingRow): Promise<Found[]> {
    const inside = await this.mirror.everybodyIn(row);
    if (inside === null) throw Refused.unavailable('meetings-off');
    return inside;
  }

  async #inside(row: MeetingRow, who: string): Promise<Found[]> {
    const theirs = (await this.#everybody(row)).filter((one) => one.who === who);
    if (theirs.length === 0) throw Refused.conflict('not-in-meeting');
    return theirs;
  }

  async #mute(one: Found, source: MeetingSource, by: string): Promise<void> {
    const sounding = one.tracks.filter((track) => !track.muted && sourceOf(track.source) === source);
    await Promise.all(sounding.map((track) => this.livekit.mute(one.room, one.identity, track.sid)));
    if (sounding.length > 0 && source === 'microphone') await this.#say(one, { t: 'muted', by });
  }

  #say(one: Found, notice: RoomNotice): Promise<void> {
    return this.livekit.say(one.room, roomTopic, notice, [one.identity]);
  }
}

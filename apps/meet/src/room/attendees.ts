import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { findPersonByUid, type Person } from '@parvis/access/people';
import { load } from '@parvis/access/read';
import type { AttendeeKind, MeetingRole } from '@parvis/contract/meet';
import type { MeetingSource } from '@parvis/contract/meet-room';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import type { Standing } from '../livekit.ts';
import { type MeetingRow, meetingByUid, organisesByRight, roleIn } from '../meeting/meeting-row.ts';

/** Somebody who may be in a meeting, whether they are or not. */
export interface Attendee {
  /** A person's uid, or the id of the knock of a guest without an account. */
  readonly who: string;
  readonly name: string;
  readonly kind: AttendeeKind;
  readonly organisation: string | null;
  readonly role: MeetingRole;
  /** By right, so that nobody can make them less. */
  readonly roleFixed: boolean;
  readonly sources: readonly MeetingSource[];
  readonly handAt: Date | null;
  readonly breakout: number | null;
  readonly out: boolean;
  /** Who took their words in the chat of the meeting; null while they may write. */
  readonly silencedBy: string | null;
}

interface Seat {
  readonly role: MeetingRole | null;
  readonly camera: boolean;
  readonly microphone: boolean;
  readonly screen: boolean;
  readonly handAt: Date | null;
  readonly breakout: number | null;
  readonly out: boolean;
  readonly silencedBy: string | null;
}

const emptySeat: Seat = {
  role: null,
  camera: true,
  microphone: true,
  screen: true,
  handAt: null,
  breakout: null,
  out: false,
  silencedBy: null,
};

/** The hash under which a guest's pass is kept. */
export function passHash(pass: string): Buffer {
  return createHash('sha256').update(pass).digest();
}

/** What others are told of an attendee, and what they may send. */
export function standingOf(attendee: Attendee): Standing {
  const { who, kind, role, organisation, sources, handAt, breakout, silencedBy } = attendee;
  return {
    sources,
    attributes: {
      id: who,
      kind,
      role,
      organisation: organisation ?? '',
      hand: handAt?.toISOString() ?? '',
      breakout: breakout === null ? '' : String(breakout),
      may: sources.join(','),
      // An organiser who has left the house has no name any more.
      chat: silencedBy === null ? '' : silencedBy || '—',
    },
  };
}

/** Finds out who somebody is in a meeting: by their right to it, or as a guest whom an organiser let in. */
@Injectable()
export class Attendees {
  constructor(private readonly database: Database) {}

  /**
   * Whoever asks, by session or by pass; a pass counts first, for it names one meeting.
   * @throws Refused `not-found` for strangers and guests who were not let in, `no-session`, `meeting-removed`
   */
  async asking(
    caller: Caller | null,
    uid: string,
    pass: string | undefined,
    db: Db = this.database.db,
  ): Promise<{ row: MeetingRow; me: Attendee }> {
    if (caller === null && pass === undefined) throw Refused.noSession();
    const row = await meetingByUid(db, uid);
    const me =
      row === null
        ? null
        : pass === undefined
          ? await this.person(db, row, caller as Caller)
          : await this.#guestByPass(db, row, pass);
    if (row === null || me === null) throw Refused.notFound();
    if (me.out) throw Refused.notAllowed('meeting-removed');
    return { row, me };
  }

  /** Somebody in the meeting by their uid or the id of their knock; null for whoever may not be in it. */
  async named(db: Db, row: MeetingRow, who: string): Promise<Attendee | null> {
    const person = await findPersonByUid(db, who);
    if (person !== null) return this.person(db, row, person);
    return this.#guest(db, row, 'k.id = $2', who);
  }

  /** A person as they are in the meeting; null for whoever may not see it. */
  async person(
    db: Db,
    row: MeetingRow,
    person: Pick<Person | Caller, 'id' | 'uid' | 'name' | 'kind' | 'organisation' | 'administrator'>,
  ): Promise<Attendee | null> {
    const seen = await load(db, person, row.uid, { kind: 'meeting' });
    if (seen === null) return null;
    const seat = await this.#seat(db, row.id, person.uid);
    return {
      ...seatOf(seat, roleIn(seen, person.id, seat.role)),
      who: person.uid,
      name: person.name,
      kind: person.kind,
      organisation: person.organisation,
      roleFixed: organisesByRight(seen, person.id),
    };
  }

  #guestByPass(db: Db, row: MeetingRow, pass: string): Promise<Attendee | null> {
    return this.#guest(db, row, 'k.pass_hash = $2', passHash(pass));
  }

  async #guest(db: Db, row: MeetingRow, condition: string, value: unknown): Promise<Attendee | null> {
    const [knock] = await db.query<{ id: string; name: string }>(
      `select k.id, k.name from meet.knock k where k.meeting_id = $1 and ${condition}
          and k.person_id is null and k.state = 'admitted' and k.expires_at > now()`,
      [row.id, value],
    );
    if (knock === undefined) return null;
    const seat = await this.#seat(db, row.id, knock.id);
    return {
      ...seatOf(seat, seat.role ?? 'participant'),
      who: knock.id,
      name: knock.name,
      kind: 'anonymous',
      organisation: null,
      roleFixed: false,
    };
  }

  async #seat(db: Db, meetingId: number, who: string): Promise<Seat> {
    const [seat] = await db.query<Seat>(
      `select role, camera, microphone, screen, hand_at as "handAt", breakout, out_at is not null as out,
          case when not chat then coalesce((select p.name from access.person p where p.subject_id = chat_by), '') end
            as "silencedBy"
         from meet.seat where meeting_id = $1 and who = $2`,
      [meetingId, who],
    );
    return seat ?? emptySeat;
  }
}

function seatOf(seat: Seat, role: MeetingRole) {
  const sources: MeetingSource[] = (['camera', 'microphone', 'screen'] as const).filter((one) => seat[one]);
  const { handAt, breakout, out, silencedBy } = seat;
  return { role, sources: role === 'listener' ? [] : sources, handAt, breakout, out, silencedBy };
}

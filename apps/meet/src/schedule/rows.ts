import type { Db } from '@parvis/access/db';
import { occurrenceListSizeMax } from '@parvis/contract/limits';
import { Repeat } from '@parvis/contract/meet-schedule';
import type { CalendarEvent } from '../invitation/event.ts';
import { wallsOf } from './repeat.ts';

/** What is kept of a scheduled meeting, besides its times. */
export interface PlanRow {
  readonly id: number;
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly organiserId: number;
  readonly cancelledAt: Date | null;
}

/** A stretch of a series: one rule, and its name in calendars. */
export interface Stretch {
  readonly id: number;
  readonly calendarUid: string;
  readonly sequence: number;
  readonly starts: string;
  readonly minutes: number;
  readonly zone: string;
  readonly repeat: Repeat | null;
}

export interface OccurrenceRow {
  readonly id: string;
  readonly stretchId: number;
  readonly wall: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly moved: boolean;
  readonly cancelledAt: Date | null;
}

export interface InvitedRow {
  readonly subjectId: number | null;
  readonly address: string | null;
  readonly name: string;
  readonly granted: boolean;
}

export async function planOf(db: Db, meetingId: number): Promise<PlanRow | null> {
  const [row] = await db.query<PlanRow>(
    `select p.meeting_id::float8 as id, r.uid, r.title, p.description, p.organiser_id as "organiserId",
       p.cancelled_at as "cancelledAt"
       from meet.plan p join access.resource r on r.id = p.meeting_id where p.meeting_id = $1`,
    [meetingId],
  );
  return row ?? null;
}

/** The stretches of a meeting, oldest first. */
export async function stretchesOf(db: Db, meetingId: number): Promise<Stretch[]> {
  const rows = await db.query<Omit<Stretch, 'repeat'> & { repeat: unknown }>(
    `select id::float8 as id, calendar_uid as "calendarUid", sequence, starts, minutes, zone, repeat
       from meet.stretch where meeting_id = $1 order by id`,
    [meetingId],
  );
  return rows.map((row) => ({ ...row, repeat: row.repeat === null ? null : Repeat.parse(row.repeat) }));
}

/** The times of a meeting, in their order. */
export async function occurrencesOf(db: Db, meetingId: number): Promise<OccurrenceRow[]> {
  return db.query(
    `select uid as id, stretch_id::float8 as "stretchId", wall, starts_at as "startsAt", ends_at as "endsAt", moved,
       cancelled_at as "cancelledAt" from meet.occurrence where meeting_id = $1 order by starts_at, uid`,
    [meetingId],
  );
}

export async function invitedTo(db: Db, meetingId: number): Promise<InvitedRow[]> {
  return db.query(
    `select subject_id as "subjectId", address, name, granted from meet.invited
      where meeting_id = $1 order by subject_id nulls last, lower(address)`,
    [meetingId],
  );
}

/** People who are invited by name or through a group, and may still come in. Subject ids. */
export async function peopleInvited(db: Db, meetingId: number): Promise<number[]> {
  const rows = await db.query<{ id: number }>(
    `with recursive s(id) as (
       select subject_id from meet.invited where meeting_id = $1 and subject_id is not null
       union select m.subject_id from s join access.member m on m.group_id = s.id)
     select p.subject_id as id from s join access.person p on p.subject_id = s.id
      where p.disabled_at is null and (p.ends_at is null or p.ends_at > now())`,
    [meetingId],
  );
  return rows.map(({ id }) => id);
}

/** A stretch as calendars are told of it. */
export function eventOf(
  plan: Pick<PlanRow, 'uid' | 'title' | 'description'>,
  stretch: Stretch,
  occurrences: readonly OccurrenceRow[],
): CalendarEvent {
  const mine = occurrences.filter(({ stretchId }) => stretchId === stretch.id);
  const held = new Set(mine.filter(({ cancelledAt }) => cancelledAt === null).map(({ wall }) => wall));
  return {
    calendarUid: stretch.calendarUid,
    sequence: stretch.sequence,
    meetingId: plan.uid,
    title: plan.title,
    description: plan.description,
    starts: stretch.starts,
    minutes: stretch.minutes,
    zone: stretch.zone,
    repeat: stretch.repeat,
    moved: mine
      .filter(({ moved, cancelledAt }) => moved && cancelledAt === null)
      .map(({ wall, startsAt, endsAt }) => ({
        wall,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
      })),
    left: wallsOf(stretch.starts, stretch.repeat, occurrenceListSizeMax).filter((wall) => !held.has(wall)),
  };
}

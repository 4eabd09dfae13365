import type { Db } from '@parvis/access/db';
import { meetingAheadDaysMax, occurrenceListSizeMax } from '@parvis/contract/limits';
import type { Repeat } from '@parvis/contract/meet-schedule';
import { Refused } from '@parvis/server/refused';
import { wallsOf } from './repeat.ts';
import { type OccurrenceRow, occurrencesOf, type Stretch, stretchesOf } from './rows.ts';
import { instantOf, wallMs } from './zone.ts';

/** When a stretch is held. */
export interface When {
  /** By the clock on the wall of the zone, `2026-11-25T09:30`. */
  readonly starts: string;
  readonly minutes: number;
  readonly zone: string;
  readonly repeat: Repeat | null;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const midnight = 'T00:00';

/** The walls and instants of a rule, at most one more than a series may have. */
export function timesBy({ starts, zone, repeat }: When): { wall: string; at: number }[] {
  return wallsOf(starts, repeat, occurrenceListSizeMax).map((wall) => ({ wall, at: instantOf(zone, wall) }));
}

/** The same for what somebody asks for. @throws Refused `meeting-time-past`, `repeat-too-long`, `repeat-empty` */
export function timesOf(when: When): { wall: string; at: number }[] {
  const times = timesBy(when);
  if (times.length === 0) throw Refused.badInput([], 'repeat-empty');
  if (times.length > occurrenceListSizeMax) throw Refused.badInput([], 'repeat-too-long');
  const now = Date.now();
  const last = times[times.length - 1]?.at ?? 0;
  if (last > now + meetingAheadDaysMax * dayMs) throw Refused.badInput([], 'repeat-too-long');
  // What has begun a moment ago may still be put down; what is over may not.
  if ((times[0]?.at ?? 0) < now - dayMs) throw Refused.badInput([], 'meeting-time-past');
  return times;
}

/** Writes a stretch and all of its times; under the name that another one had, where there is such a one. */
export async function addStretch(
  db: Db,
  meetingId: number,
  when: When,
  heir: Pick<Stretch, 'calendarUid' | 'sequence'> | null,
  times = timesOf(when),
): Promise<void> {
  const [made] = await db.query<{ id: number }>(
    `insert into meet.stretch (meeting_id, starts, minutes, zone, repeat, calendar_uid, sequence)
     values ($1, $2, $3, $4, $5::jsonb, coalesce($6::uuid, gen_random_uuid()), $7) returning id::float8 as id`,
    [
      meetingId,
      // A rule may leave out the day that was typed: it begins on its own first day, for calendars as for us.
      times[0]?.wall,
      when.minutes,
      when.zone,
      when.repeat === null ? null : JSON.stringify(when.repeat),
      heir?.calendarUid ?? null,
      heir === null ? 0 : heir.sequence + 1,
    ],
  );
  await db.query(
    `insert into meet.occurrence (stretch_id, meeting_id, wall, starts_at, ends_at)
     select $1, $2, t.wall, t.at, t.at + make_interval(mins => $5)
       from unnest($3::text[], $4::timestamptz[]) as t(wall, at)`,
    [
      made?.id,
      meetingId,
      times.map(({ wall }) => wall),
      times.map(({ at }) => new Date(at).toISOString()),
      when.minutes,
    ],
  );
}

/** What calendars must be told to forget: stretches of which nothing is left. */
export type Gone = { stretch: Stretch; occurrences: OccurrenceRow[] };

/**
 * Takes away all times from an instant on. Stretches that began earlier end before it; those of which nothing is left
 * go. @returns those that went, oldest first
 */
export async function endFrom(db: Db, meetingId: number, from: Date): Promise<Gone[]> {
  const before = await occurrencesOf(db, meetingId);
  const stretches = await stretchesOf(db, meetingId);
  await db.query('delete from meet.occurrence where meeting_id = $1 and starts_at >= $2', [meetingId, from]);
  const gone: Gone[] = [];
  for (const stretch of stretches) {
    const mine = before.filter(({ stretchId }) => stretchId === stretch.id);
    const kept = mine.filter(({ startsAt }) => startsAt < from);
    if (kept.length === mine.length) continue;
    if (kept.length === 0) {
      gone.push({ stretch, occurrences: mine });
      await db.query('delete from meet.stretch where id = $1', [stretch.id]);
      continue;
    }
    const last = kept
      .map(({ wall }) => wall)
      .toSorted()
      .at(-1) as string;
    const repeat = stretch.repeat && { ...stretch.repeat, until: last.slice(0, 10) };
    await db.query('update meet.stretch set repeat = $2::jsonb, sequence = sequence + 1 where id = $1', [
      stretch.id,
      repeat === null ? null : JSON.stringify(repeat),
    ]);
  }
  return gone;
}

const weekDays = 7;

/** The rule of a stretch, to go on from another day and hour: days of the week move along. */
export function continued(stretch: Stretch, wall: string, starts: string, minutes: number): When {
  const shift = Math.round(
    (wallMs(starts.slice(0, 10) + midnight) - wallMs(wall.slice(0, 10) + midnight)) / dayMs,
  );
  const days = (stretch.repeat?.days ?? []).map(
    (day) => ((((day - 1 + shift) % weekDays) + weekDays) % weekDays) + 1,
  );
  return {
    starts,
    minutes,
    zone: stretch.zone,
    repeat: stretch.repeat && { ...stretch.repeat, days: days.toSorted((a, b) => a - b) },
  };
}

/**
 * Puts the times to come where the clocks of their zones now put them: a state may decide anew when its clocks
 * change, and what was agreed is the hour on the wall. @returns how many moved
 */
export async function followClocks(db: Db): Promise<number> {
  const rows = await db.query<{ id: string; wall: string; zone: string; minutes: number; startsAt: Date }>(
    `select o.uid as id, o.wall, s.zone, s.minutes, o.starts_at as "startsAt"
       from meet.occurrence o join meet.stretch s on s.id = o.stretch_id
      where o.starts_at > now() and not o.moved and o.cancelled_at is null`,
  );
  let moved = 0;
  for (const { id, wall, zone, minutes, startsAt } of rows) {
    const at = instantOf(zone, wall);
    if (at === startsAt.getTime()) continue;
    moved += 1;
    await db.query('update meet.occurrence set starts_at = $2, ends_at = $3 where uid = $1', [
      id,
      new Date(at),
      new Date(at + minutes * minuteMs),
    ]);
  }
  return moved;
}

import type { Db } from '@parvis/access/db';
import { happen } from '@parvis/access/happenings';
import { peopleInvited } from '../schedule/rows.ts';

/** Minutes before its time from which somebody's coming is the beginning of a scheduled meeting. */
const earlyMinutes = 10;

/**
 * Somebody came into a meeting at `at`. If one of its times begins with it, those invited who are not there are told,
 * once for each time; whoever answered no is not.
 */
export async function tellBegun(db: Db, meetingUid: string, at: Date): Promise<void> {
  const begun = await db.query<{ meetingId: number; organiserId: number; startsAt: Date }>(
    `update meet.occurrence o set begun_said_at = now() from meet.plan p, meet.meeting m
      where m.uid = $1 and m.ended_at is null and o.meeting_id = m.resource_id and p.meeting_id = o.meeting_id
        and o.begun_said_at is null and o.cancelled_at is null and o.ends_at > greatest($2::timestamptz, now())
        and o.starts_at <= $2::timestamptz + make_interval(mins => ${earlyMinutes})
     returning o.meeting_id::float8 as "meetingId", p.organiser_id as "organiserId", o.starts_at as "startsAt"`,
    [meetingUid, at],
  );
  for (const { meetingId, organiserId, startsAt } of begun) {
    const away = await db.query<{ id: number }>(
      `select person_id as id from meet.answer where meeting_id = $1 and answer = 'no'
       union select person_id from meet.stay where meeting_id = $1 and left_at is null and person_id is not null`,
      [meetingId],
    );
    const others = new Set([...(await peopleInvited(db, meetingId)), organiserId]);
    for (const { id } of away) others.delete(id);
    if (others.size === 0) continue;
    const detail = { why: 'meeting-started' as const, people: [...others], at: startsAt.toISOString() };
    await happen(db, { what: 'meeting', actorId: null, resourceId: meetingId, detail });
  }
}

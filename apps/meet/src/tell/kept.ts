import type { Db } from '@parvis/access/db';
import { type Happening, happen } from '@parvis/access/happenings';

type Why = Extract<Happening, { what: 'meeting' }>['detail']['why'];

/** Hours before it within which somebody was in the meeting of which something was kept, and not in an earlier one. */
const sameHours = 12;

/**
 * Tells the organiser of a meeting, and whoever was in it, that something of it is there, when and only when the
 * caller's transaction commits.
 * @param since when what was kept begins; null: it is about the meeting as a whole
 */
export async function tellKept(
  db: Db,
  meetingId: number,
  why: Extract<Why, 'recording-saved' | 'transcript-ready' | 'minutes-ready'>,
  since: Date | null,
): Promise<void> {
  const people = await db.query<{ id: number }>(
    `select owner_id as id from access.resource where id = $1 and owner_id is not null
     union select organiser_id from meet.plan where meeting_id = $1
     union select person_id from meet.stay where meeting_id = $1 and person_id is not null
       and ($2::timestamptz is null
         or coalesce(left_at, 'infinity') > $2::timestamptz - make_interval(hours => ${sameHours}))`,
    [meetingId, since],
  );
  if (people.length === 0) return;
  const detail = { why, people: people.map(({ id }) => id), at: null };
  await happen(db, { what: 'meeting', actorId: null, resourceId: meetingId, detail });
}

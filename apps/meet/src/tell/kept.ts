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
  why: Extract<Why, 'recording-saved' | 'recording-cut' | 'transcript-ready' | 'minutes-ready'>,
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

/**
 * Tells of a recording that is over, once it is settled what is left of it: all of it, or a part (what the disk no
 * longer took, a stretch in which the scribe was away), to those who were there; nothing, to those who wait for it.
 */
export async function tellRecorded(db: Db, recordingId: string): Promise<void> {
  const [kept] = await db.query<{
    meetingId: number;
    startedAt: Date;
    byId: number | null;
    some: boolean;
    whole: boolean;
  }>(
    `select r.meeting_id::float8 as "meetingId", r.started_at as "startedAt", r.by_id as "byId",
        exists (select from meet.recorded_track t where t.recording_id = r.id) as some,
        r.state = 'saved' and not exists (select from meet.gap g where g.meeting_id = r.meeting_id
          and g.to_at > r.started_at and g.from_at < r.ended_at)
          and not exists (select from meet.recorded_track t where t.recording_id = r.id
            and jsonb_array_length(t.picture -> 'gaps') > 0) as whole
       from meet.recording r where r.id = $1 and r.state in ('saved', 'failed')`,
    [recordingId],
  );
  if (!kept) return;
  const { meetingId, startedAt, byId, some, whole } = kept;
  if (some) return tellKept(db, meetingId, whole ? 'recording-saved' : 'recording-cut', startedAt);
  const people = await db.query<{ id: number }>(
    `select owner_id as id from access.resource where id = $1 and owner_id is not null
     union select organiser_id from meet.plan where meeting_id = $1
     union select $2::int where $2::int is not null`,
    [meetingId, byId],
  );
  if (people.length === 0) return;
  const detail = { why: 'recording-failed' as const, people: people.map(({ id }) => id), at: null };
  await happen(db, { what: 'meeting', actorId: null, resourceId: meetingId, detail });
}

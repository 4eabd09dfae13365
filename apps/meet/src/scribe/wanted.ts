import type { Db } from '@parvis/access/db';
import type { Locale } from '@parvis/contract/shape';

/** Seconds for which a meeting is held; whoever dies loses it then, or at once to the next of the same name. */
const heldSeconds = 15;

/** What the scribe is to do in one meeting. */
export interface Wanted {
  readonly id: number;
  readonly uid: string;
  readonly captions: boolean;
  readonly transcript: boolean;
  readonly recordingId: string | null;
  /** Whether the recording has a picture, and the language of whoever asked for it. */
  readonly picture: boolean;
  readonly locale: Locale;
  readonly heardUntil: Date | null;
  /** Who agreed to be recorded and written down: uids of people, ids of guests. */
  readonly agreed: readonly string[];
  /** Of those, who agreed to be seen, too. */
  readonly seen: readonly string[];
}

/** Takes, or keeps, at most `roomsMax` meetings in which something is wanted and that no living scribe holds. */
export async function takeWanted(db: Db, holder: string, roomsMax: number): Promise<Wanted[]> {
  return db.query<Wanted>(
    `with mine as (
       select l.meeting_id from meet.listening l join meet.meeting m on m.resource_id = l.meeting_id
        where (l.captions or l.recording_id is not null) and m.ended_at is null
          and (l.holder is null or l.holder = $1 or l.held_until < now())
        order by l.holder is distinct from $1, l.meeting_id limit $2 for update of l skip locked)
     update meet.listening l set holder = $1, held_until = now() + make_interval(secs => ${heldSeconds})
       from mine join meet.meeting m on m.resource_id = mine.meeting_id
      where l.meeting_id = mine.meeting_id
     returning l.meeting_id::float8 as id, m.uid, l.captions, l.transcript, l.recording_id as "recordingId",
       l.heard_until as "heardUntil",
       coalesce((select r.picture from meet.recording r where r.id = l.recording_id), false) as picture,
       coalesce((select p.locale from meet.recording r join access.person p on p.subject_id = r.by_id
                  where r.id = l.recording_id), 'fr') as locale,
       coalesce((select array_agg(c.who) from meet.consent c
                  where c.meeting_id = l.meeting_id and c.agrees), '{}') as agreed,
       coalesce((select array_agg(c.who) from meet.consent c
                  where c.meeting_id = l.meeting_id and c.agrees and c.picture), '{}') as seen`,
    [holder, roomsMax],
  );
}

/** Says up to when everything that was said in a meeting is kept, as far as this scribe still holds it. */
export async function heardUntil(db: Db, meetingId: number, holder: string, until: number): Promise<void> {
  await db.query(
    `update meet.listening set heard_until = greatest(coalesce(heard_until, $3), $3)
      where meeting_id = $1 and holder = $2`,
    [meetingId, holder, new Date(until)],
  );
}

/** A meeting in which nothing is wanted any more is nobody's. */
export async function letGo(db: Db, meetingId: number, holder: string): Promise<void> {
  await db.query(
    `update meet.listening set holder = null, held_until = null, heard_until = null
      where meeting_id = $1 and holder = $2 and not captions and recording_id is null`,
    [meetingId, holder],
  );
}

/** Says that nothing is left of a stretch of time. */
export async function missing(db: Db, meetingId: number, from: number, to: number): Promise<void> {
  await db.query(
    `insert into meet.gap (meeting_id, from_at, to_at) values ($1, $2, $3)
     on conflict (meeting_id, from_at) do update set to_at = greatest(gap.to_at, excluded.to_at)`,
    [meetingId, new Date(from), new Date(to)],
  );
}

/**
 * Whether a living scribe is needed that does not hold its meetings yet, or whose meetings are this one's. Those that
 * are over count too: what was wanted in them is still to be ended.
 */
export async function isNeeded(db: Db, holder: string): Promise<boolean> {
  const rows = await db.query(
    `select 1 from meet.listening l where (l.captions or l.recording_id is not null)
        and (l.holder is null or l.holder = $1 or l.held_until < now())
     union all select 1 from meet.recording where state = 'saving' limit 1`,
    [holder],
  );
  return rows.length > 0;
}

/**
 * Ends what is wanted in meetings that are over, or in one from which everybody has gone: its recording is to be saved.
 * @returns uids of the meetings that were ended so
 */
export async function endThoseOver(db: Db, emptyMeetingId: number | null = null): Promise<string[]> {
  const rows = await db.query<{ uid: string }>(
    `with over as (
       select l.meeting_id, l.recording_id, m.uid from meet.listening l
         join meet.meeting m on m.resource_id = l.meeting_id
        where (l.captions or l.recording_id is not null) and (m.ended_at is not null or l.meeting_id = $1)
        for update of l),
     recorded as (
       update meet.recording r set state = 'saving', ended_at = coalesce(r.ended_at, now())
         from over where r.id = over.recording_id and r.state in ('asked', 'on') returning r.id),
     quiet as (
       update meet.listening l set captions = false, transcript = false, recording_id = null
         from over where l.meeting_id = over.meeting_id returning l.meeting_id),
     shown as (
       update meet.meeting m set captions = '{"state":"off","languages":[]}',
           recording = case when over.recording_id is null then m.recording
                            else jsonb_set(m.recording, '{state}', '"saving"') end
         from over where m.resource_id = over.meeting_id returning m.uid)
     select uid from shown`,
    [emptyMeetingId],
  );
  return rows.map(({ uid }) => uid);
}

/**
 * Says that a recording has begun.
 * @returns whether it had not been said before
 */
export async function begun(db: Db, recordingId: string, holder: string): Promise<boolean> {
  const rows = await db.query(
    `with r as (update meet.recording set state = 'on', holder = $2 where id = $1 and state = 'asked' returning meeting_id)
     update meet.meeting m set recording = jsonb_set(m.recording, '{state}', '"on"') from r
      where m.resource_id = r.meeting_id returning m.uid`,
    [recordingId, holder],
  );
  return rows.length > 0;
}

/** The disk takes no more: a recording ends here and says so; what was written is saved. */
export async function endFull(db: Db, recordingId: string): Promise<void> {
  await db.query(
    `with r as (update meet.recording set state = 'saving', code = 'disk-full', ended_at = now()
                 where id = $1 and state in ('asked', 'on') returning meeting_id),
          l as (update meet.listening l set recording_id = null from r
                 where l.meeting_id = r.meeting_id returning 1)
     update meet.meeting m set recording = jsonb_set(m.recording, '{state}', '"saving"') from r
      where m.resource_id = r.meeting_id`,
    [recordingId],
  );
}

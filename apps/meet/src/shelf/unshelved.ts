import type { Db } from '@parvis/access/db';

/** A recording of which something is not among the files yet, and the space in which it belongs there. */
export interface Unshelved {
  readonly id: string;
  readonly meetingUid: string;
  readonly title: string;
  readonly startedAt: Date;
  readonly keptUntil: string;
  readonly folderId: string | null;
  /** Null: its meeting is in no space, or not open to all who are in it. */
  readonly space: { readonly id: number; readonly uid: string } | null;
  /** Who organises the meeting, else who asked for the recording, with their language. */
  readonly owner: { readonly id: number; readonly locale: string } | null;
}

const waiting = `r.state in ('saved', 'failed')
  and exists (select from meet.recorded_track t where t.recording_id = r.id and t.shelved_at is null)`;

/** Ids of recordings that wait to be shown; while a meeting or its space is in the trash, nothing is put there. */
export async function waitingIds(db: Db, limit: number): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select r.id from meet.recording r join access.resource x on x.id = r.meeting_id
      where ${waiting} and x.trash_id is null order by r.started_at limit $1`,
    [limit],
  );
  return rows.map(({ id }) => id);
}

/** One that still waits, held until the commit; null when somebody else was sooner. */
export async function takeUnshelved(db: Db, recordingId: string): Promise<Unshelved | null> {
  const [row] = await db.query<
    Omit<Unshelved, 'space' | 'owner'> & {
      spaceId: number | null;
      spaceUid: string | null;
      ownerId: number | null;
      locale: string | null;
    }
  >(
    // Access only widens on the way down: in a tree whose top is the space, all who are in it see the meeting.
    `select r.id, x.uid as "meetingUid", x.title, r.started_at as "startedAt", r.kept_until::text as "keptUntil",
        r.folder_id as "folderId", s.id::float8 as "spaceId", s.uid as "spaceUid",
        p.subject_id as "ownerId", p.locale
       from meet.recording r join access.resource x on x.id = r.meeting_id
       left join access.resource s on s.id = x.space_id and s.id = x.top_id
       left join lateral (
         select subject_id, locale from access.person where subject_id in (x.owner_id, r.by_id)
          order by subject_id is distinct from x.owner_id limit 1) p on true
      where r.id = $1 and ${waiting} for no key update of r`,
    [recordingId],
  );
  if (row === undefined) return null;
  const { spaceId, spaceUid, ownerId, locale, ...rest } = row;
  return {
    ...rest,
    space: spaceId === null || spaceUid === null ? null : { id: spaceId, uid: spaceUid },
    owner: ownerId === null || locale === null ? null : { id: ownerId, locale },
  };
}

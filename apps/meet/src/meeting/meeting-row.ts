import type { Db } from '@parvis/access/db';
import type { Seen } from '@parvis/access/read';
import { abilities } from '@parvis/access/roles';
import type { CaptionsState, MeetingAccess, MeetingRole, RecordingState } from '@parvis/contract/meet';

/** A meeting's own row, and what was set for one person in it. */
export interface MeetingRow {
  readonly id: number;
  readonly uid: string;
  readonly code: string;
  readonly access: MeetingAccess;
  readonly locked: boolean;
  readonly encrypted: boolean;
  readonly channelId: string | null;
  readonly notesId: string | null;
  readonly boardId: string | null;
  /** Whether it is held another time after it ended: then it opens again. */
  readonly comesAgain: boolean;
  readonly recording: RecordingState;
  readonly captions: CaptionsState;
  readonly breakoutsAt: Date | null;
  readonly breakoutsUntil: Date | null;
  readonly calledBackAt: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

/** The columns of meet.meeting as MeetingRow, for a query in which the table is called `m`. */
export const meetingColumns = `m.resource_id::float8 as id, m.uid, m.code, m.access, m.locked, m.encrypted,
  m.channel_id as "channelId", m.notes_id as "notesId", m.board_id as "boardId", m.recording, m.captions, m.breakouts_at as "breakoutsAt",
  m.breakouts_until as "breakoutsUntil", m.called_back_at as "calledBackAt", m.started_at as "startedAt",
  m.ended_at as "endedAt", exists (select from meet.occurrence o where o.meeting_id = m.resource_id
    and o.cancelled_at is null and o.ends_at > now() and o.starts_at > m.ended_at) as "comesAgain"`;

/** A meeting's row without asking who wants it: for the inside of the service. `lock` holds it until the commit. */
export async function meetingByUid(db: Db, uid: string, lock = false): Promise<MeetingRow | null> {
  const [row] = await db.query<MeetingRow>(
    `select ${meetingColumns} from meet.meeting m where m.uid = $1 ${lock ? 'for no key update' : ''}`,
    [uid],
  );
  return row ?? null;
}

/** Whoever manages the thing organises the meeting and cannot be anything less. */
export function organisesByRight(seen: Pick<Seen, 'role' | 'ownerId'>, personId: number): boolean {
  return abilities(seen.role).manage || seen.ownerId === personId;
}

/** What somebody is in a meeting that they see: by right, as it was set for them, else by what they may do. */
export function roleIn(
  seen: Pick<Seen, 'role' | 'ownerId'>,
  personId: number,
  set: MeetingRole | null,
): MeetingRole {
  if (organisesByRight(seen, personId)) return 'organiser';
  return set ?? (abilities(seen.role).comment ? 'participant' : 'listener');
}

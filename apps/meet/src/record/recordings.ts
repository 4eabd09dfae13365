import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import type { RecordedTrack, Recording } from '@parvis/contract/meet-record';
import { peopleNamed } from '../scribe/people.ts';

interface Row {
  readonly id: string;
  readonly meetingId: number;
  readonly state: Recording['state'];
  readonly code: string | null;
  readonly byId: number | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly keptUntil: string;
  readonly folderId: string | null;
  readonly picture: boolean;
}
interface TrackRow {
  readonly recordingId: string;
  readonly n: number;
  readonly who: string | null;
  readonly name: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly sizeBytes: number;
  readonly picture: RecordedTrack['picture'];
}

/** SQL: a track that lies among the files of a space is there as long as it lies there, and not in their trash. */
export function isShown(alias: string): string {
  return `(${alias}.file_id is null or exists (select from access.resource f
    where f.uid = ${alias}.file_id and f.trash_id is null))`;
}

/** SQL: all of the recording `r` is in the trash of the files. */
const putAway = `(exists (select from meet.recorded_track t where t.recording_id = r.id) and not exists (
  select from meet.recorded_track t where t.recording_id = r.id and ${isShown('t')}))`;

/** Recordings as the wire tells them; whoever calls has asked for the meeting already. */
@Injectable()
export class Recordings {
  /** Those of a meeting, newest first; or the one that runs; or the one of that id. */
  async of(db: Db, meetingId: number, only: { running?: boolean; id?: string } = {}): Promise<Recording[]> {
    const rows = await db.query<Row>(
      `select r.id, r.meeting_id::float8 as "meetingId", r.state, r.code, r.by_id as "byId",
          r.started_at as "startedAt", r.ended_at as "endedAt", r.kept_until::text as "keptUntil",
          r.folder_id as "folderId", r.picture
         from meet.recording r where r.meeting_id = $1 and not ${putAway} and (not $2 or r.state in ('asked', 'on'))
          and ($3::uuid is null or r.id = $3) order by r.started_at desc limit 100`,
      [meetingId, only.running ?? false, only.id ?? null],
    );
    if (rows.length === 0) return [];
    const tracks = await db.query<TrackRow>(
      `select recording_id as "recordingId", n, who, name, started_at as "startedAt",
          duration_ms as "durationMs", size_bytes::float8 as "sizeBytes", picture
         from meet.recorded_track t where recording_id = any($1) and ${isShown('t')} order by recording_id, n`,
      [rows.map(({ id }) => id)],
    );
    const gaps = await gapsOf(db, meetingId);
    const people = await peopleNamed(db, {
      uids: tracks.map(({ who }) => who),
      ids: rows.map(({ byId }) => byId),
    });
    return rows.map((row) => ({
      id: row.id,
      state: row.state,
      code: row.code,
      by: row.byId === null ? null : (people.byId.get(row.byId) ?? null),
      startedAt: row.startedAt.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
      keptUntil: row.keptUntil,
      folderId: row.folderId,
      picture: row.picture,
      tracks: tracks
        .filter(({ recordingId }) => recordingId === row.id)
        .map(({ n, who, name, startedAt, durationMs, sizeBytes, picture }) => ({
          n,
          mix: who === null && picture === null,
          person: who === null ? null : (people.byUid.get(who) ?? null),
          name,
          startedAt: startedAt.toISOString(),
          durationMs,
          sizeBytes,
          picture,
        })),
      gaps: gaps.filter(
        ({ from, to }) =>
          to > row.startedAt.toISOString() && (row.endedAt === null || from < row.endedAt.toISOString()),
      ),
    }));
  }
}

/** Stretches of a meeting of which nothing was kept although somebody wanted it. */
export async function gapsOf(db: Db, meetingId: number): Promise<{ from: string; to: string }[]> {
  const gaps = await db.query<{ from: Date; to: Date }>(
    'select from_at as "from", to_at as "to" from meet.gap where meeting_id = $1 order by from_at limit 1000',
    [meetingId],
  );
  return gaps.map(({ from, to }) => ({ from: from.toISOString(), to: to.toISOString() }));
}

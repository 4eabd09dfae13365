import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { transcriptPageMax, transcriptSizeMax } from '@parvis/contract/limits';
import type {
  correctLine,
  exportTranscript,
  getLineHistory,
  getTranscript,
  Transcript,
  TranscriptLine,
} from '@parvis/contract/meet-transcript';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Changed } from '../meeting/changed.ts';
import { Meetings, type Seated } from '../meeting/meetings.ts';
import { gapsOf } from '../record/recordings.ts';
import { peopleNamed } from '../scribe/people.ts';
import { transcriptAsHtml, transcriptAsText, transcriptAsVtt } from './written.ts';

/** A line as it is kept. */
export interface LineRow {
  readonly id: string;
  readonly who: string;
  readonly name: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly text: string;
  readonly language: string;
  readonly confidence: number | null;
  readonly correctedBy: number | null;
}

const columns = `t.id, t.who, t.name, t.started_at as "startedAt", t.ended_at as "endedAt", t.text, t.language,
  t.confidence::float8 as confidence, t.corrected_by as "correctedBy"`;

/** All lines of a meeting in the order in which they were begun. */
export async function linesOf(db: Db, meetingId: number): Promise<LineRow[]> {
  return db.query<LineRow>(
    `select ${columns} from meet.transcript_line t where t.meeting_id = $1
      order by t.started_at, t.id limit ${transcriptSizeMax}`,
    [meetingId],
  );
}

/** What was said: read by whoever sees the meeting, corrected by those who may take part in it. */
@Injectable()
export class TranscriptService {
  constructor(
    private readonly database: Database,
    private readonly meetings: Meetings,
    private readonly changed: Changed,
  ) {}

  async page(caller: Caller, { id, after }: InputOf<typeof getTranscript>): Promise<Transcript> {
    const { row } = await this.meetings.seen(caller, id);
    const { db } = this.database;
    const [at, last] = positionOf(after);
    const rows = await db.query<LineRow>(
      `select ${columns} from meet.transcript_line t
        where t.meeting_id = $1 and ($2::timestamptz is null or (t.started_at, t.id) > ($2, $3::uuid))
        order by t.started_at, t.id limit ${transcriptPageMax + 1}`,
      [row.id, at, last],
    );
    const lines = rows.slice(0, transcriptPageMax);
    const end = lines.at(-1);
    const [about] = await db.query<{ models: string[] | null; languages: string[] | null }>(
      `select array_agg(distinct model) as models, array_agg(distinct language) as languages
         from meet.transcript_line where meeting_id = $1`,
      [row.id],
    );
    return {
      lines: await presented(db, lines),
      next: rows.length > transcriptPageMax && end ? `${end.startedAt.toISOString()}_${end.id}` : null,
      models: about?.models ?? [],
      languages: about?.languages ?? [],
      gaps: await gapsOf(db, row.id),
    };
  }

  /** @throws Refused `not-found`, `not-allowed` for those who only listen */
  async correct(caller: Caller, { id, text }: InputOf<typeof correctLine>): Promise<TranscriptLine> {
    const { row, role } = await this.#ofLine(caller, id);
    if (role === 'listener') throw Refused.notAllowed();
    const fixed = await this.database.transaction(async (db) => {
      const [before] = await db.query<{ text: string; by: number | null; at: Date }>(
        `select text, corrected_by as by, coalesce(corrected_at, ended_at) as at
           from meet.transcript_line where id = $1 for update`,
        [id],
      );
      if (!before) throw Refused.notFound();
      if (before.text !== text) {
        await db.query(
          `insert into meet.line_version (line_id, nr, text, by_id, at)
           select $1, coalesce(max(nr), 0) + 1, $2, $3, $4 from meet.line_version where line_id = $1`,
          [id, before.text, before.by, before.at],
        );
        await db.query(
          `update meet.transcript_line set text = $2, corrected_by = $3, corrected_at = clock_timestamp()
            where id = $1`,
          [id, text, caller.id],
        );
        await audit(db, {
          actorId: caller.id,
          action: 'transcript.corrected',
          resourceId: row.id,
          detail: { line: id },
        });
        await this.changed.sayKept(db, row.uid);
      }
      return db.query<LineRow>(`select ${columns} from meet.transcript_line t where t.id = $1`, [id]);
    });
    const [line] = await presented(this.database.db, fixed);
    if (!line) throw Refused.notFound();
    return line;
  }

  async history(caller: Caller, id: string): Promise<OutputOf<typeof getLineHistory>> {
    await this.#ofLine(caller, id);
    const { db } = this.database;
    const versions = await db.query<{ text: string; by: number | null; at: Date }>(
      `select text, by_id as by, at from meet.line_version where line_id = $1 order by nr desc limit 200`,
      [id],
    );
    const people = await peopleNamed(db, { ids: versions.map(({ by }) => by) });
    return {
      versions: versions.map(({ text, by, at }) => ({
        text,
        by: by === null ? null : (people.byId.get(by) ?? null),
        at: at.toISOString(),
      })),
    };
  }

  /** @throws Refused `not-found`, `transcript-empty` */
  async file(
    caller: Caller,
    { id, form }: InputOf<typeof exportTranscript>,
  ): Promise<OutputOf<typeof exportTranscript>> {
    const { row, seen } = await this.meetings.seen(caller, id);
    const lines = await linesOf(this.database.db, row.id);
    if (lines.length === 0) throw Refused.conflict('transcript-empty');
    const name = `${seen.title}.${form}`;
    if (form === 'vtt') return { name, mediaType: 'text/vtt', text: transcriptAsVtt(lines) };
    if (form === 'html') return { name, mediaType: 'text/html', text: transcriptAsHtml(seen.title, lines) };
    return { name, mediaType: 'text/plain', text: transcriptAsText(lines) };
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async delete(caller: Caller, id: string) {
    const { row } = await this.meetings.organised(caller, id);
    await this.database.transaction(async (db) => {
      await db.query('delete from meet.transcript_line where meeting_id = $1', [row.id]);
      await db.query('delete from meet.minutes where meeting_id = $1', [row.id]);
      await audit(db, { actorId: caller.id, action: 'transcript.deleted', resourceId: row.id, detail: {} });
      await this.changed.sayKept(db, id);
    });
    return done;
  }

  async #ofLine(caller: Caller, lineId: string): Promise<Seated> {
    const [found] = await this.database.db.query<{ uid: string }>(
      `select m.uid from meet.transcript_line t join meet.meeting m on m.resource_id = t.meeting_id
        where t.id = $1`,
      [lineId],
    );
    if (!found) throw Refused.notFound();
    return this.meetings.seen(caller, found.uid);
  }
}

/** A place in a transcript as it was given out as `next`. @throws Refused `bad-input` */
function positionOf(after: string | undefined): [string | null, string | null] {
  if (after === undefined) return [null, null];
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/.exec(after);
  if (!match?.[1] || !match[2]) throw Refused.badInput([{ path: 'after', code: 'invalid' }]);
  return [match[1], match[2]];
}

async function presented(db: Db, rows: readonly LineRow[]): Promise<TranscriptLine[]> {
  const people = await peopleNamed(db, {
    uids: rows.map(({ who }) => who),
    ids: rows.map(({ correctedBy }) => correctedBy),
  });
  return rows.map(({ id, who, name, startedAt, endedAt, text, language, confidence, correctedBy }) => ({
    id,
    person: people.byUid.get(who) ?? null,
    name: people.byUid.get(who)?.name ?? name,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    text,
    language,
    confidence: confidence === null ? null : Math.min(1, Math.max(0, confidence)),
    correctedBy: correctedBy === null ? null : (people.byId.get(correctedBy) ?? null),
  }));
}

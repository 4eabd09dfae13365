import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import type { getMinutesPage, makeMinutes, Minutes, setMinutesDocument } from '@parvis/contract/meet-minutes';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import { done, Locale } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { type JobAttempt, Jobs } from '@parvis/server/jobs';
import { Refused } from '@parvis/server/refused';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import { z } from 'zod';
import { Changed } from '../meeting/changed.ts';
import { Meetings } from '../meeting/meetings.ts';
import { peopleNamed } from '../scribe/people.ts';
import type { settings } from '../settings.ts';
import { tellKept } from '../tell/kept.ts';
import { type LineRow, linesOf } from '../transcript/transcript.service.ts';
import { languageOf, outlineOf } from './outline.ts';
import { minutesPage } from './page.ts';
import { type MinutesPlace, Unclear, type Written, writeMinutes } from './written.ts';

const job = 'minutes-make';
const options = { retryLimit: 2, expireSeconds: 1_800 };
const Data = z.object({ meetingId: z.int(), uid: z.uuid() });

interface Row {
  readonly state: 'making' | 'ready' | 'failed';
  readonly code: string | null;
  readonly kind: 'model' | 'outline';
  readonly model: string | null;
  readonly language: string;
  readonly madeAt: Date | null;
  readonly content: Written | null;
  readonly documentId: string | null;
}

/** Minutes of a meeting, drawn up from its transcript by a durable job: by a language model, or as an outline. */
@Injectable()
export class MinutesService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly meetings: Meetings,
    private readonly changed: Changed,
    private readonly jobs: Jobs,
    @Inject(SETTINGS) private readonly set: ServiceSettings<typeof settings>,
  ) {}

  onModuleInit(): void {
    this.jobs.define(job, Data, (data, attempt) => this.#draw(data, attempt), options);
  }

  async one(caller: Caller, id: string): Promise<Minutes> {
    const { row } = await this.meetings.seen(caller, id);
    return this.#present(row.id);
  }

  /** @throws Refused `not-found`, `not-allowed` for those who only listen, `transcript-empty` */
  async make(caller: Caller, { id, locale }: InputOf<typeof makeMinutes>): Promise<Minutes> {
    const { row, role } = await this.meetings.seen(caller, id);
    if (role === 'listener') throw Refused.notAllowed();
    await this.database.transaction(async (db) => {
      const lines = await linesOf(db, row.id);
      if (lines.length === 0) throw Refused.conflict('transcript-empty');
      const place = this.#place();
      await db.query(
        `insert into meet.minutes (meeting_id, state, kind, model, language) values ($1, 'making', $2, $3, $4)
         on conflict (meeting_id) do update set state = 'making', code = null, kind = excluded.kind,
           model = excluded.model, language = excluded.language`,
        [
          row.id,
          place ? 'model' : 'outline',
          place?.model ?? null,
          place ? locale : languageOf(lines, locale),
        ],
      );
      await audit(db, { actorId: caller.id, action: 'minutes.asked', resourceId: row.id, detail: {} });
      await this.changed.sayKept(db, id);
      await this.jobs.send(db, job, { meetingId: row.id, uid: id }, { singletonKey: id });
    });
    return this.#present(row.id);
  }

  /** @throws Refused `not-found`, also while there are none */
  async page(caller: Caller, id: string): Promise<OutputOf<typeof getMinutesPage>> {
    const { row, seen } = await this.meetings.seen(caller, id);
    const minutes = await this.#row(this.database.db, row.id);
    if (!minutes?.content) throw Refused.notFound();
    const lines = await linesOf(this.database.db, row.id);
    const from = lines[0]?.startedAt.getTime() ?? 0;
    return minutesPage(
      { ...minutes.content, language: minutes.language, model: minutes.model },
      {
        title: seen.title,
        meetingUrl: `${this.set.publicUrl}/meeting/${id}`,
        times: new Map(
          lines.map((line) => [
            line.id,
            new Date(line.startedAt.getTime() - from).toISOString().slice(11, 19),
          ]),
        ),
      },
    );
  }

  /** @throws Refused `not-found`, `not-allowed` for those who only listen */
  async document(caller: Caller, { id, documentId }: InputOf<typeof setMinutesDocument>) {
    const { row, role } = await this.meetings.seen(caller, id);
    if (role === 'listener') throw Refused.notAllowed();
    await this.database.transaction(async (db) => {
      const named = await db.query(
        `update meet.minutes set document_id = $2 where meeting_id = $1 and state = 'ready' returning 1`,
        [row.id, documentId],
      );
      if (named.length === 0) throw Refused.notFound();
      await audit(db, {
        actorId: caller.id,
        action: 'minutes.kept',
        resourceId: row.id,
        detail: { document: documentId },
      });
      await this.changed.sayKept(db, id);
    });
    return done;
  }

  #place(): MinutesPlace | null {
    const { minutesUrl: url, minutesModel: model, minutesKey: key } = this.set;
    return url === undefined ? null : { url, model: model ?? 'default', key };
  }

  async #draw({ meetingId, uid }: z.output<typeof Data>, { attempt }: JobAttempt): Promise<void> {
    const { db } = this.database;
    const minutes = await this.#row(db, meetingId);
    if (minutes?.state !== 'making') return;
    const lines = await linesOf(db, meetingId);
    try {
      const content = await this.#write(minutes, lines);
      await this.#settle({ meetingId, uid }, 'ready', null, content);
    } catch (error) {
      const unclear = error instanceof Unclear;
      // A model that is away may be back; one that answers nonsense will again.
      if (!unclear && attempt <= options.retryLimit) throw error;
      await this.#settle(
        { meetingId, uid },
        'failed',
        unclear ? 'minutes-model-unclear' : 'minutes-model-away',
        null,
      );
    }
  }

  async #write(minutes: Row, lines: readonly LineRow[]): Promise<Written> {
    const place = this.#place();
    if (minutes.kind === 'outline' || place === null) {
      const { summary, decisions, tasks } = outlineOf(lines);
      return { summary, decisions, tasks: tasks.map((task) => ({ ...task, assignee: null, due: null })) };
    }
    const known = await peopleNamed(this.database.db, { uids: lines.map(({ who }) => who) });
    const spoken = lines.map((line) => ({ ...line, name: known.byUid.get(line.who)?.name ?? line.name }));
    const day = (lines[0]?.startedAt ?? new Date()).toISOString().slice(0, 10);
    return writeMinutes(place, spoken, { language: minutes.language, day });
  }

  async #settle(
    { meetingId, uid }: z.output<typeof Data>,
    state: 'ready' | 'failed',
    code: string | null,
    content: Written | null,
  ): Promise<void> {
    await this.database.transaction(async (db) => {
      const settled = await db.query(
        `update meet.minutes set state = $2, code = $3, content = coalesce($4::jsonb, content),
            document_id = case when $2 = 'ready' then null else document_id end, made_at = clock_timestamp()
          where meeting_id = $1 and state = 'making' returning 1`,
        [meetingId, state, code, content === null ? null : JSON.stringify(content)],
      );
      if (settled.length > 0 && state === 'ready') await tellKept(db, meetingId, 'minutes-ready', null);
      await this.changed.sayKept(db, uid);
    });
  }

  async #row(db: Db, meetingId: number): Promise<Row | undefined> {
    const [row] = await db.query<Row>(
      `select state, code, kind, model, language, made_at as "madeAt", content, document_id as "documentId"
         from meet.minutes where meeting_id = $1`,
      [meetingId],
    );
    return row;
  }

  async #present(meetingId: number): Promise<Minutes> {
    const { db } = this.database;
    const row = await this.#row(db, meetingId);
    const content = row?.content ?? { summary: [], decisions: [], tasks: [] };
    const people = await peopleNamed(db, { uids: content.tasks.map(({ assignee }) => assignee) });
    return {
      state: row?.state ?? 'none',
      code: row?.code ?? null,
      kind: row?.kind ?? (this.#place() ? 'model' : 'outline'),
      model: row === undefined ? (this.#place()?.model ?? null) : row.model,
      language: row?.language ?? Locale.enum.fr,
      madeAt: row?.madeAt?.toISOString() ?? null,
      summary: content.summary,
      decisions: content.decisions,
      tasks: content.tasks.map((task) => ({
        ...task,
        assignee: task.assignee === null ? null : (people.byUid.get(task.assignee) ?? null),
      })),
      documentId: row?.documentId ?? null,
    };
  }
}

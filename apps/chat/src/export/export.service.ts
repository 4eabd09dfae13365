import { Injectable, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { findPersonByUid } from '@parvis/access/people';
import type { ChatExport, startChatExport } from '@parvis/contract/chat-retention';
import { chatExportBytesMax, chatExportDays, exportChannelsMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import { done, type Person } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { type JobAttempt, Jobs } from '@parvis/server/jobs';
import { Refused } from '@parvis/server/refused';
import { z } from 'zod';
import { personSql } from '../message/message-state.ts';
import { zipped } from './archive.ts';
import { FileReader } from './file-reader.ts';
import { Lines, pathOf } from './lines.ts';
import { readPart, storePart, TooMuch } from './pieces.ts';
import { filesOf, type Scope } from './sources.ts';

const job = 'export';
const sweepJob = 'export-sweep';
const retriesMax = 3;
/** Seconds of one attempt. */
const attemptSeconds = 3_600;
/** Exports that are kept at the same time, those under way among them. */
const exportsMax = 20;
const result = 'result';

/** Exports for legal discovery: asked for with a reason, made by a durable job, taken by administrators, all in the journal. */
@Injectable()
export class Exports implements OnModuleInit {
  readonly #database: Database;
  readonly #jobs: Jobs;
  readonly #files: FileReader;

  constructor(database: Database, jobs: Jobs, files: FileReader) {
    this.#database = database;
    this.#jobs = jobs;
    this.#files = files;
  }

  onModuleInit(): void {
    const options = { retryLimit: retriesMax, expireSeconds: attemptSeconds };
    this.#jobs.define(job, z.object({ id: z.uuid() }), ({ id }, attempt) => this.#run(id, attempt), options);
    const sweep = async () => {
      await this.#database.db.query('delete from chat.export where expires_at <= now()');
    };
    this.#jobs.define(sweepJob, z.object({}), sweep, {
      retryLimit: 2,
      expireSeconds: 300,
      cron: '27 * * * *',
    });
  }

  async list(): Promise<{ exports: ChatExport[] }> {
    return { exports: await findExports(this.#database.db, '$1::int is not null', 0) };
  }

  /** @throws Refused `not-found` (a channel, the person), `too-many-exports` */
  async start(caller: Caller, input: InputOf<typeof startChatExport>): Promise<ChatExport> {
    const { heldChannelIds, heldPersonId, reason } = input;
    const id = await this.#database.transaction(async (db) => {
      const [kept] = await db.query<{ count: number }>(
        'select count(*)::int as count from chat.export where expires_at > now()',
      );
      if ((kept?.count ?? 0) >= exportsMax) throw new Refused(429, 'too-many-exports');
      const person = heldPersonId === null ? null : await findPersonByUid(db, heldPersonId);
      const channels = person === null ? await named(db, heldChannelIds) : await writtenIn(db, person.id);
      const wanted = new Set(heldChannelIds).size;
      if (heldPersonId !== null ? person === null : channels.length !== wanted) throw Refused.notFound();
      const [row] = await db.query<{ id: string }>(
        `insert into chat.export (channel_ids, channel_uids, titles, person_id, reason, asked_by, expires_at)
         values ($1, $2, $3, $4, $5, $6, now() + make_interval(days => ${chatExportDays})) returning id`,
        [
          channels.map((one) => one.id),
          channels.map((one) => one.uid),
          channels.map((one) => one.title),
          person?.id ?? null,
          reason,
          caller.id,
        ],
      );
      const made = row?.id as string;
      await this.#jobs.send(db, job, { id: made }, { singletonKey: made });
      await this.#journal(db, caller.id, 'export.asked', made, {
        channels: channels.map((one) => one.uid),
        person: person?.uid,
      });
      return made;
    });
    return this.#one(id);
  }

  async drop(caller: Caller, id: string): Promise<typeof done> {
    await this.#database.transaction(async (db) => {
      const gone = await db.query('delete from chat.export where id = $1 returning 1 as one', [id]);
      if (gone.length === 0) throw Refused.notFound();
      await this.#journal(db, caller.id, 'export.dropped', id);
    });
    return done;
  }

  /** The zip, noted in the journal before its first byte leaves. @throws Refused `not-found`, `export-not-ready` */
  async content(caller: Caller, id: string): Promise<{ bytes: number; stream: AsyncGenerator<Buffer> }> {
    const found = await this.#one(id);
    if (found.state !== 'done' || found.bytes === null) throw Refused.conflict('export-not-ready');
    await this.#database.transaction((db) => this.#journal(db, caller.id, 'export.taken', id));
    return { bytes: found.bytes, stream: readPart(this.#database.db, id, result) };
  }

  async #one(id: string): Promise<ChatExport> {
    const [found] = await findExports(this.#database.db, 'x.id = $1', id);
    if (!found) throw Refused.notFound();
    return found;
  }

  async #run(id: string, { attempt, signal }: JobAttempt): Promise<void> {
    const { db } = this.#database;
    const [row] = await db.query<Scope & { askedBy: number }>(
      `update chat.export set state = 'running', progress = 0 where id = $1 and state <> 'done'
       returning channel_ids::float8[] as "channelIds", person_id as "personId", asked_by as "askedBy"`,
      [id],
    );
    if (!row) return;
    try {
      const bytes = await this.#make(id, row, row.askedBy, signal);
      await this.#database.transaction(async (tx) => {
        await tx.query(`delete from chat.export_piece where export_id = $1 and part <> '${result}'`, [id]);
        await tx.query(`update chat.export set state = 'done', progress = 1, bytes = $2 where id = $1`, [
          id,
          bytes,
        ]);
        await this.#journal(tx, row.askedBy, 'export.made', id, { bytes });
      });
    } catch (error) {
      if (attempt <= retriesMax && !(error instanceof TooMuch)) throw error;
      await db.query(`update chat.export set state = 'failed' where id = $1`, [id]);
      await db.query('delete from chat.export_piece where export_id = $1', [id]);
      if (!(error instanceof TooMuch)) throw error;
    }
  }

  /** First the files, so that each post names only what is there; then the archive. @returns its bytes */
  async #make(id: string, scope: Scope, byId: number, signal: AbortSignal): Promise<number> {
    const { db } = this.#database;
    const files = await filesOf(db, scope);
    const there = new Set<string>();
    for (const [index, file] of files.entries()) {
      signal.throwIfAborted();
      const part = `file:${file.id}`;
      const took = await this.#files.read(file.id, byId, (bytes) =>
        storePart(db, { id, part }, bytes, chatExportBytesMax),
      );
      if (took) there.add(file.id);
      await db.query('update chat.export set progress = $2 where id = $1', [
        id,
        (0.5 * (index + 1)) / files.length,
      ]);
    }
    const lines = new Lines(db, scope, there);
    const members = [
      { path: 'import.jsonl', bytes: () => lines.write(), compress: true },
      ...files
        .filter((file) => there.has(file.id))
        .map((file) => ({
          path: `data/${pathOf(file)}`,
          bytes: () => readPart(db, id, `file:${file.id}`),
          compress: false,
        })),
    ];
    return storePart(db, { id, part: result }, zipped(members), chatExportBytesMax);
  }

  #journal(db: Db, actorId: number, action: string, id: string, detail: Record<string, unknown> = {}) {
    return audit(db, { actorId, action, detail: { export: id, ...detail } });
  }
}

interface Named {
  readonly id: number;
  readonly uid: string;
  readonly title: string;
}

/** Channels by their ids, those among them that were deleted while a hold stood. */
function named(db: Db, uids: readonly string[]): Promise<Named[]> {
  return db.query<Named>(
    `select c.resource_id::float8 as id, c.uid, r.title from chat.channel c join access.resource r on r.id = c.resource_id
      where c.uid = any($1::uuid[])
     union
     select distinct on (h.channel_id) h.channel_id::float8, h.channel_uid, h.title from chat.hold h
      where h.channel_uid = any($1::uuid[]) and not exists (select from chat.channel c where c.uid = h.channel_uid)`,
    [uids],
  );
}

function writtenIn(db: Db, personId: number): Promise<Named[]> {
  return db.query<Named>(
    `select c.resource_id::float8 as id, c.uid, r.title from chat.channel c join access.resource r on r.id = c.resource_id
      where c.resource_id in (select m.channel_id from chat.message m where m.sender_id = $1 and m.kind = 'message')
      order by c.resource_id limit ${exportChannelsMax}`,
    [personId],
  );
}

type Row = Omit<ChatExport, 'channels' | 'askedAt' | 'expiresAt'> & {
  uids: string[];
  titles: string[];
  person: Person | null;
  askedAt: Date;
  expiresAt: Date;
};

async function findExports(db: Db, condition: string, value: unknown): Promise<ChatExport[]> {
  const rows = await db.query<Row>(
    `select x.id, x.reason, x.channel_uids as uids, x.titles, x.state, x.progress, x.bytes::float8 as bytes,
        ${personSql('p')} as person, ${personSql('b')} as "askedBy", x.asked_at as "askedAt", x.expires_at as "expiresAt"
       from chat.export x left join access.person p on p.subject_id = x.person_id
       left join access.person b on b.subject_id = x.asked_by
      where ${condition} and x.expires_at > now() order by x.asked_at desc`,
    [value],
  );
  return rows.map(({ uids, titles, askedAt, expiresAt, ...rest }) => ({
    ...rest,
    channels: uids.map((id, index) => ({ id, title: titles[index] ?? '' })),
    askedAt: askedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}

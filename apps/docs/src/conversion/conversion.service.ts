import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { checkAbility, load } from '@parvis/access/read';
import type { Conversion, ImportFormat, startExport, supplyFiles } from '@parvis/contract/doc-conversion';
import {
  conversionKeptMs,
  conversionListSizeMax,
  importBytesMax,
  pictureBytesMax,
  picturesBytesMax,
} from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { type JobAttempt, Jobs } from '@parvis/server/jobs';
import { Refused } from '@parvis/server/refused';
import { mustBeText } from '../document/form.ts';
import { z } from 'zod';
import {
  type ConversionRow,
  conversionsOf,
  findConversion,
  noteStep,
  presentConversion,
} from './conversion-row.ts';
import { Exporting } from './exporting.ts';
import { Importing } from './importing.ts';
import { BadFile } from './paper.ts';
import { PdfPrinter } from './pdf.ts';
import { readPart, storePart } from './pieces.ts';

const job = 'convert';
const sweepJob = 'conversion-sweep';
const retriesMax = 3;
/** Seconds of one attempt: a tree of pages takes as many workers as it has pages. */
const attemptSeconds = 900;

const formats: Readonly<Record<string, ImportFormat>> = {
  docx: 'docx',
  docm: 'docx',
  dotx: 'docx',
  odt: 'odt',
  ott: 'odt',
  md: 'md',
  markdown: 'md',
  txt: 'md',
  html: 'html',
  htm: 'html',
};

/** Imports and exports: durable jobs with progress, each of one person and seen by nobody else. */
@Injectable()
export class Conversions implements OnModuleInit {
  readonly #database: Database;
  readonly #jobs: Jobs;
  readonly #importing: Importing;
  readonly #exporting: Exporting;
  readonly #pdf: PdfPrinter;

  constructor(database: Database, jobs: Jobs, importing: Importing, exporting: Exporting, pdf: PdfPrinter) {
    this.#database = database;
    this.#jobs = jobs;
    this.#importing = importing;
    this.#exporting = exporting;
    this.#pdf = pdf;
  }

  onModuleInit(): void {
    const shape = z.object({ id: z.uuid() });
    this.#jobs.define(job, shape, ({ id }, attempt) => this.#run(id, attempt), {
      retryLimit: retriesMax,
      expireSeconds: attemptSeconds,
      concurrency: 2,
    });
    const sweep = async () => {
      await this.#database.db.query('delete from docs.conversion where expires_at <= now()');
    };
    this.#jobs.define(sweepJob, z.object({}), sweep, {
      retryLimit: 2,
      expireSeconds: 300,
      cron: '17 * * * *',
    });
  }

  /** Takes a file as it comes. @throws Refused `format-unknown`, `too-many-conversions`, `conversion-too-large`; AccessError of the place */
  async import(
    caller: Caller,
    wanted: { parentId: string; name: string },
    source: AsyncIterable<Uint8Array>,
  ): Promise<Conversion> {
    const { db } = this.#database;
    await checkAbility(db, caller, wanted.parentId, 'edit');
    const format = formats[/\.([^.]+)$/.exec(wanted.name.toLowerCase())?.[1] ?? ''];
    if (format === undefined) throw new Refused(415, 'format-unknown');
    const id = await this.#make(db, caller, {
      direction: 'import',
      format,
      name: wanted.name,
      parentUid: wanted.parentId,
    });
    try {
      await storePart(db, id, 'source', source, importBytesMax);
    } catch (error) {
      await db.query('delete from docs.conversion where id = $1', [id]);
      throw error instanceof BadFile ? new Refused(413, error.code) : error;
    }
    await this.#send(db, id);
    return this.get(caller, id);
  }

  /** @throws Refused `not-found`, `wrong-kind` (a board), `pdf-off`, `too-many-conversions` */
  async export(
    caller: Caller,
    { id: uid, format, comments, suggestions }: InputOf<typeof startExport>,
  ): Promise<Conversion> {
    const seen = await load(this.#database.db, caller, uid, { kind: 'document' });
    if (seen === null) throw Refused.notFound();
    await mustBeText(this.#database.db, seen.id);
    if (format === 'pdf' && !this.#pdf.isOn) throw Refused.unavailable('pdf-off');
    const options = { comments, suggestions };
    const id = await this.#database.transaction(async (db) => {
      const made = await this.#make(db, caller, {
        direction: 'export',
        format,
        name: seen.title,
        documentUid: seen.uid,
        options,
      });
      await this.#send(db, made);
      return made;
    });
    return this.get(caller, id);
  }

  async #make(
    db: Db,
    caller: Caller,
    wanted: {
      direction: string;
      format: string;
      name: string;
      parentUid?: string;
      documentUid?: string;
      options?: object;
    },
  ): Promise<string> {
    const [row] = await db.query<{ count: number }>(
      'select count(*)::int as count from docs.conversion where person_id = $1 and expires_at > now()',
      [caller.id],
    );
    // The oldest that is over makes room; those that run do not.
    if ((row?.count ?? 0) >= conversionListSizeMax) {
      const gone = await db.query(
        `delete from docs.conversion where id = (select id from docs.conversion where person_id = $1
           and (state in ('done', 'failed', 'files') or expires_at <= now()) order by created_at limit 1) returning id`,
        [caller.id],
      );
      if (gone.length === 0) throw new Refused(429, 'too-many-conversions');
    }
    const id = randomUUID();
    await db.query(
      `insert into docs.conversion (id, person_id, direction, format, name, parent_uid, document_uid, options, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, now() + make_interval(secs => $9::float8 / 1000))`,
      [
        id,
        caller.id,
        wanted.direction,
        wanted.format,
        wanted.name,
        wanted.parentUid ?? null,
        wanted.documentUid ?? null,
        JSON.stringify(wanted.options ?? {}),
        conversionKeptMs,
      ],
    );
    return id;
  }

  async #send(db: Db, id: string): Promise<void> {
    await this.#jobs.send(db, job, { id }, { singletonKey: id });
  }

  async get(caller: Caller, id: string): Promise<Conversion> {
    return presentConversion(await this.#own(this.#database.db, caller, id));
  }

  async list(caller: Caller): Promise<{ conversions: Conversion[]; pdf: boolean }> {
    const rows = await conversionsOf(this.#database.db, caller.id, conversionListSizeMax);
    return { conversions: rows.map(presentConversion), pdf: this.#pdf.isOn };
  }

  async drop(caller: Caller, id: string): Promise<typeof done> {
    await this.#own(this.#database.db, caller, id);
    await this.#database.db.query('delete from docs.conversion where id = $1', [id]);
    return done;
  }

  /** @throws Refused `conversion-not-ready` when it does not wait for files */
  async supply(caller: Caller, { id, stored }: InputOf<typeof supplyFiles>): Promise<Conversion> {
    await this.#database.transaction(async (db) => {
      const row = await this.#own(db, caller, id, true);
      if (row.state !== 'files') throw Refused.conflict('conversion-not-ready');
      await db.query(`update docs.conversion set state = 'waiting', options = $2::jsonb where id = $1`, [
        id,
        JSON.stringify({ ...row.options, stored, supplied: true }),
      ]);
      await this.#send(db, id);
    });
    return this.get(caller, id);
  }

  /** A file that an export waits for, as whoever asked has read it from drive. @throws Refused `not-found`, `conversion-too-large` */
  async take(
    caller: Caller,
    id: string,
    fileId: string,
    source: AsyncIterable<Uint8Array>,
  ): Promise<typeof done> {
    const { db } = this.#database;
    const row = await this.#own(db, caller, id);
    if (row.direction !== 'export' || row.state !== 'files' || !row.files.includes(fileId))
      throw Refused.notFound();
    const [held] = await db.query<{ bytes: number }>(
      'select coalesce(sum(length(bytes)), 0)::float8 as bytes from docs.conversion_piece where conversion_id = $1',
      [id],
    );
    try {
      await storePart(
        db,
        id,
        `file:${fileId}`,
        source,
        Math.min(pictureBytesMax, picturesBytesMax - (held?.bytes ?? 0)),
      );
    } catch (error) {
      await db.query('delete from docs.conversion_piece where conversion_id = $1 and part = $2', [
        id,
        `file:${fileId}`,
      ]);
      throw error instanceof BadFile ? new Refused(413, error.code) : error;
    }
    return done;
  }

  /** The file of an export, as long as whoever asked may still read the document. @throws Refused `not-found`, `conversion-not-ready` */
  async content(
    caller: Caller,
    id: string,
    picture: number | undefined,
  ): Promise<{ row: ConversionRow; bytes: AsyncGenerator<Buffer> }> {
    const { db } = this.#database;
    const row = await this.#own(db, caller, id);
    if (row.direction === 'import') {
      if (picture === undefined || !row.files.includes(`picture:${picture}`)) throw Refused.notFound();
      return { row, bytes: readPart(db, id, `picture:${picture}`) };
    }
    if (row.documentUid === null || (await load(db, caller, row.documentUid, { kind: 'document' })) === null)
      throw Refused.notFound();
    if (row.state !== 'done') throw Refused.conflict('conversion-not-ready');
    return { row, bytes: readPart(db, id, 'result') };
  }

  async #own(db: Db, caller: Caller, id: string, lock = false): Promise<ConversionRow> {
    const row = await findConversion(db, id, lock);
    if (row === null || row.personId !== caller.id) throw Refused.notFound();
    return row;
  }

  async #run(id: string, { attempt }: JobAttempt): Promise<void> {
    const { db } = this.#database;
    const row = await findConversion(db, id);
    if (row === null || row.state === 'done' || row.state === 'failed' || row.state === 'files') return;
    await noteStep(db, id, { state: 'running', progress: 0.1 });
    try {
      await (row.direction === 'import' ? this.#importing.run(row) : this.#exporting.run(row));
    } catch (error) {
      const code = codeOf(error);
      // What is wrong with a file stays wrong; all else is tried again.
      if (code === null && attempt <= retriesMax) throw error;
      await noteStep(db, id, { state: 'failed', code: code ?? 'internal' });
      if (code === null) throw error;
    }
  }
}

function codeOf(error: unknown): string | null {
  if (error instanceof BadFile || (error instanceof Refused && error.status < 500)) return error.code;
  if (
    typeof error === 'object' &&
    error !== null &&
    'name' in error &&
    error.name === 'AccessError' &&
    'code' in error
  )
    return String(error.code);
  return null;
}

import { createHash, type Hash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isUid } from '@parvis/access/db';
import { uploadBytesMax } from '@parvis/contract/limits';
import { Id, Name } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { z } from 'zod';
import { Files } from '../file/files.ts';
import { shelfToFill } from '../folder/parent.ts';
import { BlobGone, type Progress, StoreFull } from '@parvis/blobs/blob-store';
import { Blobs } from '../store/blobs.ts';
import { findUpload, saveProgress, type UploadRow } from './upload-row.ts';

/** Days an upload may take from its creation; then the sweep removes what arrived. */
export const uploadDaysMax = 7;
/** Unfinished uploads of one person. */
const openUploadsMax = 500;
/** Uploads whose running hash a process remembers; the hash of others is read back at their end. */
const rememberedMax = 5_000;

const Metadata = z.object({
  parentId: Id,
  name: Name,
  type: z.string().max(255, { error: 'too-long' }).nullish(),
});

/** What this process knows of an upload: the hash of its first `offset` bytes, unless they came by another process. */
interface Known {
  hash: Hash | null;
  offset: number;
}

/** Uploads from their creation to the file they become. What is durable is noted in PostgreSQL, and only that counts. */
@Injectable()
export class Uploads {
  readonly #known = new Map<string, Known>();
  readonly #finishing = new Map<string, Promise<string>>();

  constructor(
    private readonly database: Database,
    private readonly blobs: Blobs,
    private readonly files: Files,
  ) {}

  /** @throws Refused `bad-input`, `not-found`, `not-allowed`, `file-too-large`, `too-many-requests`, `store-full` */
  async create(caller: Caller, id: string, metadata: unknown, sizeBytes: number): Promise<void> {
    const { db } = this.database;
    const parsed = Metadata.safeParse(metadata ?? {});
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => ({
        path: issue.path.join('.'),
        code: /^[a-z][a-z-]*$/.test(issue.message) ? issue.message : 'invalid',
      }));
      throw Refused.badInput(fields);
    }
    if (!Number.isSafeInteger(sizeBytes) || sizeBytes > uploadBytesMax)
      throw new Refused(413, 'file-too-large');
    const { parentId, name, type } = parsed.data;
    await shelfToFill(db, caller, parentId);
    const [open] = await db.query<{ count: number }>(
      'select count(*)::int as count from drive.upload where person_id = $1 and file_uid is null',
      [caller.id],
    );
    if ((open?.count ?? 0) >= openUploadsMax) throw new Refused(429, 'too-many-requests');
    const key = randomUUID();
    const progress = await this.#asked(this.blobs.store.begin(key, sizeBytes));
    await db.query(
      `insert into drive.upload (id, key, person_id, parent_uid, name, media_type, size_bytes, progress)
       values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)`,
      [id, key, caller.id, parentId, name, type ?? null, sizeBytes, JSON.stringify(progress)],
    );
    this.#remember(id, { hash: createHash('sha256'), offset: 0 });
  }

  #remember(id: string, known: Known): Known {
    if (this.#known.size >= rememberedMax) this.#known.delete(this.#known.keys().next().value as string);
    this.#known.set(id, known);
    return known;
  }

  /** Says what the store's refusals mean to a client. */
  async #asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof StoreFull) throw new Refused(507, 'store-full');
      if (error instanceof BlobGone) throw new Refused(410, 'not-found');
      throw error;
    }
  }

  /** The caller's own upload. @throws Refused `not-found` */
  async #own(caller: Caller, id: string): Promise<UploadRow> {
    const row = isUid(id) ? await findUpload(this.database.db, id) : null;
    if (row === null || row.personId !== caller.id) throw Refused.notFound();
    return row;
  }

  /** Where the upload truly stands. A process that did not write it asks the store. */
  async stand(caller: Caller, id: string): Promise<UploadRow> {
    const row = await this.#own(caller, id);
    if (row.fileUid !== null || this.#known.get(row.id)?.offset === row.progress.offset) return row;
    const progress = await this.#asked(this.blobs.store.resume(row.key, row.progress));
    if (progress.offset !== row.progress.offset) {
      await saveProgress(this.database.db, row.id, row.progress.offset, progress);
    }
    this.#remember(row.id, {
      hash: progress.offset === 0 ? createHash('sha256') : null,
      offset: progress.offset,
    });
    return { ...row, progress };
  }

  /**
   * Takes bytes, and resolves to the durable offset.
   * @throws Refused `upload-incomplete` when the offset is another, `store-full`; and the source's own error
   */
  async write(caller: Caller, id: string, offset: number, source: AsyncIterable<Buffer>): Promise<number> {
    const row = await this.stand(caller, id);
    if (row.fileUid !== null && offset === row.progress.sizeBytes) return offset;
    if (row.fileUid !== null || row.progress.offset !== offset) throw Refused.conflict('upload-incomplete');
    if (offset === row.progress.sizeBytes) return offset;
    const known = this.#known.get(row.id) ?? this.#remember(row.id, { hash: null, offset });
    let durable = offset;
    let read = offset;
    const reading = async function* () {
      for await (const chunk of source) {
        known.hash?.update(chunk);
        read += chunk.byteLength;
        yield chunk;
      }
    };
    const save = async (progress: Progress) => {
      if (!(await saveProgress(this.database.db, row.id, durable, progress))) {
        throw Refused.conflict('upload-incomplete');
      }
      durable = progress.offset;
    };
    try {
      return (await this.#asked(this.blobs.store.write(row.key, row.progress, reading(), save))).offset;
    } finally {
      // A hash that has seen more than what is durable is of no use.
      if (read !== durable) known.hash = null;
      known.offset = durable;
    }
  }

  /** Gives the upload up; a file that it has become stays. @throws Refused `not-found` */
  async terminate(caller: Caller, id: string): Promise<void> {
    const row = await this.#own(caller, id);
    await this.drop(row);
  }

  /** Removes an unfinished upload and its bytes, wherever it stands, or only the memory of a finished one. */
  async drop(row: UploadRow): Promise<void> {
    const gone = await this.database.db.query<{ finished: boolean }>(
      'delete from drive.upload where id = $1 returning file_uid is not null as finished',
      [row.id],
    );
    this.#known.delete(row.id);
    if (gone.length === 0 || gone[0]?.finished) return;
    await this.blobs.store.abort(row.key, row.progress);
    await this.blobs.store.remove(row.key);
  }

  /**
   * Makes the file of an upload whose bytes are all there, once, however often it is asked.
   * @returns the file's id, or null when bytes are missing
   * @throws Refused `not-found`, `not-allowed` when the person may not put files there any more; the bytes are gone then
   */
  async finish(caller: Caller, id: string): Promise<string | null> {
    const row = await this.#own(caller, id);
    if (row.fileUid !== null) return row.fileUid;
    if (row.progress.offset !== row.progress.sizeBytes) return null;
    const running = this.#finishing.get(row.id) ?? this.#finishOnce(caller, row);
    this.#finishing.set(row.id, running);
    return running;
  }

  async #finishOnce(caller: Caller, row: UploadRow): Promise<string> {
    try {
      return await this.#finish(caller, row);
    } catch (error) {
      if (error instanceof Refused && error.status < 500) await this.drop(row);
      throw error;
    } finally {
      this.#finishing.delete(row.id);
    }
  }

  async #finish(caller: Caller, row: UploadRow): Promise<string> {
    const { sizeBytes } = row.progress;
    await shelfToFill(this.database.db, caller, row.parentUid);
    await this.#asked(this.blobs.store.finish(row.key, row.progress));
    const stored = await this.blobs.store.size(row.key);
    if (stored !== sizeBytes)
      throw new Error(`the blob ${row.key} has ${stored} bytes instead of ${sizeBytes}`);
    const known = this.#known.get(row.id);
    const sha256 = known?.hash && known.offset === sizeBytes ? known.hash.copy().digest('hex') : null;
    const facts = await this.files.examine(row.key, row.name, sizeBytes, sha256);
    const fileUid = await this.database.transaction(async (db) => {
      const locked = await findUpload(db, row.id, true);
      if (locked === null) return null;
      if (locked.fileUid !== null) return locked.fileUid;
      await shelfToFill(db, caller, row.parentUid);
      const { key, name, parentUid, personId: ownerId } = row;
      const made = await this.files.add(db, { key, name, parentUid, ownerId, sizeBytes, ...facts });
      await db.query('update drive.upload set file_uid = $2 where id = $1', [row.id, made]);
      return made;
    });
    this.#known.delete(row.id);
    if (fileUid !== null) return fileUid;
    // It was given up while it finished.
    await this.blobs.store.remove(row.key);
    throw Refused.notFound();
  }
}

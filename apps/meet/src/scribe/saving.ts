import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobStore } from '@parvis/blobs/blob-store';
import type { RecordedTrack } from '@parvis/contract/meet-record';
import type { Database } from '@parvis/server/database';
import { z } from 'zod';
import { filmOf } from '../picture/made.ts';
import { tellRecorded } from '../tell/kept.ts';
import { durationOf } from './ogg-opus.ts';

const Note = z.object({
  who: z.uuid().nullable(),
  name: z.string(),
  startedAt: z.number(),
  picture: z.boolean().default(false),
});
type Note = z.output<typeof Note>;

/** A track that lies in the store. */
interface Kept {
  readonly n: number;
  readonly note: Note;
  readonly key: string;
  readonly durationMs: number;
  readonly sizeBytes: number;
  readonly picture: RecordedTrack['picture'];
}

/** What stands beside the tracks of a folder of the spool, in their order. */
async function notesIn(folder: string): Promise<{ n: number; note: Note }[]> {
  const names = await readdir(folder).catch(() => []);
  const found: { n: number; note: Note }[] = [];
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    const note = Note.safeParse(JSON.parse(await readFile(join(folder, name), 'utf8').catch(() => 'null')));
    if (note.success) found.push({ n: Number.parseInt(name, 10), note: note.data });
  }
  return found.sort((a, b) => a.n - b.n);
}

/** Keeps a voice, or all of them, up to the last whole page; null when nothing is in it. */
async function keepVoice(
  store: BlobStore,
  folder: string,
  { n, note }: { n: number; note: Note },
): Promise<Kept | null> {
  const all = await readFile(join(folder, `${n}.ogg`)).catch(() => null);
  if (all === null) return null;
  const { durationMs, wholeBytes } = durationOf(all);
  if (durationMs === 0) return null;
  const key = randomUUID();
  await store.put(key, all.subarray(0, wholeBytes));
  return { n, note, key, durationMs, sizeBytes: wholeBytes, picture: null };
}

/** Keeps the film of the pictures of a track and of the voices of all at the same time; null without a picture. */
async function keepFilm(store: BlobStore, folder: string, n: number, note: Note, mix: number | undefined) {
  const voices = await readFile(join(folder, `${mix}.ogg`)).catch(() => null);
  const film = voices && (await filmOf(join(folder, `${n}.frames`), voices, note.startedAt));
  if (!film) return null;
  const { durationMs, sizeBytes, picture, code } = film;
  const key = randomUUID();
  const begun = await store.begin(key, sizeBytes);
  try {
    const written = await store.write(key, begun, film.bytes(), () => Promise.resolve());
    await store.finish(key, written);
  } catch (error) {
    await store.abort(key, begun).catch(() => undefined);
    throw error;
  }
  return { code, kept: { n, note, key, durationMs, sizeBytes, picture } satisfies Kept };
}

/** Keeps everything that lies in a folder of the spool; what is wrong with a picture of it, or that there is none. */
async function keepAll(store: BlobStore, folder: string) {
  const notes = await notesIn(folder);
  const kept: Kept[] = [];
  let wrong: string | null = null;
  for (const { n, note } of notes) {
    if (!note.picture) {
      const voice = await keepVoice(store, folder, { n, note });
      if (voice !== null) kept.push(voice);
      continue;
    }
    const mix = notes.find(
      (one) => one.note.who === null && !one.note.picture && one.note.startedAt === note.startedAt,
    );
    const film = await keepFilm(store, folder, n, note, mix?.n);
    if (film === null) continue;
    kept.push(film.kept);
    wrong ??= film.code;
  }
  return { kept, wrong };
}

/**
 * Puts what a recording left in the spool into the store, and says that it is saved: only then is the spool emptied.
 * A recording of which nothing is there has failed, and says so; so has one whose picture and voices do not end
 * together, of which both are kept.
 * @throws StoreFull when the store takes no more: everything stays in the spool for the next time
 */
export async function saveRecording(
  database: Database,
  store: BlobStore,
  { id, folder }: { id: string; folder: string },
): Promise<void> {
  const { kept, wrong } = await keepAll(store, folder);
  const hasPicture = kept.some(({ picture }) => picture !== null);
  await database.transaction(async (db) => {
    const [row] = await db.query(
      `update meet.recording r set ended_at = coalesce(r.ended_at, now()), code = w.code,
          state = case when w.code is null then 'saved' else 'failed' end
         from (select id, coalesce(code, case when not $2 then 'nothing-recorded' end, $3,
                                   case when picture and not $4 then 'picture-missing' end) as code
                 from meet.recording where id = $1) w
        where r.id = w.id and r.state = 'saving' returning r.id`,
      [id, kept.length > 0, wrong, hasPicture],
    );
    for (const { n, note, key, durationMs, sizeBytes, picture } of kept) {
      // Deleted meanwhile: its bytes go the way of all that lost their row.
      if (!row) await db.query('insert into meet.dropped_blob (key) values ($1)', [key]);
      else
        await db.query(
          `insert into meet.recorded_track
             (recording_id, n, who, name, started_at, duration_ms, size_bytes, key, picture)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [id, n, note.who, note.name, new Date(note.startedAt), durationMs, sizeBytes, key, picture],
        );
    }
    if (row) await tellRecorded(db, id);
  });
  await rm(folder, { recursive: true, force: true });
}

import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobStore } from '@parvis/blobs/blob-store';
import type { Database } from '@parvis/server/database';
import { z } from 'zod';
import { tellRecorded } from '../tell/kept.ts';
import { durationOf } from './ogg-opus.ts';

const Note = z.object({ who: z.uuid().nullable(), name: z.string(), startedAt: z.number() });

interface Found extends z.output<typeof Note> {
  readonly n: number;
  readonly key: string;
  readonly durationMs: number;
  readonly bytes: Buffer;
}

/** The tracks that lie in a folder of the spool, each up to its last whole page; those in which nothing is are left out. */
async function tracksIn(folder: string): Promise<Found[]> {
  const names = await readdir(folder).catch(() => []);
  const found: Found[] = [];
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    const n = Number.parseInt(name, 10);
    const note = Note.safeParse(JSON.parse(await readFile(join(folder, name), 'utf8').catch(() => 'null')));
    const all = await readFile(join(folder, `${n}.ogg`)).catch(() => null);
    if (!note.success || all === null) continue;
    const { durationMs, wholeBytes } = durationOf(all);
    if (durationMs > 0)
      found.push({ ...note.data, n, key: randomUUID(), durationMs, bytes: all.subarray(0, wholeBytes) });
  }
  return found.sort((a, b) => a.n - b.n);
}

/**
 * Puts what a recording left in the spool into the store, and says that it is saved: only then is the spool emptied.
 * A recording of which nothing is there has failed, and says so.
 * @throws StoreFull when the store takes no more: everything stays in the spool for the next time
 */
export async function saveRecording(
  database: Database,
  store: BlobStore,
  { id, folder }: { id: string; folder: string },
): Promise<void> {
  const tracks = await tracksIn(folder);
  for (const { key, bytes } of tracks) await store.put(key, bytes);
  await database.transaction(async (db) => {
    const [row] = await db.query(
      `update meet.recording set ended_at = coalesce(ended_at, now()),
          state = case when code is null and $2 then 'saved' else 'failed' end,
          code = case when $2 then code else coalesce(code, 'nothing-recorded') end
        where id = $1 and state = 'saving' returning id`,
      [id, tracks.length > 0],
    );
    for (const track of tracks) {
      // Deleted meanwhile: its bytes go the way of all that lost their row.
      if (!row) await db.query('insert into meet.dropped_blob (key) values ($1)', [track.key]);
      else
        await db.query(
          `insert into meet.recorded_track
             (recording_id, n, who, name, started_at, duration_ms, size_bytes, key)
           values ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [
            id,
            track.n,
            track.who,
            track.name,
            new Date(track.startedAt),
            track.durationMs,
            track.bytes.length,
            track.key,
          ],
        );
    }
    if (row) await tellRecorded(db, id);
  });
  await rm(folder, { recursive: true, force: true });
}

import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { type Held, heldOf } from '@parvis/access/held';
import { remove } from '@parvis/access/moving';
import { createResource, findResource, type ResourceRow, setMeta } from '@parvis/access/tree';
import { BlobGone } from '@parvis/blobs/blob-store';
import { recordingContentPath } from '@parvis/contract/content-path';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Outbox } from '@parvis/server/outbox';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import { z } from 'zod';
import { Changed, changedTopic } from '../meeting/changed.ts';
import { RecordingStore } from '../record/recording-store.ts';
import type { settings } from '../settings.ts';
import { takeUnshelved, type Unshelved, waitingIds } from './unshelved.ts';
import { folderName, trackNames, wordsFor } from './words.ts';

const job = 'recordings-shelve';
/** Recordings of one look, and those of which something is taken away. */
const batchSize = 100;

interface Track {
  readonly n: number;
  readonly key: string;
  /** Null for the mix of all. */
  readonly name: string | null;
  readonly sizeBytes: number;
  /** With the picture. */
  readonly film: boolean;
}

/**
 * Shows recordings among the files of their meeting's space: a folder each, a file per track, and no byte twice: what
 * lies there leads to the recording, which asks who may hear it. Each step is one transaction that may be repeated.
 */
@Injectable()
export class Shelf implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
    private readonly changed: Changed,
    private readonly kept: RecordingStore,
    @Inject(SETTINGS) private readonly set: ServiceSettings<typeof settings>,
  ) {}

  onModuleInit(): void {
    this.jobs.define(job, z.object({}), (_, { signal }) => this.look(signal), {
      retryLimit: 3,
      expireSeconds: 600,
      cron: '* * * * *',
    });
    this.outbox.on<{ kept?: boolean }>(changedTopic, async ({ kept }, { db }) => {
      if (kept) await this.jobs.send(db, job, {}, { singletonKey: job });
    });
  }

  /** Puts there what is saved and not there yet, and takes away what is gone. */
  async look(signal?: AbortSignal): Promise<void> {
    const { db } = this.database;
    for (const id of await waitingIds(db, batchSize)) {
      if (signal?.aborted) return;
      const hashes = await this.#hashes(id);
      await this.database.transaction(async (tx) => {
        const found = await takeUnshelved(tx, id);
        if (found !== null) await this.#shelve(tx, found, hashes);
      });
    }
    const dropped = await db.query<{ id: string }>(
      `select distinct recording_id as id from meet.dropped_file limit ${batchSize}`,
    );
    for (const { id } of dropped) {
      if (signal?.aborted) return;
      await this.database.transaction((tx) => this.clear(tx, id));
    }
  }

  /** Of the tracks that wait, by their keys; those whose bytes the store has lost have none and are not shown. */
  async #hashes(recordingId: string): Promise<Map<string, string>> {
    const tracks = await this.database.db.query<{ key: string }>(
      'select key from meet.recorded_track where recording_id = $1 and shelved_at is null',
      [recordingId],
    );
    const hashes = new Map<string, string>();
    for (const { key } of tracks) {
      const hash = createHash('sha256');
      try {
        for await (const chunk of await this.kept.store.open(key)) hash.update(chunk as Buffer);
        hashes.set(key, hash.digest('hex'));
      } catch (error) {
        if (!(error instanceof BlobGone)) throw error;
      }
    }
    return hashes;
  }

  async #shelve(db: Db, found: Unshelved, hashes: ReadonlyMap<string, string>): Promise<void> {
    const tracks = await db.query<Track>(
      `update meet.recorded_track set shelved_at = now() where recording_id = $1 and shelved_at is null
       returning n, key, case when who is not null then name end as name, size_bytes::float8 as "sizeBytes",
         picture is not null as film`,
      [found.id],
    );
    const shown = tracks.filter(({ key }) => hashes.has(key)).toSorted((a, b) => a.n - b.n);
    const { space, owner, meetingUid } = found;
    if (space === null || owner === null || shown.length === 0) return;
    const said = wordsFor(owner.locale);
    const folder = await this.#folder(db, found, space, owner);
    const names = trackNames(shown, said);
    for (const [at, { n, key, sizeBytes, film }] of shown.entries()) {
      const bytes = { path: recordingContentPath(found.id, n), sha256: hashes.get(key) ?? '' };
      const held: Held = { of: meetingUid, until: found.keptUntil, bytes };
      const file = await createResource(db, {
        kind: 'file',
        title: names[at] ?? said.everybody,
        ownerId: owner.id,
        parentUid: folder,
        meta: { mediaType: film ? 'video/webm' : 'audio/ogg', sizeBytes, held },
      });
      await db.query('update meet.recorded_track set file_id = $3 where recording_id = $1 and n = $2', [
        found.id,
        n,
        file.uid,
      ]);
    }
    await this.changed.sayKept(db, meetingUid);
  }

  /** The recording's own folder, made when it is not there. */
  async #folder(
    db: Db,
    { id, title, startedAt, keptUntil, folderId, meetingUid }: Unshelved,
    space: { id: number; uid: string },
    owner: { id: number; locale: string },
  ): Promise<string> {
    if (folderId !== null && (await isThere(db, folderId, space.uid))) return folderId;
    const held: Held = { of: meetingUid, until: keptUntil, bytes: null };
    const made = await createResource(db, {
      kind: 'folder',
      title: folderName(title, startedAt, this.set.timeZone),
      ownerId: owner.id,
      parentUid: await this.#rootOf(db, space, owner),
      meta: { held },
    });
    await db.query('update meet.recording set folder_id = $2 where id = $1', [id, made.uid]);
    await audit(db, {
      actorId: null,
      action: 'recording.shelved',
      resourceId: made.id,
      detail: { recording: id },
    });
    return made.uid;
  }

  /** One folder for the recordings of a space, in the language of whoever organised the first; people may rename it. */
  async #rootOf(
    db: Db,
    space: { id: number; uid: string },
    owner: { id: number; locale: string },
  ): Promise<string> {
    // Two at once wait for one another here; the first is given an id that no folder has.
    const [known] = await db.query<{ folderId: string }>(
      `insert into meet.shelf as known (space_id, folder_id) values ($1, gen_random_uuid())
       on conflict (space_id) do update set folder_id = known.folder_id returning folder_id as "folderId"`,
      [space.id],
    );
    if (known && (await isThere(db, known.folderId, space.uid))) return known.folderId;
    const held: Held = { of: null, until: null, bytes: null };
    const made = await createResource(db, {
      kind: 'folder',
      title: wordsFor(owner.locale).folder,
      ownerId: owner.id,
      parentUid: space.uid,
      meta: { held },
    });
    await db.query('update meet.shelf set folder_id = $2 where space_id = $1', [space.id, made.uid]);
    return made.uid;
  }

  /** Says another day among the files too, in the caller's transaction. */
  async extend(db: Db, recordingId: string, until: string): Promise<void> {
    const rows = await db.query<{ id: string }>(
      `select folder_id as id from meet.recording where id = $1 and folder_id is not null
       union all select file_id from meet.recorded_track where recording_id = $1 and file_id is not null`,
      [recordingId],
    );
    for (const { id } of rows) {
      const resource = await findResource(db, id);
      const held = resource === null ? null : heldOf(resource.meta);
      if (held !== null) await setMeta(db, id, { held: { ...held, until } });
    }
  }

  /** Takes away what showed a recording, or a part of it, that is gone; in the caller's transaction. */
  async clear(db: Db, recordingId: string): Promise<void> {
    const dropped = await db.query<{ id: string }>(
      'delete from meet.dropped_file where recording_id = $1 returning id',
      [recordingId],
    );
    const there: ResourceRow[] = [];
    for (const { id } of dropped) {
      const found = await findResource(db, id);
      if (found !== null) there.push(found);
    }
    for (const { uid } of there.filter(({ kind }) => kind === 'file')) await remove(db, uid);
    for (const { id, uid } of there.filter(({ kind }) => kind === 'folder')) {
      const [more] = await db.query('select 1 from access.resource where parent_id = $1 limit 1', [id]);
      // What people put there themselves stays, in a folder like any other.
      if (more === undefined) await remove(db, uid);
      else await setMeta(db, uid, { held: null });
    }
  }
}

/** Whether a folder is still where it was made, and not in the trash. */
async function isThere(db: Db, uid: string, spaceUid: string): Promise<boolean> {
  const folder = await findResource(db, uid);
  return folder !== null && folder.trashedAt === null && folder.spaceUid === spaceUid;
}

import { createHash } from 'node:crypto';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { load, type Seen } from '@parvis/access/read';
import { createResource } from '@parvis/access/tree';
import type { File } from '@parvis/contract/drive';
import type { InputOf } from '@parvis/contract/operation';
import type { getFile } from '@parvis/contract/drive';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { Outbox } from '@parvis/server/outbox';
import { presentResources } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { asVisitorSees, bySessionOrLink } from '@parvis/server/visitor';
import { type ServiceSettings, SETTINGS } from '@parvis/server/service';
import { scanJob } from '../scan/scan-job.ts';
import type { DriveSettings } from '../settings.ts';
import { Blobs } from '../store/blobs.ts';
import { type HeldFile, heldFile, withoutHidden } from './held.ts';
import { headBytes, mediaTypeOf } from './media-type.ts';

/** What is known of a file's bytes, wherever they lie. */
export interface FileFacts {
  readonly id: number;
  readonly uid: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly sha256: string;
  readonly verdict: File['verdict'];
}
export interface FileRow extends FileFacts {
  readonly key: string;
}

const fileColumns = `resource_id::float8 as id, uid, key, size_bytes::float8 as "sizeBytes", media_type as "mediaType",
  encode(sha256, 'hex') as sha256, verdict`;

/** Rows of files by the ids of their resources, in one query; those that are no files are left out. */
export async function fileRows(db: Db, ids: number[]): Promise<Map<number, FileRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<FileRow>(`select ${fileColumns} from drive.file where resource_id = any($1)`, [
    ids,
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** A file as somebody sees it: of ours, or held by another service. */
export type SeenFile =
  | { readonly seen: Seen; readonly row: FileRow; readonly held?: undefined }
  | { readonly seen: Seen; readonly row?: undefined; readonly held: HeldFile };

/** A finished blob that is to become a file. */
export interface NewFile {
  readonly key: string;
  readonly name: string;
  readonly parentUid: string;
  readonly ownerId: number;
  readonly sizeBytes: number;
  readonly mediaType: string;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** Files: a resource in the tree, a row with what is known of the bytes, and a blob. */
@Injectable()
export class Files {
  constructor(
    private readonly database: Database,
    private readonly blobs: Blobs,
    private readonly outbox: Outbox,
    private readonly jobs: Jobs,
    @Inject(SETTINGS) private readonly set: ServiceSettings<DriveSettings>,
  ) {}

  get scans(): boolean {
    return this.set.clamavHost !== undefined;
  }

  /** Reads a finished blob for what must be known of it; its hash is read too when nobody knows it. */
  async examine(key: string, name: string, sizeBytes: number, sha256: string | null) {
    const head: Buffer[] = [];
    if (sizeBytes > 0) {
      const end = Math.min(headBytes, sizeBytes) - 1;
      for await (const chunk of await this.blobs.store.open(key, { start: 0, end }))
        head.push(chunk as Buffer);
    }
    return { mediaType: mediaTypeOf(Buffer.concat(head), name), sha256: sha256 ?? (await this.#hash(key)) };
  }

  async #hash(key: string): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of await this.blobs.store.open(key)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  }

  /** Makes the file in the caller's transaction: resource, row, journal, event and scan come together or not at all. */
  async add(db: Db, wanted: NewFile): Promise<string> {
    const { parentUid, ownerId } = wanted;
    // For lists of other services, which see the tree and not our rows.
    const meta = { mediaType: wanted.mediaType, sizeBytes: wanted.sizeBytes };
    const made = await createResource(db, { kind: 'file', title: wanted.name, parentUid, ownerId, meta });
    await db.query(
      `insert into drive.file (resource_id, uid, key, size_bytes, media_type, sha256, verdict)
       values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7)`,
      [
        made.id,
        made.uid,
        wanted.key,
        wanted.sizeBytes,
        wanted.mediaType,
        wanted.sha256,
        this.scans ? 'waiting' : 'off',
      ],
    );
    const detail = { sizeBytes: wanted.sizeBytes, mediaType: wanted.mediaType };
    await audit(db, { actorId: ownerId, action: 'file.added', resourceId: made.id, detail });
    await this.outbox.add(db, 'file-added', { id: made.uid, spaceId: made.spaceUid });
    if (this.scans) await this.jobs.send(db, scanJob, { id: made.id }, { singletonKey: String(made.id) });
    return made.uid;
  }

  /**
   * A file and its bytes in our store, or what is known of those that another service keeps.
   * @throws Refused `not-found`, also for strangers; `no-session` without session and link
   */
  async seen(caller: Caller | null, id: string, link: string | undefined): Promise<SeenFile> {
    bySessionOrLink(caller, link);
    const { db } = this.database;
    const seen = await load(db, caller, id, { kind: 'file', ...(link === undefined ? {} : { link }) });
    if (seen === null) throw Refused.notFound();
    const row = (await fileRows(db, [seen.id])).get(seen.id);
    if (row !== undefined) return { seen, row };
    const held = heldFile(seen);
    if (held === null || (await withoutHidden(db, caller, [seen])).length === 0) throw Refused.notFound();
    return { seen, held };
  }

  async one(caller: Caller | null, { id, link }: InputOf<typeof getFile>): Promise<File> {
    const { seen, row, held } = await this.seen(caller, id, link);
    const [resource] = await presentResources(this.database.db, [seen]);
    if (!resource) throw Refused.notFound();
    const { sizeBytes, mediaType, sha256, verdict } = row ?? held;
    const { keptUntil, meetingId } = held ?? { keptUntil: null, meetingId: null };
    const about = { sizeBytes, mediaType, sha256, verdict, keptUntil, meetingId };
    const file = { ...resource, kind: 'file', ...about } as const;
    return caller === null ? asVisitorSees(file) : file;
  }
}

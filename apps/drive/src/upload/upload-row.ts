import type { Db } from '@parvis/access/db';
import type { Progress } from '@parvis/blobs/blob-store';

/** An upload under way, or finished and still remembered for a client that missed the answer. */
export interface UploadRow {
  readonly id: string;
  readonly key: string;
  readonly personId: number;
  readonly parentUid: string;
  readonly name: string;
  readonly mediaType: string | null;
  readonly progress: Progress;
  readonly createdAt: Date;
  readonly fileUid: string | null;
}

export const uploadColumns = `id, key, person_id as "personId", parent_uid as "parentUid", name,
  media_type as "mediaType", progress, created_at as "createdAt", file_uid as "fileUid"`;

export async function findUpload(db: Db, id: string, lock = false): Promise<UploadRow | null> {
  const rows = await db.query<UploadRow>(
    `select ${uploadColumns} from drive.upload where id = $1${lock ? ' for update' : ''}`,
    [id],
  );
  return rows[0] ?? null;
}

/** Notes what is durable, unless somebody else has since. Resolves to whether it was noted. */
export async function saveProgress(db: Db, id: string, from: number, progress: Progress): Promise<boolean> {
  const rows = await db.query(
    `update drive.upload set offset_bytes = $3, progress = $4::jsonb
      where id = $1 and offset_bytes = $2 and file_uid is null returning id`,
    [id, from, progress.offset, JSON.stringify(progress)],
  );
  return rows.length > 0;
}

import type { Db } from '@parvis/access/db';
import type { Conversion } from '@parvis/contract/doc-conversion';

export interface ConversionRow {
  readonly id: string;
  readonly personId: number;
  readonly direction: 'import' | 'export';
  readonly format: string;
  readonly name: string;
  readonly options: {
    readonly comments?: boolean;
    readonly suggestions?: boolean;
    readonly stored?: Readonly<Record<string, string>>;
    readonly supplied?: boolean;
  };
  readonly state: Conversion['state'];
  readonly progress: number;
  readonly code: string | null;
  readonly lost: Readonly<Record<string, number>>;
  readonly files: readonly string[];
  readonly parentUid: string | null;
  readonly documentUid: string | null;
  readonly sizeBytes: number | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const columns = `id, person_id as "personId", direction, format, name, options, state, progress::float8 as progress, code,
  lost, files, parent_uid as "parentUid", document_uid as "documentUid", size_bytes::float8 as "sizeBytes",
  created_at as "createdAt", expires_at as "expiresAt"`;

/** A conversion that has not expired, or null. `lock` holds it to the end of the transaction. */
export async function findConversion(db: Db, id: string, lock = false): Promise<ConversionRow | null> {
  const [row] = await db.query<ConversionRow>(
    `select ${columns} from docs.conversion where id = $1 and expires_at > now()${lock ? ' for update' : ''}`,
    [id],
  );
  return row ?? null;
}

export function conversionsOf(db: Db, personId: number, limit: number): Promise<ConversionRow[]> {
  return db.query<ConversionRow>(
    `select ${columns} from docs.conversion where person_id = $1 and expires_at > now() order by created_at desc limit $2`,
    [personId, limit],
  );
}

export function presentConversion(row: ConversionRow): Conversion {
  const { id, direction, format, name, state, progress, code, lost, files, sizeBytes } = row;
  return {
    ...{ id, direction, format, name, state, code, sizeBytes },
    progress: Math.min(1, Math.max(0, progress)),
    lost: { ...lost },
    files: state === 'files' ? [...files] : [],
    parentId: row.parentUid,
    documentId: row.documentUid,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}

/** What a step changes; what is left out stays. */
export interface Step {
  readonly state?: Conversion['state'];
  readonly progress?: number;
  readonly code?: string;
  readonly lost?: Readonly<Record<string, number>>;
  readonly files?: readonly string[];
  readonly documentUid?: string;
  readonly sizeBytes?: number;
}

export async function noteStep(db: Db, id: string, step: Step): Promise<void> {
  await db.query(
    `update docs.conversion set state = coalesce($2, state), progress = coalesce($3, progress), code = coalesce($4, code),
       lost = coalesce($5::jsonb, lost), files = coalesce($6::jsonb, files), document_uid = coalesce($7, document_uid),
       size_bytes = coalesce($8, size_bytes) where id = $1`,
    [
      id,
      step.state ?? null,
      step.progress ?? null,
      step.code ?? null,
      step.lost === undefined ? null : JSON.stringify(step.lost),
      step.files === undefined ? null : JSON.stringify(step.files),
      step.documentUid ?? null,
      step.sizeBytes ?? null,
    ],
  );
}

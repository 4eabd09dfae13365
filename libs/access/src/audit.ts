import type { Db } from './db.ts';

/** One line of the journal. `action` is `domain.verb` (`space.member-removed`); `detail` holds no content. */
export type AuditEntry = {
  actorId: number | null;
  action: string;
  resourceId?: number | null;
  detail?: Record<string, unknown>;
};

/** Writes to the journal in the caller's transaction: what was not committed did not happen and is not in it. */
export async function audit(db: Db, entry: AuditEntry): Promise<void> {
  await db.query(
    'insert into access.audit (actor_id, action, resource_id, detail) values ($1, $2, $3, $4::jsonb)',
    [entry.actorId, entry.action, entry.resourceId ?? null, JSON.stringify(entry.detail ?? {})],
  );
}

export type AuditRow = Required<AuditEntry> & { id: number; at: Date };

/** The journal, newest first; narrowed by resource, by actor, or to entries before an id. For administrators. */
export async function auditEntries(
  db: Db,
  opts: { resourceId?: number; actorId?: number; beforeId?: number; limit: number },
): Promise<AuditRow[]> {
  return db.query(
    `select id::float8 as id, at, actor_id as "actorId", action, resource_id::float8 as "resourceId", detail
       from access.audit
      where ($1::bigint is null or resource_id = $1) and ($2::int is null or actor_id = $2)
        and ($3::bigint is null or id < $3) order by id desc limit $4`,
    [opts.resourceId ?? null, opts.actorId ?? null, opts.beforeId ?? null, opts.limit],
  );
}

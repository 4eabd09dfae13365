import type { Db } from './db.ts';
import type { Actor } from './people.ts';

/**
 * All that a person may see, as two short arrays for a list's filter. `subjects` are the person, their groups and
 * 'everyone'. Ask for it anew in each request: it costs about a millisecond, and so a revoked right is gone at the
 * next query. `validUntil` is the next moment at which something in it ends by itself.
 */
export type Scope = { subjects: number[]; tops: number[]; extra: number[]; validUntil: Date | null };

/** The ids that grants may name to mean this person; none for one who is disabled or past their end. */
export async function subjectsOf(db: Db, actor: Actor): Promise<number[]> {
  const [row] = await db.query<{ subjects: number[] }>('select access.subjects_of($1) as subjects', [
    actor.id,
  ]);
  return row?.subjects ?? [];
}

/** What the person may see; empty arrays for one who may not come in. Links are no part of it. */
export async function scopeOf(db: Db, actor: Actor): Promise<Scope> {
  const [row] = await db.query<Scope>(
    `select subjects, tops::float8[] as tops, extra::float8[] as extra, valid_until as "validUntil"
       from access.scope_of($1)`,
    [actor.id],
  );
  return row ?? { subjects: [], tops: [], extra: [], validUntil: null };
}

export type Fragment = { sql: string; params: unknown[] };

/**
 * SQL that is true for rows the person may see, for any table with the columns top_id and access_id (messages, search
 * entries). Does not know the trash: join access.resource with `shown()` where that matters.
 * @param alias the table's name in the query @param firstParam the number of the first of the two parameters
 */
export function visibleTo(scope: Scope, alias: string, firstParam: number): Fragment {
  return {
    sql: `(${alias}.top_id = any($${firstParam}::bigint[]) or ${alias}.access_id = any($${firstParam + 1}::bigint[]))`,
    params: [scope.tops, scope.extra],
  };
}

/** The same for statements prepared once with a generic plan, in which `= any` would be a linear scan per row. */
export function visibleToPrepared(scope: Scope, alias: string, firstParam: number): Fragment {
  return {
    sql: `(${alias}.top_id in (select unnest($${firstParam}::bigint[]))
      or ${alias}.access_id in (select unnest($${firstParam + 1}::bigint[])))`,
    params: [scope.tops, scope.extra],
  };
}

/** SQL that is true for rows of access.resource that are not in the trash, by their own trashing or from above. */
export function shown(alias: string): string {
  return `${alias}.trash_id is null`;
}

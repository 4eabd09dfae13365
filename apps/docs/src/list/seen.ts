import type { Db } from '@parvis/access/db';
import { type Seen, seen } from '@parvis/access/read';
import { scopeOf, type Scope, shown, visibleTo } from '@parvis/access/scope';
import { type ResourceRow, resourceColumns } from '@parvis/access/tree';
import type { Listed } from '@parvis/contract/doc-list';
import type { Caller } from '@parvis/server/caller';
import { presentResources } from '@parvis/server/present';

type Row = ResourceRow & {
  rank: number | null;
  favourite: boolean;
  visitedAt: Date | null;
  place: string | null;
};

/** The part of a query that stands for documents which a person may see now, with its two parameters. */
export function visibleDocuments(scope: Scope, alias: string, firstParam: number) {
  const { sql, params } = visibleTo(scope, alias, firstParam);
  return { sql: `${sql} and ${shown(alias)} and ${alias}.kind = 'document'`, params };
}

/**
 * Documents by their ids as a list shows them. Whatever an index or a list of one's own remembers passes here before it
 * leaves: what this person may not see now, or what is in the trash, is not in the answer.
 */
export async function listed(
  db: Db,
  caller: Caller,
  ids: readonly number[],
  given?: Scope,
): Promise<Map<number, Listed>> {
  const scope = given ?? (await scopeOf(db, caller));
  if (ids.length === 0 || scope.tops.length + scope.extra.length === 0) return new Map();
  const { sql, params } = visibleDocuments(scope, 'r', 4);
  const above = visibleTo(scope, 'p', 4).sql;
  const rows = await db.query<Row>(
    `select ${resourceColumns('r')}, access.role_at(r.access_id, $2::int[]) as rank,
            f.document_id is not null as favourite, v.at as "visitedAt",
            (select p.title from access.resource p where p.id = r.parent_id and ${above}) as place
       from access.resource r
       left join docs.favourite f on f.document_id = r.id and f.person_id = $3
       left join docs.visit v on v.document_id = r.id and v.person_id = $3
      where r.id = any($1::bigint[]) and ${sql}`,
    [ids, scope.subjects, caller.id, ...params],
  );
  const readable = rows.flatMap(({ favourite, visitedAt, place, ...row }) =>
    seen(row).map((one: Seen) => ({ one, favourite, visitedAt, place })),
  );
  const presented = await presentResources(
    db,
    readable.map(({ one }) => one),
  );
  return new Map(
    readable.map(({ one, favourite, visitedAt, place }, at) => [
      one.id,
      {
        ...(presented[at] as Listed),
        kind: 'document',
        favourite,
        visitedAt: visitedAt?.toISOString() ?? null,
        place,
      },
    ]),
  );
}

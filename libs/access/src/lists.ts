import { type Db, isUid } from './db.ts';
import { AccessError } from './errors.ts';
import type { Actor } from './people.ts';
import { linkHash, type Seen, seen } from './read.ts';
import { scopeOf, type Scope, shown, visibleTo } from './scope.ts';
import { likePattern, searchKey } from './titles.ts';
import { type ResourceKind, type ResourceRow, resourceColumns } from './tree.ts';

type Ranked = ResourceRow & { rank: number | null };

/** Where a page ended: give it as `before` or `after` to get the next one. Holds nothing secret. */
export function cursorOf(row: ResourceRow): string {
  return Buffer.from(JSON.stringify([row.updatedAt.toISOString(), row.uid, row.title])).toString('base64url');
}

type Cursor = { updatedAt: string; uid: string; title: string };

/** @throws AccessError 'bad-cursor' for text that `cursorOf` did not make */
function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null;
  try {
    const [updatedAt, uid, title] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (
      typeof updatedAt === 'string' &&
      typeof title === 'string' &&
      isUid(uid) &&
      !Number.isNaN(Date.parse(updatedAt))
    )
      return { updatedAt, uid, title };
  } catch {
    // Not JSON: refused below with everything else that is no cursor.
  }
  throw new AccessError('bad-cursor');
}

/**
 * What lies directly in a resource, each with the person's role, ordered by title as people count (2 before 10).
 * A child's role is that of its parent or, where it has grants of its own, the higher of the two. With `privateTrees`,
 * a space also lists the private channels and things shown in it that the person may see. [] for strangers.
 */
export async function children(
  db: Db,
  actor: Actor | null,
  uid: string,
  opts: { kinds?: ResourceKind[]; limit: number; after?: string; link?: string; privateTrees?: boolean },
): Promise<Seen[]> {
  const after = readCursor(opts.after);
  if (!isUid(uid)) return [];
  const params = [uid, actor?.id ?? null, linkHash(opts.link), opts.limit, opts.kinds ?? null];
  const conditions = [shown('c'), '($5::text[] is null or c.kind = any($5))', 'p.rank is not null'];
  if (after) {
    const at = params.push(searchKey(after.title), after.uid);
    conditions.push(
      `(c.title_key collate access.natural, c.uid) > ($${at - 1} collate access.natural, $${at}::uuid)`,
    );
  }
  const where = conditions.join(' and ');
  const ownRank = `(select max(g.role) from access.grant_ g where g.resource_id = c.id
    and g.subject_id = any(p.ids) and (g.expires_at is null or g.expires_at > now()))`;
  const privateTrees = `union all
    select c.*, ${ownRank} from p join access.resource c on c.space_id = p.id
     where c.parent_id is null and c.id <> p.id and ${where}`;
  const rows = await db.query<Ranked>(
    `with p as materialized (
       select r.id, r.access_id, mine.ids, access.role_at(r.access_id, mine.ids) as rank
         from (select access.subjects_of($2, $3) as ids offset 0) mine, access.resource r
        where r.uid = $1 and ${shown('r')}),
     listed as materialized (
       select c.*, case when c.access_id = p.access_id then p.rank else greatest(p.rank, ${ownRank}) end as rank
         from p join access.resource c on c.parent_id = p.id where ${where}
       ${opts.privateTrees ? privateTrees : ''})
     select ${resourceColumns('c')}, c.rank from listed c where c.rank is not null
      order by c.title_key collate access.natural, c.uid limit $4`,
    params,
  );
  return rows.flatMap(seen);
}

/**
 * The resources of a page of `id` and `access_id`, each with its rank, in one go for all. @param order of alias `r`
 */
function ranked(page: string, order: string): string {
  return `with page as materialized (${page}),
    ranks as materialized (
      select * from access.roles_at((select array_agg(distinct access_id) from page), $1::int[]))
    select ${resourceColumns('r')}, ranks.rank from page join access.resource r on r.id = page.id
      join ranks on ranks.start = page.access_id order by ${order}`;
}

/**
 * The newest things of all that the person may see, in every space and tree. `kinds` narrows; `before` is the
 * `cursorOf` the last row of the page before.
 */
export async function newest(
  db: Db,
  actor: Actor,
  opts: { kinds?: ResourceKind[]; limit: number; before?: string; scope?: Scope },
): Promise<Seen[]> {
  const before = readCursor(opts.before);
  const scope = opts.scope ?? (await scopeOf(db, actor));
  if (scope.tops.length + scope.extra.length === 0) return [];
  const visible = visibleTo(scope, 'r', 2);
  const params: unknown[] = [scope.subjects, ...visible.params];
  const conditions = [visible.sql, shown('r')];
  if (opts.kinds) conditions.push(`r.kind = any($${params.push(opts.kinds)}::text[])`);
  if (before) {
    const at = params.push(before.updatedAt);
    conditions.push(`(r.updated_at, r.uid) < ($${at}::timestamptz, $${params.push(before.uid)}::uuid)`);
  }
  const page = `select r.id, r.access_id from access.resource r where ${conditions.join(' and ')}
    order by r.updated_at desc, r.uid desc limit $${params.push(opts.limit)}`;
  const rows = await db.query<Ranked>(ranked(page, 'r.updated_at desc, r.uid desc'), params);
  return rows.flatMap(seen);
}

/**
 * What others gave this person, by name or through a group, outside the spaces and trees they belong to; newest
 * first. What everyone got, links, and their own things are no part of it.
 */
export async function sharedWithMe(
  db: Db,
  actor: Actor,
  opts: { kinds?: ResourceKind[]; limit: number; before?: string },
): Promise<Seen[]> {
  const before = readCursor(opts.before);
  const { subjects, tops } = await scopeOf(db, actor);
  const page = `select r.id, r.access_id from (
      select distinct resource_id from access.grant_ where subject_id = any($1::int[]) and subject_id <> 1
         and (expires_at is null or expires_at > now())) g
    join access.resource r on r.id = g.resource_id
   where r.kind <> 'space' and ${shown('r')} and r.owner_id is distinct from $2::int
     and (r.parent_id is null or r.top_id <> all($3::bigint[])) and ($4::text[] is null or r.kind = any($4))
     and ($5::timestamptz is null or (r.updated_at, r.uid) < ($5::timestamptz, $6::uuid))
   order by r.updated_at desc, r.uid desc limit $7`;
  const rows = await db.query<Ranked>(ranked(page, 'r.updated_at desc, r.uid desc'), [
    subjects,
    actor.id,
    tops,
    opts.kinds ?? null,
    before?.updatedAt ?? null,
    before?.uid ?? null,
    opts.limit,
  ]);
  return rows.flatMap(seen);
}

/** How many matches are looked at for the best titles; the rest of a very common text is not ranked. */
const candidatesMax = 400;

/**
 * Things whose title contains the text, for a quick switcher: titles that start with it first, then a word that does,
 * then the newest. No case, no accents. The filter is inside: no title of a stranger's thing is ever looked at.
 */
export async function findByTitle(
  db: Db,
  actor: Actor,
  opts: { text: string; kinds?: ResourceKind[]; limit: number },
): Promise<Seen[]> {
  const key = likePattern(searchKey(opts.text));
  const scope = await scopeOf(db, actor);
  if (key === '' || scope.tops.length + scope.extra.length === 0) return [];
  const visible = visibleTo(scope, 'r', 2);
  const place = (alias: string) =>
    `case when ${alias}.title_key like $4 then 0 when ${alias}.title_key like $5 then 1 else 2 end`;
  const page = `select c.id, c.access_id from (
      select r.* from access.resource r where r.title_key like $6 and ${visible.sql} and ${shown('r')}
         and ($7::text[] is null or r.kind = any($7)) order by r.updated_at desc limit ${candidatesMax}) c
    order by ${place('c')}, c.updated_at desc limit $8`;
  const rows = await db.query<Ranked>(ranked(page, `${place('r')}, r.updated_at desc`), [
    scope.subjects,
    ...visible.params,
    `${key}%`,
    `% ${key}%`,
    `%${key}%`,
    opts.kinds ?? null,
    opts.limit,
  ]);
  return rows.flatMap(seen);
}

/** What this person may bring back from the trash: trashed by itself (not with a parent), and theirs to edit. */
export async function trashed(
  db: Db,
  actor: Actor,
  opts: { kinds?: ResourceKind[]; limit: number },
): Promise<Seen[]> {
  const scope = await scopeOf(db, actor);
  const visible = visibleTo(scope, 'r', 2);
  const page = `select r.id, r.access_id from access.resource r where r.trash_id = r.id and ${visible.sql}
     and access.role_at(r.access_id, $1::int[]) >= 3 and ($4::text[] is null or r.kind = any($4))
   order by r.trashed_at desc, r.uid desc limit $5`;
  const rows = await db.query<Ranked>(ranked(page, 'r.trashed_at desc, r.uid desc'), [
    scope.subjects,
    ...visible.params,
    opts.kinds ?? null,
    opts.limit,
  ]);
  return rows.flatMap(seen);
}

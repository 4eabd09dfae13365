import { type Db, isUid, one } from './db.ts';
import { AccessError } from './errors.ts';
import { notify } from './notify.ts';
import { findPersonById } from './people.ts';
import { searchKey } from './titles.ts';

export type ResourceKind = 'space' | 'channel' | 'folder' | 'file' | 'document' | 'meeting' | 'request';

/** Levels of a tree, the root included. */
export const depthMax = 20;

/** What a service hangs on its resources; small, for lists. The content itself lives in the service's schema. */
export type Meta = Record<string, unknown>;

/**
 * A thing in the tree. Ids are for SQL inside the server; `uid`, `parentUid` and `spaceUid` may leave it. `topId` and
 * `accessId` are the two labels that other tables copy to be filtered by `visibleTo`.
 */
export type ResourceRow = {
  id: number;
  uid: string;
  kind: ResourceKind;
  spaceId: number | null;
  spaceUid: string | null;
  parentId: number | null;
  parentUid: string | null;
  topId: number;
  accessId: number;
  ownerId: number | null;
  title: string;
  meta: Meta;
  createdAt: Date;
  updatedAt: Date;
  trashedAt: Date | null;
};

/** The columns of access.resource as ResourceRow, for a query in which the table is called `alias`. */
export function resourceColumns(alias: string): string {
  const r = alias;
  return `${r}.id::float8 as id, ${r}.uid, ${r}.kind, ${r}.space_id::float8 as "spaceId",
    (select s.uid from access.resource s where s.id = ${r}.space_id) as "spaceUid",
    ${r}.parent_id::float8 as "parentId",
    (select p.uid from access.resource p where p.id = ${r}.parent_id) as "parentUid",
    ${r}.top_id::float8 as "topId", ${r}.access_id::float8 as "accessId", ${r}.owner_id as "ownerId", ${r}.title,
    ${r}.meta, ${r}.created_at as "createdAt", ${r}.updated_at as "updatedAt", ${r}.trashed_at as "trashedAt"`;
}

/** A resource without asking who wants it: for the inside of a service only. Trashed ones are found too. */
export async function findResource(db: Db, uid: string): Promise<ResourceRow | null> {
  if (!isUid(uid)) return null;
  const rows = await db.query<ResourceRow>(
    `select ${resourceColumns('r')} from access.resource r where r.uid = $1`,
    [uid],
  );
  return rows[0] ?? null;
}

export type NewResource = {
  kind: ResourceKind;
  title: string;
  ownerId: number;
  /** What it hangs below and inherits access from. Without it, the space; without that, it is a tree of its own. */
  parentUid?: string;
  spaceUid?: string;
  /** Shown in the space but a tree of its own: only whom it is granted to may see it. */
  private?: boolean;
  meta?: Meta;
};

type Place = {
  id: number;
  kind: string;
  top_id: number;
  access_id: number;
  space_id: number | null;
  depth: number;
};

/**
 * Makes a resource. The root of a tree (a space, anything private or without parent) gives its maker an owner grant;
 * anything else has the access of its parent, so the caller checks that the maker may edit there.
 * @throws AccessError 'parent-missing' (missing, trashed, or a space given a parent), 'too-deep',
 *   'role-too-high' (a guest cannot own a tree)
 */
export async function createResource(db: Db, wanted: NewResource): Promise<ResourceRow> {
  const hangsOn = wanted.private ? undefined : (wanted.parentUid ?? wanted.spaceUid);
  if (wanted.kind === 'space' && (hangsOn || wanted.spaceUid)) throw new AccessError('parent-missing');
  const parent = hangsOn === undefined ? null : await placeBelow(db, hangsOn);
  const shownIn = wanted.private && wanted.spaceUid ? await placeBelow(db, wanted.spaceUid) : null;
  if (shownIn && shownIn.kind !== 'space') throw new AccessError('parent-missing');
  if (parent && parent.depth >= depthMax) throw new AccessError('too-deep');
  if (!parent && (await findPersonById(db, wanted.ownerId))?.kind !== 'member')
    throw new AccessError('role-too-high');
  const ownRoot = parent === null || wanted.kind === 'channel';
  const rows = await db.query<ResourceRow>(
    `with n as (select nextval(pg_get_serial_sequence('access.resource', 'id')) as id),
      made as (
        insert into access.resource (id, kind, title, title_key, owner_id, meta, parent_id, top_id, access_id, space_id)
        select n.id, $1, $2, $3, $4, $5::jsonb, $6::bigint, coalesce($7::bigint, n.id),
               case when $8 then n.id else $9::bigint end, case when $1 = 'space' then n.id else $10::bigint end
          from n returning *),
      rooted as (insert into access.root (id, parent_id) select id, $9 from made where $8),
      owned as (
        insert into access.grant_ (resource_id, subject_id, role, granted_by)
        select id, $4, 5, $4 from made where parent_id is null)
     select ${resourceColumns('made')} from made`,
    [
      wanted.kind,
      wanted.title,
      searchKey(wanted.title),
      wanted.ownerId,
      JSON.stringify(wanted.meta ?? {}),
      parent?.id ?? null,
      parent?.top_id ?? null,
      ownRoot,
      parent?.access_id ?? null,
      (parent ?? shownIn)?.space_id ?? null,
    ],
  );
  const made = one(rows);
  if (made.kind === 'space') made.spaceUid = made.uid;
  await notify(db, { resources: around(made) });
  return made;
}

async function placeBelow(db: Db, parentUid: string): Promise<Place> {
  const rows = isUid(parentUid)
    ? await db.query<Place>('select * from access.place_below($1)', [parentUid])
    : [];
  if (!rows[0]) throw new AccessError('parent-missing');
  return rows[0];
}

/** The resource and what lists it: whoever shows the parent or the space has a list to refresh. */
function around(row: ResourceRow): string[] {
  return [row.uid, row.parentUid, row.spaceUid].filter((uid) => uid !== null);
}

async function mustFind(db: Db, uid: string): Promise<ResourceRow> {
  const row = await findResource(db, uid);
  if (!row) throw new AccessError('not-found');
  return row;
}

/** Gives another title. The caller checks that the person may edit. @throws AccessError 'not-found' */
export async function rename(db: Db, uid: string, title: string): Promise<void> {
  const row = await mustFind(db, uid);
  await db.query(
    'update access.resource set title = $2, title_key = $3, updated_at = greatest(now(), updated_at) where id = $1',
    [row.id, title, searchKey(title)],
  );
  await notify(db, { resources: around(row) });
}

/** Merges `patch` into what the service hangs on the resource; a null removes a key. @throws AccessError 'not-found' */
export async function setMeta(db: Db, uid: string, patch: Meta): Promise<void> {
  const row = await mustFind(db, uid);
  await db.query(
    `update access.resource set meta = jsonb_strip_nulls(meta || $2::jsonb), updated_at = greatest(now(), updated_at)
      where id = $1`,
    [row.id, JSON.stringify(patch)],
  );
  await notify(db, { resources: around(row) });
}

/** How stale `updatedAt` may be: a lively channel or document must not rewrite its row at each message. */
const touchEverySeconds = 10;

/** Says that the content changed, so that the newest lists rise it; tells nobody. Takes ids, of any number. */
export async function touch(db: Db, ids: number[]): Promise<void> {
  await db.query(
    `update access.resource set updated_at = now()
      where id = any($1::bigint[]) and updated_at < now() - make_interval(secs => ${touchEverySeconds})`,
    [ids],
  );
}

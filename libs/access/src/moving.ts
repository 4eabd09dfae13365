import type { Db } from './db.ts';
import { AccessError } from './errors.ts';
import { notify } from './notify.ts';
import type { Actor } from './people.ts';
import { checkAbility } from './read.ts';
import { depthMax, findResource, type ResourceKind, type ResourceRow } from './tree.ts';

/**
 * Refuses unless the person may manage what moves and edit where it goes.
 * @throws AccessError 'not-found' (for strangers too), 'not-allowed', 'parent-missing'
 */
export async function checkMove(db: Db, actor: Actor, uid: string, targetUid: string): Promise<void> {
  await checkAbility(db, actor, uid, 'manage');
  await checkAbility(db, actor, targetUid, 'edit');
}

async function mustFind(db: Db, uid: string): Promise<ResourceRow> {
  const row = await findResource(db, uid);
  if (!row) throw new AccessError('not-found');
  return row;
}

async function lockAlone(db: Db, ids: number[]): Promise<void> {
  await db.query('select access.lock_trees($1::bigint[], true)', [ids]);
}

/**
 * Hangs a resource, with all below it, under another. Its own grants go with it; what it inherited stays behind. The
 * caller has called `checkMove` in the same transaction. A space does not move.
 * @throws AccessError 'not-found', 'parent-missing', 'not-movable', 'cycle', 'too-deep'
 */
export async function move(db: Db, uid: string, targetUid: string): Promise<void> {
  const found = await mustFind(db, uid);
  const aim = await findResource(db, targetUid);
  if (!aim) throw new AccessError('parent-missing');
  await lockAlone(db, [found.id, aim.id]);
  const moved = await mustFind(db, uid);
  const target = await findResource(db, targetUid);
  if (!target || target.trashedAt) throw new AccessError('parent-missing');
  if (moved.kind === 'space' || moved.trashedAt) throw new AccessError('not-movable');
  await checkShape(db, moved.id, target.id);
  await db.query('update access.resource set parent_id = $2 where id = $1', [moved.id, target.id]);
  const below = await db.query<{ uid: string }>('select uid from access.relabel($1)', [moved.id]);
  const lists = [moved.parentUid, moved.spaceUid, target.uid].filter((each) => each !== null);
  await notify(db, { resources: [...below.map((row) => row.uid), ...lists] });
}

async function checkShape(db: Db, movedId: number, targetId: number): Promise<void> {
  const [shape] = await db.query<{ circular: boolean; levels: number }>(
    `with recursive up(id) as (
       select $2::bigint
       union all select r.parent_id from up join access.resource r on r.id = up.id where r.parent_id is not null),
     down(id, level) as (
       select $1::bigint, 1
       union all select c.id, down.level + 1 from down join access.resource c on c.parent_id = down.id
        where down.level <= ${depthMax})
     select exists (select from up where id = $1) as circular,
            ((select count(*) from up) + (select max(level) from down))::int as levels`,
    [movedId, targetId],
  );
  if (shape?.circular) throw new AccessError('cycle');
  if ((shape?.levels ?? 0) > depthMax) throw new AccessError('too-deep');
}

/** Everything under the resource's lock, as it is once the lock is held; a space's private trees are locked too. */
async function lockBelow(db: Db, uid: string): Promise<ResourceRow> {
  const found = await mustFind(db, uid);
  await lockAlone(db, [found.id]);
  if (found.kind === 'space') {
    const trees = await db.query<{ id: number }>(
      'select id::float8 as id from access.resource where space_id = $1 and parent_id is null',
      [found.id],
    );
    await lockAlone(
      db,
      trees.map(({ id }) => id),
    );
  }
  return mustFind(db, uid);
}

/**
 * Puts a resource and everything below it in the trash: gone from lists, searches and loading. Twice is once.
 * @param byId the subject id of who does it @throws AccessError 'not-found'
 */
export async function trash(db: Db, uid: string, byId: number): Promise<void> {
  const row = await lockBelow(db, uid);
  const hidden = await db.query<{ uid: string }>(
    `with t as (
       update access.resource r set trash_id = $1, trashed_at = now(), trashed_by = $2
         from access.all_below($1) b where r.id = b.id and r.trash_id is null returning r.uid)
     select uid from t`,
    [row.id, byId],
  );
  await notify(db, { resources: withLists(row, hidden) });
}

/**
 * Brings back what this resource's trashing hid; what had been trashed before it on its own stays in the trash.
 * @throws AccessError 'not-found', 'not-in-trash', 'parent-in-trash' (bring back the parent, or move nothing)
 */
export async function restore(db: Db, uid: string): Promise<void> {
  const row = await lockBelow(db, uid);
  const [place] = await db.query<{ own: boolean; above: boolean }>(
    `select coalesce(r.trash_id = r.id, false) as own,
            exists (select from access.resource p where p.id in (r.parent_id, r.space_id) and p.id <> r.id
                     and p.trash_id is not null) as above
       from access.resource r where r.id = $1`,
    [row.id],
  );
  if (!row.trashedAt) throw new AccessError('not-in-trash');
  if (place?.above || !place?.own) throw new AccessError('parent-in-trash');
  const shown = await db.query<{ uid: string }>(
    `with t as (
       update access.resource r set trash_id = null, trashed_at = null, trashed_by = null
         from access.all_below($1) b where r.id = b.id and r.trash_id = $1 returning r.uid)
     select uid from t`,
    [row.id],
  );
  await notify(db, { resources: withLists(row, shown) });
}

function withLists(row: ResourceRow, rows: { uid: string }[]): string[] {
  return [...rows.map(({ uid }) => uid), ...[row.parentUid, row.spaceUid].filter((uid) => uid !== null)];
}

export type Removed = { id: number; uid: string; kind: ResourceKind };

/**
 * Deletes a resource and everything below it for good, with grants and links, and says what went, so that each
 * service deletes the content in the same transaction. With `trashedBefore` nothing goes that was not in the trash by
 * then, or was taken out of it meanwhile: the answer is []. @throws AccessError 'not-found'
 */
export async function remove(db: Db, uid: string, opts: { trashedBefore?: Date } = {}): Promise<Removed[]> {
  const row = await lockBelow(db, uid);
  if (opts.trashedBefore && !(row.trashedAt && row.trashedAt < opts.trashedBefore)) return [];
  const removed = await db.query<Removed>(
    `with below as materialized (select id from access.all_below($1)),
      links as (delete from access.subject s using access.link l
                 where l.resource_id in (select id from below) and s.id = l.subject_id),
      gone as (delete from access.resource r using below b where r.id = b.id returning r.id, r.uid, r.kind)
     select id::float8 as id, uid, kind from gone`,
    [row.id],
  );
  await notify(db, { resources: withLists(row, removed) });
  return removed;
}

/** Uids of what was put in the trash before a moment, oldest first: what a nightly job removes for good. */
export async function trashedBefore(db: Db, before: Date, limit: number): Promise<string[]> {
  const rows = await db.query<{ uid: string }>(
    'select uid from access.resource where trash_id = id and trashed_at < $1 order by trashed_at limit $2',
    [before, limit],
  );
  return rows.map(({ uid }) => uid);
}

import { type Db, isUid } from './db.ts';
import { AccessError } from './errors.ts';
import { notifySubject } from './notify.ts';
import { type Actor, findPersonById } from './people.ts';
import { checkAbility, type Seen } from './read.ts';
import { abilities, type Role, rankOf, roleOf, widestShared } from './roles.ts';
import { findResource, type ResourceRow } from './tree.ts';

/** The subject that stands for all members. Guests are never among them. */
export const everyoneId = 1;

export type Grant = { resourceUid: string; subjectId: number; role: Role; expiresAt?: Date | null };

/**
 * Refuses unless the person may give or take this role here: sharing needs a manager, touching ownership an owner.
 * @param role the role to be given, or that the subject holds now when taking @throws AccessError 'not-found',
 *   'not-allowed'
 */
export async function checkMayGrant(db: Db, actor: Actor, resourceUid: string, role: Role): Promise<Seen> {
  const found = await checkAbility(db, actor, resourceUid, 'share');
  if (role === 'owner' && !abilities(found.role).own) throw new AccessError('not-allowed');
  return found;
}

/** The role that the subject holds by a grant on this very resource, expired or not; null for none. */
export async function ownGrant(db: Db, resourceUid: string, subjectId: number): Promise<Role | null> {
  if (!isUid(resourceUid)) return null;
  const [row] = await db.query<{ role: number }>(
    `select g.role from access.grant_ g join access.resource r on r.id = g.resource_id
      where r.uid = $1 and g.subject_id = $2`,
    [resourceUid, subjectId],
  );
  return roleOf(row?.role);
}

/**
 * Gives a person, a group or everyone a role on a resource and all below it, or changes the role they had here. It
 * can only widen what the resource inherits.
 * @throws AccessError 'not-found', 'unknown-subject', 'ends-in-past', 'role-too-high' (guests, bots and everyone get at
 *   most editor; a group cannot own), 'last-owner' (the tree would be left without)
 */
export async function grant(db: Db, wanted: Grant, grantedBy: number): Promise<void> {
  const row = await existing(db, wanted.resourceUid);
  await checkSubject(db, wanted);
  if (wanted.expiresAt && wanted.expiresAt.getTime() <= Date.now()) throw new AccessError('ends-in-past');
  if (wanted.role !== 'owner' || wanted.expiresAt) await keepAnOwner(db, row, wanted.subjectId);
  await makeRoot(db, row);
  await putGrant(db, row.id, wanted, grantedBy);
  await notifySubject(db, wanted.subjectId, [row.uid]);
}

/** @throws AccessError 'not-found' */
export async function existing(db: Db, uid: string): Promise<ResourceRow> {
  const row = await findResource(db, uid);
  if (!row) throw new AccessError('not-found');
  return row;
}

async function checkSubject(db: Db, { subjectId, role }: Grant): Promise<void> {
  const [subject] = await db.query<{ kind: string }>('select kind from access.subject where id = $1', [
    subjectId,
  ]);
  if (!subject || subject.kind === 'link') throw new AccessError('unknown-subject');
  const wide = rankOf(role) > rankOf(widestShared);
  const foreign = subject.kind === 'person' && (await findPersonById(db, subjectId))?.kind !== 'member';
  if (wide && (foreign || subject.kind === 'everyone')) throw new AccessError('role-too-high');
  if (role === 'owner' && subject.kind === 'group') throw new AccessError('role-too-high');
}

/** The first grant on an inner resource makes it an access root, which relabels what is below it. */
export async function makeRoot(db: Db, row: ResourceRow): Promise<void> {
  if (row.accessId === row.id) return;
  await db.query('select access.lock_trees($1::bigint[], true)', [[row.id]]);
  await db.query(
    `with marked as (update access.resource set access_id = id where id = $1 and access_id <> id returning id, parent_id)
     insert into access.root (id, parent_id)
     select m.id, p.access_id from marked m join access.resource p on p.id = m.parent_id on conflict (id) do nothing`,
    [row.id],
  );
  await db.query('select count(*) from access.relabel($1)', [row.id]);
}

/** Writes a grant whose subject and role were checked. */
export async function putGrant(
  db: Db,
  resourceId: number,
  wanted: Omit<Grant, 'resourceUid'>,
  grantedBy: number,
) {
  await db.query(
    `insert into access.grant_ (resource_id, subject_id, role, expires_at, granted_by) values ($1, $2, $3, $4, $5)
     on conflict (resource_id, subject_id) do update
       set role = excluded.role, expires_at = excluded.expires_at, granted_by = excluded.granted_by, granted_at = now()`,
    [resourceId, wanted.subjectId, rankOf(wanted.role), wanted.expiresAt ?? null, grantedBy],
  );
}

/** Refuses to take the last lasting ownership of a tree from a person who can still come in. */
async function keepAnOwner(db: Db, row: ResourceRow, subjectId: number): Promise<void> {
  if (row.parentId !== null) return;
  // The row lock makes two owners who remove each other at once take turns.
  await db.query('select from access.resource where id = $1 for no key update', [row.id]);
  const owners = await db.query<{ id: number; active: boolean }>(
    `select g.subject_id as id, p.disabled_at is null as active
       from access.grant_ g join access.person p on p.subject_id = g.subject_id
      where g.resource_id = $1 and g.role = 5 and g.expires_at is null`,
    [row.id],
  );
  const loses = owners.some(({ id }) => id === subjectId);
  if (loses && !owners.some(({ id, active }) => id !== subjectId && active))
    throw new AccessError('last-owner');
}

/**
 * Takes back what a subject was given on this very resource; what it inherits stays. Nothing to take is no error.
 * @throws AccessError 'not-found', 'last-owner'
 */
export async function revoke(db: Db, resourceUid: string, subjectId: number): Promise<void> {
  const row = await existing(db, resourceUid);
  await keepAnOwner(db, row, subjectId);
  await db.query('delete from access.grant_ where resource_id = $1 and subject_id = $2', [row.id, subjectId]);
  await notifySubject(db, subjectId, [row.uid]);
}

/** What may be given to whoever holds a link. @throws AccessError 'role-too-high', 'ends-in-past' */
export function checkMayBeGiven(role: Role, expiresAt: Date | null): void {
  if (rankOf(role) > rankOf(widestShared)) throw new AccessError('role-too-high');
  if (expiresAt && expiresAt.getTime() <= Date.now()) throw new AccessError('ends-in-past');
}

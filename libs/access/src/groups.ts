import { type Db, isUid } from './db.ts';
import { AccessError } from './errors.ts';
import { notifySubject } from './notify.ts';

/** A group of people and of other groups. `id` is its subject id. */
export type Group = { id: number; uid: string; name: string };

/** @throws AccessError 'name-taken' */
export async function createGroup(db: Db, name: string): Promise<Group> {
  const [made] = await db.query<Group>(
    `with free as (select where not exists (select from access.people_group where lower(name) = lower($1))),
      s as (insert into access.subject (kind) select 'group' from free returning id)
     insert into access.people_group (subject_id, name) select s.id, $1 from s returning subject_id as id, uid, name`,
    [name],
  );
  if (!made) throw new AccessError('name-taken');
  return made;
}

/** All groups by name; `text` narrows to names that contain it. */
export async function listGroups(db: Db, opts: { text?: string; limit: number }): Promise<Group[]> {
  return db.query(
    `select subject_id as id, uid, name from access.people_group
      where $1::text is null or strpos(lower(name), lower($1)) > 0 order by lower(name), subject_id limit $2`,
    [opts.text ?? null, opts.limit],
  );
}

export async function findGroup(db: Db, uid: string): Promise<Group | null> {
  if (!isUid(uid)) return null;
  const rows = await db.query<Group>(
    'select subject_id as id, uid, name from access.people_group where uid = $1',
    [uid],
  );
  return rows[0] ?? null;
}

/** @throws AccessError 'not-found', 'name-taken' */
export async function renameGroup(db: Db, id: number, name: string): Promise<void> {
  const [taken] = await db.query(
    'select from access.people_group where lower(name) = lower($2) and subject_id <> $1',
    [id, name],
  );
  if (taken) throw new AccessError('name-taken');
  const rows = await db.query<{ id: number }>(
    `with g as (update access.people_group set name = $2 where subject_id = $1 returning subject_id)
     select subject_id as id from g`,
    [id, name],
  );
  if (rows.length === 0) throw new AccessError('not-found');
}

/** Removes a group; what was granted to it is granted to nobody any more. */
export async function removeGroup(db: Db, id: number): Promise<void> {
  await notifySubject(db, id);
  await db.query("delete from access.subject where id = $1 and kind = 'group'", [id]);
}

/**
 * Puts a person or another group into a group. Being in twice is being in once.
 * @throws AccessError 'unknown-subject', 'group-cycle' (the group would contain itself)
 */
export async function addMember(db: Db, groupId: number, subjectId: number): Promise<void> {
  // One change of nesting at a time: two half circles made at once would close.
  await db.query('select pg_advisory_xact_lock(721555, 0)');
  const [fit] = await db.query<{ known: boolean; circular: boolean }>(
    `with recursive up(id) as (
       select $1::int union select m.group_id from up join access.member m on m.subject_id = up.id)
     select exists (select from access.people_group where subject_id = $1)
        and exists (select from access.subject where id = $2 and kind in ('person', 'group')) as known,
       exists (select from up where id = $2) as circular`,
    [groupId, subjectId],
  );
  if (!fit?.known) throw new AccessError('unknown-subject');
  if (fit.circular) throw new AccessError('group-cycle');
  await db.query('insert into access.member (group_id, subject_id) values ($1, $2) on conflict do nothing', [
    groupId,
    subjectId,
  ]);
  await notifySubject(db, subjectId);
}

/** Takes a person or a group out of a group; not being in it is no error. */
export async function removeMember(db: Db, groupId: number, subjectId: number): Promise<void> {
  await db.query('delete from access.member where group_id = $1 and subject_id = $2', [groupId, subjectId]);
  await notifySubject(db, subjectId);
}

/** A direct member of a group: a person or a group, with the name to show. */
export type GroupMember = { id: number; uid: string; kind: 'person' | 'group'; name: string };

export async function membersOf(db: Db, groupId: number): Promise<GroupMember[]> {
  return db.query(
    `select s.id, coalesce(p.uid, g.uid) as uid, s.kind, coalesce(p.name, g.name) as name
       from access.member m join access.subject s on s.id = m.subject_id
       left join access.person p on p.subject_id = s.id left join access.people_group g on g.subject_id = s.id
      where m.group_id = $1 order by s.kind, lower(coalesce(p.name, g.name)), s.id`,
    [groupId],
  );
}

/** The groups a person is in, through other groups too. */
export async function groupsOf(db: Db, personId: number): Promise<Group[]> {
  return db.query(
    `with recursive up(id) as (
       select group_id from access.member where subject_id = $1
       union select m.group_id from up join access.member m on m.subject_id = up.id)
     select g.subject_id as id, g.uid, g.name from up join access.people_group g on g.subject_id = up.id
      order by lower(g.name), g.subject_id`,
    [personId],
  );
}

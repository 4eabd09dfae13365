import { type Db, isUid } from './db.ts';
import type { LinkReach } from './links.ts';
import type { Actor } from './people.ts';
import { load } from './read.ts';
import { type Role, roleOf } from './roles.ts';

export type ReasonSubject =
  | { kind: 'person'; id: number; uid: string; name: string; guest: boolean; active: boolean }
  | { kind: 'group'; id: number; uid: string; name: string; people: number }
  | { kind: 'everyone'; id: number }
  | { kind: 'link'; id: number; uid: string; reach: LinkReach; hasPassword: boolean };

/**
 * One line of "who can see this, and why". `from` is the resource that carries the grant; null when it is above what
 * the one who asks may see.
 */
export type Reason = {
  subject: ReasonSubject;
  role: Role;
  inherited: boolean;
  from: { uid: string; title: string; kind: string } | null;
  expiresAt: Date | null;
  grantedBy: number | null;
};

type Row = {
  subjectId: number;
  subjectKind: ReasonSubject['kind'];
  subjectUid: string;
  name: string;
  guest: boolean;
  active: boolean;
  people: number;
  reach: LinkReach;
  hasPassword: boolean;
  rank: number;
  inherited: boolean;
  fromUid: string;
  fromTitle: string;
  fromKind: string;
  fromVisible: boolean;
  expiresAt: Date | null;
  grantedBy: number | null;
};

const pathOf = `with recursive up(id, step) as (
    select access_id, 0 from access.resource where uid = $1
    union all
    select o.parent_id, up.step + 1 from up join access.root o on o.id = up.id where o.parent_id is not null)`;

/**
 * Every grant and link through which somebody sees a resource, its own first, then what it inherits from nearer to
 * farther; ended ones are left out. [] when the one who asks may not see it (callers ask for the 'share' ability).
 */
export async function reasons(db: Db, actor: Actor, resourceUid: string): Promise<Reason[]> {
  if (!(await load(db, actor, resourceUid, { trashed: true }))) return [];
  const rows = await db.query<Row>(
    `${pathOf}
     select s.id as "subjectId", s.kind as "subjectKind", coalesce(p.uid, pg.uid, l.uid) as "subjectUid",
       coalesce(p.name, pg.name) as name, p.kind = 'guest' as guest,
       p.disabled_at is null and (p.ends_at is null or p.ends_at > now()) as active,
       (with recursive down(id) as (
          select pg.subject_id union select m.subject_id from down join access.member m on m.group_id = down.id)
        select count(*)::int from down join access.person q on q.subject_id = down.id) as people,
       l.reach, l.password_hash is not null as "hasPassword", g.role as rank, r.uid <> $1::uuid as inherited, r.uid as "fromUid", r.title as "fromTitle",
       r.kind as "fromKind", access.role_at(r.access_id, access.subjects_of($2)) is not null as "fromVisible",
       g.expires_at as "expiresAt", g.granted_by as "grantedBy"
     from up join access.resource r on r.id = up.id join access.grant_ g on g.resource_id = up.id
     join access.subject s on s.id = g.subject_id
     left join access.person p on p.subject_id = s.id
     left join access.people_group pg on pg.subject_id = s.id
     left join access.link l on l.subject_id = s.id
     where g.expires_at is null or g.expires_at > now()
     order by up.step, g.role desc, s.kind, lower(coalesce(p.name, pg.name)), s.id`,
    [resourceUid, actor.id],
  );
  return rows.map(asReason);
}

function asReason(row: Row): Reason {
  return {
    subject: asSubject(row),
    role: roleOf(row.rank) as Role,
    inherited: row.inherited,
    from: row.fromVisible ? { uid: row.fromUid, title: row.fromTitle, kind: row.fromKind } : null,
    expiresAt: row.expiresAt,
    grantedBy: row.grantedBy,
  };
}

function asSubject(row: Row): ReasonSubject {
  const { subjectId: id, subjectUid: uid, name } = row;
  if (row.subjectKind === 'everyone') return { kind: 'everyone', id };
  if (row.subjectKind === 'link')
    return { kind: 'link', id, uid, reach: row.reach, hasPassword: row.hasPassword };
  if (row.subjectKind === 'group') return { kind: 'group', id, uid, name, people: row.people };
  return { kind: 'person', id, uid, name, guest: row.guest, active: row.active };
}

/** Why one person sees a resource: the grants that reach them by name, by a group or as everyone; best first. */
export async function whyCanSee(
  db: Db,
  personId: number,
  resourceUid: string,
): Promise<{ subjectId: number; role: Role; resourceUid: string; expiresAt: Date | null }[]> {
  if (!isUid(resourceUid)) return [];
  const rows = await db.query<{
    subjectId: number;
    rank: number;
    resourceUid: string;
    expiresAt: Date | null;
  }>(
    `${pathOf}
     select g.subject_id as "subjectId", g.role as rank, r.uid as "resourceUid", g.expires_at as "expiresAt"
       from up join access.resource r on r.id = up.id join access.grant_ g on g.resource_id = up.id
      where g.subject_id = any(access.subjects_of($2)) and (g.expires_at is null or g.expires_at > now())
      order by g.role desc, up.step`,
    [resourceUid, personId],
  );
  return rows.map(({ rank, ...row }) => ({ ...row, role: roleOf(rank) as Role }));
}

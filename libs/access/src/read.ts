import { createHash } from 'node:crypto';
import { type Db, isUid } from './db.ts';
import { AccessError } from './errors.ts';
import type { Actor } from './people.ts';
import { abilitiesOn } from './held.ts';
import { type Ability, atLeast, type Role, rankOf, roleOf } from './roles.ts';
import { shown } from './scope.ts';
import { type ResourceKind, type ResourceRow, resourceColumns } from './tree.ts';

/** A resource with what the one who asked may do with it. */
export type Seen = ResourceRow & { role: Role };

type Ranked = ResourceRow & { rank: number | null };

/** The hash under which a link's secret is kept; null stays null. */
export function linkHash(token: string | undefined): Buffer | null {
  return token === undefined ? null : createHash('sha256').update(token).digest();
}

export function seen({ rank, ...row }: Ranked): Seen[] {
  const role = roleOf(rank);
  return role ? [{ ...row, role }] : [];
}

/** The least rank that still sees what is in the trash. */
const trashRank = rankOf('editor');

/**
 * A resource, if this person may see it; null for strangers and for what does not exist, alike. `actor` null is
 * somebody not signed in, who can only have come by a public link. What is in the trash is null too, unless asked for
 * with `trashed` by somebody who may edit it.
 */
export async function load(
  db: Db,
  actor: Actor | null,
  uid: string,
  opts: { kind?: ResourceKind; link?: string; trashed?: boolean } = {},
): Promise<Seen | null> {
  if (!isUid(uid)) return null;
  const rows = await db.query<Ranked>(
    `select ${resourceColumns('r')}, access.role_at(r.access_id, access.subjects_of($2, $3)) as rank
       from access.resource r
      where r.uid = $1 and ($4::text is null or r.kind = $4) and (${shown('r')} or $5)`,
    [uid, actor?.id ?? null, linkHash(opts.link), opts.kind ?? null, opts.trashed ?? false],
  );
  const [found] = rows.flatMap(seen);
  if (!found || (found.trashedAt && rankOf(found.role) < trashRank)) return null;
  return found;
}

/** Who asks for which resource, and by which link they came. */
export interface Asking {
  readonly actor: Actor | null;
  readonly uid: string;
  readonly link?: string | undefined;
}

/**
 * What {@link load} says to each of many who ask at once, in their order: one question, however many they are. Only
 * resources of this kind, and nothing from the trash. At most a few hundred.
 */
export async function loadEach(
  db: Db,
  asking: readonly Asking[],
  kind: ResourceKind,
): Promise<(Seen | null)[]> {
  const rows = await db.query<Ranked & { place: number }>(
    `select asked.place::int as place, ${resourceColumns('r')},
            access.role_at(r.access_id, access.subjects_of(asked.person, asked.link)) as rank
       from unnest($1::uuid[], $2::int[], $3::bytea[]) with ordinality asked(uid, person, link, place)
       join access.resource r on r.uid = asked.uid
      where r.kind = $4 and ${shown('r')}`,
    [
      asking.map(({ uid }) => (isUid(uid) ? uid : null)),
      asking.map(({ actor }) => actor?.id ?? null),
      asking.map(({ link }) => linkHash(link)),
      kind,
    ],
  );
  const found = new Map(rows.flatMap(({ place, ...row }) => seen(row).map((one) => [place, one] as const)));
  return asking.map((_, index) => found.get(index + 1) ?? null);
}

/**
 * Loads, and refuses when the role does not have the ability.
 * @throws AccessError 'not-found' (strangers, missing), 'not-allowed' (may see it, may not do that)
 */
export async function checkAbility(
  db: Db,
  actor: Actor | null,
  uid: string,
  ability: Ability,
  opts: { kind?: ResourceKind; link?: string; trashed?: boolean } = {},
): Promise<Seen> {
  const found = await load(db, actor, uid, opts);
  if (!found) throw new AccessError('not-found');
  if (!abilitiesOn(found)[ability]) throw new AccessError('not-allowed');
  return found;
}

/** The person's role on a resource; null for strangers, for the missing and for the trashed. */
export async function role(db: Db, actor: Actor | null, uid: string, link?: string): Promise<Role | null> {
  if (!isUid(uid)) return null;
  const [row] = await db.query<{ rank: number | null }>(
    `select access.role_at(r.access_id, access.subjects_of($2, $3)) as rank
       from access.resource r where r.uid = $1 and ${shown('r')}`,
    [uid, actor?.id ?? null, linkHash(link)],
  );
  return roleOf(row?.rank);
}

/** Roles on many resources in one query; those without are left out. At most a few thousand uids. */
export async function roles(db: Db, actor: Actor, uids: string[]): Promise<Map<string, Role>> {
  const rows = await db.query<{ uid: string; rank: number | null }>(
    `with named as materialized (
       select r.uid, r.access_id from access.resource r where r.uid = any($2::uuid[]) and ${shown('r')})
     select named.uid, ranks.rank from named
       join access.roles_at((select array_agg(distinct access_id) from named), access.subjects_of($1)) ranks
         on ranks.start = named.access_id`,
    [actor.id, uids.filter(isUid)],
  );
  return new Map(rows.map(({ uid, rank }) => [uid, roleOf(rank) as Role]));
}

/** True when the person's role on the resource is at least `needed`; for sockets, which ask per event. */
export async function can(db: Db, actor: Actor, uid: string, needed: Role): Promise<boolean> {
  return atLeast(await role(db, actor, uid), needed);
}

/**
 * The way from the tree's root down to the resource, as far up as this person may see; [] for strangers. Since access
 * only widens on the way down, what is left out is always the upper part.
 */
export async function breadcrumbs(db: Db, actor: Actor | null, uid: string, link?: string): Promise<Seen[]> {
  if (!isUid(uid)) return [];
  const rows = await db.query<Ranked>(
    `with recursive mine as materialized (select access.subjects_of($2, $3) as ids),
      up(id, step) as (
       select id, 0 from access.resource where uid = $1 and trash_id is null
       union all
       select r.parent_id, up.step + 1 from up join access.resource r on r.id = up.id where r.parent_id is not null)
     select ${resourceColumns('r')}, access.role_at(r.access_id, mine.ids) as rank
       from up join access.resource r on r.id = up.id, mine order by up.step desc`,
    [uid, actor?.id ?? null, linkHash(link)],
  );
  return rows.flatMap(seen);
}

/**
 * Subject ids of all persons who may see a resource by grants (not by links): whom to notify, whose sockets may hear.
 * Nobody for what is missing or in the trash.
 */
export async function whoCanRead(db: Db, resourceId: number): Promise<number[]> {
  const rows = await db.query<{ id: number }>(
    `with recursive up(id) as (
       select access_id from access.resource where id = $1 and trash_id is null
       union all
       select o.parent_id from up join access.root o on o.id = up.id where o.parent_id is not null),
     s(id) as (
       select g.subject_id from up join access.grant_ g on g.resource_id = up.id
        where g.expires_at is null or g.expires_at > now()
       union
       select m.subject_id from s join access.member m on m.group_id = s.id)
     select p.subject_id as id from access.person p
      where p.disabled_at is null and (p.ends_at is null or p.ends_at > now())
        and (p.subject_id in (select id from s) or (p.kind = 'member' and exists (select from s where id = 1)))`,
    [resourceId],
  );
  return rows.map(({ id }) => id);
}

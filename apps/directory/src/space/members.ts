import type { Db } from '@parvis/access/db';
import { isActive, type Person, personColumns } from '@parvis/access/people';
import { type Role, roleOf } from '@parvis/access/roles';

/** People in one answer. */
const membersMax = 2_000;

/** A person of a space: by name, or (`byGroup`) only through the group that gives them the most. */
export interface SpaceMember {
  readonly person: Person;
  readonly role: Role;
  readonly expiresAt: Date | null;
  readonly byGroup: string | null;
}

const running = (g: string) => `(${g}.expires_at is null or ${g}.expires_at > now())`;

/**
 * The people who were given a space by name or by group, the highest role first. Where everyone was given it, those
 * who have nothing else are not listed.
 */
export async function membersOfSpace(db: Db, spaceId: number, onlyPersonId?: number): Promise<SpaceMember[]> {
  type Row = Person & { rank: number; directEnd: Date | null; direct: boolean; groupName: string | null };
  const rows = await db.query<Row>(
    `with recursive given(subject, rank, ends, direct, by) as (
       select g.subject_id, g.role, g.expires_at, true, pg.name
         from access.grant_ g left join access.people_group pg on pg.subject_id = g.subject_id
        where g.resource_id = $1 and ${running('g')}
       union
       select m.subject_id, given.rank, given.ends, false, given.by
         from given join access.member m on m.group_id = given.subject),
     best as (
       select subject, max(rank) as rank, bool_or(direct) as direct,
              max(ends) filter (where direct) as ends, (array_agg(by order by rank desc, by))[1] as by
         from given group by subject)
     select ${personColumns('p')}, b.rank, b.ends as "directEnd", b.direct, b.by as "groupName"
       from best b join access.person p on p.subject_id = b.subject
      where ${isActive('p')} and ($2::int is null or p.subject_id = $2)
      order by b.rank desc, p.name_key, p.subject_id limit ${membersMax}`,
    [spaceId, onlyPersonId ?? null],
  );
  return rows.map(({ rank, directEnd, direct, groupName, ...person }) => ({
    person,
    role: roleOf(rank) as Role,
    expiresAt: directEnd,
    byGroup: direct ? null : groupName,
  }));
}

/** How many people may open each of these spaces, everyone's members included where everyone was given it. */
export async function countMembers(db: Db, spaceIds: number[]): Promise<Map<number, number>> {
  const rows = await db.query<{ id: number; count: number }>(
    `with recursive s(space, subject) as (
       select g.resource_id, g.subject_id from access.grant_ g
        where g.resource_id = any($1::bigint[]) and ${running('g')}
       union select s.space, m.subject_id from s join access.member m on m.group_id = s.subject)
     select s.space::float8 as id,
       case when bool_or(s.subject = 1)
         then count(p.subject_id) filter (where p.kind = 'guest')
            + (select count(*) from access.person a where a.kind = 'member' and ${isActive('a')})
         else count(p.subject_id) end::int as count
       from s left join access.person p on p.subject_id = s.subject and ${isActive('p')}
      group by s.space`,
    [spaceIds],
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

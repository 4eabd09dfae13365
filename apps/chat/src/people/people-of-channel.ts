import type { Db } from '@parvis/access/db';
import { isActive, type Person, personColumns } from '@parvis/access/people';
import { type Role, roleOf } from '@parvis/access/roles';

/** Somebody in a channel. `byName` is false for who is in it through a group, the space or everyone only. */
export interface PersonOfChannel {
  readonly person: Person;
  readonly role: Role;
  readonly byName: boolean;
}

/**
 * Who is in a channel, those who manage it first, then by name. In a public one that is who joined it, of all who may
 * read it; in any other, all who may read it.
 * @param opts.text part of a name, already a LIKE pattern's inside @returns the page, and how many there are in all
 */
export async function peopleOfChannel(
  db: Db,
  channelId: number,
  opts: { text: string; limit: number },
): Promise<{ people: PersonOfChannel[]; total: number }> {
  type Row = Person & { rank: number; byName: boolean; total: number };
  const rows = await db.query<Row>(
    `with recursive up(id) as (
       select access_id from access.resource where id = $1
       union all
       select o.parent_id from up join access.root o on o.id = up.id where o.parent_id is not null),
     given(subject, rank, direct) as (
       select g.subject_id, g.role, g.resource_id = $1 from up join access.grant_ g on g.resource_id = up.id
        where g.expires_at is null or g.expires_at > now()
       union
       select m.subject_id, given.rank, false from given join access.member m on m.group_id = given.subject),
     readers as (
       select p.subject_id as id, max(g.rank) as rank, bool_or(g.direct and g.subject <> 1) as direct
         from given g join access.person p on p.subject_id = g.subject or (g.subject = 1 and p.kind = 'member')
        group by p.subject_id)
     select ${personColumns('p')}, r.rank, r.direct as "byName", (count(*) over ())::int as total
       from readers r join access.person p on p.subject_id = r.id
       join chat.channel c on c.resource_id = $1
       left join chat.membership m on m.channel_id = $1 and m.person_id = r.id
      where ${isActive('p')} and p.name_key like $2
        and (c.kind not in ('public', 'announcements') or coalesce(m.joined, c.for_everyone))
      order by r.rank < 4, p.name_key, p.subject_id limit $3`,
    [channelId, `%${opts.text}%`, opts.limit],
  );
  const people = rows.map(({ rank, byName, total: _, ...person }) => ({
    person,
    role: roleOf(rank) as Role,
    byName,
  }));
  return { people, total: rows[0]?.total ?? 0 };
}

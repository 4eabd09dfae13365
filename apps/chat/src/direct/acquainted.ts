import type { Db } from '@parvis/access/db';
import { actorOf, type Person } from '@parvis/access/people';
import { scopeOf, shown, visibleTo } from '@parvis/access/scope';

/** Channels of a guest that are looked at; a guest is in a handful. */
const channelsMax = 200;

/** The access roots of the channels that a guest is in; their conversations do not count, or one would lead to the next. */
async function rootsOf(db: Db, guest: Person): Promise<number[]> {
  const visible = visibleTo(await scopeOf(db, actorOf(guest)), 'r', 1);
  const rows = await db.query<{ id: number }>(
    `select r.access_id::float8 as id from chat.channel c join access.resource r on r.id = c.resource_id
      where ${visible.sql} and ${shown('r')} and c.kind not in ('direct', 'group') limit ${channelsMax}`,
    visible.params,
  );
  return rows.map(({ id }) => id);
}

/**
 * Those of the given people whom a guest may write to: their sponsor, and whoever shares a channel with them.
 * @param ids subject ids
 */
export async function acquaintances(db: Db, guest: Person, ids: readonly number[]): Promise<Set<number>> {
  const rows = await db.query<{ id: number }>(
    `select p.id from unnest($1::int[]) p(id)
      where p.id = $2 or exists (
        select from unnest($3::bigint[]) a(id) where access.role_at(a.id, access.subjects_of(p.id)) is not null)`,
    [ids, guest.sponsorId, await rootsOf(db, guest)],
  );
  return new Set(rows.map(({ id }) => id));
}

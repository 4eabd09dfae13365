import type { Db } from '@parvis/access/db';
import type { Person } from '@parvis/contract/shape';
import { type PresentablePerson, presentPerson } from '@parvis/server/present';

/** People by their uids or subject ids, as the wire tells them; whoever is not known has no entry. */
export async function peopleNamed(
  db: Db,
  { uids = [], ids = [] }: { uids?: readonly (string | null)[]; ids?: readonly (number | null)[] },
): Promise<{ byUid: Map<string, Person>; byId: Map<number, Person> }> {
  const known = {
    uids: new Set(uids.filter((one) => one !== null)),
    ids: new Set(ids.filter((one) => one !== null)),
  };
  if (known.uids.size + known.ids.size === 0) return { byUid: new Map(), byId: new Map() };
  const rows = await db.query<PresentablePerson & { id: number }>(
    `select subject_id as id, uid, name, kind, organisation from access.person
      where uid = any($1) or subject_id = any($2)`,
    [[...known.uids], [...known.ids]],
  );
  const people = rows.map((row) => [row, presentPerson(row)] as const);
  return {
    byUid: new Map(people.map(([{ uid }, person]) => [uid, person])),
    byId: new Map(people.map(([{ id }, person]) => [id, person])),
  };
}

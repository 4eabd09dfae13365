import type { Db } from '@parvis/access/db';
import { abilitiesOn } from '@parvis/access/held';
import { type Person, peopleByIds } from '@parvis/access/people';
import type { Role } from '@parvis/access/roles';
import type { ResourceRow } from '@parvis/access/tree';
import type { Person as WirePerson, Resource } from '@parvis/contract/shape';

/** What the wire needs to know of a person; rows of the access library and callers have it all. */
export type PresentablePerson = Pick<Person, 'uid' | 'name' | 'kind' | 'organisation'>;
/** A resource with the role of the person who asked. */
export type SeenResource = ResourceRow & { role: Role };

export function presentPerson(person: PresentablePerson): WirePerson {
  const { uid: id, name, kind, organisation } = person;
  return kind === 'bot'
    ? { id, name, kind: 'guest', organisation, bot: true }
    : { id, name, kind, organisation };
}

/** One resource as the wire tells it, with the abilities of the person who asked. */
export function presentResource(row: SeenResource, owner: PresentablePerson | null): Resource {
  return {
    id: row.uid,
    kind: row.kind as Resource['kind'],
    title: row.title,
    spaceId: row.spaceUid,
    parentId: row.parentUid,
    owner: owner === null ? null : presentPerson(owner),
    role: row.role,
    abilities: abilitiesOn(row),
    updatedAt: row.updatedAt.toISOString(),
    trashedAt: row.trashedAt?.toISOString() ?? null,
  };
}

/** A list of resources with their owners, who are fetched in one query. The order stays. */
export async function presentResources(db: Db, rows: readonly SeenResource[]): Promise<Resource[]> {
  const ids = [...new Set(rows.map((row) => row.ownerId).filter((id) => id !== null))];
  const owners = ids.length === 0 ? [] : await peopleByIds(db, ids);
  const byId = new Map(owners.map((owner) => [owner.id, owner]));
  return rows.map((row) =>
    presentResource(row, row.ownerId === null ? null : (byId.get(row.ownerId) ?? null)),
  );
}

import type { Db } from './db.ts';
import { notify } from './notify.ts';

/**
 * Says in the caller's transaction who may not write in a thing for as long as another lasts, and nobody else because of
 * it; with `inUid` null nobody is silenced for its sake any more. Those of whom it changes are told of as a change of rights.
 */
export async function setSilences(
  db: Db,
  forId: number,
  inUid: string | null,
  personIds: readonly number[],
): Promise<void> {
  const changed = await db.query<{ id: number }>(
    `with wanted as (
       select r.id as resource_id, p.id as person_id
         from access.resource r, unnest($3::int[]) p(id) where r.uid = $2::uuid),
     gone as (
       delete from access.silence s where s.for_id = $1 and not exists (
         select from wanted w where w.resource_id = s.resource_id and w.person_id = s.person_id)
       returning s.person_id),
     come as (
       insert into access.silence (resource_id, person_id, for_id)
       select resource_id, person_id, $1 from wanted on conflict do nothing returning person_id)
     select person_id as id from gone union select person_id from come`,
    [forId, inUid, personIds],
  );
  await notify(db, { subjects: changed.map(({ id }) => id) });
}

/** SQL: the person may not write in the resource of that id; both are parameters, or columns with the name of their table. */
export function isSilenced(resourceId: string, personId: string): string {
  return `exists (select from access.silence w join access.resource f on f.id = w.for_id and f.trash_id is null
    where w.resource_id = ${resourceId} and w.person_id = ${personId})`;
}

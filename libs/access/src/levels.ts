import type { Db } from './db.ts';

/** Chooses what a person (subject id) wants to hear of a thing (inner id); null goes back to what is usual for them. */
export async function chooseLevel(
  db: Db,
  { personId, resourceId }: { personId: number; resourceId: number },
  level: 'all' | 'mentions' | 'none' | null,
): Promise<void> {
  if (level === null) {
    await db.query('delete from access.level where person_id = $1 and resource_id = $2', [
      personId,
      resourceId,
    ]);
    return;
  }
  await db.query(
    `insert into access.level (person_id, resource_id, level) values ($1, $2, $3)
     on conflict (resource_id, person_id) do update set level = excluded.level`,
    [personId, resourceId, level],
  );
}

/** Takes silence back, and leaves any other choice as it is. */
export async function unmute(db: Db, { personId, resourceId }: { personId: number; resourceId: number }) {
  await db.query("delete from access.level where person_id = $1 and resource_id = $2 and level = 'none'", [
    personId,
    resourceId,
  ]);
}

import type { Db } from '@parvis/access/db';

/** The person behind an identity of LiveKit: `<person uid>.<browser>`; null for what is not one of ours. */
export function personOfIdentity(identity: string): string | null {
  const match = /^([0-9a-f-]{36})\.[0-9a-f]{12}$/.exec(identity);
  return match?.[1] ?? null;
}

/** Somebody came in. Heard twice or late, it changes nothing. */
export async function arrived(db: Db, room: string, identity: string, at: Date): Promise<void> {
  const uid = personOfIdentity(identity);
  if (uid === null) return;
  await db.query(
    `with m as (update meet.meeting set started_at = least(coalesce(started_at, $3), $3) where uid = $1 and ended_at is null
                returning resource_id)
     insert into meet.stay (meeting_id, identity, person_id, joined_at)
     select m.resource_id, $2, p.subject_id, $3 from m, access.person p where p.uid = $4
     on conflict do nothing`,
    [room, identity, at, uid],
  );
}

/** Somebody left. Heard before the arrival (webhooks may come in any order), the stay is recorded as already over. */
export async function departed(db: Db, room: string, identity: string, at: Date): Promise<void> {
  const uid = personOfIdentity(identity);
  if (uid === null) return;
  await db.query(
    `insert into meet.stay (meeting_id, identity, person_id, joined_at, left_at)
     select m.resource_id, $2, p.subject_id, $3, $3 from meet.meeting m, access.person p where m.uid = $1 and p.uid = $4
     on conflict (meeting_id, identity) do update set left_at = coalesce(stay.left_at, excluded.left_at)`,
    [room, identity, at, uid],
  );
}

/** The room is empty: whoever is still noted as in it is not. */
export async function emptied(db: Db, room: string, at: Date): Promise<void> {
  await db.query(
    `update meet.stay s set left_at = $2 from meet.meeting m
      where m.uid = $1 and s.meeting_id = m.resource_id and s.left_at is null`,
    [room, at],
  );
}

import type { Db } from '@parvis/access/db';
import { grant, revoke } from '@parvis/access/grants';
import { trash } from '@parvis/access/moving';
import { rankOf } from '@parvis/access/roles';

interface Held {
  readonly uid: string;
  readonly soleOwner: boolean;
  /** Who else was given the thing by name, the highest role first. */
  readonly heir: number | null;
}

/**
 * Takes from a person all that they were given inside a space: folders and channels of their own right, and private
 * things shown in it. A private thing that they alone own goes to whoever else has the highest role in it; one that
 * nobody else is in goes to the trash, where it stays theirs. The grant on the space itself is the caller's to revoke.
 */
export async function takeAllInside(db: Db, spaceId: number, personId: number, byId: number): Promise<void> {
  const held = await db.query<Held>(
    `select r.uid,
        r.parent_id is null and g.role = ${rankOf('owner')} and not exists (
          select from access.grant_ o join access.person p on p.subject_id = o.subject_id
           where o.resource_id = r.id and o.subject_id <> $2 and o.role = ${rankOf('owner')}
             and o.expires_at is null and p.disabled_at is null) as "soleOwner",
        (select o.subject_id from access.grant_ o join access.person p on p.subject_id = o.subject_id
          where o.resource_id = r.id and o.subject_id <> $2 and p.kind = 'member' and p.disabled_at is null
          order by o.role desc, o.granted_at limit 1) as heir
       from access.grant_ g join access.resource r on r.id = g.resource_id
      where g.subject_id = $2 and r.space_id = $1 and r.id <> $1
      order by r.id`,
    [spaceId, personId],
  );
  for (const thing of held) {
    if (thing.soleOwner && thing.heir === null) {
      await trash(db, thing.uid, byId);
      continue;
    }
    if (thing.soleOwner && thing.heir !== null)
      await grant(db, { resourceUid: thing.uid, subjectId: thing.heir, role: 'owner' }, byId);
    await revoke(db, thing.uid, personId);
  }
}

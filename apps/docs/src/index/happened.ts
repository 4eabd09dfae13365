import type { Db } from '@parvis/access/db';
import { happen, type Happening } from '@parvis/access/happenings';
import type { Indexed } from './index.worker.ts';

/** Minutes since the last writing after which a reading of the text is no news: the index is being made again. */
const newsMinutesMax = 10;
/** Blocks of one reading that people are told of. */
const blocksMax = 50;

interface Fresh {
  readonly what: 'named' | 'assigned';
  readonly place: string;
  readonly people: string[];
}

/** Tells whom the text names, or gives something to do, since it was read before. Asked before the index is written. */
export async function tellNamed(db: Db, documentId: number, found: Indexed): Promise<void> {
  const [last] = await db.query<{ personId: number | null }>(
    `select person_id as "personId" from (
       select person_id, at from docs.update where document_id = $1 order by seq desc limit 1) u
      where u.at > now() - make_interval(mins => ${newsMinutesMax})`,
    [documentId],
  );
  if (!last) return;
  const { mentions, tasks } = found;
  const given = tasks.filter(({ assignee, checked }) => assignee !== null && !checked);
  const fresh = await db.query<Fresh>(
    `select 'named' as what, block as place, array_agg(person) as people
       from unnest($2::text[], $3::uuid[]) n(block, person)
      where not exists (select from docs.mention m where m.document_id = $1 and m.block_id = n.block and m.person = n.person)
      group by block
     union all
     select 'assigned', block, array[person] from unnest($4::text[], $5::uuid[]) n(block, person)
      where not exists (select from docs.task t where t.document_id = $1 and t.block_id = n.block and t.assignee = n.person)
     limit ${blocksMax}`,
    [
      documentId,
      mentions.map(({ blockId }) => blockId),
      mentions.map(({ ref }) => ref),
      given.map(({ blockId }) => blockId),
      given.map(({ assignee }) => assignee),
    ],
  );
  await happen(
    db,
    ...fresh.map(
      ({ what, place, people }): Happening => ({
        what,
        actorId: last.personId,
        resourceId: documentId,
        detail: { place, people },
      }),
    ),
  );
}

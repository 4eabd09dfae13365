import type { Db } from '@parvis/access/db';
import { findPeople, isActive, type Person, personColumns } from '@parvis/access/people';
import { whoCanRead } from '@parvis/access/read';
import { mentionedIn } from '@parvis/contract/doc-comments';
import { mentionedPeopleMax } from '@parvis/contract/limits';
import type { Person as WirePerson } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { presentPerson } from '@parvis/server/present';

export interface Mentions {
  /** Uids of people who may see the document and were not mentioned in this comment before. */
  readonly told: string[];
  /** People who may not see it: nothing tells them, and the author is told so. */
  readonly unreached: WirePerson[];
}

/** Writes down whom a comment mentions to effect. A guest learns nothing of people whom the document does not show. */
export async function setMentions(
  db: Db,
  caller: Caller,
  { documentId, commentId, body }: { documentId: number; commentId: number; body: string },
): Promise<Mentions> {
  const uids = mentionedIn(body).slice(0, mentionedPeopleMax);
  const before = await db.query<{ id: number }>(
    'delete from docs.comment_mention where comment_id = $1 returning person_id as id',
    [commentId],
  );
  if (uids.length === 0) return { told: [], unreached: [] };
  const people = await db.query<Person>(
    `select ${personColumns('p')} from access.person p where p.uid = any($1::uuid[]) and ${isActive('p')}`,
    [uids],
  );
  const readers = new Set(await whoCanRead(db, documentId));
  const reached = people.filter(({ id }) => readers.has(id));
  await db.query(
    'insert into docs.comment_mention (comment_id, person_id) select $1, unnest($2::int[]) on conflict do nothing',
    [commentId, reached.map(({ id }) => id)],
  );
  const known = new Set([...before.map(({ id }) => id), caller.id]);
  return {
    told: reached.filter(({ id }) => !known.has(id)).map(({ uid }) => uid),
    unreached: caller.kind === 'guest' ? [] : people.filter(({ id }) => !readers.has(id)).map(presentPerson),
  };
}

/**
 * People by a part of their name, each with whether they may see the document. Guests do not browse the directory: they
 * are shown only who has spoken here, or owns the document.
 */
export async function mentionable(
  db: Db,
  caller: Caller,
  { documentId, q, limit }: { documentId: number; q: string; limit: number },
): Promise<{ person: WirePerson; sees: boolean }[]> {
  const people =
    caller.kind === 'guest'
      ? await whoSpoke(db, documentId, q, limit)
      : await findPeople(db, caller, { text: q, limit });
  const readers = new Set(await whoCanRead(db, documentId));
  return people
    .map((person) => ({ person: presentPerson(person), sees: readers.has(person.id) }))
    .toSorted((a, b) => Number(b.sees) - Number(a.sees));
}

function whoSpoke(db: Db, documentId: number, q: string, limit: number): Promise<Person[]> {
  return db.query<Person>(
    `select ${personColumns('p')} from access.person p
      where ${isActive('p')} and strpos(lower(p.name), lower($2)) > 0 and (
        p.subject_id = (select owner_id from access.resource where id = $1)
        or exists (select from docs.comment c join docs.thread t on t.id = c.thread_id
                    where t.document_id = $1 and c.author_id = p.subject_id))
      order by p.name_key, p.subject_id limit $3`,
    [documentId, q, limit],
  );
}

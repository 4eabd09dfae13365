import type { Db } from '@parvis/access/db';
import { load, type Seen } from '@parvis/access/read';
import { atLeast } from '@parvis/access/roles';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';

/**
 * What may hold files: a document holds what was put into its text, a channel what was sent with its messages, so that
 * whoever reads the one may open the other, and nobody else.
 */
const holders = new Set(['space', 'folder', 'document', 'channel']);

/** The space, folder, document or channel, if this person may see it. @throws Refused `not-found` */
export async function shelf(db: Db, caller: Caller | null, id: string, link?: string): Promise<Seen> {
  const seen = await load(db, caller, id, link === undefined ? {} : { link });
  if (seen === null || !holders.has(seen.kind)) throw Refused.notFound();
  return seen;
}

/** The same, for somebody who wants to put something there. @throws Refused `not-found`, `not-allowed` */
export async function shelfToFill(db: Db, caller: Caller, id: string): Promise<Seen> {
  const seen = await shelf(db, caller, id);
  // Whoever may write a message may send a file with it.
  if (!atLeast(seen.role, seen.kind === 'channel' ? 'commenter' : 'editor')) throw Refused.notAllowed();
  return seen;
}

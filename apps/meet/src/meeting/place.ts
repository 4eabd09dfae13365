import type { Db } from '@parvis/access/db';
import { load, type Seen } from '@parvis/access/read';
import { atLeast } from '@parvis/access/roles';
import type { Caller } from '@parvis/server/caller';
import { Refused } from '@parvis/server/refused';

interface Wanted {
  readonly channelId?: string | null | undefined;
  readonly documentId?: string | null | undefined;
  readonly spaceId?: string | null | undefined;
}

/**
 * Where a new meeting lies: in a channel or with a document (whoever writes or comments there may begin one), in a space
 * (whoever edits there), or by itself. What is named beside it must be seen as well.
 * @throws Refused `not-found`, `not-allowed`
 */
export async function placeOf(
  db: Db,
  caller: Caller,
  { channelId, documentId, spaceId }: Wanted,
): Promise<Seen | null> {
  const space = spaceId ? await load(db, caller, spaceId, { kind: 'space' }) : undefined;
  const channel = channelId ? await load(db, caller, channelId, { kind: 'channel' }) : undefined;
  const text = documentId ? await load(db, caller, documentId, { kind: 'document' }) : undefined;
  if (space === null || channel === null || text === null) throw Refused.notFound();
  const place = channel ?? text ?? space;
  if (place === undefined) return null;
  if (!atLeast(place.role, place === space ? 'editor' : 'commenter')) throw Refused.notAllowed();
  return place;
}

import type { Db } from '@parvis/access/db';
import { happen } from '@parvis/access/happenings';
import type { CommentChanged } from './change.ts';

/** What people hear of: that somebody spoke. That something was resolved or deleted makes no noise. */
const heard = new Set<CommentChanged['what']>(['started', 'replied', 'edited']);

/**
 * Tells the people whom a comment mentions, those who spoke in the conversation before, and whose document it is. An
 * edit tells only those whom it mentions for the first time.
 */
export async function tellComment(
  db: Db,
  document: { readonly id: number; readonly ownerId: number | null },
  actorId: number,
  { what, threadId, mentioned }: Pick<CommentChanged, 'what' | 'threadId' | 'mentioned'>,
): Promise<void> {
  if (!heard.has(what) || (what === 'edited' && mentioned.length === 0)) return;
  const spoke =
    what === 'edited'
      ? []
      : await db.query<{ id: number }>(
          `select distinct c.author_id as id from docs.comment c join docs.thread t on t.id = c.thread_id
            where t.uid = $1 and c.deleted_at is null`,
          [threadId],
        );
  const owner = what === 'edited' || document.ownerId === null ? [] : [document.ownerId];
  await happen(db, {
    what: 'comment',
    actorId,
    resourceId: document.id,
    detail: {
      place: threadId,
      mentioned: [...mentioned],
      followers: [...spoke.map(({ id }) => id), ...owner],
    },
  });
}

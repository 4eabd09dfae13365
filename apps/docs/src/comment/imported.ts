import { randomUUID } from 'node:crypto';
import type { Db } from '@parvis/access/db';
import { commentLengthMax } from '@parvis/contract/limits';
import { addComment, nextRev } from './book.ts';

/** A conversation that came with a file: who said what is part of the words, because nobody has proved it. */
export interface ImportedThread {
  readonly uid: string;
  readonly quote: string;
  readonly resolved: boolean;
  readonly bodies: readonly string[];
}

/** Characters of the words that a conversation is about. */
const quoteLengthMax = 200;

/** Conversations of a document that was made in the same transaction, in the name of the person who brought it. */
export async function importThreads(
  db: Db,
  documentId: number,
  authorId: number,
  threads: readonly ImportedThread[],
): Promise<void> {
  for (const { uid, quote, resolved, bodies } of threads) {
    const rev = await nextRev(db, documentId);
    const [row] = await db.query<{ id: number }>(
      `insert into docs.thread (uid, document_id, author_id, quote, resolved_at, resolved_by, rev)
       values ($1, $2, $3, $4, case when $5 then clock_timestamp() end, case when $5 then $3::int end, $6)
       returning id::float8 as id`,
      [uid, documentId, authorId, quote.slice(0, quoteLengthMax).toWellFormed(), resolved, rev],
    );
    if (!row) throw new Error('no conversation was made');
    for (const body of bodies) {
      const kept = body
        .replaceAll('\u0000', '')
        .replaceAll('<@', '<\u200b@')
        .slice(0, commentLengthMax)
        .toWellFormed();
      await addComment(db, { uid: randomUUID(), threadId: row.id, authorId, body: kept, rev });
    }
  }
}

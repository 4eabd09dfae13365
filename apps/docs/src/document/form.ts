import type { Db } from '@parvis/access/db';
import type { DocumentForm } from '@parvis/contract/docs';
import { Refused } from '@parvis/server/refused';

/** Whether a document is a text or a board. @throws Refused `not-found` */
export async function formOf(db: Db, documentId: number): Promise<DocumentForm> {
  const [row] = await db.query<{ form: DocumentForm }>(
    'select form from docs.document where resource_id = $1',
    [documentId],
  );
  if (row === undefined) throw Refused.notFound();
  return row.form;
}

/**
 * For what is made of words: a file, a page of the web, a template.
 * @throws Refused `wrong-kind` for a board, `not-found`
 */
export async function mustBeText(db: Db, documentId: number): Promise<void> {
  if ((await formOf(db, documentId)) !== 'text') throw Refused.conflict('wrong-kind');
}

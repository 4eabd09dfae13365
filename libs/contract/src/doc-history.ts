import { z } from 'zod';
import { Document } from './docs.ts';
import { operation } from './operation.ts';
import { ByIdInput, Id, Name } from './shape.ts';

export const docHistoryCodes = ['moment-gone'] as const;

/** A moment of a document: the position of a row in its log, of which the text at that moment is everything up to it. */
export const Seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const restoreDocument = operation('POST', '/api/docs/:id/restore', {
  who: 'signed-in',
  summary: 'Replace the text of a document by that of an earlier moment; what it was stays in the history',
  input: ByIdInput.extend({ seq: Seq }),
  output: Document,
});
export const copyDocument = operation('POST', '/api/docs/:id/copy', {
  who: 'signed-in',
  summary: 'Make a document of its own with the same text, now or as it was at an earlier moment',
  input: ByIdInput.extend({
    title: Name,
    /** The space or folder of the copy; where the document is, unless said otherwise. */
    parentId: Id.optional(),
    /** Needs the right to edit, like all of the history. */
    seq: Seq.optional(),
  }),
  output: Document,
});

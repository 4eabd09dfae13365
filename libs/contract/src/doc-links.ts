import { z } from 'zod';
import { Listed } from './doc-list.ts';
import { pageSizeMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Instant, PageInput } from './shape.ts';

/** A place in a document that names something. */
export const Reference = z.object({
  document: Listed,
  blockId: z.string(),
  /** The text of the block, cut short. */
  context: z.string(),
  /** When it was first seen there. */
  at: Instant,
});
export type Reference = z.infer<typeof Reference>;

export const listBacklinks = operation('GET', '/api/docs/:id/backlinks', {
  who: 'signed-in',
  summary: 'Where other documents that I may see link to this one',
  input: ByIdInput,
  output: z.object({ links: z.array(Reference).max(pageSizeMax) }),
});
export const listMyMentions = operation('GET', '/api/docs/mentions', {
  who: 'signed-in',
  summary: 'Where documents mention me, newest first',
  input: PageInput,
  output: z.object({ mentions: z.array(Reference).max(pageSizeMax) }),
});

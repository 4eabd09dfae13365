import { z } from 'zod';
import { Listed } from './doc-list.ts';
import { searchPageMax } from './limits.ts';
import { operation } from './operation.ts';
import { Id, Instant, SearchText } from './shape.ts';

/** A stretch of a document's text; `marked` where it answers the question. */
export const Stretch = z.object({ text: z.string(), marked: z.boolean() });
export type Stretch = z.infer<typeof Stretch>;

export const DocumentHit = z.object({
  document: Listed,
  /** The title in stretches; whole and unmarked when the words are only in the text. */
  title: z.array(Stretch),
  /** Where the words stand in the text; empty when they are only in the title. */
  context: z.array(Stretch),
  /** The block of the context, for the address; null without context. */
  blockId: z.string().nullable(),
});
export type DocumentHit = z.infer<typeof DocumentHit>;

export const searchDocuments = operation('GET', '/api/docs/search', {
  who: 'signed-in',
  summary:
    'Documents by their text and title, in French, English and Arabic; the last word may be half written',
  input: z.object({
    q: SearchText,
    spaceId: Id.optional(),
    /** Whose document it is. */
    ownerId: Id.optional(),
    /** Changed at this moment or later. */
    since: Instant.optional(),
    limit: z.coerce.number().int().min(1).max(searchPageMax).default(20),
  }),
  output: z.object({ hits: z.array(DocumentHit).max(searchPageMax) }),
});

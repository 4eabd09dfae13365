import { z } from 'zod';
import { ByIdInput, Id, Instant } from './shape.ts';
import { operation } from './operation.ts';
import { linkSecretLengthMax } from './limits.ts';

/** Attributes of a block, an inline or a mark: any JSON. */
const Values = z.record(z.string(), z.unknown()).readonly();

/** A stretch of text with its marks, or a thing within the line (a mention, a formula). */
export const DocumentInline = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    text: z.string(),
    marks: z.array(z.object({ name: z.string(), attributes: Values })).readonly(),
  }),
  z.object({ type: z.literal('thing'), name: z.string(), props: Values, text: z.string() }),
]);
export type DocumentInline = z.infer<typeof DocumentInline>;

const Cell = z.object({
  header: z.boolean(),
  colspan: z.int(),
  rowspan: z.int(),
  props: Values,
  content: z.array(DocumentInline).readonly(),
});

/** A block as it is stored, known to this release or not; a table has `rows`. */
export const DocumentBlock = z
  .object({
    id: z.string(),
    type: z.string(),
    props: Values,
    content: z.array(DocumentInline).readonly(),
    rows: z.array(z.array(Cell).readonly()).readonly().optional(),
    get children(): z.ZodReadonly<z.ZodArray<typeof DocumentBlock>> {
      return z.array(DocumentBlock).readonly();
    },
  })
  // A shape that holds itself has a name in the OpenAPI document.
  .meta({ id: 'DocumentBlock' });
export type DocumentBlock = z.infer<typeof DocumentBlock>;

/** A document to be read, not written: as it was when it was asked for. */
export const DocumentText = z.object({
  id: Id,
  title: z.string(),
  updatedAt: Instant,
  epoch: Id,
  /** The row of the log up to which the text goes. */
  seq: z.int(),
  blocks: z.array(DocumentBlock).readonly(),
});
export type DocumentText = z.infer<typeof DocumentText>;

export const readDocument = operation('GET', '/api/docs/:id/text', {
  // Somebody without an account comes by a public link, and by nothing else.
  who: 'anyone',
  summary: 'The text of a document, to be read',
  input: ByIdInput.extend({ link: z.string().max(linkSecretLengthMax).optional() }),
  output: DocumentText,
});

/** A document that anybody may read at an address of its own. */
export const Publication = z.object({
  /** What follows `/published/` in the address; null while it is not published. */
  address: z.string().nullable(),
  publishedAt: Instant.nullable(),
});
export type Publication = z.infer<typeof Publication>;

export const getPublication = operation('GET', '/api/docs/:id/publication', {
  who: 'signed-in',
  summary: 'Whether a document is published to the web, and where',
  input: ByIdInput,
  output: Publication,
});
export const publishDocument = operation('POST', '/api/docs/:id/publication', {
  who: 'member',
  summary: 'Publish a document to the web: anybody may read it, always as it is now',
  input: ByIdInput,
  output: Publication,
});
export const unpublishDocument = operation('DELETE', '/api/docs/:id/publication', {
  who: 'member',
  summary: 'Take a document off the web again',
  input: ByIdInput,
  output: Publication,
});
export const readPublished = operation('GET', '/api/docs/published/:address', {
  who: 'anyone',
  summary: 'The text of a published document',
  input: z.object({ address: z.string().max(linkSecretLengthMax) }),
  output: DocumentText,
});

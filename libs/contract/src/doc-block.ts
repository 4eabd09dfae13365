import { z } from 'zod';

/** Attributes as they are stored. What reads them checks each that it needs: a later release may store others. */
const Values = z.record(z.string(), z.unknown()).readonly();

export const Mark = z.object({ name: z.string(), attributes: Values });
export const Inline = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string(), marks: z.array(Mark).readonly() }),
  z.object({ type: z.literal('thing'), name: z.string(), props: Values, text: z.string() }),
]);
export type Inline = z.infer<typeof Inline>;

export const Cell = z.object({
  header: z.boolean(),
  colspan: z.int(),
  rowspan: z.int(),
  props: Values,
  content: z.array(Inline).readonly(),
});
export type Cell = z.infer<typeof Cell>;

/**
 * A block of a document as a page that only shows it needs it; the shapes are those of `libs/document`. Blocks come in
 * their order, each with the levels of blocks above it: those below one follow it, one level deeper.
 */
export const Block = z.object({
  id: z.string(),
  type: z.string(),
  props: Values,
  content: z.array(Inline).readonly(),
  rows: z.array(z.array(Cell).readonly()).readonly().optional(),
  depth: z.int(),
});
export type Block = z.infer<typeof Block>;

import { z } from 'zod';
import { DocumentBlock } from './doc-blocks.ts';
import { Document } from './docs.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Name, PageInput, Person } from './shape.ts';

export const docHistoryCodes = ['moment-gone', 'too-many-versions'] as const;

/** A moment of a document: the position of a row in its log, of which the text at that moment is everything up to it. */
const Seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** Work on a document without a long pause in it. */
export const Sitting = z.object({
  /** Its first and its last moment. */
  firstSeq: Seq,
  lastSeq: Seq,
  beganAt: Instant,
  endedAt: Instant,
  /** Who wrote, those who wrote most first, and how many changes each sent. */
  writers: z.array(z.object({ person: Person, edits: z.int() })),
  /** Whether the text at its end can still be shown. */
  kept: z.boolean(),
});
export type Sitting = z.infer<typeof Sitting>;

export const Version = z.object({
  id: Id,
  seq: Seq,
  at: Instant,
  /** Null for a text that another one took the place of. */
  name: z.string().nullable(),
  /** Who named it, or who replaced it. */
  by: Person.nullable(),
});
export type Version = z.infer<typeof Version>;

/** All of these need the right to edit: a reader sees what is, not what was taken out before they came. */
export const listSittings = operation('GET', '/api/docs/:id/sittings', {
  who: 'signed-in',
  summary: 'Who wrote a document and when, newest first',
  input: ByIdInput.extend({ ...PageInput.shape, before: Seq.optional() }),
  output: z.object({
    sittings: z.array(Sitting),
    /** For the next page; null at the end. */
    before: Seq.nullable(),
    /** The moment that is now. */
    lastSeq: Seq,
  }),
});
export const listVersions = operation('GET', '/api/docs/:id/versions', {
  who: 'signed-in',
  summary: 'Versions of a document that are kept for ever, newest first',
  input: ByIdInput.extend({ ...PageInput.shape, before: Seq.optional() }),
  output: z.object({ versions: z.array(Version), before: Seq.nullable() }),
});
export const nameVersion = operation('POST', '/api/docs/:id/versions', {
  who: 'signed-in',
  summary: 'Keep a moment of a document for ever under a name, or give it another; without a moment, now',
  input: ByIdInput.extend({ name: Name, seq: Seq.optional() }),
  output: Version,
});
export const unnameVersion = operation('DELETE', '/api/docs/:id/versions/:versionId', {
  who: 'signed-in',
  summary: 'Take the name off a version: it stays in the history like every other moment',
  input: ByIdInput.extend({ versionId: Id }),
  output: Done,
});
const Moment = z.object({ seq: z.int(), at: Instant.nullable() });

/**
 * The text of a moment. With `authors`, each text has a mark `written` with who wrote it (`by`, a person's id) where the
 * log can say it; `people` are those named.
 */
export const readMoment = operation('GET', '/api/docs/:id/moments/:seq', {
  who: 'signed-in',
  summary: 'The text of a document as it was at a moment',
  input: ByIdInput.extend({ seq: Seq, authors: z.stringbool().default(false) }),
  output: z.object({ moment: Moment, blocks: z.array(DocumentBlock), people: z.array(Person) }),
});

export const BlockDifference = z.object({
  change: z.enum(['same', 'added', 'removed', 'changed']),
  /** Whether it stands elsewhere, or on another level. */
  moved: z.boolean(),
  /** Whether it is of another kind, or looks otherwise, than before. */
  recast: z.boolean(),
  /** Levels of blocks above it. */
  depth: z.int(),
  /** Who added or removed the whole block; null where the log cannot say it. */
  by: Id.nullable(),
  /** What was added has a mark `added`, what was removed a mark `removed`, with `by`. */
  block: DocumentBlock.omit({ children: true }),
});
export type BlockDifference = z.infer<typeof BlockDifference>;

export const compareMoments = operation('GET', '/api/docs/:id/differences', {
  who: 'signed-in',
  summary: 'What changed in a document between two moments, block by block and word by word',
  /** `from` 0 is before anything was written. */
  input: ByIdInput.extend({ from: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER), to: Seq }),
  output: z.object({
    from: Moment,
    to: Moment,
    differences: z.array(BlockDifference),
    people: z.array(Person),
  }),
});
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

import { z } from 'zod';
import { templateIdLengthMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Id, Locale, Name, Resource } from './shape.ts';

export const docsCodes = [
  'update-malformed',
  'update-too-large',
  'read-only',
  'clock-gap',
  'presence-refused',
  'client-not-yours',
  'wrong-epoch',
  'schema-too-old',
  'frame-malformed',
] as const;

/** What is in a document: a text, or a board that people draw on together (libs/document, board.ts). */
export const DocumentForm = z.enum(['text', 'board']);
export type DocumentForm = z.infer<typeof DocumentForm>;

export const Document = Resource.extend({
  kind: z.literal('document'),
  /** Said at its making, for good: neither is ever opened by what shows the other. */
  holds: DocumentForm,
  /** Changes when the past is replaced (restore, import): an older local copy must not be merged in. */
  epoch: Id,
  /** Whether it is one of the favourites of the person who asked. */
  favourite: z.boolean(),
});
export type Document = z.infer<typeof Document>;

export const createDocument = operation('POST', '/api/docs', {
  who: 'signed-in',
  summary: 'Create a document in a space, a folder or below another document, blank or from a template',
  input: z.object({
    parentId: Id,
    title: Name,
    /** A board begins empty: a template is for a text. */
    holds: DocumentForm.default('text'),
    templateId: z.string().min(1).max(templateIdLengthMax).optional(),
    /** Language of a template that comes with the house. */
    locale: Locale.default('fr'),
  }),
  output: Document,
});
export const getDocument = operation('GET', '/api/docs/:id', {
  who: 'signed-in',
  summary: 'One document, without its text',
  input: ByIdInput.extend({ link: z.string().max(100).optional() }),
  output: Document,
});

/**
 * Message types on `/ws/docs/<id>`: those of y-protocols (0 sync, 1 awareness, 2 auth, 3 query awareness),
 * and ours. A client asks for ours by the subprotocol `parvis-docs.1`; any other client of y-protocols just works.
 * The query may say `?epoch=` (that of the client's local copy), `?schema=` (its schema version) and `?link=`.
 *
 * A client counts each sync step 2 and each update that it sends. Every one of them is answered once: by an ack when
 * it is on disk (an empty or repeated one too), or by a refusal whose second field is 1. What is neither is "waiting".
 */
export const docsMessage = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** varUint count: that many of this connection's updates, in order, are on disk since the last ack. */
  ack: 8,
  /** varString epoch, varString right ('write' | 'read'): sent before the sync and on every change. */
  state: 9,
  /**
   * varString code, varUint 0 or 1: an update (1: it counts for one and is not stored) or presence was refused, or
   * the connection ends and why. After `clock-gap` the server asks for a sync step again: the answer is a new update.
   */
  refused: 10,
  /** varUint rev: the comments have changed up to there. What changed is asked for with `listThreads`. */
  comments: 11,
} as const;
export const docsSubprotocol = 'parvis-docs.1';

/** Close codes of this socket beside those of the house; the reason is the code of a refusal. */
export const docsClose = {
  /** The local copy is of another epoch: it must not be merged, only offered as a copy. */
  wrongEpoch: 4409,
  tooLarge: 1009,
  unavailable: 1013,
} as const;

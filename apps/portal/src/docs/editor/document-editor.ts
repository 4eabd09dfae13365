import type { documentSchema } from '@parvis/document/schema';

/** The editor of a document, over the one schema. */
export type DocumentEditor = typeof documentSchema.BlockNoteEditor;

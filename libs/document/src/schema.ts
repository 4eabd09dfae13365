import { BlockNoteSchema, createExtension } from '@blocknote/core';
import { CommentMark } from '@blocknote/core/comments';

/**
 * The one schema of a document: every block, inline and style, for the editor, for read-only views, for workers and
 * converters. A reader with a smaller one deletes from the shared text what it cannot build.
 */
export const documentSchema = BlockNoteSchema.create();

/**
 * Registers the mark of comments in an editor that does not load CommentsExtension (which brings the same mark):
 * without it, opening a document with a comment deletes the commented text for everybody.
 */
export const commentMarkKept = createExtension(() => ({
  key: 'parvisCommentMark',
  tiptapExtensions: [CommentMark],
}));

/** What every editor of documents is made with, with or without a screen. */
export const editorOptions = { schema: documentSchema, extensions: [commentMarkKept()] };

import {
  BlockNoteSchema,
  createExtension,
  defaultBlockSpecs,
  defaultInlineContentSpecs,
} from '@blocknote/core';
import { CommentMark } from '@blocknote/core/comments';
import { columnListSpec, columnSpec } from './columns.ts';
import { textDirection } from './configs.ts';
import {
  plainCallout,
  plainEmbed,
  plainFormula,
  plainMath,
  plainMention,
  plainTask,
  plainToc,
} from './plain-views.ts';
import { DeletionMark, InsertionMark, ModificationMark } from './suggestion-marks.ts';

/** The same block, able to say in which direction its text runs. */
function directed<T extends { config: { propSchema: object } }>(spec: T) {
  const { config } = spec;
  return {
    ...spec,
    config: { ...config, propSchema: { ...config.propSchema, ...textDirection } },
  } as T & { config: { propSchema: typeof textDirection } };
}

const own = {
  task: plainTask,
  callout: plainCallout,
  formula: plainFormula,
  embed: plainEmbed,
  toc: plainToc,
};
const ownInlines = { mention: plainMention, math: plainMath };

const blockSpecs = {
  ...defaultBlockSpecs,
  paragraph: directed(defaultBlockSpecs.paragraph),
  heading: directed(defaultBlockSpecs.heading),
  bulletListItem: directed(defaultBlockSpecs.bulletListItem),
  numberedListItem: directed(defaultBlockSpecs.numberedListItem),
  checkListItem: directed(defaultBlockSpecs.checkListItem),
  toggleListItem: directed(defaultBlockSpecs.toggleListItem),
  quote: directed(defaultBlockSpecs.quote),
  ...own,
  columnList: columnListSpec,
  column: columnSpec,
};
const inlineContentSpecs = { ...defaultInlineContentSpecs, ...ownInlines };

/**
 * The one schema of a document: every block, inline and style, for the editor, for read-only views, for workers and
 * converters. A reader with a smaller one deletes from the shared text what it cannot build.
 */
export const documentSchema = BlockNoteSchema.create({ blockSpecs, inlineContentSpecs });

/**
 * Registers the marks that an editor would otherwise not know of: without the mark of comments (which CommentsExtension
 * brings too) or of suggestions, opening a document that has any deletes the marked text for everybody.
 */
export const marksKept = createExtension(() => ({
  key: 'parvisMarks',
  tiptapExtensions: [CommentMark, InsertionMark, DeletionMark, ModificationMark],
}));

/** What every editor of documents is made with, with or without a screen. */
export const editorOptions = { schema: documentSchema, extensions: [marksKept()] };

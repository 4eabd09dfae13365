import {
  BlockNoteSchema,
  createExtension,
  defaultBlockSpecs,
  defaultInlineContentSpecs,
} from '@blocknote/core';
import { CommentMark } from '@blocknote/core/comments';
import type { Schema } from 'prosemirror-model';
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
import { BlockSuggestion, DeletionMark, InsertionMark, ModificationMark } from './suggestion-marks.ts';

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

/** The looks that a screen may give to blocks and inlines; names and attributes stay those of the one schema. */
export interface Views {
  readonly blocks: Partial<typeof blockSpecs>;
  readonly inlines: Partial<typeof ownInlines>;
}

/** The one schema with a screen's own looks. */
export function schemaWith({ blocks, inlines }: Views): typeof documentSchema {
  return BlockNoteSchema.create({
    blockSpecs: { ...blockSpecs, ...blocks },
    inlineContentSpecs: { ...inlineContentSpecs, ...inlines },
  });
}

/**
 * What an editor needs so that it deletes nothing by reading. It registers the marks of comments (which
 * CommentsExtension brings too) and of suggestions: without them the marked text would go, for everybody. And it shows
 * a list of columns that two people thinned out to one, which the rules of the schema would have it delete.
 */
export const nothingLost = createExtension(({ editor }) => {
  editor.on('create', () => keepThinColumns(editor.pmSchema));
  return {
    key: 'parvisNothingLost',
    tiptapExtensions: [CommentMark, InsertionMark, DeletionMark, ModificationMark, BlockSuggestion],
  };
});

function keepThinColumns(schema: Schema): void {
  const list = schema.nodes.columnList;
  const build = schema.node.bind(schema);
  schema.node = (type, attrs, content, marks) => {
    const thin = type === 'columnList' && Array.isArray(content) && content.length === 1;
    return thin && list !== undefined
      ? list.create(attrs, content, marks)
      : build(type, attrs, content, marks);
  };
}

/** What every editor of documents is made with, with or without a screen. */
export const editorOptions = { schema: documentSchema, extensions: [nothingLost()] };

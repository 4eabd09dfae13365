import { BlockNoteEditor, type ExtensionFactoryInstance } from '@blocknote/core';
import { documentSchema, editorOptions } from '@parvis/document/schema';
import type { Node } from 'prosemirror-model';
import type { EditorState, Plugin, Transaction } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { suggestions } from './extension.ts';
import { suggestionsIn } from './list.ts';
import { setMode, settled } from './plugin.ts';
import { blocksIn } from './tag.ts';

interface Tiptap {
  editorState: EditorState;
  readonly state: EditorState;
  readonly extensionManager: { readonly plugins: Plugin[] };
}

/** The real editor with its own commands, without a page; in it Anna suggests. */
function anEditor() {
  let refused = 0;
  const own = suggestions({ tell: (what, person) => `${what} ${person}`, onRefused: () => (refused += 1) });
  const ofTheSchema = editorOptions.extensions as unknown[] as ExtensionFactoryInstance[];
  const editor = BlockNoteEditor.create({
    schema: documentSchema,
    extensions: [...ofTheSchema, own],
    initialContent: [
      { id: 'one', type: 'paragraph', content: 'Un début.' },
      { id: 'two', type: 'paragraph', content: 'Un milieu.' },
      { id: 'three', type: 'paragraph', content: 'Une fin.' },
    ],
  } as object) as typeof documentSchema.BlockNoteEditor;
  // Without a page the editor has no plugins yet: it gets them as it would when it is shown.
  const tiptap = editor._tiptapEditor as unknown as Tiptap;
  tiptap.editorState = tiptap.state.reconfigure({ plugins: tiptap.extensionManager.plugins });
  const view = editor.prosemirrorView as unknown as { state: EditorState; dispatch(tr: Transaction): void };
  view.dispatch(setMode(view.state, 'anna'));
  const doc = () => view.state.doc as Node;
  return {
    editor,
    doc,
    texts: () => blocksIn(doc()).map(({ content }) => content.textContent),
    types: () => blocksIn(doc()).map(({ content }) => content.type.name),
    refused: () => refused,
    settle: (accept: boolean) => {
      const tr = settled(view.state, { picked: () => true, accept });
      if (tr) view.dispatch(tr);
    },
  };
}

const base = ['Un début.', 'Un milieu.', 'Une fin.'];
type Made = ReturnType<typeof anEditor>;

const commands: Record<string, { act: (made: Made) => void; accepted: string[]; types?: string[] }> = {
  'a block inserted': {
    act: ({ editor }) => editor.insertBlocks([{ type: 'paragraph', content: 'Neuf.' }], 'one', 'after'),
    accepted: ['Un début.', 'Neuf.', 'Un milieu.', 'Une fin.'],
  },
  'a divider inserted': {
    act: ({ editor }) => editor.insertBlocks([{ type: 'divider' }], 'two', 'after'),
    accepted: ['Un début.', 'Un milieu.', '', 'Une fin.'],
    types: ['paragraph', 'paragraph', 'divider', 'paragraph'],
  },
  'a block removed': {
    act: ({ editor }) => editor.removeBlocks(['two']),
    accepted: ['Un début.', 'Une fin.'],
  },
  'a block made a heading': {
    act: ({ editor }) => editor.updateBlock('two', { type: 'heading', props: { level: 2 } }),
    accepted: base,
    types: ['paragraph', 'heading', 'paragraph'],
  },
  'a block replaced': {
    act: ({ editor }) => editor.replaceBlocks(['two'], [{ type: 'bulletListItem', content: 'Autre.' }]),
    accepted: ['Un début.', 'Autre.', 'Une fin.'],
    types: ['paragraph', 'bulletListItem', 'paragraph'],
  },
  'a table inserted': {
    act: ({ editor }) =>
      editor.insertBlocks(
        [{ type: 'table', content: { type: 'tableContent', rows: [{ cells: ['a', 'b'] }] } }],
        'one',
        'after',
      ),
    accepted: ['Un début.', 'ab', 'Un milieu.', 'Une fin.'],
    types: ['paragraph', 'table', 'paragraph', 'paragraph'],
  },
};

test.each(Object.entries(commands))(
  '%s by the editor’s own command is a suggestion',
  (_, { act, accepted, types }) => {
    for (const accept of [true, false]) {
      const made = anEditor();
      expect(made.texts()).toEqual(base);
      act(made);
      expect(suggestionsIn(made.doc())).toMatchObject([{ person: 'anna' }]);
      made.settle(accept);
      expect(made.texts()).toEqual(accept ? accepted : base);
      expect(made.types()).toEqual((accept && types) || made.texts().map(() => 'paragraph'));
      expect(suggestionsIn(made.doc())).toEqual([]);
      expect(new Set(blocksIn(made.doc()).map(({ id }) => id)).size).toBe(made.texts().length);
    }
  },
);

test('blocks moved up or nested are refused', () => {
  const made = anEditor();
  made.editor.setTextCursorPosition('two');
  made.editor.moveBlocksUp();
  expect(made.refused()).toBe(1);
  made.editor.nestBlock();
  expect(made.refused()).toBe(2);
  expect(made.texts()).toEqual(base);
  expect(suggestionsIn(made.doc())).toEqual([]);
});

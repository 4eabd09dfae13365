import { BlockNoteEditor } from '@blocknote/core';
import { blocksToYDoc, yXmlFragmentToBlocks } from '@blocknote/core/yjs';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { everything, uuid } from './everything.ts';
import { blocksOf } from './read-blocks.ts';
import { editorOptions } from './schema.ts';
import { fragmentName } from './version.ts';
import { updateOf } from './write-blocks.ts';

function opened() {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, updateOf(everything));
  let updates = 0;
  doc.on('update', () => {
    updates += 1;
  });
  return { doc, fragment: doc.getXmlFragment(fragmentName), updates: () => updates };
}

test('an editor builds every kind of block, inline and mark, and sends nothing by reading', () => {
  const { doc, fragment, updates } = opened();
  const editor = BlockNoteEditor.create(editorOptions);
  const read = yXmlFragmentToBlocks(editor, fragment);
  expect(read.map(({ type }) => type)).toEqual(everything.map(({ type }) => type));
  expect(read[1]?.content).toMatchObject([
    { text: 'a', styles: { bold: true } },
    { text: 'bcd' },
    { text: 'e', styles: { textColor: 'red' } },
    { type: 'link' },
    { type: 'mention', props: { kind: 'person', ref: uuid, label: 'Amina' } },
    { text: ' and ' },
    { type: 'math', props: { tex: 'x^2' } },
  ]);
  expect(updates()).toBe(0);
  expect(blocksOf(doc).map(({ type }) => type)).toEqual(everything.map(({ type }) => type));
});

test('every block is stored as the editor itself would store it', () => {
  const { fragment } = opened();
  const editor = BlockNoteEditor.create(editorOptions);
  const plain = everything.filter(({ id }) => id !== 'b2');
  const mine = new Y.Doc();
  Y.applyUpdate(mine, updateOf(plain));
  const read = yXmlFragmentToBlocks(editor, fragment).filter(({ id }) => id !== 'b2');
  const theirs = blocksToYDoc(editor, read, fragmentName);
  const stored = (doc: Y.Doc) =>
    doc
      .getXmlFragment(fragmentName)
      .toString()
      // The editor writes an absent value as an attribute without one.
      .replaceAll(/ [a-zA-Z]+="undefined"/g, '');
  expect(stored(mine)).toBe(stored(theirs));
});

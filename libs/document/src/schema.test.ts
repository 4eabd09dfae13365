import { BlockNoteEditor } from '@blocknote/core';
import { blocksToYDoc, yXmlFragmentToBlocks } from '@blocknote/core/yjs';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Block, Inline, Mark, Values } from './block.ts';
import { blocksOf } from './read-blocks.ts';
import { editorOptions } from './schema.ts';
import { fragmentName } from './version.ts';
import { updateOf } from './write-blocks.ts';

const uuid = '01890000-0000-7000-8000-000000000001';
let serial = 0;
const text = (words: string, ...marks: Mark[]): Inline => ({ type: 'text', text: words, marks });
const thing = (name: string, props: Values): Inline => ({ type: 'thing', name, props, text: '' });
function block(type: string, props: Values, content: Inline[] = [], children: Block[] = []): Block {
  serial += 1;
  return { id: `b${serial}`, type, props, content, children };
}
const change: Values = { id: 1, person: uuid, at: 5 };

/** Every kind of block, inline and mark that there is. */
const everything: Block[] = [
  block('heading', { level: 4, textDirection: 'rtl' }, [text('عنوان')]),
  block('paragraph', {}, [
    text(
      'a',
      { name: 'bold', attributes: {} },
      { name: 'comment', attributes: { orphan: false, threadId: uuid } },
    ),
    text('b', { name: 'insertion', attributes: change }),
    text('c', { name: 'deletion', attributes: change }),
    text('d', {
      name: 'modification',
      attributes: {
        ...change,
        type: 'mark',
        attrName: null,
        previousValue: null,
        newValue: { type: 'bold' },
      },
    }),
    text('e', { name: 'textColor', attributes: { stringValue: 'red' } }),
    text('f', { name: 'link', attributes: { href: 'https://example.org' } }),
    thing('mention', { kind: 'person', ref: uuid, label: 'Amina' }),
    text(' and '),
    thing('math', { tex: 'x^2' }),
  ]),
  block('bulletListItem', {}, [text('one')], [block('numberedListItem', { start: 3 }, [text('three')])]),
  block('checkListItem', { checked: true }, [text('done')]),
  block('toggleListItem', {}, [text('more')], [block('paragraph', {}, [text('inside')])]),
  block('quote', {}, [text('said')]),
  block('codeBlock', { language: 'typescript' }, [text('const a = 1;\nconst b = 2;')]),
  block('divider', {}),
  block('image', { url: `/api/drive/files/${uuid}/content?inline=1`, previewWidth: 320, caption: 'a' }),
  block('video', { url: 'v' }),
  block('audio', { url: 'a' }),
  block('file', { url: 'f', name: 'plan.pdf' }),
  block('task', { checked: false, assignee: uuid, due: '2026-12-01' }, [text('read it')]),
  block('callout', { tone: 'warning' }, [text('mind')]),
  block('formula', { tex: 'e=mc^2' }),
  block('embed', { kind: 'message', ref: uuid, messageSeq: 12 }),
  block('toc', {}),
  block(
    'columnList',
    {},
    [],
    [
      block('column', { width: 1 }, [], [block('paragraph', {}, [text('left')])]),
      block('column', { width: 2 }, [], [block('paragraph', {}, [text('right')])]),
    ],
  ),
  {
    ...block('table', { textColor: 'default' }),
    rows: [
      [{ header: true, colspan: 2, rowspan: 1, props: { colwidth: [80, 120] }, content: [text('both')] }],
      [
        { header: false, colspan: 1, rowspan: 1, props: { colwidth: [80] }, content: [text('one')] },
        {
          header: false,
          colspan: 1,
          rowspan: 1,
          props: { backgroundColor: 'red', colwidth: [120] },
          content: [],
        },
      ],
    ],
  },
  block('paragraph', {}),
];

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

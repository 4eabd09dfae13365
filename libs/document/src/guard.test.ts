import { BlockNoteEditor } from '@blocknote/core';
import { yXmlFragmentToBlocks } from '@blocknote/core/yjs';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { blocksOf } from './read-blocks.ts';
import { editorOptions } from './schema.ts';
import { everything, words } from './everything.ts';
import { strangeIn, watchForStrange } from './guard.ts';
import { textOf } from './text.ts';
import { fragmentName } from './version.ts';
import { updateOf } from './write-blocks.ts';

const { pmSchema } = BlockNoteEditor.create(editorOptions);

function opened(blocks = everything) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, updateOf(blocks));
  let updates = 0;
  doc.on('update', () => {
    updates += 1;
  });
  return { doc, fragment: doc.getXmlFragment(fragmentName), updates: () => updates };
}

const group = (fragment: Y.XmlFragment) => fragment.get(0) as Y.XmlElement;
const firstText = (fragment: Y.XmlFragment) =>
  fragment.createTreeWalker((node) => node instanceof Y.XmlText).next().value as Y.XmlText;
function element(name: string, ...children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name);
  made.insert(0, children);
  return made;
}
const text = (said: string) => {
  const made = new Y.XmlText();
  made.insert(0, said);
  return made;
};
const paragraph = (...children: (Y.XmlElement | Y.XmlText)[]) =>
  element('blockContainer', element('paragraph', ...children));

/** What a later release, or a broken client, may write; and the name that it is told by. */
const strangers: [what: string, name: string, write: (fragment: Y.XmlFragment) => void][] = [
  ['a block', 'hologram', (f) => group(f).push([element('blockContainer', element('hologram', text('x')))])],
  [
    'a block deep inside',
    'hologram',
    (f) =>
      group(f).push([
        element(
          'blockContainer',
          element('paragraph'),
          element('blockGroup', element('blockContainer', element('hologram'))),
        ),
      ]),
  ],
  ['an inline', 'spark', (f) => group(f).push([paragraph(text('x'), element('spark'))])],
  ['a mark', 'glow', (f) => firstText(f).format(0, 1, { glow: { watt: 3 } })],
  ['a mark that overlaps', 'glow--a1b2c3d4', (f) => firstText(f).format(0, 1, { 'glow--a1b2c3d4': {} })],
  ['a thing inside a text', 'embedded', (f) => firstText(f).insertEmbed(0, { picture: 1 })],
  ['a structure', 'blockContainer', (f) => group(f).push([element('blockContainer')])],
  ['a node out of its place', 'paragraph', (f) => group(f).push([paragraph(element('tableRow'))])],
];

test('a text of every known block, inline and mark is not strange', () => {
  expect(strangeIn(opened().fragment, pmSchema)).toBeNull();
  expect(strangeIn(new Y.Doc().getXmlFragment(fragmentName), pmSchema)).toBeNull();
});

test.each(strangers)(
  '%s that this release does not know is found before an editor is bound',
  (_what, name, write) => {
    const { doc, fragment, updates } = opened();
    write(fragment);
    const before = updates();
    expect(strangeIn(fragment, pmSchema)).toBe(name);
    // The readers that need no editor read it all, and write nothing.
    expect(JSON.stringify(blocksOf(doc))).toContain(words);
    expect(textOf(doc)).toContain(words);
    expect(updates()).toBe(before);
  },
);

test.each(strangers)(
  '%s that comes while an editor is bound is told before the editor hears of it',
  (_w, name, write) => {
    const { doc, fragment } = opened();
    const other = opened().doc;
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    const heard: string[] = [];
    // The binding of an editor listens like this, and deletes what it cannot build.
    const binding = () => heard.push('binding');
    fragment.observeDeep(binding);
    watchForStrange(fragment, pmSchema, (strange) => {
      heard.push(strange);
      fragment.unobserveDeep(binding);
    });
    firstText(other.getXmlFragment(fragmentName)).insert(0, 'plain ');
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)));
    expect(heard).toEqual(['binding']);
    write(other.getXmlFragment(fragmentName));
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)));
    expect(heard).toEqual(['binding', name]);
    expect(JSON.stringify(blocksOf(doc))).toContain(words);
  },
);

test('each of them is one that an editor would have deleted from the shared text', () => {
  // A thing inside a text is not deleted, and shown as a text that it is not.
  for (const [what, name, write] of strangers) {
    if (name === 'embedded') continue;
    const { doc, fragment } = opened();
    write(fragment);
    const before = Y.encodeStateVector(doc);
    let deleted = false;
    doc.on('update', () => {
      deleted = true;
    });
    try {
      yXmlFragmentToBlocks(BlockNoteEditor.create(editorOptions), fragment);
    } catch {
      // It may not even get so far.
      deleted = true;
    }
    expect(deleted, what).toBe(true);
    expect(Y.encodeStateVector(doc)).toEqual(before);
  }
});

test('columns that two people thinned out to one are kept', () => {
  const { doc, fragment } = opened();
  const list = fragment
    .createTreeWalker((node) => node instanceof Y.XmlElement && node.nodeName === 'columnList')
    .next().value as Y.XmlElement;
  list.delete(0, 1);
  expect(strangeIn(fragment, pmSchema)).toBeNull();
  expect(textOf(doc)).toContain('right');
});

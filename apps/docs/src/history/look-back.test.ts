import { compareMoments, readMoment, restoreDocument } from '@parvis/contract/doc-history';
import type { DocumentInline } from '@parvis/contract/doc-blocks';
import { fragmentName } from '@parvis/document/version';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Past } from '../testing/past.ts';

let past: Past;
beforeAll(async () => {
  past = await Past.open();
});
afterAll(() => past?.stop());

const group = (doc: Y.Doc) => doc.getXmlFragment(fragmentName).get(0) as Y.XmlElement;
/** The text of the block at a place. */
const textIn = (doc: Y.Doc, at: number) =>
  ((group(doc).get(at) as Y.XmlElement).get(0) as Y.XmlElement).get(0) as Y.XmlText;

function addBlock(doc: Y.Doc, id: string, words: string): void {
  doc.transact(() => {
    const container = new Y.XmlElement('blockContainer');
    container.setAttribute('id', id);
    const block = new Y.XmlElement('paragraph');
    const text = new Y.XmlText();
    text.insert(0, words);
    block.insert(0, [text]);
    container.insert(0, [block]);
    group(doc).push([container]);
  });
}

/** Each run with the name and the person of a mark of ours. */
const runs = (content: readonly DocumentInline[]) =>
  content.map((one) => {
    const mark = one.type === 'text' ? one.marks.find(({ name }) => name !== 'bold') : undefined;
    return [one.type === 'text' ? one.text : one.name, mark?.name ?? '', mark?.attributes.by ?? ''];
  });

async function lastSeq(documentId: string): Promise<number> {
  const [row] = await past.house.db.query<{ seq: number }>(
    'select last_seq::int as seq from docs.document where uid = $1',
    [documentId],
  );
  return row?.seq ?? 0;
}

test('a moment is shown with who wrote each word, and a difference with who added and who removed', async () => {
  const id = await past.document();
  const [ada, ben, chloe] = [0, 1, 2].map((index) => past.who(index).person.uid);
  const a = await past.editor(0, id).join();
  const b = await past.editor(1, id, past.second.url).join();
  const c = await past.editor(2, id).join();
  addBlock(a.doc, 'first', 'The budget is voted. ');
  addBlock(a.doc, 'second', 'Gone soon');
  await a.saved();
  await b.until('there', () => group(b.doc).length === 3);
  const from = await lastSeq(id);
  textIn(b.doc, 1).insert(21, 'Ben was here.');
  await b.saved();
  await c.until('there', () => textIn(c.doc, 1).toString().includes('Ben'));
  c.doc.transact(() => {
    textIn(c.doc, 1).delete(4, 7);
    group(c.doc).delete(2, 1);
  });
  addBlock(c.doc, 'third', 'New');
  await c.saved();
  const to = await lastSeq(id);

  const read = await past.who(0).call(readMoment, { id, seq: to, authors: 'true' });
  const first = read.blocks.find((one) => one.id === 'first');
  expect(runs(first?.content ?? [])).toEqual([
    ['The is voted. ', 'written', ada],
    ['Ben was here.', 'written', ben],
  ]);
  expect(read.people.map((one) => one.id).sort()).toEqual([ada, ben, chloe].sort());

  const { differences } = await past.who(1).call(compareMoments, { id, from, to });
  expect(differences.map(({ block, change, by }) => [block.id, change, by])).toEqual([
    ['initialBlockId', 'same', null],
    ['first', 'changed', null],
    ['second', 'removed', chloe],
    ['third', 'added', chloe],
  ]);
  expect(runs(differences[1]?.block.content ?? [])).toEqual([
    ['The ', '', ''],
    ['budget ', 'removed', chloe],
    ['is voted. ', '', ''],
    ['Ben was here.', 'added', ben],
  ]);

  // From nothing, and across a restore: the same words, and still those who wrote them.
  const all = await past.who(0).call(compareMoments, { id, from: 0, to });
  expect(all.differences.every(({ change }) => change === 'added')).toBe(true);
  await past.who(2).call(restoreDocument, { id, seq: to });
  const now = await lastSeq(id);
  const same = await past.who(0).call(compareMoments, { id, from: to, to: now });
  expect(same.differences.every(({ change }) => change === 'same')).toBe(true);
  const again = await past.who(0).call(readMoment, { id, seq: now, authors: 'true' });
  expect(again.blocks).toEqual(read.blocks);
  for (const one of [a, b, c]) one.destroy();
});

import { copyDocument, restoreDocument } from '@parvis/contract/doc-history';
import { createDocument, docsClose, getDocument } from '@parvis/contract/docs';
import { grant } from '@parvis/access/grants';
import { textOf } from '@parvis/document/text';
import { fragmentName } from '@parvis/document/version';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { docs } from '../service.ts';
import { Editor } from '../testing/editor.ts';

let house: House;
let second: Served;
let ada: Visitor;
let ben: Visitor;
let reader: Visitor;
let stranger: Visitor;
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([docs]);
  second = await house.another(docs);
  [ada, ben, reader, stranger] = (await Promise.all([
    house.person(),
    house.person(),
    house.person(),
    house.person(),
  ])) as [Visitor, Visitor, Visitor, Visitor];
  spaceId = (await house.space({ owner: ada, members: [ben] })).uid;
  await grant(house.db, { resourceUid: spaceId, subjectId: reader.person.id, role: 'reader' }, ada.person.id);
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

const aDocument = () => ada.call(createDocument, { parentId: spaceId, title: 'Note' });
const anEditor = (who: Visitor, id: string, query?: string, url = house.urlOf('docs')) =>
  new Editor({ url, cookie: who.cookie, documentId: id, ...(query ? { query } : {}) });

async function lastSeq(id: string): Promise<number> {
  const [row] = await house.db.query<{ seq: number }>(
    'select last_seq::int as seq from docs.document where uid = $1',
    [id],
  );
  return row?.seq ?? 0;
}

/** A paragraph in the tree, as the editor would keep it. */
function writeBlock(doc: Y.Doc, id: string, words: string, marks: Record<string, unknown> = {}): void {
  doc.transact(() => {
    const group = doc.getXmlFragment(fragmentName).get(0) as Y.XmlElement;
    const container = new Y.XmlElement('blockContainer');
    container.setAttribute('id', id);
    const block = new Y.XmlElement('hologram');
    block.setAttribute('depth', 3 as unknown as string);
    const text = new Y.XmlText();
    text.insert(0, words, marks);
    block.insert(0, [text]);
    container.insert(0, [block]);
    group.push([container]);
  });
}

test('a restored text takes the place of the newer one for everybody, at both processes, and nothing is doubled', async () => {
  const { id, epoch } = await aDocument();
  const a = await anEditor(ada, id, `epoch=${epoch}`).join();
  const b = await anEditor(ben, id, `epoch=${epoch}`, second.url).join();
  a.type('first ');
  writeBlock(a.doc, 'b1', 'kept', { glow: { watt: 3 } });
  await a.saved();
  const seq = await lastSeq(id);
  const before = a.doc.getXmlFragment(fragmentName).toString();
  b.type('second ');
  writeBlock(b.doc, 'b2', 'left behind');
  await b.saved();
  const restored = await ada.call(restoreDocument, { id, seq });
  expect(restored.epoch).not.toBe(epoch);
  await a.until('told', () => a.closed !== null);
  await b.until('told', () => b.closed !== null);
  expect([a.closed, b.closed].map((one) => [one?.code, one?.reason])).toEqual([
    [docsClose.wrongEpoch, 'wrong-epoch'],
    [docsClose.wrongEpoch, 'wrong-epoch'],
  ]);
  const fresh = await anEditor(ben, id, `epoch=${restored.epoch}`, second.url).join();
  expect(fresh.text.toString()).toBe('first ');
  expect(fresh.doc.getXmlFragment(fragmentName).toString()).toBe(before);
  fresh.type('again');
  await fresh.saved();
  const other = await anEditor(ada, id, `epoch=${restored.epoch}`).join();
  expect(other.text.toString()).toBe('first again');
  for (const one of [a, b, fresh, other]) one.destroy();
});

test('an old client that was away comes back with unsent text: it is told, and nothing of it is merged', async () => {
  const { id, epoch } = await aDocument();
  const away = await anEditor(ben, id, `epoch=${epoch}`).join();
  const plain = await anEditor(ben, id, undefined, second.url).join({ ours: false });
  away.type('before ');
  await away.saved();
  await plain.until('there', () => plain.text.toString() === 'before ');
  const seq = await lastSeq(id);
  away.type('later ');
  await away.saved();
  await plain.until('there', () => plain.text.toString() === 'before later ');
  away.cut();
  plain.cut();
  away.type('unsent');
  plain.type('unsent too');
  const restored = await ada.call(restoreDocument, { id, seq });
  await away.open();
  await away.until('told', () => away.closed !== null);
  expect(away.closed).toEqual({ code: docsClose.wrongEpoch, reason: 'wrong-epoch' });
  expect(away.text.toString()).toContain('unsent');
  // One that says no epoch is known by the text that it brings back.
  await plain.open();
  await plain.until('told', () => plain.closed !== null);
  expect(plain.closed?.code).toBe(docsClose.wrongEpoch);
  const fresh = await anEditor(ada, id, `epoch=${restored.epoch}`).join();
  expect(fresh.text.toString()).toBe('before ');
  for (const one of [away, plain, fresh]) one.destroy();
});

test('what is typed while a text is restored is either in the old epoch or refused, and never in the new one', async () => {
  const { id, epoch } = await aDocument();
  const writers = await Promise.all(
    [house.urlOf('docs'), second.url].map((url) => anEditor(ben, id, `epoch=${epoch}`, url).join()),
  );
  (writers[0] as Editor).type('base');
  await (writers[0] as Editor).saved();
  const seq = await lastSeq(id);
  let word = 0;
  const typing = setInterval(() => {
    for (const one of writers) if (one.closed === null) one.type(`<${word++}>`);
  }, 2);
  let now = epoch;
  for (let i = 0; i < 4; i++) {
    const before = word;
    await new Promise((resolve) => setTimeout(resolve, 30));
    await expect.poll(() => word, { interval: 1 }).toBeGreaterThan(before + 3);
    now = (await ada.call(restoreDocument, { id, seq })).epoch;
    for (const one of writers) await one.until('told', () => one.closed !== null);
    const fresh = await anEditor(ada, id, `epoch=${now}`).join();
    expect(fresh.text.toString()).toBe('base');
    fresh.destroy();
    for (const [index, one] of writers.entries()) {
      one.destroy();
      writers[index] = await anEditor(
        ben,
        id,
        `epoch=${now}`,
        index ? second.url : house.urlOf('docs'),
      ).join();
    }
  }
  clearInterval(typing);
  for (const one of writers) one.destroy();
});

test('the replaced text can be restored again, with who wrote it and the journal', async () => {
  const { id } = await aDocument();
  const a = await anEditor(ada, id).join();
  a.type('one');
  await a.saved();
  const one = await lastSeq(id);
  a.type(' two');
  await a.saved();
  const two = await lastSeq(id);
  await ada.call(restoreDocument, { id, seq: one });
  const back = await ben.call(restoreDocument, { id, seq: two });
  const fresh = await anEditor(ada, id, `epoch=${back.epoch}`).join();
  expect(fresh.text.toString()).toBe('one two');
  const journal = await house.db.query<{ action: string; actor_id: number; detail: { seq: number } }>(
    `select action, actor_id, detail from access.audit a join docs.document d on d.resource_id = a.resource_id
      where d.uid = $1 order by a.id`,
    [id],
  );
  expect(journal.map((row) => [row.action, row.actor_id, row.detail.seq])).toEqual([
    ['document.restored', ada.person.id, one],
    ['document.restored', ben.person.id, two],
  ]);
  a.destroy();
  fresh.destroy();
});

test('strangers learn nothing, readers may not, and a moment that has not come is not found', async () => {
  const { id, epoch } = await aDocument();
  await expect(stranger.call(restoreDocument, { id, seq: 1 })).rejects.toMatchObject({ code: 'not-found' });
  await expect(reader.call(restoreDocument, { id, seq: 1 })).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(ada.call(restoreDocument, { id, seq: 99 })).rejects.toMatchObject({ code: 'not-found' });
  await expect(reader.call(copyDocument, { id, seq: 1, title: 'Copie' })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  await expect(stranger.call(copyDocument, { id, title: 'Copie' })).rejects.toMatchObject({
    code: 'not-found',
  });
  expect((await ada.call(getDocument, { id })).epoch).toBe(epoch);
});

test('a copy has the same text, blocks and marks, ids of its own and no comments', async () => {
  const { id } = await aDocument();
  const a = await anEditor(ada, id).join();
  writeBlock(a.doc, 'same-id', 'words', { bold: {}, 'comment--abc': { threadId: 't' } });
  await a.saved();
  const seq = await lastSeq(id);
  writeBlock(a.doc, 'later', 'later');
  await a.saved();
  const now = await ben.call(copyDocument, { id, title: 'Copie' });
  const then = await ada.call(copyDocument, { id, title: 'Copie', seq });
  const copies = await Promise.all([now, then].map((one) => anEditor(ada, one.id).join()));
  expect(copies.map((one) => textOf(one.doc).trim())).toEqual(['words\nlater', 'words']);
  const stored = (copies[1] as Editor).doc.getXmlFragment(fragmentName).toString();
  expect(stored).toContain('<hologram depth="3"><bold>words</bold></hologram>');
  expect(stored).not.toContain('same-id');
  expect(now.owner?.id).toBe(ben.person.uid);
  for (const one of [a, ...copies]) one.destroy();
});

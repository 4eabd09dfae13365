import { randomUUID } from 'node:crypto';
import { grant } from '@parvis/access/grants';
import { updateType } from '@parvis/contract/doc-sync';
import { createDocument, Document } from '@parvis/contract/docs';
import { keptTextBytesMax } from '@parvis/contract/limits';
import { textOf } from '@parvis/document/text';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { docs } from '../service.ts';
import { Editor } from '../testing/editor.ts';

let house: House;
let anna: Visitor;
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([docs]);
  anna = await house.person();
  spaceId = (await house.space({ owner: anna, members: [] })).uid;
});
afterAll(() => house?.stop());

/** A text with a block that nobody knows. */
function aText(words: string): Uint8Array<ArrayBuffer> {
  const doc = new Y.Doc();
  const block = new Y.XmlElement('somethingNew');
  block.insert(0, [new Y.XmlText(words)]);
  doc.getXmlFragment('doc').insert(0, [block]);
  return Y.encodeStateAsUpdate(doc) as Uint8Array<ArrayBuffer>;
}

function post(who: Visitor, id: string, body: Uint8Array<ArrayBuffer>, type = updateType): Promise<Response> {
  return who.fetch(`/api/docs/${id}/kept-text?title=${encodeURIComponent('Mon texte')}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
}

test('a text that was kept becomes a document of its own, with blocks that nobody knows', async () => {
  const from = await anna.call(createDocument, { parentId: spaceId, title: 'Draft' });
  const answer = await post(anna, from.id, aText('before the restore'));
  expect(answer.status).toBe(200);
  const made = Document.parse(await answer.json());
  expect(made.title).toBe('Mon texte');
  expect(made.spaceId).toBe(spaceId);
  const editor = await new Editor({
    url: house.urlOf('docs'),
    cookie: anna.cookie,
    documentId: made.id,
  }).join();
  expect(textOf(editor.doc)).toBe('before the restore');
  expect(editor.doc.getXmlFragment('doc').toString()).toContain('<somethingnew');
  editor.destroy();
});

test('strangers, readers, garbage and what is too large are refused with a code', async () => {
  const from = await anna.call(createDocument, { parentId: spaceId, title: 'Draft' });
  const reader = await house.person();
  expect((await post(reader, from.id, aText('x'))).status).toBe(404);
  await grant(
    house.db,
    { resourceUid: from.id, subjectId: reader.person.id, role: 'reader' },
    anna.person.id,
  );
  expect([403, 404]).toContain((await post(reader, from.id, aText('x'))).status);
  expect((await post(anna, randomUUID(), aText('x'))).status).toBe(404);
  const garbage = await post(anna, from.id, new TextEncoder().encode('not an update'));
  expect([garbage.status, ((await garbage.json()) as { code: string }).code]).toEqual([
    400,
    'update-malformed',
  ]);
  expect((await post(anna, from.id, new TextEncoder().encode('{}'), 'application/json')).status).toBe(415);
  expect((await post(anna, from.id, new Uint8Array(keptTextBytesMax + 1))).status).toBe(413);
});

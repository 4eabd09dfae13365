import { startExport } from '@parvis/contract/doc-conversion';
import { publishDocument } from '@parvis/contract/doc-blocks';
import { copyDocument } from '@parvis/contract/doc-history';
import { duplicateDocument } from '@parvis/contract/doc-list';
import { saveTemplate } from '@parvis/contract/doc-templates';
import { createDocument, getDocument } from '@parvis/contract/docs';
import { boardName, shapeOf } from '@parvis/document/board';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { docs } from '../service.ts';
import type { Editor } from '../testing/editor.ts';
import { Library } from '../testing/library.ts';

const wait = { timeout: 60_000 };
let house: House;
let library: Library;
let ada: Visitor;
let ben: Visitor;
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([docs]);
  library = new Library(house);
  ada = await house.person();
  ben = await house.person();
  spaceId = (await house.space({ owner: ada, members: [ben] })).uid;
}, 300_000);
afterAll(async () => {
  library?.close();
  await house?.stop();
});

function draw(editor: Editor, id: string): void {
  editor.doc.transact(() => {
    const shape = new Y.Map<unknown>(
      Object.entries({ kind: 'note', ink: 'blue', x: 10, y: 20, w: 240, h: 180 }),
    );
    shape.set('text', 'Quai nord');
    editor.doc.getMap(boardName).set(id, shape);
  });
}
const drawn = ({ doc }: Editor) =>
  [...doc.getMap(boardName).entries()].map(([id, shape]) => shapeOf(id, shape)?.text);
const aBoard = () => ada.call(createDocument, { parentId: spaceId, title: 'Tableau', holds: 'board' });

test('what one draws the other sees, it is there for whoever comes later, and in copies', {
  timeout: 300_000,
}, async () => {
  const made = await aBoard();
  expect(made).toMatchObject({ kind: 'document', holds: 'board' });
  const [mine, theirs] = [await library.edit(ada, made.id), await library.edit(ben, made.id)];
  draw(mine, 'a');
  await expect.poll(() => drawn(theirs), wait).toEqual(['Quai nord']);
  await expect.poll(() => mine.waiting, wait).toBe(0);
  const later = await library.edit(ben, made.id);
  await expect.poll(() => drawn(later), wait).toEqual(['Quai nord']);

  const copy = await ada.call(copyDocument, { id: made.id, title: 'Copie' });
  const twin = await ada.call(duplicateDocument, { id: made.id, title: 'Double' });
  for (const id of [copy.id, twin.id]) {
    expect((await ada.call(getDocument, { id })).holds).toBe('board');
    const seen = await library.edit(ada, id);
    await expect.poll(() => drawn(seen), wait).toEqual(['Quai nord']);
  }
});

test('a board is no text: it becomes no file, no page of the web and no template', {
  timeout: 300_000,
}, async () => {
  const { id } = await aBoard();
  const wrong = { code: 'wrong-kind' };
  await expect(ada.call(startExport, { id, format: 'docx' })).rejects.toMatchObject(wrong);
  await expect(ada.call(publishDocument, { id })).rejects.toMatchObject(wrong);
  await expect(
    ada.call(saveTemplate, { id, title: 'T', description: '', scope: 'own' }),
  ).rejects.toMatchObject(wrong);
  const text = await ada.call(createDocument, { parentId: spaceId, title: 'Texte' });
  expect(text.holds).toBe('text');
  await ada.call(publishDocument, { id: text.id });
});

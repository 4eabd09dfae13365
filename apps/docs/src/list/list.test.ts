import { grant, revoke } from '@parvis/access/grants';
import { trash } from '@parvis/access/moving';
import {
  duplicateDocument,
  favourDocument,
  listDocuments,
  listPages,
  unfavourDocument,
  visitDocument,
} from '@parvis/contract/doc-list';
import { createDocument, getDocument } from '@parvis/contract/docs';
import { createResource } from '@parvis/access/tree';
import { copiedTreeSizeMax } from '@parvis/contract/limits';
import { textOf } from '@parvis/document/text';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { docs } from '../service.ts';
import { block, Library } from '../testing/library.ts';

let house: House;
let library: Library;
let ada: Visitor;
let ben: Visitor;
let stranger: Visitor;
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([docs]);
  library = new Library(house);
});
beforeEach(async () => {
  [ada, ben, stranger] = [await house.person(), await house.person(), await house.person()];
  spaceId = (await house.space({ owner: ada, members: [ben], name: 'Rivages' })).uid;
});
afterAll(async () => {
  library?.close();
  await house?.stop();
});

const notFound = { code: 'not-found' };
const make = async (title: string, parentId = spaceId, by = ada) =>
  (await by.call(createDocument, { parentId, title })).id;
type List = 'recent' | 'favourite' | 'shared' | 'mine';
const titles = async (who: Visitor, list: List) =>
  (await who.call(listDocuments, { list })).documents.map(({ title }) => title);

test('what I opened comes back on any device, last first, in pages, without what I may no longer see', async () => {
  const ids = [await make('A'), await make('B'), await make('C')];
  for (const id of [...ids, ids[0] as string]) await ben.call(visitDocument, { id });
  const other = await house.visitor(ben.person);
  expect(await titles(other, 'recent')).toEqual(['A', 'C', 'B']);
  const page = await ben.call(listDocuments, { list: 'recent', limit: 2 });
  expect(page.documents.map(({ title }) => title)).toEqual(['A', 'C']);
  expect(page.documents[0]).toMatchObject({ place: 'Rivages', favourite: false, role: 'editor' });
  expect(Date.parse(page.documents[0]?.visitedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  const next = await ben.call(listDocuments, { list: 'recent', limit: 2, from: page.next ?? 0 });
  expect([next.documents.map(({ title }) => title), next.next]).toEqual([['B'], null]);
  await trash(house.db, ids[1] as string, ada.person.id);
  expect(await titles(ben, 'recent')).toEqual(['A', 'C']);
  await revoke(house.db, spaceId, ben.person.id);
  expect(await titles(ben, 'recent')).toEqual([]);
  expect(await titles(ada, 'recent')).toEqual([]);
  await expect(stranger.call(visitDocument, { id: ids[0] as string })).rejects.toMatchObject(notFound);
});

test('favourites are one’s own and in the order that one gave them', async () => {
  const [a, b, c] = [await make('A'), await make('B'), await make('C')];
  for (const id of [a, b, c]) await ada.call(favourDocument, { id });
  expect(await titles(ada, 'favourite')).toEqual(['A', 'B', 'C']);
  await ada.call(favourDocument, { id: c, beforeId: b });
  expect(await titles(ada, 'favourite')).toEqual(['A', 'C', 'B']);
  await ada.call(favourDocument, { id: b, beforeId: a });
  expect(await titles(ada, 'favourite')).toEqual(['B', 'A', 'C']);
  await ada.call(favourDocument, { id: a, beforeId: a });
  await ada.call(unfavourDocument, { id: c });
  expect((await titles(ada, 'favourite')).toSorted()).toEqual(['A', 'B']);
  expect(await titles(ben, 'favourite')).toEqual([]);
  await expect(stranger.call(favourDocument, { id: a })).rejects.toMatchObject(notFound);
  await expect(stranger.call(unfavourDocument, { id: a })).rejects.toMatchObject(notFound);
});

test('what was shared with me and what is mine are told apart', async () => {
  const given = await make('Donné');
  await make('À moi', (await house.space({ owner: stranger })).uid, stranger);
  await grant(house.db, { resourceUid: given, subjectId: stranger.person.id, role: 'reader' }, ada.person.id);
  expect(await titles(stranger, 'shared')).toEqual(['Donné']);
  expect(await titles(stranger, 'mine')).toEqual(['À moi']);
  expect(await titles(ben, 'shared')).toEqual([]);
});

test('documents lie below documents, which say so; a stranger to them learns nothing', async () => {
  const top = await make('Dossier');
  const page = await make('Page 2', top, ben);
  await make('Page 10', top);
  await make('Note', page);
  const pages = async (id: string) =>
    (await ben.call(listPages, { id })).pages.map(({ title, hasPages }) => [title, hasPages]);
  expect(await pages(spaceId)).toEqual([['Dossier', true]]);
  expect(await pages(top)).toEqual([
    ['Page 2', true],
    ['Page 10', false],
  ]);
  await expect(stranger.call(listPages, { id: top })).rejects.toMatchObject(notFound);
  await grant(house.db, { resourceUid: page, subjectId: stranger.person.id, role: 'reader' }, ada.person.id);
  expect((await stranger.call(listPages, { id: page })).pages.map(({ title }) => title)).toEqual(['Note']);
  await expect(stranger.call(createDocument, { parentId: page, title: 'x' })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  const channel = await createResource(house.db, {
    kind: 'channel',
    title: 'general',
    ownerId: ada.person.id,
    parentUid: spaceId,
  });
  await expect(ada.call(createDocument, { parentId: channel.uid, title: 'x' })).rejects.toMatchObject({
    code: 'wrong-kind',
  });
});

test('a document is copied alone, or with all below it, as its copier may see and place it', async () => {
  const top = await library.add(ada, spaceId, 'Modèle', [block('b1', 'paragraph', 'bonjour')]);
  const page = await library.add(ada, top, 'Page', [block('b1', 'paragraph', 'dedans')]);
  await make('Note', page);
  const alone = await ben.call(duplicateDocument, { id: top, title: 'Copie' });
  expect(alone).toMatchObject({ title: 'Copie', parentId: spaceId, owner: { id: ben.person.uid } });
  expect((await ben.call(listPages, { id: alone.id })).pages).toEqual([]);
  expect(textOf((await library.edit(ben, alone.id)).doc)).toBe('bonjour');
  const whole = await ben.call(duplicateDocument, { id: top, title: 'Tout', withPages: true, parentId: top });
  const [copied] = (await ben.call(listPages, { id: whole.id })).pages;
  expect(copied).toMatchObject({ title: 'Page', hasPages: true });
  expect(textOf((await library.edit(ben, copied?.id ?? '')).doc)).toBe('dedans');
  expect((await ben.call(getDocument, { id: whole.id })).parentId).toBe(top);
  await expect(stranger.call(duplicateDocument, { id: top, title: 'x' })).rejects.toMatchObject(notFound);
  await grant(house.db, { resourceUid: top, subjectId: stranger.person.id, role: 'reader' }, ada.person.id);
  await expect(stranger.call(duplicateDocument, { id: top, title: 'x' })).rejects.toMatchObject(notFound);
  const own = (await house.space({ owner: stranger })).uid;
  await stranger.call(duplicateDocument, { id: top, title: 'x', parentId: own, withPages: true });
});

test('more pages than the limit are not copied, and nothing is left of the attempt', async () => {
  const top = await make('Énorme');
  for (let i = 0; i < copiedTreeSizeMax; i++) await make(`Page ${i}`, top);
  await expect(
    ada.call(duplicateDocument, { id: top, title: 'Copie', withPages: true }),
  ).rejects.toMatchObject({ code: 'too-many-pages' });
  expect((await ada.call(listPages, { id: spaceId })).pages.map(({ title }) => title)).toEqual(['Énorme']);
});

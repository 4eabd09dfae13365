import { grant, revoke } from '@parvis/access/grants';
import { rename } from '@parvis/access/tree';
import { move, trash } from '@parvis/access/moving';
import { searchDocuments, type Stretch } from '@parvis/contract/doc-search';
import { createResource } from '@parvis/access/tree';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  [ada, ben, stranger] = [await house.person(), await house.person(), await house.person()];
  spaceId = (await house.space({ owner: ada, members: [ben] })).uid;
});
afterAll(async () => {
  library?.close();
  await house?.stop();
});

const paragraph = (text: string, id = 'b1') => block(id, 'paragraph', text);
const ask = async (who: Visitor, q: string, more = {}) =>
  (await who.call(searchDocuments, { q, ...more })).hits;
const titles = async (who: Visitor, q: string, more = {}) =>
  (await ask(who, q, more)).map(({ document }) => document.title);
const marks = (stretches: readonly Stretch[]) =>
  stretches.filter(({ marked }) => marked).map(({ text }) => text);

test('words are found in any of their forms, in three languages, and shown where they stand', async () => {
  await library.add(ada, spaceId, 'Berges', [
    paragraph('Rien ici.', 'b0'),
    paragraph('La réunion a décidé de consolider les berges du fleuve.', 'b1'),
  ]);
  await library.add(ada, spaceId, 'Harbour', [
    paragraph('The engineers have been measuring the tides of the bay.'),
  ]);
  await library.add(ada, spaceId, 'ميناء', [
    paragraph('اجتمعت اللجنة وبحثت مشروع الميناء الجديد والميزانية'),
  ]);
  await library.indexed();
  const [hit] = await ask(ben, 'decisions reunions');
  expect(hit).toBeUndefined();
  const [french] = await ask(ben, 'décider réunions');
  expect(french?.document.title).toBe('Berges');
  expect(french?.blockId).toBe('b1');
  expect(french?.context.map(({ text }) => text).join('')).toContain('La réunion a décidé');
  expect(marks(french?.context ?? [])).toEqual(['réunion', 'décidé']);
  expect(await titles(ben, 'REUNION')).toEqual(['Berges']);
  expect(await titles(ben, 'engineer measure')).toEqual(['Harbour']);
  expect(await titles(ben, 'ميزانية')).toEqual(['ميناء']);
  expect(await titles(ben, 'لجنة مشروع')).toEqual(['ميناء']);
  // The last word may be half written.
  expect(await titles(ben, 'consol')).toEqual(['Berges']);
  expect(await titles(ben, 'zzz')).toEqual([]);
});

test('a word of the title weighs more than one of the text, and a new title is known', async () => {
  const named = await library.add(ada, spaceId, 'Budget triennal', [paragraph('Chiffres.')]);
  await library.add(ada, spaceId, 'Notes diverses', [paragraph('budget budget budget budget')]);
  await library.indexed();
  expect(await titles(ben, 'budget')).toEqual(['Budget triennal', 'Notes diverses']);
  const [hit] = await ask(ben, 'budget');
  expect(marks(hit?.title ?? [])).toEqual(['Budget']);
  expect(hit?.context).toEqual([]);
  await rename(house.db, named, 'Plan quinquennal');
  // The title itself is looked at, before any index has heard of it.
  expect(await titles(ben, 'quinquennal')).toEqual(['Plan quinquennal']);
  await library.indexed();
  expect(await titles(ben, 'budget')).toEqual(['Notes diverses']);
  expect(await titles(ben, 'chiffre quinquennal')).toEqual(['Plan quinquennal']);
});

test('a stranger finds nothing; who is let in finds, and no longer once the right, the place or the document is gone', async () => {
  const id = await library.add(ada, spaceId, 'Confidentiel', [paragraph('ornithorynque')]);
  const folder = await createResource(house.db, {
    kind: 'folder',
    title: 'Partagé',
    ownerId: ada.person.id,
    parentUid: spaceId,
  });
  await library.indexed();
  expect(await titles(stranger, 'ornithorynque')).toEqual([]);
  const one = { resourceUid: id, subjectId: stranger.person.id, role: 'reader' } as const;
  await grant(house.db, one, ada.person.id);
  const [hit] = await ask(stranger, 'ornithorynque');
  expect(hit?.document).toMatchObject({ title: 'Confidentiel', role: 'reader', place: null });
  await revoke(house.db, id, stranger.person.id);
  expect(await titles(stranger, 'ornithorynque')).toEqual([]);
  await grant(
    house.db,
    { resourceUid: folder.uid, subjectId: stranger.person.id, role: 'reader' },
    ada.person.id,
  );
  await move(house.db, id, folder.uid);
  expect(await titles(stranger, 'ornithorynque')).toEqual(['Confidentiel']);
  await trash(house.db, id, ada.person.id);
  expect(await titles(stranger, 'ornithorynque')).toEqual([]);
  expect(await titles(ada, 'ornithorynque')).toEqual([]);
});

test('narrowed by space, by owner and by date', async () => {
  const other = (await house.space({ owner: ben, members: [ada] })).uid;
  const old = await library.add(ada, spaceId, 'Ancien', [paragraph('marégraphe')]);
  await library.add(ben, other, 'Récent', [paragraph('marégraphe')]);
  await library.indexed();
  await house.db.query("update access.resource set updated_at = '2020-01-01' where uid = $1", [old]);
  expect(await titles(ada, 'maregraphe')).toEqual(['Récent', 'Ancien']);
  expect(await titles(ada, 'maregraphe', { spaceId })).toEqual(['Ancien']);
  expect(await titles(ada, 'maregraphe', { ownerId: ben.person.uid })).toEqual(['Récent']);
  expect(await titles(ada, 'maregraphe', { since: '2021-01-01T00:00:00Z' })).toEqual(['Récent']);
  expect(await titles(ada, 'maregraphe', { spaceId: other, ownerId: ada.person.uid })).toEqual([]);
});

test.each([
  "'; drop table docs.text; --",
  "a & | ! <-> 'b",
  '%',
  '\\',
  ':*',
  'la le les',
  '(((',
  'و',
  '\u{1f600}',
  'x'.repeat(200),
])('any text is a question: %s', async (q) => {
  await ask(ada, q);
});

import { grant, revoke } from '@parvis/access/grants';
import { checkTask, listMyTasks } from '@parvis/contract/doc-tasks';
import { blocksOf } from '@parvis/document/read-blocks';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docs } from '../service.ts';
import { block, Library } from '../testing/library.ts';

let house: House;
let second: Served;
let library: Library;
let ada: Visitor;
let ben: Visitor;
let stranger: Visitor;
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([docs]);
  second = await house.another(docs);
  library = new Library(house);
  [ada, ben, stranger] = [await house.person(), await house.person(), await house.person()];
  spaceId = (await house.space({ owner: ada, members: [ben] })).uid;
});
afterAll(async () => {
  library?.close();
  await second?.close();
  await house?.stop();
});

const task = (id: string, text: string, more = {}) =>
  block(id, 'task', text, { assignee: ben.person.uid, ...more });
const mine = async (who: Visitor) =>
  (await who.call(listMyTasks, {})).tasks.map(({ text, due, checked }) => [text, due, checked]);

test('my tasks of all documents come by due date; a bad date is none; strangers and removed people have none', async () => {
  await library.add(ada, spaceId, 'Réunion', [
    task('t1', 'Relire', { due: '2026-12-24' }),
    task('t2', 'Sans date', { due: '2026-02-31' }),
    task('t3', 'De Ada', { assignee: ada.person.uid }),
    task('t4', 'Faite', { checked: true, due: '2026-01-01' }),
  ]);
  const outside = (await house.space({ owner: ada })).uid;
  const other = await library.add(ada, outside, 'Ailleurs', [task('t1', 'Envoyer', { due: '2026-12-01' })]);
  await library.indexed();
  const own = [
    ['Relire', '2026-12-24', false],
    ['Sans date', null, false],
    ['Faite', '2026-01-01', true],
  ];
  expect(await mine(ben)).toEqual(own);
  await grant(house.db, { resourceUid: other, subjectId: ben.person.id, role: 'reader' }, ada.person.id);
  expect(await mine(ben)).toEqual([['Envoyer', '2026-12-01', false], ...own]);
  await revoke(house.db, other, ben.person.id);
  expect(await mine(ben)).toEqual(own);
  expect(await mine(stranger)).toEqual([]);
});

test('a task that is checked from the list is so in the text at once, for people at both processes, and on disk', async () => {
  const id = await library.add(ada, spaceId, 'Suivi', [
    block('b0', 'paragraph', 'avant'),
    task('c1', 'Appeler'),
  ]);
  await library.indexed();
  const a = await library.edit(ada, id);
  const b = await library.edit(ada, id, second.url);
  const checked = (one: typeof a) => blocksOf(one.doc).find((each) => each.id === 'c1')?.props.checked;
  expect(checked(a)).toBe(false);
  expect(await ben.call(checkTask, { documentId: id, blockId: 'c1', checked: true })).toEqual({
    checked: true,
  });
  await a.until('checked', () => checked(a) === true);
  await b.until('checked', () => checked(b) === true);
  expect(blocksOf(a.doc)).toHaveLength(2);
  expect(checked(await library.edit(ben, id))).toBe(true);
  // At once, before the index has read the text again.
  expect((await mine(ben)).find(([text]) => text === 'Appeler')).toEqual(['Appeler', null, true]);
  await library.indexed();
  expect((await mine(ben)).find(([text]) => text === 'Appeler')).toEqual(['Appeler', null, true]);
  await ben.call(checkTask, { documentId: id, blockId: 'c1', checked: false });
  await a.until('open again', () => checked(a) === false);
  const [last] = await house.db.query<{ person: number }>(
    `select u.person_id as person from docs.update u join docs.document d on d.resource_id = u.document_id
      where d.uid = $1 order by seq desc limit 1`,
    [id],
  );
  expect(last?.person).toBe(ben.person.id);
});

test('a reader checks nothing, a stranger finds nothing, and what is no task is not found', async () => {
  const id = await library.add(ada, spaceId, 'Fermé', [block('b0', 'paragraph', 'texte'), task('c1', 'Non')]);
  const ask = (who: Visitor, blockId: string) =>
    who.call(checkTask, { documentId: id, blockId, checked: true });
  await expect(ask(stranger, 'c1')).rejects.toMatchObject({ code: 'not-found' });
  await grant(house.db, { resourceUid: id, subjectId: stranger.person.id, role: 'commenter' }, ada.person.id);
  await expect(ask(stranger, 'c1')).rejects.toMatchObject({ code: 'not-allowed' });
  for (const blockId of ['b0', 'none', "'"])
    await expect(ask(ben, blockId)).rejects.toMatchObject({ code: 'not-found' });
});

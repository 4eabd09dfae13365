import { grant } from '@parvis/access/grants';
import { auditEntries } from '@parvis/access/audit';
import { createResource, type ResourceKind } from '@parvis/access/tree';
import {
  find,
  getResource,
  listChildren,
  listRecent,
  listTrash,
  moveResource,
  renameResource,
  restoreResource,
  trashResource,
} from '@parvis/contract/directory';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aDirectory, type DirectoryHouse } from '../directory.kit.ts';

let at: DirectoryHouse;
let alice: Visitor;
let bob: Visitor;
let stranger: Visitor;
let spaceId: string;

beforeAll(async () => {
  at = await aDirectory();
  [alice, bob, stranger] = [await at.house.person(), await at.house.person(), await at.house.person()];
});
afterAll(() => at?.stop());
beforeEach(async () => {
  spaceId = (await at.house.space({ owner: alice, members: [bob] })).uid;
});

const make = async (title: string, parentUid: string, kind: ResourceKind = 'folder', by = alice) =>
  (await createResource(at.house.db, { kind, title, ownerId: by.person.id, parentUid })).uid;
const notFound = { code: 'not-found' };

test('a thing comes with its place and what the one who asks may do; a stranger learns nothing', async () => {
  const folder = await make('Plan', spaceId);
  const file = await make('carte.pdf', folder, 'file');
  const { resource, path } = await bob.call(getResource, { id: file });
  expect(resource).toMatchObject({ kind: 'file', role: 'editor', spaceId, parentId: folder });
  expect(resource.abilities).toMatchObject({ edit: true, manage: false });
  expect(path.map(({ id }) => id)).toEqual([spaceId, folder]);
  await expect(stranger.call(getResource, { id: file })).rejects.toMatchObject(notFound);
  await expect(stranger.call(listChildren, { id: folder })).rejects.toMatchObject(notFound);
  await expect(stranger.call(renameResource, { id: file, title: 'x' })).rejects.toMatchObject(notFound);
  await expect(stranger.call(moveResource, { id: file, parentId: spaceId })).rejects.toMatchObject(notFound);
  await expect(stranger.call(trashResource, { id: file })).rejects.toMatchObject(notFound);
  await expect(stranger.call(restoreResource, { id: file })).rejects.toMatchObject(notFound);
  expect((await stranger.call(find, { q: 'carte' })).resources).toEqual([]);
});

test('children come in pages, in the order people count, by kind, and nothing is lost between pages', async () => {
  for (const number of [10, 2, 1, 11, 3]) await make(`Lot ${number}`, spaceId);
  await make('Notes', spaceId, 'document');
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await bob.call(listChildren, {
      id: spaceId,
      limit: 2,
      kind: 'folder',
      ...(after && { after }),
    });
    seen.push(...page.resources.map(({ title }) => title));
    after = page.next ?? undefined;
  } while (after);
  expect(seen).toEqual(['Lot 1', 'Lot 2', 'Lot 3', 'Lot 10', 'Lot 11']);
  for (const bad of ['garbage', Buffer.from('[1,2]').toString('base64url')])
    await expect(bob.call(listChildren, { id: spaceId, after: bad })).rejects.toMatchObject({
      code: 'bad-cursor',
    });
});

test('found by a part of the name without accents, in Arabic too, and people with them', async () => {
  await make('Étude des sédiments', spaceId, 'document');
  await make('محضر الإدارة', spaceId, 'document');
  expect((await bob.call(find, { q: 'etude' })).resources[0]?.title).toBe('Étude des sédiments');
  expect((await bob.call(find, { q: 'الاداره' })).resources[0]?.title).toBe('محضر الإدارة');
  const named = await at.house.person({ name: 'Zoé Lefèvre' });
  expect((await bob.call(find, { q: 'lefevre' })).people[0]?.id).toBe(named.person.uid);
  for (const q of ["'; drop table access.resource; --", '%', '_', '\\'])
    expect((await bob.call(find, { q })).resources).toEqual([]);
});

test('the newest of what one sees comes first', async () => {
  const one = await make('One', spaceId, 'document');
  const two = await make('Two', spaceId, 'document');
  await at.house.db.query("update access.resource set updated_at = now() + interval '1 h' where uid = $1", [
    one,
  ]);
  const { resources } = await bob.call(listRecent, { kind: 'document', limit: 2 });
  expect(resources.map(({ id }) => id)).toEqual([one, two]);
  expect((await stranger.call(listRecent, {})).resources).toEqual([]);
});

test('an editor renames what lies in a folder, not the space; the journal says who', async () => {
  const file = await make('a.txt', spaceId, 'file');
  expect(await bob.call(renameResource, { id: file, title: 'b.txt' })).toMatchObject({ title: 'b.txt' });
  await expect(bob.call(renameResource, { id: spaceId, title: 'Mine' })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  for (const title of ['', '\u202efdp.exe', 'x'.repeat(10_000)])
    await expect(bob.call(renameResource, { id: file, title })).rejects.toMatchObject({ code: 'bad-input' });
  const [entry] = await auditEntries(at.house.db, { actorId: bob.person.id, limit: 1 });
  expect(entry?.action).toBe('file.renamed');
});

test('an editor tidies up inside a space; taking a thing where others see it needs its manager', async () => {
  const folder = await make('Folder', spaceId);
  const file = await make('file', spaceId, 'file');
  expect(await bob.call(moveResource, { id: file, parentId: folder })).toMatchObject({ parentId: folder });
  const other = (await at.house.space({ owner: bob })).uid;
  await expect(bob.call(moveResource, { id: file, parentId: other })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  const guarded = await make('Guarded', spaceId);
  await grant(
    at.house.db,
    { resourceUid: guarded, subjectId: stranger.person.id, role: 'reader' },
    alice.person.id,
  );
  await expect(bob.call(moveResource, { id: file, parentId: guarded })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  await alice.call(moveResource, { id: file, parentId: guarded });
  await stranger.call(getResource, { id: file });
});

test('no circles, nothing into a file, no channel and no space moves', async () => {
  const folder = await make('Outer', spaceId);
  const inner = await make('Inner', folder);
  const file = await make('file', spaceId, 'file');
  const channel = await make('general', spaceId, 'channel');
  await expect(alice.call(moveResource, { id: folder, parentId: inner })).rejects.toMatchObject({
    code: 'cycle',
  });
  for (const [id, parentId] of [
    [inner, file],
    [channel, folder],
    [spaceId, folder],
  ] as const)
    await expect(alice.call(moveResource, { id, parentId })).rejects.toMatchObject({ code: 'wrong-kind' });
});

test('the trash takes a folder with all in it, shows it once, and gives it back', async () => {
  const folder = await make('Old', spaceId);
  const file = await make('file', folder, 'file');
  await bob.call(trashResource, { id: folder });
  for (const id of [folder, file])
    await expect(bob.call(getResource, { id })).rejects.toMatchObject(notFound);
  expect((await bob.call(listTrash, {})).resources.map(({ id }) => id)).toEqual([folder]);
  expect((await stranger.call(listTrash, {})).resources).toEqual([]);
  await expect(bob.call(restoreResource, { id: file })).rejects.toMatchObject({ code: 'parent-in-trash' });
  expect(await bob.call(restoreResource, { id: folder })).toMatchObject({ trashedAt: null });
  await bob.call(getResource, { id: file });
  await expect(bob.call(trashResource, { id: spaceId })).rejects.toMatchObject({ code: 'not-allowed' });
  await alice.call(trashResource, { id: spaceId });
  await expect(bob.call(getResource, { id: file })).rejects.toMatchObject(notFound);
});

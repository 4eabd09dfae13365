import { aDatabase, type TestDatabase } from '@parvis/testing/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from './db.ts';
import { grant, revoke } from './grants.ts';
import { children, newest, trashed } from './lists.ts';
import { checkMove, move, remove, restore, trash } from './moving.ts';
import { type Actor, actorOf, createPerson } from './people.ts';
import { breadcrumbs, load, role, whoCanRead } from './read.ts';
import { scopeOf } from './scope.ts';
import { createResource, depthMax, type NewResource, rename } from './tree.ts';

let database: TestDatabase;
let alice: Actor;
let bob: Actor;
let stranger: Actor;

const member = async (name: string) =>
  actorOf(await createPerson(database.db, { email: `${name}@example.org`, name, kind: 'member' }));
const make = (wanted: Omit<NewResource, 'ownerId'>) =>
  createResource(database.db, { ownerId: alice.id, ...wanted });
const inTransaction = <T>(work: Parameters<typeof transaction<T>>[1]) => transaction(database.pool, work);

beforeAll(async () => {
  database = await aDatabase();
  [alice, bob, stranger] = [await member('alice'), await member('bob'), await member('stranger')];
});
afterAll(() => database.drop());

test('a stranger gets the same answer as for what does not exist', async () => {
  const space = await make({ kind: 'space', title: 'Cabinet' });
  expect(await load(database.db, alice, space.uid)).toMatchObject({ title: 'Cabinet', role: 'owner' });
  expect(await load(database.db, stranger, space.uid)).toBeNull();
  expect(await load(database.db, stranger, '00000000-0000-7000-8000-000000000000')).toBeNull();
  expect(await load(database.db, alice, "'; drop table access.resource --")).toBeNull();
  expect(await load(database.db, null, space.uid)).toBeNull();
  expect(await children(database.db, stranger, space.uid, { limit: 10 })).toEqual([]);
  expect(await breadcrumbs(database.db, stranger, space.uid)).toEqual([]);
});

test('a thing loaded as another kind is not there', async () => {
  const space = await make({ kind: 'space', title: 'Kinds' });
  expect(await load(database.db, alice, space.uid, { kind: 'document' })).toBeNull();
  expect(await load(database.db, alice, space.uid, { kind: 'space' })).not.toBeNull();
});

test('what a child adds only widens what it inherits', async () => {
  const space = await make({ kind: 'space', title: 'Widening' });
  const folder = await make({ kind: 'folder', title: 'F', parentUid: space.uid });
  const document = await make({ kind: 'document', title: 'D', parentUid: folder.uid });
  await grant(database.db, { resourceUid: space.uid, subjectId: bob.id, role: 'editor' }, alice.id);
  await grant(database.db, { resourceUid: folder.uid, subjectId: bob.id, role: 'reader' }, alice.id);
  expect(await role(database.db, bob, document.uid)).toBe('editor');
  await grant(database.db, { resourceUid: document.uid, subjectId: bob.id, role: 'manager' }, alice.id);
  expect(await role(database.db, bob, document.uid)).toBe('manager');
  expect(await role(database.db, bob, folder.uid)).toBe('editor');
  await revoke(database.db, space.uid, bob.id);
  expect(await role(database.db, bob, space.uid)).toBeNull();
  expect(await role(database.db, bob, folder.uid)).toBe('reader');
  expect((await breadcrumbs(database.db, bob, document.uid)).map((row) => row.title)).toEqual(['F', 'D']);
});

test('a private channel is shown in its space to those who may see it, and to no other member', async () => {
  const space = await make({ kind: 'space', title: 'With private' });
  await grant(database.db, { resourceUid: space.uid, subjectId: bob.id, role: 'manager' }, alice.id);
  await make({ kind: 'channel', title: 'open', parentUid: space.uid });
  const hidden = await make({ kind: 'channel', title: 'secret', spaceUid: space.uid, private: true });
  expect(hidden).toMatchObject({ parentId: null, spaceUid: space.uid, topId: hidden.id });
  const titles = async (actor: Actor) =>
    (await children(database.db, actor, space.uid, { limit: 10, privateTrees: true })).map(
      (row) => row.title,
    );
  expect(await titles(alice)).toEqual(['open', 'secret']);
  expect(await titles(bob)).toEqual(['open']);
  await trash(database.db, space.uid, alice.id);
  expect(await load(database.db, alice, hidden.uid)).toBeNull();
  await expect(restore(database.db, hidden.uid)).rejects.toMatchObject({ code: 'parent-in-trash' });
  await restore(database.db, space.uid);
  expect(await load(database.db, alice, hidden.uid)).not.toBeNull();
});

test('trashing a folder hides everything below it, and restoring brings back just that', async () => {
  const space = await make({ kind: 'space', title: 'Trash' });
  const folder = await make({ kind: 'folder', title: 'F', parentUid: space.uid });
  const inner = await make({ kind: 'folder', title: 'inner', parentUid: folder.uid });
  const leaf = await make({ kind: 'file', title: 'leaf', parentUid: inner.uid });
  const early = await make({ kind: 'file', title: 'trashed before', parentUid: folder.uid });
  await grant(database.db, { resourceUid: space.uid, subjectId: bob.id, role: 'commenter' }, alice.id);
  await trash(database.db, early.uid, alice.id);
  await trash(database.db, folder.uid, alice.id);
  for (const { uid } of [folder, inner, leaf]) expect(await load(database.db, alice, uid)).toBeNull();
  expect((await newest(database.db, alice, { limit: 50 })).map((row) => row.title)).not.toContain('leaf');
  expect(await whoCanRead(database.db, leaf.id)).toEqual([]);
  expect(await load(database.db, alice, leaf.uid, { trashed: true })).toMatchObject({ role: 'owner' });
  expect(await load(database.db, bob, leaf.uid, { trashed: true })).toBeNull();
  const inTrash = async () =>
    (await trashed(database.db, alice, { limit: 10 })).map((row) => row.title).sort();
  expect(await inTrash()).toEqual(['F', 'trashed before']);
  expect(await trashed(database.db, bob, { limit: 10 })).toEqual([]);
  await expect(make({ kind: 'file', title: 'new', parentUid: inner.uid })).rejects.toMatchObject({
    code: 'parent-missing',
  });
  await expect(restore(database.db, inner.uid)).rejects.toMatchObject({ code: 'parent-in-trash' });
  await restore(database.db, folder.uid);
  expect(await load(database.db, alice, leaf.uid)).not.toBeNull();
  expect(await load(database.db, alice, early.uid)).toBeNull();
  await expect(restore(database.db, folder.uid)).rejects.toMatchObject({ code: 'not-in-trash' });
});

test('removing says everything that went, links and grants with it', async () => {
  const space = await make({ kind: 'space', title: 'Remove' });
  const folder = await make({ kind: 'folder', title: 'F', parentUid: space.uid });
  const file = await make({ kind: 'file', title: 'a', parentUid: folder.uid });
  await grant(database.db, { resourceUid: file.uid, subjectId: bob.id, role: 'reader' }, alice.id);
  const hidden = await make({ kind: 'channel', title: 'p', spaceUid: space.uid, private: true });
  const removed = await remove(database.db, space.uid);
  expect(new Set(removed.map(({ uid }) => uid))).toEqual(
    new Set([space, folder, file, hidden].map(({ uid }) => uid)),
  );
  expect(await load(database.db, alice, file.uid)).toBeNull();
  const scope = await scopeOf(database.db, bob);
  expect([...scope.tops, ...scope.extra]).not.toContain(file.id);
});

test('a move needs a manager of the moved and an editor of the target', async () => {
  const [from, to] = [
    await make({ kind: 'space', title: 'From' }),
    await make({ kind: 'space', title: 'To' }),
  ];
  const folder = await make({ kind: 'folder', title: 'F', parentUid: from.uid });
  const file = await make({ kind: 'file', title: 'a', parentUid: folder.uid });
  await grant(database.db, { resourceUid: from.uid, subjectId: bob.id, role: 'editor' }, alice.id);
  await expect(checkMove(database.db, bob, folder.uid, to.uid)).rejects.toMatchObject({
    code: 'not-allowed',
  });
  await grant(database.db, { resourceUid: folder.uid, subjectId: bob.id, role: 'manager' }, alice.id);
  await expect(checkMove(database.db, bob, folder.uid, to.uid)).rejects.toMatchObject({ code: 'not-found' });
  await grant(database.db, { resourceUid: to.uid, subjectId: bob.id, role: 'editor' }, alice.id);
  await inTransaction(async (db) => {
    await checkMove(db, bob, folder.uid, to.uid);
    await move(db, folder.uid, to.uid);
  });
  expect(await load(database.db, alice, file.uid)).toMatchObject({ topId: to.id, spaceUid: to.uid });
});

test('nothing moves below itself, also when two halves of a circle move at once', async () => {
  const space = await make({ kind: 'space', title: 'Circles' });
  const [a, b] = [
    await make({ kind: 'folder', title: 'a', parentUid: space.uid }),
    await make({ kind: 'folder', title: 'b', parentUid: space.uid }),
  ];
  const below = await make({ kind: 'folder', title: 'below a', parentUid: a.uid });
  const belowB = await make({ kind: 'folder', title: 'below b', parentUid: b.uid });
  await expect(move(database.db, a.uid, below.uid)).rejects.toMatchObject({ code: 'cycle' });
  await expect(move(database.db, a.uid, a.uid)).rejects.toMatchObject({ code: 'cycle' });
  await expect(move(database.db, space.uid, a.uid)).rejects.toMatchObject({ code: 'not-movable' });
  const both = await Promise.allSettled([
    inTransaction((db) => move(db, a.uid, belowB.uid)),
    inTransaction((db) => move(db, b.uid, below.uid)),
  ]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(both.find((each) => each.status === 'rejected')).toMatchObject({ reason: { code: 'cycle' } });
});

test('a child made while its folder moves away gets the labels of where the folder is', async () => {
  const [from, to] = [
    await make({ kind: 'space', title: 'From' }),
    await make({ kind: 'space', title: 'To' }),
  ];
  const folder = await make({ kind: 'folder', title: 'F', parentUid: from.uid });
  for (let round = 0; round < 10; round++) {
    const target = round % 2 ? from : to;
    const [, child] = await Promise.all([
      inTransaction((db) => move(db, folder.uid, target.uid)),
      inTransaction((db) =>
        createResource(db, { kind: 'file', title: 'x', ownerId: alice.id, parentUid: folder.uid }),
      ),
    ]);
    expect(await load(database.db, alice, child.uid)).toMatchObject({
      topId: target.id,
      accessId: target.id,
    });
  }
});

test('a tree is no deeper than its limit, neither by making nor by moving', async () => {
  const space = await make({ kind: 'space', title: 'Deep' });
  let last = space;
  for (let level = 2; level <= depthMax; level++) {
    last = await make({ kind: 'folder', title: `level ${level}`, parentUid: last.uid });
  }
  await expect(make({ kind: 'file', title: 'too deep', parentUid: last.uid })).rejects.toMatchObject({
    code: 'too-deep',
  });
  const folder = await make({ kind: 'folder', title: 'flat', parentUid: space.uid });
  await expect(move(database.db, folder.uid, last.uid)).rejects.toMatchObject({ code: 'too-deep' });
});

test('a folder lists as people count, page by page, and forgets nothing when titles are equal', async () => {
  const space = await make({ kind: 'space', title: 'Pages' });
  const titles = ['Annexe 10', 'annexe 2', 'Étude', 'etude', 'Zèbre', 'إدارة', 'Annexe 2'];
  for (const title of titles) await make({ kind: 'document', title, parentUid: space.uid });
  const seen: string[] = [];
  let after: string | undefined;
  const { cursorOf } = await import('./lists.ts');
  for (let page = 0; page < 5; page++) {
    const rows = await children(database.db, alice, space.uid, { limit: 2, ...(after ? { after } : {}) });
    seen.push(...rows.map((row) => row.title));
    const last = rows.at(-1);
    if (!last) break;
    after = cursorOf(last);
  }
  expect(seen).toHaveLength(titles.length);
  expect(new Set(seen)).toEqual(new Set(titles));
  expect(seen.indexOf('Annexe 10')).toBeGreaterThan(seen.indexOf('Annexe 2'));
  expect(seen.indexOf('Étude')).toBeLessThan(seen.indexOf('Zèbre'));
  await expect(children(database.db, alice, space.uid, { limit: 2, after: 'e30' })).rejects.toMatchObject({
    code: 'bad-cursor',
  });
});

test('a hostile title is kept as it is', async () => {
  const title = `'); drop table access.resource; -- <script>alert(1)</script> \u202e`;
  const space = await make({ kind: 'space', title });
  await rename(database.db, space.uid, `${title}%_\\`);
  expect(await load(database.db, alice, space.uid)).toMatchObject({ title: `${title}%_\\` });
});

import { createGroup, addMember } from '@parvis/access/groups';
import { createResource } from '@parvis/access/tree';
import { getResource } from '@parvis/contract/directory';
import { createLink, listReasons, share, unshare } from '@parvis/contract/sharing';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aDirectory, type DirectoryHouse } from '../directory.kit.ts';

let at: DirectoryHouse;
let alice: Visitor;
let bob: Visitor;
let carol: Visitor;
let spaceId: string;
let id: string;

beforeAll(async () => {
  at = await aDirectory();
  [alice, bob, carol] = [await at.house.person(), await at.house.person(), await at.house.person()];
});
afterAll(() => at?.stop());
beforeEach(async () => {
  spaceId = (await at.house.space({ owner: alice, members: [bob], name: 'Estuary' })).uid;
  const wanted = { kind: 'folder', title: 'Plan', ownerId: alice.person.id, parentUid: spaceId } as const;
  id = (await createResource(at.house.db, wanted)).uid;
});

const opens = (who: Visitor, link?: string) =>
  who.call(getResource, { id, ...(link ? { link } : {}) }).then(
    ({ resource }) => resource.role,
    (error: { code: string }) => error.code,
  );

test('who sees a thing, and why, is told with the thing that carries the right', async () => {
  await alice.call(share, { id, subjectKind: 'person', subjectId: carol.person.uid, role: 'commenter' });
  const { reasons } = await bob.call(listReasons, { id });
  expect(
    reasons.map(({ person, role, inherited, from }) => [person?.id, role, inherited, from.title]),
  ).toEqual([
    [carol.person.uid, 'commenter', false, 'Plan'],
    [alice.person.uid, 'owner', true, 'Estuary'],
    [bob.person.uid, 'editor', true, 'Estuary'],
  ]);
  // Carol sees the folder only: what is above has no name for her.
  const carols = await carol.call(listReasons, { id });
  expect(carols.reasons.every(({ from }) => from.title === 'Plan')).toBe(true);
  const stranger = await at.house.person();
  await expect(stranger.call(listReasons, { id })).rejects.toMatchObject({ code: 'not-found' });
});

test('shared with a person, a group and everyone; taken away again it is gone at the next request', async () => {
  const group = await createGroup(at.house.db, `Group ${id}`);
  await addMember(at.house.db, group.id, carol.person.id);
  for (const [subjectKind, subjectId, back] of [
    ['person', carol.person.uid, carol.person.uid],
    ['group', group.uid, group.uid],
    ['everyone', null, 'all'],
  ] as const) {
    expect(await opens(carol)).toBe('not-found');
    await alice.call(share, { id, subjectKind, subjectId, role: 'reader' });
    expect(await opens(carol)).toBe('reader');
    await alice.call(unshare, { id, subjectKind, subjectId: back });
    expect(await opens(carol)).toBe('not-found');
  }
});

test('only managers share, nobody gives more than they may, and a person may give up what they have', async () => {
  const wanted = { id, subjectKind: 'person', subjectId: carol.person.uid } as const;
  await expect(bob.call(share, { ...wanted, role: 'reader' })).rejects.toMatchObject({ code: 'not-allowed' });
  await alice.call(share, { id, subjectKind: 'person', subjectId: bob.person.uid, role: 'manager' });
  await expect(bob.call(share, { ...wanted, role: 'owner' })).rejects.toMatchObject({ code: 'not-allowed' });
  await bob.call(share, { ...wanted, role: 'reader' });
  await expect(
    alice.call(share, { id, subjectKind: 'everyone', subjectId: null, role: 'manager' }),
  ).rejects.toMatchObject({ code: 'role-too-high' });
  await expect(alice.call(share, { ...wanted, subjectId: spaceId, role: 'reader' })).rejects.toMatchObject({
    code: 'unknown-subject',
  });
  await carol.call(unshare, { id, subjectKind: 'person', subjectId: carol.person.uid });
  expect(await opens(carol)).toBe('not-found');
});

test('a right with an end is over at its end', async () => {
  const expiresAt = new Date(Date.now() + 400).toISOString();
  await alice.call(share, {
    id,
    subjectKind: 'person',
    subjectId: carol.person.uid,
    role: 'reader',
    expiresAt,
  });
  await expect.poll(() => opens(carol), { timeout: 3_000 }).toBe('not-found');
  await expect(
    alice.call(share, {
      id,
      subjectKind: 'person',
      subjectId: carol.person.uid,
      role: 'reader',
      expiresAt: '2020-01-01T00:00:00Z',
    }),
  ).rejects.toMatchObject({ code: 'ends-in-past' });
});

test('a link opens the thing to who holds it, as far as it reaches, until it is taken back', async () => {
  const { secret, linkId, reasons } = await alice.call(createLink, { id, reach: 'members' });
  expect(reasons.some((one) => one.subjectKind === 'link' && one.subjectId === linkId)).toBe(true);
  expect(JSON.stringify(reasons)).not.toContain(secret);
  expect(await opens(carol, secret)).toBe('reader');
  expect(await opens(carol)).toBe('not-found');
  expect(await opens(carol, 'x'.repeat(32))).toBe('not-found');
  const guest = await at.house.person({ kind: 'guest' });
  expect(await opens(guest, secret)).toBe('expired-link');
  await alice.call(unshare, { id, subjectKind: 'link', subjectId: linkId });
  expect(await opens(carol, secret)).toBe('not-found');
});

test('a link past its end says so; no links to spaces; another thing’s link is not taken back here', async () => {
  const made = await alice.call(createLink, {
    id,
    reach: 'public',
    role: 'commenter',
    expiresAt: new Date(Date.now() + 300).toISOString(),
  });
  await expect.poll(() => opens(carol, made.secret), { timeout: 3_000 }).toBe('expired-link');
  await expect(alice.call(createLink, { id: spaceId, reach: 'members' })).rejects.toMatchObject({
    code: 'wrong-kind',
  });
  await expect(
    alice.call(unshare, { id: spaceId, subjectKind: 'link', subjectId: made.linkId }),
  ).rejects.toMatchObject({ code: 'not-found' });
});

import { auditEntries } from '@parvis/access/audit';
import { grant } from '@parvis/access/grants';
import { addMember, createGroup } from '@parvis/access/groups';
import { createResource } from '@parvis/access/tree';
import {
  createSpace,
  getResource,
  getSpace,
  inviteToSpace,
  listMembers,
  listSpaces,
  removeFromSpace,
} from '@parvis/contract/directory';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDirectory, type DirectoryHouse } from '../directory.kit.ts';

let at: DirectoryHouse;
let alice: Visitor;
let bob: Visitor;
let carol: Visitor;

beforeAll(async () => {
  at = await aDirectory();
  [alice, bob, carol] = [await at.house.person(), await at.house.person(), await at.house.person()];
});
afterAll(() => at?.stop());

const actions = async () =>
  (await auditEntries(at.house.db, { limit: 20 })).map(({ action, actorId }) => `${action} ${actorId}`);

test('whoever opens a space owns it, and it is in their list only', async () => {
  const space = await alice.call(createSpace, { name: 'مرصد السواحل', description: 'Tides' });
  expect(space).toMatchObject({
    kind: 'space',
    title: 'مرصد السواحل',
    description: 'Tides',
    role: 'owner',
    memberCount: 1,
    owner: { id: alice.person.uid },
  });
  expect((await alice.call(listSpaces, {})).spaces.map(({ id }) => id)).toContain(space.id);
  expect((await bob.call(listSpaces, {})).spaces).toEqual([]);
  expect(await actions()).toContain(`space.created ${alice.person.id}`);
});

test('a stranger is told nothing, not even that the space exists', async () => {
  const { id } = await alice.call(createSpace, { name: 'Closed' });
  const missing = '5eed0000-0000-4000-8000-00000000dead';
  for (const space of [id, missing, 'not-an-id']) {
    await expect(bob.call(getSpace, { id: space })).rejects.toMatchObject({ code: 'not-found' });
    await expect(bob.call(listMembers, { id: space })).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      bob.call(inviteToSpace, { id: space, personId: bob.person.uid, role: 'manager' }),
    ).rejects.toMatchObject({ code: 'not-found' });
    await expect(bob.call(removeFromSpace, { id: space, personId: alice.person.uid })).rejects.toMatchObject({
      code: 'not-found',
    });
  }
});

test('an invited member sees the space at once; an editor may not invite', async () => {
  const { id } = await alice.call(createSpace, { name: 'Open' });
  const member = await alice.call(inviteToSpace, { id, personId: bob.person.uid });
  expect(member).toMatchObject({ person: { id: bob.person.uid }, role: 'editor', byGroup: null });
  expect(await bob.call(getSpace, { id })).toMatchObject({ role: 'editor', memberCount: 2 });
  await expect(bob.call(inviteToSpace, { id, personId: carol.person.uid })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  const { members } = await bob.call(listMembers, { id });
  expect(members.map(({ person, role }) => [person.id, role])).toEqual([
    [alice.person.uid, 'owner'],
    [bob.person.uid, 'editor'],
  ]);
});

test('a manager may not take the owner’s ownership', async () => {
  const { id } = await alice.call(createSpace, { name: 'Managed' });
  await alice.call(inviteToSpace, { id, personId: bob.person.uid, role: 'manager' });
  await bob.call(inviteToSpace, { id, personId: carol.person.uid });
  await expect(
    bob.call(inviteToSpace, { id, personId: alice.person.uid, role: 'reader' }),
  ).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(bob.call(removeFromSpace, { id, personId: alice.person.uid })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  await expect(alice.call(removeFromSpace, { id, personId: alice.person.uid })).rejects.toMatchObject({
    code: 'last-owner',
  });
});

test('who is removed sees nothing of the space any more: not what was shared apart, nor what was private in it', async () => {
  const { id } = await alice.call(createSpace, { name: 'Leaving' });
  await alice.call(inviteToSpace, { id, personId: bob.person.uid });
  const { db } = at.house;
  const owned = (by: Visitor, more: object) =>
    createResource(db, { kind: 'folder', title: 'F', ownerId: by.person.id, ...more });
  const inner = await owned(alice, { parentUid: id });
  const give = (uid: string, to: Visitor) =>
    grant(db, { resourceUid: uid, subjectId: to.person.id, role: 'editor' }, alice.person.id);
  await give(inner.uid, bob);
  const shared = await owned(bob, { spaceUid: id, private: true });
  await give(shared.uid, carol);
  const alone = await owned(bob, { spaceUid: id, private: true });
  await alice.call(removeFromSpace, { id, personId: bob.person.uid });
  for (const gone of [id, inner.uid, shared.uid, alone.uid])
    await expect(bob.call(getResource, { id: gone })).rejects.toMatchObject({ code: 'not-found' });
  // Nobody loses what they shared with others: it goes on under somebody who was in it.
  expect((await carol.call(getResource, { id: shared.uid })).resource.role).toBe('owner');
  await expect(alice.call(getResource, { id: shared.uid })).rejects.toMatchObject({ code: 'not-found' });
});

test('a member may leave; one who is in by a group is told that the group is why', async () => {
  const { id } = await alice.call(createSpace, { name: 'By group' });
  const group = await createGroup(at.house.db, `Group ${id}`);
  await addMember(at.house.db, group.id, carol.person.id);
  await grant(at.house.db, { resourceUid: id, subjectId: group.id, role: 'reader' }, alice.person.id);
  await alice.call(inviteToSpace, { id, personId: bob.person.uid });
  const { members } = await alice.call(listMembers, { id });
  expect(members.find(({ person }) => person.id === carol.person.uid)).toMatchObject({
    role: 'reader',
    byGroup: group.name,
  });
  await bob.call(removeFromSpace, { id, personId: bob.person.uid });
  await expect(bob.call(getSpace, { id })).rejects.toMatchObject({ code: 'not-found' });
  for (const who of [alice, carol]) {
    await expect(who.call(removeFromSpace, { id, personId: carol.person.uid })).rejects.toMatchObject({
      code: 'member-by-group',
    });
  }
});

test('a guest opens no space and invites nobody, but may leave', async () => {
  const guest = await at.house.person({ kind: 'guest' });
  const { id } = await alice.call(createSpace, { name: 'With guest' });
  await alice.call(inviteToSpace, { id, personId: guest.person.uid, role: 'editor' });
  await expect(
    alice.call(inviteToSpace, { id, personId: guest.person.uid, role: 'manager' }),
  ).rejects.toMatchObject({ code: 'role-too-high' });
  await expect(guest.call(createSpace, { name: 'Mine' })).rejects.toMatchObject({
    code: 'guest-not-allowed',
  });
  await expect(guest.call(inviteToSpace, { id, personId: bob.person.uid })).rejects.toMatchObject({
    code: 'guest-not-allowed',
  });
  await guest.call(removeFromSpace, { id, personId: guest.person.uid });
});

test('names and descriptions: script and SQL are text, disguises and excess are refused', async () => {
  const odd = `<script>alert(1)</script>'; drop table access.person; --`;
  const space = await alice.call(createSpace, { name: odd, description: odd });
  expect(space).toMatchObject({ title: odd, description: odd });
  for (const name of ['', '   ', 'x'.repeat(10_000), '\u202egnp.exe', 'a\u0000b', 'a\nb']) {
    await expect(alice.call(createSpace, { name })).rejects.toMatchObject({ code: 'bad-input' });
  }
  await expect(alice.call(createSpace, { name: 'ok', description: 'a\u0000b' })).rejects.toMatchObject({
    code: 'bad-input',
  });
});

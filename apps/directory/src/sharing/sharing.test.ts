import { createGroup, addMember } from '@parvis/access/groups';
import { createResource } from '@parvis/access/tree';
import { getResource } from '@parvis/contract/directory';
import { changeLink, createLink, listReasons, openLink, share, unshare } from '@parvis/contract/sharing';
import { Visitor } from '@parvis/testing/house';
import { soon } from '@parvis/testing/soon';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
  const given = { id, subjectKind: 'person', subjectId: carol.person.uid, role: 'reader' } as const;
  await soon(async (expiresAt) => {
    await alice.call(share, { ...given, expiresAt });
    return (await opens(carol)) === 'reader';
  });
  await expect.poll(() => opens(carol)).toBe('not-found');
  await expect(alice.call(share, { ...given, expiresAt: '2020-01-01T00:00:00Z' })).rejects.toMatchObject({
    code: 'ends-in-past',
  });
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
  const ends = { id, reach: 'public', role: 'commenter' } as const;
  let made = { secret: '', linkId: '' };
  await soon(async (expiresAt) => (made = await alice.call(createLink, { ...ends, expiresAt })));
  await expect.poll(() => opens(carol, made.secret)).toBe('expired-link');
  await expect(alice.call(createLink, { id: spaceId, reach: 'members' })).rejects.toMatchObject({
    code: 'wrong-kind',
  });
  await expect(
    alice.call(unshare, { id: spaceId, subjectKind: 'link', subjectId: made.linkId }),
  ).rejects.toMatchObject({ code: 'not-found' });
});

describe('a link with a password', () => {
  const password = 'marée haute 1912';
  const made = () => alice.call(createLink, { id, reach: 'members', role: 'commenter', password });

  test('opens nothing by its secret alone; given the password, a key stands for it', async () => {
    const { secret, linkId, reasons } = await made();
    expect(reasons.find((one) => one.subjectId === linkId)?.hasPassword).toBe(true);
    expect(await opens(carol, secret)).toBe('link-password-needed');
    await expect(carol.call(openLink, { secret })).rejects.toMatchObject({ code: 'link-password-needed' });
    await expect(carol.call(openLink, { secret, password: 'marée basse' })).rejects.toMatchObject({
      code: 'link-password-wrong',
    });
    // The same letters, written as letter and accent.
    const opened = await carol.call(openLink, { secret, password: password.normalize('NFD') });
    expect(opened.resource).toEqual({ id, kind: 'folder', title: 'Plan' });
    expect(opened.key).not.toBe(secret);
    expect(await opens(carol, opened.key)).toBe('commenter');
    const [kept] = await at.house.db.query<{ password_hash: string }>(
      'select password_hash from access.link where uid = $1',
      [linkId],
    );
    expect(kept?.password_hash).not.toContain('marée');
  });

  test('a new password ends the keys of the old one; without one the secret opens again', async () => {
    const { secret, linkId } = await made();
    const { key } = await carol.call(openLink, { secret, password });
    const change = { id, linkId, role: 'reader', expiresAt: null } as const;
    await alice.call(changeLink, { ...change, password: 'un autre mot' });
    expect(await opens(carol, key)).toBe('not-found');
    await alice.call(changeLink, { ...change, password: null });
    expect(await opens(carol, secret)).toBe('reader');
    await expect(bob.call(changeLink, change)).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(alice.call(changeLink, { ...change, id: spaceId })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('closes to tries after ten wrong ones, for the right one too, and for nobody else’s link', async () => {
    const { secret } = await made();
    const other = await made();
    for (let i = 0; i < 10; i += 1) {
      await expect(carol.call(openLink, { secret, password: `wrong ${i}` })).rejects.toMatchObject({
        code: 'link-password-wrong',
      });
    }
    await expect(carol.call(openLink, { secret, password })).rejects.toMatchObject({
      code: 'too-many-tries',
    });
    await expect(carol.call(openLink, { secret: other.secret, password })).resolves.toMatchObject({});
  });
});

test('a link is followed without an account when it is public, for reading; else it asks to sign in', async () => {
  const nobody = new Visitor(carol.person, '', at.house.urlOf);
  const members = await alice.call(createLink, { id, reach: 'members' });
  await expect(nobody.call(openLink, { secret: members.secret })).rejects.toMatchObject({
    code: 'no-session',
  });
  const open = await alice.call(createLink, { id, reach: 'public', role: 'editor' });
  expect(await nobody.call(openLink, { secret: open.secret })).toMatchObject({ role: 'reader' });
  expect(await carol.call(openLink, { secret: open.secret })).toMatchObject({ role: 'editor' });
  await expect(nobody.call(openLink, { secret: 'x'.repeat(32) })).rejects.toMatchObject({
    code: 'not-found',
  });
});

import { aDatabase, type TestDatabase } from '@parvis/testing/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from './db.ts';
import { checkMayGrant, everyoneId, grant, revoke } from './grants.ts';
import { createLink, linksOf, revokeLink } from './links.ts';
import { addMember, createGroup } from './groups.ts';
import { findByTitle, newest, sharedWithMe } from './lists.ts';
import { type Actor, actorOf, createPerson, findPeople, setDisabled } from './people.ts';
import { load, role, whoCanRead } from './read.ts';
import { reasons } from './reasons.ts';
import { createSession, findSession } from './sessions.ts';
import { createResource, type ResourceRow } from './tree.ts';

let database: TestDatabase;
let alice: Actor;
let bob: Actor;
let guest: Actor;
let space: ResourceRow;
let folder: ResourceRow;
let document: ResourceRow;
const tomorrow = () => new Date(Date.now() + 86_400_000);

beforeAll(async () => {
  database = await aDatabase();
  const { db } = database;
  const member = (name: string) => createPerson(db, { email: `${name}@example.org`, name, kind: 'member' });
  alice = actorOf(await member('Élise'));
  bob = actorOf(await member('Bob'));
  const partner = {
    email: 'partner@example.org',
    name: 'Partner',
    kind: 'guest' as const,
    endsAt: tomorrow(),
  };
  guest = actorOf(await createPerson(db, { ...partner, sponsorId: alice.id }));
  space = await createResource(db, { kind: 'space', title: 'Cabinet', ownerId: alice.id });
  folder = await createResource(db, {
    kind: 'folder',
    title: 'Dossier',
    ownerId: alice.id,
    parentUid: space.uid,
  });
  document = await createResource(db, {
    kind: 'document',
    title: 'Étude',
    ownerId: alice.id,
    parentUid: folder.uid,
  });
});
afterAll(() => database.drop());

const expireGrant = (subjectId: number) =>
  database.db.query(`update access.grant_ set expires_at = now() - interval '1 ms' where subject_id = $1`, [
    subjectId,
  ]);

test('a role that ends is gone the moment it ends', async () => {
  const { db } = database;
  await grant(
    db,
    { resourceUid: folder.uid, subjectId: bob.id, role: 'editor', expiresAt: tomorrow() },
    alice.id,
  );
  expect(await role(db, bob, document.uid)).toBe('editor');
  await expireGrant(bob.id);
  expect(await role(db, bob, document.uid)).toBeNull();
  expect(await newest(db, bob, { limit: 10 })).toEqual([]);
  const late = {
    resourceUid: folder.uid,
    subjectId: bob.id,
    role: 'reader',
    expiresAt: new Date(0),
  } as const;
  await expect(grant(db, late, alice.id)).rejects.toMatchObject({ code: 'ends-in-past' });
  await revoke(db, folder.uid, bob.id);
});

test('everyone means members: a guest is not among them, nor in the directory, nor above editor', async () => {
  const { db } = database;
  await grant(db, { resourceUid: folder.uid, subjectId: everyoneId, role: 'reader' }, alice.id);
  expect(await role(db, bob, document.uid)).toBe('reader');
  expect(await role(db, guest, document.uid)).toBeNull();
  expect(await whoCanRead(db, document.id)).not.toContain(guest.id);
  expect((await findPeople(db, bob, { text: 'elise', limit: 5 })).map(({ id }) => id)).toEqual([alice.id]);
  expect(await findPeople(db, guest, { text: 'elise', limit: 5 })).toEqual([]);
  const manager = { resourceUid: folder.uid, subjectId: guest.id, role: 'manager' } as const;
  await expect(grant(db, manager, alice.id)).rejects.toMatchObject({ code: 'role-too-high' });
  await revoke(db, folder.uid, everyoneId);
  expect(await role(db, bob, document.uid)).toBeNull();
});

test('a guest past their end, and anybody disabled, is nobody', async () => {
  const { db } = database;
  await grant(db, { resourceUid: folder.uid, subjectId: guest.id, role: 'editor' }, alice.id);
  const { cookie } = await createSession(db, { personId: guest.id, expiresAt: tomorrow() });
  expect(await role(db, guest, document.uid)).toBe('editor');
  expect((await sharedWithMe(db, guest, { limit: 5 })).map(({ uid }) => uid)).toEqual([folder.uid]);
  await setDisabled(db, guest.id, new Date());
  expect(await role(db, guest, document.uid)).toBeNull();
  await setDisabled(db, guest.id, null);
  expect(await findSession(db, cookie)).toMatchObject({ person: { id: guest.id, kind: 'guest' } });
  await db.query(`update access.person set ends_at = now() - interval '1 ms' where subject_id = $1`, [
    guest.id,
  ]);
  expect(await role(db, guest, document.uid)).toBeNull();
  expect(await findSession(db, cookie)).toBeNull();
  await db.query('update access.person set ends_at = $2 where subject_id = $1', [guest.id, tomorrow()]);
});

test('a guest needs a member as sponsor and an end to come', async () => {
  const { db } = database;
  const wanted = { email: 'x@example.org', name: 'X', kind: 'guest' as const };
  const refusal = (code: string) => expect.objectContaining({ code });
  await expect(createPerson(db, wanted)).rejects.toEqual(refusal('guest-needs-end'));
  const dated = { ...wanted, endsAt: tomorrow() };
  await expect(createPerson(db, dated)).rejects.toEqual(refusal('guest-needs-sponsor'));
  await expect(createPerson(db, { ...dated, sponsorId: guest.id })).rejects.toEqual(
    refusal('guest-needs-sponsor'),
  );
  const same = { email: 'BOB@example.org', name: 'Other', kind: 'member' as const };
  await expect(createPerson(db, same)).rejects.toEqual(refusal('email-taken'));
});

test('a link opens to whom it reaches, never shows in lists, and closes when revoked', async () => {
  const { db } = database;
  const open = await createLink(db, { resourceUid: folder.uid, reach: 'public', role: 'reader' }, alice.id);
  const inside = await createLink(
    db,
    { resourceUid: folder.uid, reach: 'members', role: 'commenter' },
    alice.id,
  );
  const byLink = async (actor: Actor | null, link: string) =>
    (await load(db, actor, document.uid, { link }))?.role;
  expect(await byLink(null, open.token)).toBe('reader');
  expect(await byLink(bob, inside.token)).toBe('commenter');
  expect(await byLink(null, inside.token)).toBeUndefined();
  expect(await load(db, bob, space.uid, { link: inside.token })).toBeNull();
  expect(await load(db, bob, document.uid, { link: `${open.token}x` })).toBeNull();
  expect(await newest(db, bob, { limit: 10 })).toEqual([]);
  expect(JSON.stringify(await linksOf(db, folder.uid))).not.toContain(open.token);
  const high = { resourceUid: folder.uid, reach: 'public', role: 'manager' } as const;
  await expect(createLink(db, high, alice.id)).rejects.toMatchObject({ code: 'role-too-high' });
  await revokeLink(db, open.link.uid);
  expect(await byLink(null, open.token)).toBeUndefined();
  await revokeLink(db, inside.link.uid);
});

test('the last owner of a tree stays, whichever way they would go', async () => {
  const { db } = database;
  const owner = { resourceUid: space.uid, subjectId: alice.id, role: 'owner' } as const;
  await expect(revoke(db, space.uid, alice.id)).rejects.toMatchObject({ code: 'last-owner' });
  await expect(grant(db, { ...owner, role: 'editor' }, alice.id)).rejects.toMatchObject({
    code: 'last-owner',
  });
  const ending = { ...owner, expiresAt: tomorrow() };
  await expect(grant(db, ending, alice.id)).rejects.toMatchObject({ code: 'last-owner' });
  await grant(db, { ...owner, subjectId: bob.id }, alice.id);
  const leave = (id: number) => transaction(database.pool, (tx) => revoke(tx, space.uid, id));
  const both = await Promise.allSettled([leave(alice.id), leave(bob.id)]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await grant(db, owner, alice.id);
  await revoke(db, space.uid, bob.id);
});

test('a manager shares, but only an owner makes owners; an administrator gets no access by being one', async () => {
  const { db } = database;
  await grant(db, { resourceUid: space.uid, subjectId: bob.id, role: 'manager' }, alice.id);
  await expect(checkMayGrant(db, bob, folder.uid, 'manager')).resolves.toMatchObject({ uid: folder.uid });
  await expect(checkMayGrant(db, bob, folder.uid, 'owner')).rejects.toMatchObject({ code: 'not-allowed' });
  await revoke(db, space.uid, bob.id);
  const chief = { email: 'chief@example.org', name: 'Chief', kind: 'member', administrator: true } as const;
  expect(await role(db, actorOf(await createPerson(db, chief)), space.uid)).toBeNull();
});

test('who can see this, and why: by name, group, everyone and link, own and inherited', async () => {
  const { db } = database;
  const group = await createGroup(db, 'Direction');
  await addMember(db, group.id, bob.id);
  await grant(db, { resourceUid: document.uid, subjectId: group.id, role: 'commenter' }, alice.id);
  const { link } = await createLink(
    db,
    { resourceUid: folder.uid, reach: 'members', role: 'reader' },
    alice.id,
  );
  const lines = (await reasons(db, alice, document.uid)).map((each) => [
    each.subject.kind,
    each.role,
    each.inherited,
  ]);
  expect(lines).toEqual([
    ['group', 'commenter', false],
    ['person', 'editor', true],
    ['link', 'reader', true],
    ['person', 'owner', true],
  ]);
  const toBob = await reasons(db, bob, document.uid);
  expect(toBob.map((each) => each.from?.title ?? null)).toEqual(['Étude', null, null, null]);
  expect(await reasons(db, bob, space.uid)).toEqual([]);
  await revokeLink(db, link.uid);
});

test('titles are found without accents or case, as literal text, and only what one may see', async () => {
  const { db } = database;
  const titles = async (actor: Actor, text: string) =>
    (await findByTitle(db, actor, { text, limit: 5 })).map(({ title }) => title);
  expect(await titles(alice, 'etude')).toEqual(['Étude']);
  expect(await titles(alice, 'TUD')).toEqual(['Étude']);
  expect(await titles(alice, '%')).toEqual([]);
  expect(await titles(guest, 'cabinet')).toEqual([]);
});

import {
  createSpace,
  endGuest,
  find,
  getPerson,
  getSpace,
  inviteGuest,
  inviteToSpace,
  listMembers,
  listPeople,
} from '@parvis/contract/directory';
import { listReasons } from '@parvis/contract/sharing';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPersonByUid, type Person } from '@parvis/access/people';
import { aDirectory, type DirectoryHouse } from '../directory.kit.ts';

let at: DirectoryHouse;
let alice: Visitor;
let bob: Visitor;
let spaceId: string;
let serial = 0;

beforeAll(async () => {
  at = await aDirectory();
  [alice, bob] = [await at.house.person(), await at.house.person()];
  spaceId = (await alice.call(createSpace, { name: 'Estuary' })).id;
});
afterAll(() => at?.stop());

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const invitation = (more: object = {}) => {
  serial += 1;
  return {
    id: spaceId,
    email: `guest${serial}@dykes.example`,
    name: 'Adèle Fontaine',
    organisation: 'Les Digues vives',
    endsAt: inDays(30),
    ...more,
  };
};
const visitorOf = async (uid: string) =>
  at.house.visitor((await findPersonByUid(at.house.db, uid)) as Person);
const accountOf = (email: string) => [...at.issuer.users.values()].find((user) => user['email'] === email);

test('a guest gets an account, a sponsor, an end and a first password that is shown once', async () => {
  const wanted = invitation();
  const { person, firstPassword } = await alice.call(inviteGuest, wanted);
  expect(person).toMatchObject({
    name: 'Adèle Fontaine',
    kind: 'guest',
    organisation: 'Les Digues vives',
    sponsor: { id: alice.person.uid },
    endsAt: wanted.endsAt,
  });
  const account = accountOf(wanted.email);
  expect(account).toMatchObject({ enabled: true, groups: ['/guests'], emailVerified: false });
  expect(firstPassword).toBe(account?.['password']);
  expect(firstPassword?.length).toBeGreaterThanOrEqual(20);
  const guest = await visitorOf(person.id);
  expect(await guest.call(getSpace, { id: spaceId })).toMatchObject({ role: 'commenter' });
});

test('a guest does not browse the directory, and knows those only with whom they share something', async () => {
  const { person } = await alice.call(inviteGuest, invitation());
  const guest = await visitorOf(person.id);
  await expect(guest.call(listPeople, {})).rejects.toMatchObject({ code: 'guest-not-allowed' });
  expect((await guest.call(find, { q: 'Person' })).people).toEqual([]);
  await guest.call(getPerson, { id: alice.person.uid });
  await expect(guest.call(getPerson, { id: bob.person.uid })).rejects.toMatchObject({ code: 'not-found' });
  await alice.call(inviteToSpace, { id: spaceId, personId: bob.person.uid });
  await guest.call(getPerson, { id: bob.person.uid });
  await guest.call(listMembers, { id: spaceId });
  await expect(guest.call(listReasons, { id: spaceId })).rejects.toMatchObject({
    code: 'guest-not-allowed',
  });
});

test('an end in the past or too far away is refused, and no account is made', async () => {
  for (const endsAt of [inDays(-1), inDays(400)]) {
    const wanted = invitation({ endsAt });
    await expect(alice.call(inviteGuest, wanted)).rejects.toMatchObject({ code: 'guest-end-date' });
    expect(accountOf(wanted.email)).toBeUndefined();
  }
});

test('a colleague is not made a guest, whether they have been here or not', async () => {
  await expect(alice.call(inviteGuest, invitation({ email: bob.person.email }))).rejects.toMatchObject({
    code: 'already-there',
  });
  const wanted = invitation();
  at.issuer.users.set('colleague', { email: wanted.email, password: 'theirs', enabled: true });
  await expect(alice.call(inviteGuest, wanted)).rejects.toMatchObject({ code: 'already-there' });
  expect(at.issuer.users.get('colleague')).toMatchObject({ password: 'theirs' });
});

test('whoever may not share the space invites no guest, and a stranger does not learn of it', async () => {
  const carol = await at.house.person();
  await expect(carol.call(inviteGuest, invitation())).rejects.toMatchObject({ code: 'not-found' });
  await alice.call(inviteToSpace, { id: spaceId, personId: carol.person.uid });
  const wanted = invitation();
  await expect(carol.call(inviteGuest, wanted)).rejects.toMatchObject({ code: 'not-allowed' });
  expect(accountOf(wanted.email)).toBeUndefined();
});

test('the identity provider is away: said so, and nobody was entered', async () => {
  at.issuer.isAway = true;
  const wanted = invitation();
  await expect(alice.call(inviteGuest, wanted)).rejects.toMatchObject({ code: 'identity-unavailable' });
  at.issuer.isAway = false;
  await alice.call(inviteGuest, wanted);
});

test('the sponsor ends a guest at once; the account is closed, also when the provider was away', async () => {
  const wanted = invitation();
  const { person } = await alice.call(inviteGuest, wanted);
  const guest = await visitorOf(person.id);
  await expect(bob.call(endGuest, { id: person.id })).rejects.toMatchObject({ code: 'not-allowed' });
  at.issuer.isAway = true;
  await alice.call(endGuest, { id: person.id });
  await expect
    .poll(() => guest.call(getSpace, { id: spaceId }).catch((error) => error.code))
    .toBe('no-session');
  expect(accountOf(wanted.email)).toMatchObject({ enabled: true });
  at.issuer.isAway = false;
  await at.house.db.query('update directory.account_closing set due_at = now()');
  const { Closing } = await import('./closing.ts');
  await at.house.served('directory').app.get(Closing, { strict: false }).look();
  expect(accountOf(wanted.email)).toMatchObject({ enabled: false, loggedOut: true, groups: ['/guests'] });
});

test('a guest whose time is over comes back through the sponsor, not through somebody else', async () => {
  const wanted = invitation();
  const { person } = await alice.call(inviteGuest, wanted);
  await alice.call(endGuest, { id: person.id });
  const space = await bob.call(createSpace, { name: 'Bob’s' });
  await expect(bob.call(inviteGuest, { ...wanted, id: space.id })).rejects.toMatchObject({
    code: 'already-there',
  });
  await expect.poll(() => accountOf(wanted.email)?.['enabled']).toBe(false);
  const again = await alice.call(inviteGuest, wanted);
  expect(again.person.id).toBe(person.id);
  expect(again.firstPassword).toBe(accountOf(wanted.email)?.['password']);
  expect(accountOf(wanted.email)).toMatchObject({ enabled: true });
  await (await visitorOf(person.id)).call(getSpace, { id: spaceId });
});

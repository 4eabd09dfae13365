import {
  addToGroup,
  createGroup,
  listGroupMembers,
  endSession,
  getMe,
  getPerson,
  listGroups,
  listPeople,
  listSessions,
  removeFromGroup,
  setPreferences,
} from '@parvis/contract/directory';
import { getStatus } from '@parvis/contract/status';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aDirectory, type DirectoryHouse } from '../directory.kit.ts';

let at: DirectoryHouse;
let alice: Visitor;
let admin: Visitor;

beforeAll(async () => {
  at = await aDirectory({
    PARVIS_STAND_INS: JSON.stringify([
      { name: 'database', detail: 'postgres-embedded' },
      { name: 'antivirus', detail: 'clamav-off' },
      { name: 'identity', detail: 'oidc-provider' },
    ]),
    LIVEKIT_URL: 'ws://127.0.0.1:1',
  });
  alice = await at.house.person({ name: 'Alice Été' });
  admin = await at.house.person({ name: 'Root', administrator: true });
});
afterAll(() => at?.stop());

describe('people', () => {
  test('come by name in pages; accents and case do not matter; every person once', async () => {
    for (const name of ['Éric A', 'eric b', 'ERIC C', 'Jean Éric']) await at.house.person({ name });
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await alice.call(listPeople, { q: 'éric', limit: 1, ...(after && { after }) });
      names.push(...page.people.map(({ name }) => name));
      after = page.next ?? undefined;
    } while (after);
    expect(names).toEqual(['Éric A', 'eric b', 'ERIC C', 'Jean Éric']);
    expect((await alice.call(listPeople, { limit: 200 })).people.length).toBeGreaterThan(5);
    await expect(alice.call(listPeople, { after: 'garbage' })).rejects.toMatchObject({ code: 'bad-cursor' });
  });

  test('one person by id; nobody by what is no id', async () => {
    expect(await admin.call(getPerson, { id: alice.person.uid })).toMatchObject({ name: 'Alice Été' });
    await expect(admin.call(getPerson, { id: '1 or 1=1' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('preferences and sessions', () => {
  test('language and theme are kept, one without the other', async () => {
    expect(await alice.call(getMe, {})).toMatchObject({ theme: 'system' });
    expect(await alice.call(setPreferences, { theme: 'dark' })).toMatchObject({ theme: 'dark' });
    expect(await alice.call(setPreferences, { locale: 'ar' })).toMatchObject({ locale: 'ar', theme: 'dark' });
    expect(await alice.call(getMe, {})).toMatchObject({ locale: 'ar', theme: 'dark' });
  });

  test('a person sees their own sessions, and ends one of them; another’s is not found', async () => {
    const other = await at.house.visitor(alice.person);
    const { sessions } = await alice.call(listSessions, {});
    expect(sessions).toHaveLength(2);
    const [mine, theirs] = [sessions.find((one) => one.current), sessions.find((one) => !one.current)];
    await expect(admin.call(endSession, { id: theirs?.id ?? '' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await alice.call(endSession, { id: theirs?.id ?? '' });
    await expect(other.call(getMe, {})).rejects.toMatchObject({ code: 'no-session' });
    expect((await alice.call(listSessions, {})).sessions.map(({ id }) => id)).toEqual([mine?.id]);
  });
});

describe('groups', () => {
  test('administrators make them of people and groups; circles are refused; the count goes through', async () => {
    const inner = await admin.call(createGroup, { name: 'Inner' });
    const outer = await admin.call(createGroup, { name: 'Outer' });
    await admin.call(addToGroup, { id: inner.id, memberId: alice.person.uid });
    await admin.call(addToGroup, { id: outer.id, memberId: inner.id });
    await admin.call(addToGroup, { id: outer.id, memberId: inner.id });
    const count = async (id: string) =>
      (await alice.call(listGroups, {})).groups.find((one) => one.id === id)?.memberCount;
    expect(await count(outer.id)).toBe(1);
    expect((await admin.call(listGroupMembers, { id: outer.id })).members).toEqual([
      { id: inner.id, kind: 'group', name: 'Inner' },
    ]);
    expect((await admin.call(listGroupMembers, { id: inner.id })).members).toEqual([
      { id: alice.person.uid, kind: 'person', name: alice.person.name },
    ]);
    await expect(alice.call(listGroupMembers, { id: inner.id })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await expect(admin.call(addToGroup, { id: inner.id, memberId: outer.id })).rejects.toMatchObject({
      code: 'group-cycle',
    });
    await expect(admin.call(createGroup, { name: 'INNER' })).rejects.toMatchObject({ code: 'name-taken' });
    await admin.call(removeFromGroup, { id: inner.id, memberId: alice.person.uid });
    expect(await count(outer.id)).toBe(0);
    await expect(alice.call(createGroup, { name: 'Mine' })).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('status', () => {
  test('names every part, what stands in for it, and what does not answer; for administrators only', async () => {
    expect((await admin.call(getStatus, {})).profile).toBe('embedded');
    const parts = async () =>
      Object.fromEntries(
        (await admin.call(getStatus, {})).parts.map(({ name, state, detail }) => [
          name,
          `${state} ${detail}`,
        ]),
      );
    // What answers too late, as on a busy machine, is down until it is asked again.
    await expect.poll(parts).toEqual({
      database: 'up postgres-embedded',
      identity: 'up oidc-provider',
      store: 'up store-folder',
      meetings: 'down livekit',
      antivirus: 'off clamav-off',
      'fan-out': 'up postgres-notify',
    });
    await expect(alice.call(getStatus, {})).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

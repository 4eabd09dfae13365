import { createChannel, getChannel, listMessages, listUnread, postMessage } from '@parvis/contract/chat';
import {
  addToChannel,
  changeChannel,
  leaveChannel,
  listChannelPeople,
  placeChannel,
} from '@parvis/contract/chat-channel';
import { findDirectPeople, listDirect, openDirect } from '@parvis/contract/chat-direct';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';

let house: House;
let second: Served;
let amina: Visitor;
let bruno: Visitor;
let chloe: Visitor;

beforeAll(async () => {
  house = await aHouse([chat]);
  second = await house.another(chat);
  [amina, bruno, chloe] = await Promise.all([
    house.person({ name: 'Amina A' }),
    house.person({ name: 'Bruno B' }),
    house.person({ name: 'Chloé C' }),
  ]);
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

const say = (by: Visitor, id: string, body: string) =>
  by.call(postMessage, { id, clientId: crypto.randomUUID(), body });
const ids = (...people: Visitor[]) => people.map(({ person }) => person.uid);

test('two people have one conversation, whoever opens it, however often, in whatever process', async () => {
  const elsewhere = new Visitor(bruno.person, bruno.cookie, () => second.url);
  const opened = await Promise.all(
    Array.from({ length: 16 }, (_, nr) =>
      nr % 2
        ? amina.call(openDirect, { personIds: ids(bruno) })
        : elsewhere.call(openDirect, { personIds: ids(amina) }),
    ),
  );
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  const id = opened[0]?.id as string;
  expect(await amina.call(getChannel, { id })).toMatchObject({
    title: 'Bruno B',
    channelKind: 'private',
    conversation: 'direct',
    spaceId: null,
    joined: true,
    people: [{ name: 'Bruno B' }],
    abilities: { comment: true, edit: false, share: false, manage: false, own: false },
  });
  expect((await bruno.call(getChannel, { id })).title).toBe('Amina A');
  await say(amina, id, 'Salut');
  expect((await bruno.call(listMessages, { id })).messages.map(({ body }) => body)).toEqual(['Salut']);
  expect((await bruno.call(listDirect, {})).channels.map((one) => one.id)).toEqual([id]);
  expect((await bruno.call(listUnread, {})).channels).toMatchObject([
    { channelId: id, spaceId: null, unread: 1 },
  ]);
});

test('a group has one conversation too, apart from those of its parts; nobody leaves it, renames it or lets in others', async () => {
  const { id } = await amina.call(openDirect, { personIds: ids(bruno, chloe) });
  expect((await chloe.call(openDirect, { personIds: ids(bruno, amina, bruno) })).id).toBe(id);
  expect(await chloe.call(getChannel, { id })).toMatchObject({
    channelKind: 'private',
    conversation: 'group',
    title: 'Amina A, Bruno B',
  });
  expect((await amina.call(openDirect, { personIds: ids(chloe) })).id).not.toBe(id);
  const stranger = await house.person();
  await expect(stranger.call(getChannel, { id })).rejects.toMatchObject({ code: 'not-found' });
  for (const by of [amina, bruno]) {
    await expect(by.call(leaveChannel, { id })).rejects.toMatchObject({ code: 'wrong-channel-kind' });
    await expect(by.call(changeChannel, { id, title: 'x' })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(by.call(addToChannel, { id, personIds: ids(stranger) })).rejects.toMatchObject({
      code: 'wrong-channel-kind',
    });
  }
  const { people } = await bruno.call(listChannelPeople, { id });
  expect(people.map(({ person, role }) => [person.name, role])).toEqual([
    ['Amina A', 'commenter'],
    ['Bruno B', 'commenter'],
    ['Chloé C', 'commenter'],
  ]);
});

test('an empty conversation is in the list of who opened it alone; a hidden one comes back with its next word', async () => {
  const [one, other] = [await house.person(), await house.person()];
  const { id } = await one.call(openDirect, { personIds: ids(other) });
  const listOf = async (by: Visitor) => (await by.call(listDirect, {})).channels;
  expect((await listOf(one)).map((channel) => channel.id)).toEqual([id]);
  expect(await listOf(other)).toEqual([]);
  await say(one, id, 'là ?');
  await other.call(placeChannel, { id, hidden: true });
  expect((await listOf(other))[0]?.hidden).toBe(true);
  await say(one, id, 'là !');
  expect((await listOf(other))[0]?.hidden).toBe(false);
  await other.call(placeChannel, { id, hidden: true });
  await other.call(openDirect, { personIds: ids(one) });
  expect((await listOf(other))[0]?.hidden).toBe(false);
});

test('oneself, nobody, who has left the house, and more than nine are refused', async () => {
  const gone = await house.person();
  await house.db.query('update access.person set disabled_at = now() where subject_id = $1', [
    gone.person.id,
  ]);
  await expect(amina.call(openDirect, { personIds: ids(amina) })).rejects.toMatchObject({
    code: 'conversation-with-oneself',
  });
  for (const personId of [crypto.randomUUID(), gone.person.uid])
    await expect(amina.call(openDirect, { personIds: [personId] })).rejects.toMatchObject({
      code: 'unknown-subject',
    });
  const nine = Array.from({ length: 9 }, () => crypto.randomUUID());
  await expect(amina.call(openDirect, { personIds: nine })).rejects.toMatchObject({ code: 'bad-input' });
});

test('a guest writes to their sponsor and to those of their channels; all others do not exist for them', async () => {
  const guest = await house.person({ kind: 'guest', sponsorId: amina.person.id, name: 'Gaël G' });
  const { uid: spaceId } = await house.space({ owner: amina, members: [bruno] });
  const find = async () => (await guest.call(findDirectPeople, { q: '' })).people.map(({ name }) => name);
  expect(await find()).toEqual(['Amina A']);
  await guest.call(openDirect, { personIds: ids(amina) });
  for (const personId of [bruno.person.uid, crypto.randomUUID()])
    await expect(guest.call(openDirect, { personIds: [personId] })).rejects.toMatchObject({
      code: 'unknown-subject',
    });
  await expect(bruno.call(openDirect, { personIds: ids(guest) })).rejects.toMatchObject({
    code: 'guest-needs-shared-channel',
  });

  const { id } = await amina.call(createChannel, { spaceId, name: 'partagé' });
  await amina.call(addToChannel, { id, personIds: ids(guest) });
  expect(await find()).toEqual(['Amina A', 'Bruno B']);
  const { id: direct } = await guest.call(openDirect, { personIds: ids(bruno) });
  await say(guest, direct, 'bonjour');
  expect((await bruno.call(getChannel, { id: direct })).title).toBe('Gaël G');
  // A conversation leads to no other: Chloé is in none of the guest's channels.
  await expect(amina.call(openDirect, { personIds: ids(guest, chloe) })).rejects.toMatchObject({
    code: 'guest-needs-shared-channel',
  });
});

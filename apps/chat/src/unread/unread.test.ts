import { randomUUID } from 'node:crypto';
import {
  createChannel,
  getChannel,
  listUnread,
  markRead,
  markUnread,
  postMessage,
} from '@parvis/contract/chat';
import { addToChannel, leaveChannel, placeChannel } from '@parvis/contract/chat-channel';
import { openDirect } from '@parvis/contract/chat-direct';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
let second: Served;
let amina: Visitor;
let benoit: Visitor;
let spaceUid: string;
let id: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  second = await house.another(chat);
  [amina, benoit] = [await house.person({ name: 'أمينة' }), await house.person({ name: 'Benoît' })];
  spaceUid = (await house.space({ owner: amina, members: [benoit] })).uid;
  id = (await amina.call(createChannel, { spaceId: spaceUid, name: 'Lu' })).id;
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

const say = async (body: string, channel = id) =>
  (await amina.call(postMessage, { id: channel, clientId: randomUUID(), body })).seq;
const unreadOf = async (by: Visitor, channel = id) =>
  (await by.call(listUnread, {})).channels.find(({ channelId }) => channelId === channel)?.unread ?? 0;

test('what was read is unread again from a message on, on every device and process; reading goes on from there', async () => {
  const seqs = [await say('un'), await say('deux'), await say('trois')];
  await benoit.call(markRead, { id, seq: seqs[2] ?? 0 });
  expect(await unreadOf(benoit)).toBe(0);
  const screens = [
    await aScreen(house.urlOf('chat'), benoit.cookie),
    await aScreen(second.url, benoit.cookie),
  ];
  for (const screen of screens) screen.follow(id);
  for (const screen of screens) await screen.until('all three', () => screen.bodies(id).length === 3);
  await benoit.call(markUnread, { id, seq: seqs[1] ?? 0 });
  for (const screen of screens) {
    await screen.until('the way back', () => screen.heard.some((one) => one.t === 'unread'));
    expect(screen.heard.find((one) => one.t === 'unread')).toMatchObject({ channelId: id, nr: 1, unread: 2 });
    screen.cut();
  }
  expect(await unreadOf(benoit)).toBe(2);
  expect(await benoit.call(getChannel, { id })).toMatchObject({ readSeq: (seqs[1] ?? 0) - 1, readNr: 1 });
  await benoit.call(markRead, { id, seq: seqs[1] ?? 0 });
  expect(await unreadOf(benoit)).toBe(1);
  // From the first on, and from after the end: the last.
  await benoit.call(markUnread, { id, seq: 1 });
  expect(await unreadOf(benoit)).toBe(3);
  await benoit.call(markUnread, { id, seq: 999 });
  expect(await unreadOf(benoit)).toBe(1);
  const stranger = await house.person();
  await expect(stranger.call(markUnread, { id, seq: 1 })).rejects.toMatchObject({ code: 'not-found' });
});

test('a new conversation and a channel that one is put into are told to open screens; only what is joined counts', async () => {
  const screen = await aScreen(second.url, benoit.cookie);
  const told = (channelId: string) => () =>
    screen.heard.some((one) => one.t === 'joined' && one.channelId === channelId);
  const direct = await amina.call(openDirect, { personIds: [benoit.person.uid] });
  await screen.until('the conversation', told(direct.id));
  const apart = await amina.call(createChannel, { spaceId: spaceUid, name: 'Privé', channelKind: 'private' });
  const joined = async () => (await benoit.call(listUnread, {})).joined.map(({ channelId }) => channelId);
  expect(await joined()).toEqual(expect.arrayContaining([id, direct.id]));
  expect(await joined()).not.toContain(apart.id);
  await amina.call(addToChannel, { id: apart.id, personIds: [benoit.person.uid] });
  await screen.until('the channel', told(apart.id));
  expect(await joined()).toContain(apart.id);
  screen.cut();
  await benoit.call(placeChannel, { id: apart.id, muted: true });
  expect(
    (await benoit.call(listUnread, {})).joined.find(({ channelId }) => channelId === apart.id),
  ).toMatchObject({
    muted: true,
  });
  await benoit.call(leaveChannel, { id });
  await say('après');
  expect(await joined()).not.toContain(id);
  expect(await unreadOf(benoit)).toBe(0);
});

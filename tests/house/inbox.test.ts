import { randomUUID } from 'node:crypto';
import { answerAccessRequest, askForAccess, listAccessRequests } from '@parvis/contract/access-request';
import { createChannel, getChannel, markRead, postMessage } from '@parvis/contract/chat';
import { placeChannel } from '@parvis/contract/chat-channel';
import { openDirect } from '@parvis/contract/chat-direct';
import { createDocument } from '@parvis/contract/docs';
import { countInbox, listInbox } from '@parvis/contract/notify';
import { getLevel, setLevel } from '@parvis/contract/notify-settings';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aWholeHouse, type WholeHouse } from './whole-house.ts';

let whole: WholeHouse;
let ada: Visitor;
let ben: Visitor;
let space: string;
let channel: string;

beforeAll(async () => {
  whole = await aWholeHouse();
  [ada, ben] = [await whole.person({ name: 'Ada' }), await whole.person({ name: 'Ben' })];
  space = (await whole.house.space({ owner: ada, members: [ben] })).uid;
  channel = (await ada.call(createChannel, { spaceId: space, name: 'Digues' })).id;
});
afterAll(() => whole?.stop());

const say = (who: Visitor, body: string, more: { threadSeq?: number; id?: string } = {}) =>
  who.call(postMessage, { id: channel, clientId: randomUUID(), body, ...more });
const kinds = async (who: Visitor) =>
  (await who.call(listInbox, { show: 'unread' })).items.map(({ kind }) => kind);
const unread = async (who: Visitor) => (await who.call(countInbox, {})).unread;

test('a mention in a channel reaches the inbox, and is read where the channel is read', async () => {
  const { seq } = await say(ada, `Bonjour @[Ben](person/${ben.person.uid})`);
  await expect.poll(() => kinds(ben)).toEqual(['mention']);
  await ben.call(markRead, { id: channel, seq });
  await expect.poll(() => unread(ben)).toBe(0);
});

test('an answer in a thread reaches who began it; what is addressed to nobody, nobody', async () => {
  const { seq } = await say(ben, 'Qui a le plan ?');
  await say(ada, 'Moi', { threadSeq: seq });
  await expect.poll(() => kinds(ben)).toEqual(['reply']);
  await say(ben, 'Merci', { threadSeq: seq });
  await expect.poll(() => unread(ben)).toBe(0);
  await expect.poll(() => kinds(ada)).toEqual(['reply']);
});

test('a direct message reaches whom it is for; @channel all; and a silenced channel nobody', async () => {
  const direct = await ada.call(openDirect, { personIds: [ben.person.uid] });
  await say(ada, 'Entre nous', { id: direct.id });
  await expect.poll(() => kinds(ben)).toEqual(['direct']);
  await say(ada, '@channel réunion à dix heures');
  await expect.poll(() => kinds(ben)).toEqual(['everybody', 'direct']);
  await ben.call(setLevel, { id: channel, level: 'none' });
  await say(ada, '@channel encore');
  await say(ada, 'Et ceci', { id: direct.id });
  // What was said later is there: what was silenced will not come.
  await expect
    .poll(async () =>
      (await ben.call(listInbox, { show: 'unread' })).items.map(({ kind, count }) => [kind, count]),
    )
    .toEqual([
      ['direct', 2],
      ['everybody', 1],
    ]);
});

test('who asks to be let in is heard, and hears the answer', async () => {
  const cleo = await whole.person();
  const { id } = await ada.call(createDocument, { parentId: space, title: 'Plan' });
  await cleo.call(askForAccess, { resourceId: id, note: '' });
  await expect.poll(() => kinds(ada)).toContain('access-asked');
  const [request] = (await ada.call(listAccessRequests, {})).requests;
  await ada.call(answerAccessRequest, { requestId: request?.id as string, role: 'reader' });
  await expect
    .poll(async () => (await cleo.call(listInbox, {})).items)
    .toMatchObject([{ kind: 'access-answered', given: true, thing: { title: 'Plan' } }]);
});

test('to mute a channel and to want to hear nothing of it are one setting, whichever way it is made', async () => {
  const { id } = await ada.call(createChannel, { spaceId: space, name: 'Une seule sourdine' });
  await ben.call(setLevel, { id, level: 'none' });
  expect((await ben.call(getChannel, { id })).muted).toBe(true);
  await ben.call(placeChannel, { id, muted: false });
  expect((await ben.call(getLevel, { id })).level).toBeNull();
  await ben.call(placeChannel, { id, muted: true });
  expect((await ben.call(getLevel, { id })).level).toBe('none');
  await ben.call(setLevel, { id, level: 'all' });
  await ben.call(placeChannel, { id, muted: false });
  expect((await ben.call(getLevel, { id })).level).toBe('all');
  expect((await ada.call(getChannel, { id })).muted).toBe(false);
});

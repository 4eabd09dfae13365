import { randomUUID } from 'node:crypto';
import type { ResourceRow } from '@parvis/access/tree';
import { createChannel, listMessages, listUnread, postMessage } from '@parvis/contract/chat';
import { deleteMessage, listPins, pinMessage, reactToMessage } from '@parvis/contract/chat-message';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
let second: Served;
let owner: Visitor;
let amina: Visitor;
let benoit: Visitor;
let space: ResourceRow;

beforeAll(async () => {
  house = await aHouse([chat]);
  second = await house.another(chat);
  owner = await house.person();
  amina = await house.person();
  benoit = await house.person();
  space = await house.space({ owner, members: [amina, benoit] });
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

async function aChannel(channelKind: 'public' | 'announcements' = 'public'): Promise<string> {
  return (await owner.call(createChannel, { spaceId: space.uid, name: `c ${randomUUID()}`, channelKind })).id;
}
async function said(by: Visitor, id: string, body: string): Promise<number> {
  return (await by.call(postMessage, { id, clientId: randomUUID(), body })).seq;
}

test('a reaction is on every screen with who gave it, once however often it is given, and can be taken back', async () => {
  const id = await aChannel();
  const [here, there] = [
    await aScreen(house.urlOf('chat'), benoit.cookie),
    await aScreen(second.url, owner.cookie),
  ];
  for (const screen of [here, there]) screen.follow(id);
  const seq = await said(amina, id, 'done');
  await Promise.all([1, 2, 3].map(() => benoit.call(reactToMessage, { id, seq, emoji: '👍', on: true })));
  await owner.call(reactToMessage, { id, seq, emoji: ':parvis:', on: true });
  const given = [
    { emoji: '👍', count: 1, people: [benoit.person.uid] },
    { emoji: ':parvis:', count: 1, people: [owner.person.uid] },
  ];
  for (const screen of [here, there]) {
    await screen.until('both', () => screen.shown.get(id)?.[0]?.reactions.length === 2);
    expect(screen.shown.get(id)?.[0]?.reactions).toEqual(given);
  }
  await benoit.call(reactToMessage, { id, seq, emoji: '👍', on: false });
  await here.until('one', () => here.shown.get(id)?.[0]?.reactions.length === 1);
  // One message, and three changes: the same again is none.
  const page = await amina.call(listMessages, { id });
  expect(page.lastSeq).toBe(4);
  expect(page.messages).toEqual(here.shown.get(id));
  here.cut();
  there.cut();
});

test('reactions are not unread messages', async () => {
  const id = await aChannel();
  const seq = await said(amina, id, 'one');
  await said(amina, id, 'two');
  await owner.call(reactToMessage, { id, seq, emoji: '🎉', on: true });
  await said(amina, id, 'three');
  const unread = (await benoit.call(listUnread, {})).channels.find(({ channelId }) => channelId === id);
  expect(unread?.unread).toBe(3);
});

test('what is no emoji is refused, and so is one kind too many; the others stay', async () => {
  const id = await aChannel();
  const seq = await said(amina, id, 'many');
  for (const emoji of ['x', '👍👍', '', ':no spaces:', '<b>', ':'.repeat(50)])
    await expect(amina.call(reactToMessage, { id, seq, emoji, on: true })).rejects.toMatchObject({
      code: 'bad-input',
    });
  for (let nr = 0; nr < 20; nr += 1)
    await amina.call(reactToMessage, { id, seq, emoji: `:e${nr}:`, on: true });
  await expect(benoit.call(reactToMessage, { id, seq, emoji: ':e20:', on: true })).rejects.toMatchObject({
    code: 'too-many-reactions',
  });
  const after = await benoit.call(reactToMessage, { id, seq, emoji: ':e19:', on: true });
  expect(after.reactions).toHaveLength(20);
  expect(after.reactions.at(-1)).toMatchObject({ emoji: ':e19:', count: 2 });
});

test('who reads announcements may react to them, and not pin them', async () => {
  const id = await aChannel('announcements');
  const seq = await said(owner, id, 'news');
  expect((await benoit.call(reactToMessage, { id, seq, emoji: '👏', on: true })).reactions).toHaveLength(1);
  await expect(benoit.call(pinMessage, { id, seq, on: true })).rejects.toMatchObject({ code: 'not-allowed' });
  expect(await owner.call(pinMessage, { id, seq, on: true })).toMatchObject({
    pinnedBy: { id: owner.person.uid },
  });
});

test('pins are the channel’s, the last first, and go with what is deleted', async () => {
  const id = await aChannel();
  const screen = await aScreen(house.urlOf('chat'), benoit.cookie);
  screen.follow(id);
  const seqs = [await said(amina, id, 'one'), await said(amina, id, 'two'), await said(amina, id, 'three')];
  for (const seq of seqs) await benoit.call(pinMessage, { id, seq, on: true });
  await screen.until('pins', () => screen.shown.get(id)?.every(({ pinnedBy }) => pinnedBy !== null) ?? false);
  const pinned = async () => (await owner.call(listPins, { id })).messages.map(({ body }) => body);
  expect(await pinned()).toEqual(['three', 'two', 'one']);
  await amina.call(pinMessage, { id, seq: seqs[2] as number, on: false });
  await amina.call(deleteMessage, { id, seq: seqs[1] as number });
  expect(await pinned()).toEqual(['one']);
  screen.cut();
});

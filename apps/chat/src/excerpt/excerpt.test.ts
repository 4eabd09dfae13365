import { randomUUID } from 'node:crypto';
import { createChannel, postMessage } from '@parvis/contract/chat';
import { readExcerpts } from '@parvis/contract/chat-excerpt';
import { deleteMessage } from '@parvis/contract/chat-message';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';

let house: House;
let ada: Visitor;
let ben: Visitor;
let id: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  [ada, ben] = [await house.person(), await house.person()];
  const space = await house.space({ owner: ada, members: [ben] });
  id = (await ada.call(createChannel, { spaceId: space.uid, name: 'extraits' })).id;
});
afterAll(() => house?.stop());

const say = async (body: string) => (await ada.call(postMessage, { id, clientId: randomUUID(), body })).seq;
const read = async (by: Visitor, ...seqs: number[]) =>
  (await by.call(readExcerpts, { of: seqs.map((seq) => ({ channelId: id, seq })) })).excerpts;

test('is the beginning of what was said, as text on one line', async () => {
  const first = await say(
    `**Bonjour** @[Ben](person/${ben.person.uid})\n- voir [le plan](https://a.example)`,
  );
  const long = await say('mot '.repeat(200));
  expect(await read(ben, first)).toEqual([{ channelId: id, seq: first, text: 'Bonjour @Ben voir le plan' }]);
  const [cut] = await read(ben, long);
  expect(cut?.text).toMatch(/^(mot )+mot…$/);
  expect(cut?.text.length).toBeLessThanOrEqual(140);
});

test('is nothing of what was deleted, of what is nowhere, and for strangers', async () => {
  const kept = await say('reste');
  const seq = await say('secret');
  const stranger = await house.person();
  expect(await read(stranger, kept, seq)).toEqual([]);
  await ada.call(deleteMessage, { id, seq });
  expect((await read(ben, kept, seq, 9_999)).map(({ text }) => text)).toEqual(['reste']);
  expect((await ben.call(readExcerpts, { of: [{ channelId: randomUUID(), seq: 1 }] })).excerpts).toEqual([]);
  expect((await ben.call(readExcerpts, { of: [] })).excerpts).toEqual([]);
});

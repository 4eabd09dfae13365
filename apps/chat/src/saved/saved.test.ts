import { revoke } from '@parvis/access/grants';
import { createChannel, postMessage } from '@parvis/contract/chat';
import { finishSaved, listSaved, listSavedOf, saveMessage, unsaveMessage } from '@parvis/contract/chat-saved';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { soon } from '@parvis/testing/soon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';

let house: House;
let one: Visitor;
let other: Visitor;
let space: string;
let channel: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  one = await house.person();
  other = await house.person();
  space = (await house.space({ owner: one, members: [other] })).uid;
  channel = (await one.call(createChannel, { spaceId: space, name: 'à revoir' })).id;
});
afterAll(() => house?.stop());

const post = async (body: string) =>
  (await one.call(postMessage, { id: channel, clientId: crypto.randomUUID(), body })).seq;
const open = async (who: Visitor) =>
  (await who.call(listSaved, {})).saved.map(({ message, due }) => `${message.body}${due ? ' (due)' : ''}`);

test('a message is saved for oneself, done, and saved no longer', async () => {
  const seq = await post('à relire');
  await other.call(saveMessage, { id: channel, seq });
  expect(await open(other)).toEqual(['à relire']);
  expect(await open(one)).toEqual([]);
  expect((await other.call(listSavedOf, { id: channel })).seqs).toEqual([seq]);
  await other.call(finishSaved, { id: channel, seq });
  expect(await open(other)).toEqual([]);
  expect((await other.call(listSaved, { list: 'done' })).saved).toHaveLength(1);
  await other.call(unsaveMessage, { id: channel, seq });
  expect((await other.call(listSaved, { list: 'done' })).saved).toEqual([]);
});

test('a reminder comes once, in the list and as something that happened to this person alone', async () => {
  const seq = await post('rappelez-moi');
  const save = (remindAt: string) => other.call(saveMessage, { id: channel, seq, remindAt });
  await save(new Date(Date.now() + 3_600_000).toISOString());
  expect(await open(other)).toEqual(['rappelez-moi']);
  await soon(save);
  const told = () =>
    house.db.query("select detail from access.happening where what = 'reminder'") as Promise<
      { detail: object }[]
    >;
  await expect.poll(told, { timeout: 30_000 }).toHaveLength(1);
  expect((await told())[0]?.detail).toEqual({ personId: other.person.id, seq, threadSeq: null });
  expect(await open(other)).toEqual(['rappelez-moi (due)']);
  expect((await other.call(listSaved, {})).due).toBe(1);
}, 300_000);

test('what does not exist cannot be saved, and what is no longer to be seen is not shown', async () => {
  await expect(other.call(saveMessage, { id: channel, seq: 9_999 })).rejects.toMatchObject({
    code: 'not-found',
  });
  await revoke(house.db, space, other.person.id);
  expect(await open(other)).toEqual([]);
  await expect(other.call(saveMessage, { id: channel, seq: 1 })).rejects.toMatchObject({ code: 'not-found' });
});

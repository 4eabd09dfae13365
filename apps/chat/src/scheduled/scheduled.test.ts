import { revoke } from '@parvis/access/grants';
import { createChannel, listMessages, postMessage } from '@parvis/contract/chat';
import {
  cancelScheduled,
  changeScheduled,
  listScheduled,
  scheduleMessage,
  sendScheduledNow,
} from '@parvis/contract/chat-scheduled';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { soon } from '@parvis/testing/soon';
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
  channel = (await one.call(createChannel, { spaceId: space, name: 'plus tard' })).id;
});
afterAll(() => house?.stop());

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const schedule = (who: Visitor, body: string, ms: number) =>
  who.call(scheduleMessage, { id: channel, clientId: crypto.randomUUID(), body, sendAt: inMs(ms) });
const bodies = async () => (await one.call(listMessages, { id: channel })).messages.map(({ body }) => body);
const waiting = async (who: Visitor) => (await who.call(listScheduled, {})).scheduled;
const patience = { timeout: 30_000 };

test('a message waits for its time, seen by its writer alone, and is sent once', async () => {
  const { id: scheduledId } = await schedule(one, 'à l’heure', 3_600_000);
  expect(await waiting(one)).toMatchObject([{ body: 'à l’heure', failed: null, channelTitle: 'plus tard' }]);
  expect(await waiting(other)).toEqual([]);
  expect(await bodies()).not.toContain('à l’heure');
  await soon((sendAt) => one.call(changeScheduled, { scheduledId, sendAt }));
  await expect.poll(bodies, patience).toContain('à l’heure');
  expect(await waiting(one)).toEqual([]);
  expect((await bodies()).filter((body) => body === 'à l’heure')).toHaveLength(1);
}, 300_000);

test('what was sent is not listed, changed or sent again while its row is still there', async () => {
  const made = await schedule(one, 'déjà partie', 3_600_000);
  // The service was killed between the commit of the message and the end of its row.
  const { clientId } = await house.db
    .query<{ clientId: string }>('select client_id as "clientId" from chat.scheduled where uid = $1', [
      made.id,
    ])
    .then(([row]) => row ?? { clientId: '' });
  await one.call(postMessage, { id: channel, clientId, body: 'déjà partie' });
  expect(await waiting(one)).toEqual([]);
  for (const again of [changeScheduled, cancelScheduled, sendScheduledNow] as const)
    await expect(one.call(again, { scheduledId: made.id })).rejects.toMatchObject({ code: 'not-found' });
  expect((await bodies()).filter((body) => body === 'déjà partie')).toHaveLength(1);
});

test('its text and time may be changed, it may be sent now, or thrown away', async () => {
  const made = await schedule(one, 'avant', 3_600_000);
  expect(
    await one.call(changeScheduled, { scheduledId: made.id, body: 'après', sendAt: inMs(7_200_000) }),
  ).toMatchObject({ body: 'après' });
  await expect(other.call(changeScheduled, { scheduledId: made.id, body: 'x' })).rejects.toMatchObject({
    code: 'not-found',
  });
  await one.call(sendScheduledNow, { scheduledId: made.id });
  expect(await bodies()).toContain('après');
  const gone = await schedule(one, 'non', 3_600_000);
  await one.call(cancelScheduled, { scheduledId: gone.id });
  expect(await waiting(one)).toEqual([]);
});

test('the same client id is one message, and the past is refused', async () => {
  const given = { id: channel, clientId: crypto.randomUUID(), body: 'une fois', sendAt: inMs(60_000) };
  const [first, again] = [await one.call(scheduleMessage, given), await one.call(scheduleMessage, given)];
  expect(again.id).toBe(first.id);
  await one.call(cancelScheduled, { scheduledId: first.id });
  for (const ms of [-60_000, 400 * 86_400_000])
    await expect(schedule(one, 'hier', ms)).rejects.toMatchObject({ code: 'time-out-of-range' });
});

test('whoever may not write any more when the time comes sends nothing, and is told why', async () => {
  const { id: scheduledId } = await schedule(other, 'trop tard', 3_600_000);
  await revoke(house.db, space, other.person.id);
  await soon((sendAt) => other.call(changeScheduled, { scheduledId, sendAt }));
  await expect
    .poll(async () => (await waiting(other)).map(({ failed }) => failed), patience)
    .toEqual(['not-found']);
  expect(await bodies()).not.toContain('trop tard');
}, 300_000);

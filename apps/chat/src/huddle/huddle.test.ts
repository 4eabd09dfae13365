import { createResource } from '@parvis/access/tree';
import { createChannel, listMessages } from '@parvis/contract/chat';
import { getHuddle, sayHuddle } from '@parvis/contract/chat-huddle';
import { openDirect } from '@parvis/contract/chat-direct';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
let ada: Visitor;
let ben: Visitor;
let id: string;
let elsewhere: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  [ada, ben] = [await house.person({ name: 'Ada' }), await house.person({ name: 'Ben' })];
  const space = await house.space({ owner: ada, members: [ben] });
  id = (await ada.call(createChannel, { spaceId: space.uid, name: 'appels' })).id;
  elsewhere = (await ada.call(createChannel, { spaceId: space.uid, name: 'ailleurs' })).id;
});
afterAll(() => house?.stop());

const meetingIn = async (channel: string) =>
  (
    await createResource(house.db, {
      kind: 'meeting',
      title: 'Point',
      ownerId: ada.person.id,
      parentUid: channel,
    })
  ).uid;

test('is said once in the channel, live, and found from there', async () => {
  const screen = await aScreen(house.urlOf('chat'), ben.cookie);
  screen.follow(id);
  expect(await ben.call(getHuddle, { id })).toEqual({ meetingId: null });
  const meetingId = await meetingIn(id);
  await ada.call(sayHuddle, { id, meetingId, lastKnown: null });
  await screen.until('the notice', () =>
    screen.heard.some((one) => one.t === 'entries' && one.entries.some((entry) => entry.kind === 'notice')),
  );
  screen.cut();
  expect(await ada.call(sayHuddle, { id, meetingId, lastKnown: null })).toEqual({ meetingId });
  expect(await ben.call(getHuddle, { id })).toEqual({ meetingId });
  expect((await ben.call(listMessages, { id })).notices).toMatchObject([
    { what: 'meeting', meetingId, text: 'Point', by: { name: 'Ada' } },
  ]);
});

test('of two that begin at once the first stands for both', async () => {
  const before = (await ada.call(getHuddle, { id })).meetingId;
  const [mine, theirs] = [await meetingIn(id), await meetingIn(id)];
  const said = await Promise.all([
    ada.call(sayHuddle, { id, meetingId: mine, lastKnown: before }),
    ben.call(sayHuddle, { id, meetingId: theirs, lastKnown: before }),
  ]);
  expect(said[0]).toEqual(said[1]);
  expect([mine, theirs]).toContain(said[0]?.meetingId);
  expect(await ben.call(getHuddle, { id })).toEqual(said[0]);
});

test('a meeting of another place is none of this channel, and strangers learn nothing', async () => {
  const meetingId = await meetingIn(elsewhere);
  await expect(ada.call(sayHuddle, { id, meetingId, lastKnown: null })).rejects.toMatchObject({
    code: 'not-found',
  });
  const stranger = await house.person();
  const direct = await ada.call(openDirect, { personIds: [ben.person.uid] });
  for (const channel of [id, direct.id])
    await expect(stranger.call(getHuddle, { id: channel })).rejects.toMatchObject({ code: 'not-found' });
  const between = await meetingIn(direct.id);
  await ben.call(sayHuddle, { id: direct.id, meetingId: between, lastKnown: null });
  expect(await ada.call(getHuddle, { id: direct.id })).toEqual({ meetingId: between });
});

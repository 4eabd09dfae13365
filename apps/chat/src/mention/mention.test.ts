import { createChannel, postMessage } from '@parvis/contract/chat';
import { findMentionable } from '@parvis/contract/chat-write';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';

let house: House;
let amina: Visitor;
let benoit: Visitor;
let stranger: Visitor;
let channel: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  amina = await house.person({ name: 'Amina Khelifi' });
  benoit = await house.person({ name: 'Benoît Amiot' });
  stranger = await house.person({ name: 'Amira Dehors' });
  const space = await house.space({ owner: amina, members: [benoit] });
  channel = (
    await amina.call(createChannel, { spaceId: space.uid, name: 'mentions', channelKind: 'private' })
  ).id;
});
afterAll(() => house?.stop());

const names = async (who: Visitor, q: string) =>
  (await who.call(findMentionable, { id: channel, q })).people.map(
    ({ person, sees }) => `${person.name}${sees ? '' : ' (outside)'}`,
  );

test('those who see the channel come first, others of the house after them and marked', async () => {
  expect(await names(amina, 'ami')).toEqual([
    'Amina Khelifi',
    'Amira Dehors (outside)',
    'Benoît Amiot (outside)',
  ]);
});

test('without a letter the people of the channel are proposed, and nobody else', async () => {
  expect(await names(amina, '')).toEqual(['Amina Khelifi']);
});

test('a stranger to the channel learns of nobody', async () => {
  await expect(stranger.call(findMentionable, { id: channel, q: 'a' })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('a guest finds who has spoken here, and does not browse the directory', async () => {
  const guest = await house.person({ kind: 'guest', name: 'Chloé Invitée' });
  const space = await house.space({ owner: amina, members: [benoit, guest] });
  const open = (await amina.call(createChannel, { spaceId: space.uid, name: 'ouvert' })).id;
  await amina.call(postMessage, { id: open, clientId: crypto.randomUUID(), body: 'Bonjour' });
  const found = await guest.call(findMentionable, { id: open, q: 'ami' });
  expect(found.people.map(({ person }) => person.name)).toEqual(['Amina Khelifi']);
  expect(found.groups).toEqual([]);
});

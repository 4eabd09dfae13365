import {
  createChannel,
  getChannel,
  listChannels,
  listMessages,
  listUnread,
  postMessage,
} from '@parvis/contract/chat';
import {
  addToChannel,
  archiveChannel,
  changeChannel,
  joinChannel,
  leaveChannel,
  listChannelPeople,
  placeChannel,
  removeFromChannel,
  unarchiveChannel,
} from '@parvis/contract/chat-channel';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';

let house: House;
let owner: Visitor;
let member: Visitor;
let outsider: Visitor;
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  [owner, member, outsider] = await Promise.all([
    house.person({ name: 'Odile Owner' }),
    house.person({ name: 'Marc Member' }),
    house.person({ name: 'Omar Outsider' }),
  ]);
  spaceId = (await house.space({ owner, members: [member] })).uid;
});
afterAll(() => house?.stop());

const say = (by: Visitor, id: string, body: string) =>
  by.call(postMessage, { id, clientId: crypto.randomUUID(), body });
const namesIn = async (by: Visitor, id: string) =>
  (await by.call(listChannelPeople, { id })).people.map(({ person }) => person.name);

test('a channel for who joins is readable to all of the space, and in the column of those who joined', async () => {
  const { id } = await owner.call(createChannel, { spaceId, name: 'à rejoindre', forEveryone: false });
  const inList = async () =>
    (await member.call(listChannels, { id: spaceId })).channels.find((one) => one.id === id)?.joined;
  const unread = async () => (await member.call(listUnread, {})).channels.some((one) => one.channelId === id);
  await say(owner, id, 'premier');
  expect(await inList()).toBe(false);
  expect(await unread()).toBe(false);
  expect((await member.call(listMessages, { id })).messages.map(({ body }) => body)).toContain('premier');

  expect(await member.call(joinChannel, { id })).toMatchObject({ joined: true });
  await member.call(joinChannel, { id });
  expect(await inList()).toBe(true);
  expect(await unread()).toBe(true);
  expect(await namesIn(owner, id)).toEqual(['Odile Owner', 'Marc Member']);

  await member.call(leaveChannel, { id });
  expect(await inList()).toBe(false);
  expect(await unread()).toBe(false);
  expect(await namesIn(owner, id)).toEqual(['Odile Owner']);
  await expect(outsider.call(joinChannel, { id })).rejects.toMatchObject({ code: 'not-found' });
});

test('a channel for everyone is in every column, until somebody leaves it', async () => {
  const { id } = await owner.call(createChannel, { spaceId, name: 'tout le monde' });
  expect((await member.call(getChannel, { id })).joined).toBe(true);
  await member.call(leaveChannel, { id });
  expect((await member.call(getChannel, { id })).joined).toBe(false);
  expect(await namesIn(owner, id)).toEqual(['Odile Owner']);
  await member.call(joinChannel, { id });
  expect(await namesIn(owner, id)).toEqual(['Odile Owner', 'Marc Member']);
});

test('a private channel is nobody’s but who was put in; who leaves reads nothing more', async () => {
  const { id } = await owner.call(createChannel, { spaceId, name: 'réservé', channelKind: 'private' });
  await say(owner, id, 'entre nous');
  await expect(member.call(getChannel, { id })).rejects.toMatchObject({ code: 'not-found' });
  const { added } = await owner.call(addToChannel, { id, personIds: [member.person.uid] });
  expect(added.map(({ name }) => name)).toEqual(['Marc Member']);
  expect((await owner.call(addToChannel, { id, personIds: [member.person.uid] })).added).toEqual([]);
  expect(await say(member, id, 'merci')).toMatchObject({ body: 'merci' });
  // Letting others in is for who manages it.
  await expect(member.call(addToChannel, { id, personIds: [outsider.person.uid] })).rejects.toMatchObject({
    code: 'not-allowed',
  });

  await member.call(leaveChannel, { id });
  await expect(member.call(listMessages, { id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(owner.call(leaveChannel, { id })).rejects.toMatchObject({ code: 'last-owner' });
});

test('a guest reads the channel that they were put in, and nothing else of the space', async () => {
  const guest = await house.person({ kind: 'guest', sponsorId: owner.person.id, name: 'Gisèle Guest' });
  const { id } = await owner.call(createChannel, { spaceId, name: 'avec l’association' });
  const { id: other } = await owner.call(createChannel, { spaceId, name: 'sans elle' });
  await owner.call(addToChannel, { id, personIds: [guest.person.uid] });
  const { channels } = await guest.call(listChannels, { id: spaceId });
  expect(channels.map((one) => one.id)).toEqual([id]);
  expect(channels[0]).toMatchObject({ joined: true, role: 'commenter' });
  await say(guest, id, 'bonjour');
  for (const op of [getChannel, joinChannel, leaveChannel, listChannelPeople, listMessages])
    await expect(guest.call(op, { id: other })).rejects.toMatchObject({ code: 'not-found' });

  await owner.call(removeFromChannel, { id, personId: guest.person.uid });
  await expect(guest.call(listMessages, { id })).rejects.toMatchObject({ code: 'not-found' });
});

test('stars, silence and hiding are each person’s own; something new brings a hidden channel back', async () => {
  const { id } = await owner.call(createChannel, { spaceId, name: 'colonne' });
  await say(owner, id, 'un');
  expect(await member.call(placeChannel, { id, starred: true, hidden: true })).toMatchObject({
    starred: true,
    hidden: true,
    muted: false,
    joined: true,
  });
  expect(await owner.call(getChannel, { id })).toMatchObject({ starred: false, hidden: false });
  await say(owner, id, 'deux');
  expect(await member.call(getChannel, { id })).toMatchObject({ starred: true, hidden: false });
  const unread = async () => (await member.call(listUnread, {})).channels.some((one) => one.channelId === id);
  expect(await unread()).toBe(true);
  await member.call(placeChannel, { id, muted: true });
  expect(await unread()).toBe(false);
});

test('name, topic and end of a channel: by whom, in the journal, and at once for who writes', async () => {
  const { id } = await owner.call(createChannel, { spaceId, name: 'avant', topic: 'de départ' });
  await expect(member.call(changeChannel, { id, title: 'à moi' })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  expect(await member.call(changeChannel, { id, topic: 'nouveau sujet' })).toMatchObject({
    title: 'avant',
    topic: 'nouveau sujet',
  });
  expect(await owner.call(changeChannel, { id, title: 'après', description: 'Pour\ntous' })).toMatchObject({
    title: 'après',
    description: 'Pour\ntous',
  });
  expect(await say(member, id, 'encore')).toMatchObject({ body: 'encore' });

  await expect(member.call(archiveChannel, { id })).rejects.toMatchObject({ code: 'not-allowed' });
  expect((await owner.call(archiveChannel, { id })).archivedAt).not.toBeNull();
  for (const by of [owner, member])
    await expect(say(by, id, 'trop tard')).rejects.toMatchObject({ code: 'channel-archived' });
  await expect(owner.call(changeChannel, { id, topic: 'x' })).rejects.toMatchObject({
    code: 'channel-archived',
  });
  expect((await member.call(listMessages, { id })).messages.map(({ body }) => body)).toContain('encore');
  expect((await owner.call(unarchiveChannel, { id })).archivedAt).toBeNull();
  expect(await say(member, id, 'de nouveau')).toMatchObject({ body: 'de nouveau' });

  const journal = await house.db.query<{ action: string }>(
    `select a.action from access.audit a join access.resource r on r.id = a.resource_id where r.uid = $1 order by a.id`,
    [id],
  );
  expect(journal.map(({ action }) => action)).toEqual([
    'channel.created',
    'channel.topic-set',
    'channel.renamed',
    'channel.archived',
    'channel.unarchived',
  ]);
});

test('of announcements the managers speak, also of the topic', async () => {
  const { id } = await owner.call(createChannel, { spaceId, name: 'annonces', channelKind: 'announcements' });
  await expect(member.call(changeChannel, { id, topic: 'x' })).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(say(member, id, 'x')).rejects.toMatchObject({ code: 'read-only-channel' });
  await owner.call(addToChannel, { id, personIds: [outsider.person.uid] });
  expect(await outsider.call(getChannel, { id })).toMatchObject({ role: 'reader', joined: true });
});

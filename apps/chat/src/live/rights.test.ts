import { randomUUID } from 'node:crypto';
import { transaction } from '@parvis/access/db';
import { grant, revoke } from '@parvis/access/grants';
import { addMember, createGroup, removeMember } from '@parvis/access/groups';
import { trash } from '@parvis/access/moving';
import type { Role } from '@parvis/access/roles';
import { endByPerson } from '@parvis/access/sessions';
import type { ResourceRow } from '@parvis/access/tree';
import {
  createChannel,
  getChannel,
  listChannels,
  listMessages,
  markRead,
  postMessage,
} from '@parvis/contract/chat';
import type { Refusal } from '@parvis/contract/refusal';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen, type Screen } from '../testing/screen.ts';
import { Following } from './following.ts';

let house: House;
let second: Served;
let owner: Visitor;
let member: Visitor;
let space: ResourceRow;
let channel: string;
const open: Screen[] = [];

beforeAll(async () => {
  house = await aHouse([chat]);
  second = await house.another(chat);
});
afterAll(async () => {
  for (const screen of open) screen.cut();
  await second?.close();
  await house?.stop();
});
beforeEach(async () => {
  owner = await house.person();
  member = await house.person();
  space = await house.space({ owner, members: [member] });
  channel = (await owner.call(createChannel, { spaceId: space.uid, name: 'plans' })).id;
});

async function screen(visitor: Visitor, url = house.urlOf('chat')): Promise<Screen> {
  const one = await aScreen(url, visitor.cookie);
  open.push(one);
  return one;
}
const give = (who: Visitor, role: Role, resourceUid = space.uid) =>
  transaction(house.pool, (db) =>
    grant(db, { resourceUid, subjectId: who.person.id, role }, owner.person.id),
  );
const remove = (who: Visitor, resourceUid = space.uid) =>
  transaction(house.pool, (db) => revoke(db, resourceUid, who.person.id));

test("a removed member's sockets hear gone and nothing more, on every process, without anybody asking again", async () => {
  const deaf = [await house.another(chat), await house.another(chat)] as const;
  // The look at who still may, which comes by itself, would find it out a little later.
  for (const { app } of deaf) app.get(Following).onModuleDestroy();
  const [here, there, sender] = [
    await screen(member, deaf[0].url),
    await screen(member, deaf[1].url),
    await screen(owner),
  ];
  for (const one of [here, there, sender]) one.follow(channel);
  await sender.send(channel, 'for the member');
  for (const one of [here, there]) await one.until('the message', () => one.bodies(channel).length === 1);
  await remove(member);
  for (const one of [here, there]) await one.until('gone', () => one.gone.has(channel));
  await sender.send(channel, 'not for the member');
  sender.say({ t: 'typing', channelId: channel });
  await sender.until('own message', () => sender.bodies(channel).length === 2);
  for (const one of [here, there]) {
    await expect(one.send(channel, 'may I?')).rejects.toThrow('not-found');
    expect(one.afterGone).toBe(0);
    expect(JSON.stringify(one.heard)).not.toContain('not for the member');
    expect(one.heard.some(({ t }) => t === 'typing')).toBe(false);
    one.cut();
  }
  for (const one of deaf) await one.close();
});

test('what is stored after somebody was removed is never shown to them, however soon after', async () => {
  const sender = await screen(owner);
  const watchers = [await screen(member), await screen(member, second.url)];
  for (let round = 0; round < 40; round += 1) {
    for (const one of watchers) {
      one.gone.delete(channel);
      one.shown.delete(channel);
      one.follow(channel);
      await one.until('live', () => one.bodies(channel).length === round);
    }
    // The removal is committed; the next message is sent in the same breath, before any notice can have been heard.
    await remove(member);
    await sender.send(channel, `secret ${round}`);
    for (const one of watchers) await one.until('gone', () => one.gone.has(channel));
    for (const one of watchers) expect(JSON.stringify(one.heard)).not.toContain(`secret ${round}"`);
    await give(member, 'editor');
    for (const one of watchers) one.heard.length = 0;
  }
});

test('a message sent in the breath after the removal of its sender is refused', async () => {
  const writer = await screen(member);
  writer.follow(channel);
  await writer.send(channel, 'still in');
  for (let round = 0; round < 20; round += 1) {
    await remove(member);
    await expect(writer.send(channel, `round ${round}`)).rejects.toThrow('not-found');
    await give(member, 'editor');
    await writer.send(channel, `back ${round}`);
  }
});

test('who loses a group loses its channels; who gets a lower role may read and no longer write', async () => {
  const grouped = await house.person();
  const group = await createGroup(house.db, `g ${randomUUID()}`);
  await addMember(house.db, group.id, grouped.person.id);
  await transaction(house.pool, (db) =>
    grant(db, { resourceUid: space.uid, subjectId: group.id, role: 'commenter' }, owner.person.id),
  );
  const [one, reader] = [await screen(grouped), await screen(member)];
  one.follow(channel);
  reader.follow(channel);
  await one.send(channel, 'from the group');
  await reader.until('the message', () => reader.bodies(channel).length === 1);
  await transaction(house.pool, (db) => removeMember(db, group.id, grouped.person.id));
  await one.until('gone', () => one.gone.has(channel));
  await give(member, 'reader');
  await expect(reader.send(channel, 'may I?')).rejects.toThrow('not-allowed');
  await owner.call(postMessage, { id: channel, clientId: randomUUID(), body: 'reading goes on' });
  await reader.until('the next message', () => reader.bodies(channel).length === 2);
  expect(reader.gone.size).toBe(0);
});

test('a role that ends by the clock ends on open sockets too', async () => {
  const brief = await house.person();
  const until = (ms: number) =>
    transaction(house.pool, (db) => {
      const expiresAt = new Date(Date.now() + ms);
      const wanted = {
        resourceUid: channel,
        subjectId: brief.person.id,
        role: 'commenter',
        expiresAt,
      } as const;
      return grant(db, wanted, owner.person.id);
    });
  await until(3_600_000);
  const one = await screen(brief);
  one.follow(channel);
  await one.send(channel, 'while it lasts');
  await until(1_500);
  const asked = () =>
    brief.call(getChannel, { id: channel }).then(
      () => 'seen',
      ({ code }: Refusal) => code,
    );
  await expect.poll(asked).toBe('not-found');
  await one.until('gone', () => one.gone.has(channel));
});

test('a channel in the trash is gone for everybody', async () => {
  const one = await screen(member);
  one.follow(channel);
  await one.send(channel, 'hello');
  await transaction(house.pool, (db) => trash(db, channel, owner.person.id));
  await one.until('gone', () => one.gone.has(channel));
  await expect(owner.call(listMessages, { id: channel })).rejects.toMatchObject({ code: 'not-found' });
});

test('a stranger gets the same answer as for a channel that does not exist', async () => {
  const stranger = await house.person();
  await owner.call(postMessage, { id: channel, clientId: randomUUID(), body: 'inside' });
  const nowhere = randomUUID();
  const answers = async (id: string) => {
    const told: unknown[] = [];
    for (const ask of [
      () => stranger.call(getChannel, { id }),
      () => stranger.call(listMessages, { id }),
      () => stranger.call(markRead, { id, seq: 1 }),
      () => stranger.call(postMessage, { id, clientId: randomUUID(), body: 'x' }),
      () => stranger.call(listChannels, { id }),
    ]) {
      const { status, code, title } = await ask().then(
        () => ({ status: 200, code: '', title: '' }),
        (error: { problem: { status: number; code: string; title: string } }) => error.problem,
      );
      told.push([status, code, title]);
    }
    const socket = await screen(stranger);
    socket.follow(id);
    socket.say({ t: 'typing', channelId: id });
    socket.say({ t: 'read', channelId: id, seq: 1 });
    await socket.send(id, 'x').catch(() => {});
    await socket.until('four refusals', () => socket.refusals().length === 4);
    return [...told, socket.refusals()];
  };
  const inside = await answers(channel);
  expect(inside).toEqual(await answers(nowhere));
  expect(inside.slice(0, 4)).toEqual(Array(4).fill([404, 'not-found', 'Not found']));
  await expect(stranger.call(listChannels, { id: space.uid })).rejects.toMatchObject({ code: 'not-found' });
});

test('a private channel is for those who were given it; announcements are read by all and written by managers', async () => {
  const [secret, news] = [
    await owner.call(createChannel, { spaceId: space.uid, name: 'board', channelKind: 'private' }),
    await owner.call(createChannel, { spaceId: space.uid, name: 'news', channelKind: 'announcements' }),
  ];
  const titles = async () =>
    (await member.call(listChannels, { id: space.uid })).channels.map(({ title }) => title);
  expect(await titles()).not.toContain('board');
  await expect(member.call(getChannel, { id: secret.id })).rejects.toMatchObject({ code: 'not-found' });
  await give(member, 'commenter', secret.id);
  expect(await titles()).toContain('board');
  await member.call(postMessage, { id: secret.id, clientId: randomUUID(), body: 'thanks' });
  await owner.call(postMessage, { id: news.id, clientId: randomUUID(), body: 'signed!' });
  await expect(
    member.call(postMessage, { id: news.id, clientId: randomUUID(), body: 'me too' }),
  ).rejects.toMatchObject({ code: 'read-only-channel' });
  expect((await member.call(listMessages, { id: news.id })).messages).toHaveLength(1);
});

test('a guest sees the channel that they were given and no other', async () => {
  const guest = await house.person({ kind: 'guest', organisation: 'Outside' });
  await give(guest, 'commenter', channel);
  const { channels } = await guest.call(listChannels, { id: space.uid });
  expect(channels.map(({ id }) => id)).toEqual([channel]);
  await guest.call(postMessage, { id: channel, clientId: randomUUID(), body: 'bonjour' });
  await expect(guest.call(createChannel, { spaceId: space.uid, name: 'mine' })).rejects.toMatchObject({
    problem: { status: 403 },
  });
});

test('whoever signs out everywhere is shown nothing more', async () => {
  const one = await screen(member);
  one.follow(channel);
  await one.send(channel, 'hello');
  await transaction(house.pool, (db) => endByPerson(db, member.person.id));
  await owner.call(postMessage, { id: channel, clientId: randomUUID(), body: 'after sign-out' });
  await one.until('closed', () => one.closed !== null);
  expect(one.closed).toEqual({ code: 4401, reason: 'no-session' });
  expect(JSON.stringify(one.heard)).not.toContain('after sign-out');
});

test('when the listening connection is lost, rights are asked for again and everything goes on', async () => {
  const [reader, writer] = [await screen(member), await screen(owner)];
  for (const one of [reader, writer]) one.follow(channel);
  await writer.send(channel, 'before');
  await reader.until('before', () => reader.bodies(channel).length === 1);
  await house.db.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'parvis_chat'",
  );
  await remove(member);
  await writer.send(channel, 'after');
  await reader.until('gone', () => reader.gone.has(channel));
  await writer.until('after', () => writer.bodies(channel).length === 2);
  expect(JSON.stringify(reader.heard)).not.toContain('"after"');
});

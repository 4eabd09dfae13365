import { randomUUID } from 'node:crypto';
import type { ResourceRow } from '@parvis/access/tree';
import {
  createChannel,
  getChannel,
  listMessages,
  listUnread,
  markRead,
  postMessage,
} from '@parvis/contract/chat';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Following } from '../live/following.ts';
import { chat } from '../service.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
let second: Served;
let amina: Visitor;
let benoit: Visitor;
let space: ResourceRow;

beforeAll(async () => {
  house = await aHouse([chat]);
  second = await house.another(chat);
  amina = await house.person({ name: 'أمينة' });
  benoit = await house.person({ name: 'Benoît' });
  space = await house.space({ owner: amina, members: [benoit] });
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

async function aChannel(): Promise<string> {
  return (await amina.call(createChannel, { spaceId: space.uid, name: `c ${randomUUID()}` })).id;
}
const first = () => house.urlOf('chat');

async function stored(channelId: string): Promise<{ seq: number; body: string }[]> {
  return house.db.query(
    `select m.seq::float8 as seq, m.body from chat.message m join chat.channel c on c.resource_id = m.channel_id
      where c.uid = $1 order by m.seq`,
    [channelId],
  );
}

/** Whether a commit of messages waits for a row that somebody holds. */
async function commitWaits(): Promise<boolean> {
  const found = await house.db.query(
    `select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%chat.store_entries%'`,
  );
  return found.length > 0;
}

test('a message appears on the other screen, with its sender, and is acknowledged to who sent it', async () => {
  const channel = await aChannel();
  const [a, b] = [await aScreen(first(), amina.cookie), await aScreen(first(), benoit.cookie)];
  a.follow(channel);
  b.follow(channel);
  expect(await a.send(channel, 'صباح الخير')).toBe(1);
  await b.until('the message', () => b.bodies(channel).length === 1);
  expect(b.shown.get(channel)?.[0]).toMatchObject({ seq: 1, body: 'صباح الخير', sender: { name: 'أمينة' } });
  expect((await benoit.call(listMessages, { id: channel })).messages).toEqual(b.shown.get(channel));
  a.cut();
  b.cut();
});

test('a message is on disk before anybody sees it or its sender is told', async () => {
  const channel = await aChannel();
  const [a, b] = [await aScreen(first(), amina.cookie), await aScreen(first(), benoit.cookie)];
  b.follow(channel);
  await a.send(channel, 'live');
  await b.until('the channel is live', () => b.bodies(channel).length === 1);
  // Holding the channel's row keeps every commit of a message from happening.
  const holder = await house.pool.connect();
  await holder.query('begin');
  await holder.query('select from chat.channel where uid = $1 for update', [channel]);
  const sent = a.send(channel, 'only after the commit');
  await expect.poll(commitWaits).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(b.bodies(channel)).toEqual(['live']);
  expect(a.unsent).toBe(1);
  await holder.query('commit');
  holder.release();
  expect(await sent).toBe(2);
  await b.until('the message', () => b.bodies(channel).length === 2);
  expect(await stored(channel)).toHaveLength(2);
  a.cut();
  b.cut();
});

test('the same client id twice is stored once and answered the same, over socket and post, on any process', async () => {
  const channel = await aChannel();
  const clientId = randomUUID();
  const a = await aScreen(first(), amina.cookie);
  const seq = await a.send(channel, 'once', clientId);
  expect(await a.send(channel, 'once', clientId)).toBe(seq);
  const again = await amina.call(postMessage, { id: channel, clientId, body: 'once' });
  const page = await amina.call(listMessages, { id: channel });
  expect(page.messages).toEqual([again]);
  await a.open(second.url);
  expect(await a.send(channel, 'once', clientId)).toBe(seq);
  expect(await stored(channel)).toHaveLength(1);
  a.cut();
});

test('the same client id sent to two processes at the same moment is stored once', async () => {
  const channel = await aChannel();
  const [here, there] = [await aScreen(first(), amina.cookie), await aScreen(second.url, amina.cookie)];
  for (let round = 1; round <= 30; round += 1) {
    const clientId = randomUUID();
    const seqs = await Promise.all([
      here.send(channel, `r${round}`, clientId),
      there.send(channel, `r${round}`, clientId),
    ]);
    expect(seqs).toEqual([round, round]);
  }
  expect(await stored(channel)).toHaveLength(30);
  here.cut();
  there.cut();
});

test('a client id that was used for another text or channel is refused, and the first message stays as it was', async () => {
  const [channel, other] = [await aChannel(), await aChannel()];
  const clientId = randomUUID();
  const a = await aScreen(first(), amina.cookie);
  await a.send(channel, 'the first', clientId);
  await expect(a.send(channel, 'another', clientId)).rejects.toThrow('client-id-reused');
  await expect(a.send(other, 'the first', clientId)).rejects.toThrow('client-id-reused');
  await expect(amina.call(postMessage, { id: channel, clientId, body: 'x' })).rejects.toMatchObject({
    code: 'client-id-reused',
  });
  expect(await stored(channel)).toEqual([{ seq: 1, body: 'the first' }]);
  expect(await stored(other)).toEqual([]);
  a.cut();
});

test('two hundred sends at once get dense sequence numbers, in the order each sender sent them', async () => {
  const channel = await aChannel();
  const screens = [
    await aScreen(first(), amina.cookie),
    await aScreen(first(), benoit.cookie),
    await aScreen(second.url, amina.cookie),
    await aScreen(second.url, benoit.cookie),
  ];
  for (const screen of screens) screen.follow(channel);
  const sends = screens.flatMap((screen, who) =>
    Array.from({ length: 50 }, (_, nr) => screen.send(channel, `${who}:${nr}`)),
  );
  const seqs = await Promise.all(sends);
  expect([...seqs].sort((x, y) => x - y)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  for (let who = 0; who < 4; who += 1) {
    const mine = seqs.slice(who * 50, who * 50 + 50);
    expect(mine).toEqual([...mine].sort((x, y) => x - y));
  }
  const fresh = (await amina.call(listMessages, { id: channel, limit: 200 })).messages;
  for (const screen of screens) {
    await screen.until('all two hundred', () => screen.bodies(channel).length === 200);
    expect(screen.shown.get(channel)).toEqual(fresh);
    expect(screen.holes).toBe(0);
    screen.cut();
  }
});

test('a second process shows it by notice, without looking for it', async () => {
  const channel = await aChannel();
  const blind = await house.another(chat);
  // The look at the heads, which comes by itself, would show everything a little later.
  blind.app.get(Following).onModuleDestroy();
  const [a, b] = [await aScreen(first(), amina.cookie), await aScreen(blind.url, benoit.cookie)];
  b.follow(channel);
  await amina.call(postMessage, { id: channel, clientId: randomUUID(), body: 'one' });
  await b.until('one', () => b.bodies(channel).length === 1);
  for (let nr = 2; nr <= 12; nr += 1) {
    await a.send(channel, `nr ${nr}`);
    await b.until(`nr ${nr}`, () => b.bodies(channel).length === nr);
  }
  a.cut();
  b.cut();
  await blind.close();
});

test('what another process stored is shown even when its notice was lost', async () => {
  const channel = await aChannel();
  const a = await aScreen(first(), amina.cookie);
  a.follow(channel);
  await a.send(channel, 'one');
  // Stored by a process that died before it could tell anybody.
  await house.db.query(
    `select * from chat.store((select array_agg(resource_id) from chat.channel where uid = $1), $2, $3, $4)`,
    [channel, [benoit.person.id], [randomUUID()], ['untold']],
  );
  await a.until('the untold message', () => a.bodies(channel).length === 2);
  expect(await a.send(channel, 'three')).toBe(3);
  await a.until('all three', () => a.bodies(channel).length === 3);
  expect(a.bodies(channel)).toEqual(['one', 'untold', 'three']);
  a.cut();
});

test('what came during a cut is filled in order, and nothing comes twice', async () => {
  const channel = await aChannel();
  const [a, b] = [await aScreen(first(), amina.cookie), await aScreen(second.url, benoit.cookie)];
  b.follow(channel);
  await a.send(channel, 'before');
  await b.until('the first', () => b.bodies(channel).length === 1);
  b.cut();
  for (let nr = 0; nr < 150; nr += 1) void a.send(channel, `during ${nr}`);
  await a.until('all stored', () => a.unsent === 0);
  await b.open(first());
  await a.send(channel, 'after');
  await b.until('everything', () => b.bodies(channel).length === 152);
  expect(b.shown.get(channel)).toEqual(
    (await benoit.call(listMessages, { id: channel, limit: 200 })).messages,
  );
  expect(b.holes).toBe(0);
  expect(b.heard.some(({ t }) => t === 'reset')).toBe(false);
  a.cut();
  b.cut();
});

test('who missed more than two hundred is told to fetch, and ends with the same screen', async () => {
  const channel = await aChannel();
  const a = await aScreen(first(), amina.cookie);
  for (let nr = 0; nr < 230; nr += 1) void a.send(channel, `nr ${nr}`);
  await a.until('all stored', () => a.unsent === 0);
  const b = await aScreen(first(), benoit.cookie);
  b.follow(channel);
  await b.until('all', () => b.bodies(channel).length === 230);
  expect(b.heard.filter(({ t }) => t === 'reset')).toEqual([
    { t: 'reset', channelId: channel, lastSeq: 230, nr: 230 },
  ]);
  await a.send(channel, 'live');
  await b.until('the live one', () => b.bodies(channel).length === 231);
  expect(b.holes).toBe(0);
  a.cut();
  b.cut();
});

test('a page is the newest, or what is before or after a position', async () => {
  const channel = await aChannel();
  for (let nr = 1; nr <= 5; nr += 1)
    await amina.call(postMessage, { id: channel, clientId: randomUUID(), body: `${nr}` });
  const bodies = async (input: { before?: number; after?: number; limit?: number }) =>
    (await benoit.call(listMessages, { id: channel, ...input })).messages.map(({ body }) => body);
  expect(await bodies({ limit: 2 })).toEqual(['4', '5']);
  expect(await bodies({ before: 4, limit: 2 })).toEqual(['2', '3']);
  expect(await bodies({ after: 1, limit: 2 })).toEqual(['2', '3']);
  expect(await bodies({ after: 5 })).toEqual([]);
});

test('unread is what others wrote since I read, and reading on one device shows on the other', async () => {
  const channel = await aChannel();
  const [desk, phone] = [await aScreen(first(), benoit.cookie), await aScreen(second.url, benoit.cookie)];
  desk.follow(channel);
  phone.follow(channel);
  const unread = async (who: Visitor) =>
    (await who.call(listUnread, {})).channels.find(({ channelId }) => channelId === channel)?.unread ?? 0;
  for (const body of ['one', 'two', 'three']) {
    await amina.call(postMessage, { id: channel, clientId: randomUUID(), body });
  }
  expect(await unread(amina)).toBe(0);
  expect(await unread(benoit)).toBe(3);
  for (const screen of [desk, phone])
    await screen.until('all three', () => screen.bodies(channel).length === 3);
  desk.say({ t: 'read', channelId: channel, seq: 2 });
  await phone.until('the reading', () => phone.heard.some((one) => one.t === 'read' && one.seq === 2));
  expect(await unread(benoit)).toBe(1);
  await benoit.call(markRead, { id: channel, seq: 1 });
  expect((await benoit.call(getChannel, { id: channel })).readSeq).toBe(2);
  await benoit.call(markRead, { id: channel, seq: 9_999 });
  expect(await benoit.call(getChannel, { id: channel })).toMatchObject({ readSeq: 3, lastSeq: 3 });
  desk.cut();
  phone.cut();
});

test('typing is shown to the others, on every process, and never to oneself', async () => {
  const channel = await aChannel();
  const [a, b, c] = [
    await aScreen(first(), amina.cookie),
    await aScreen(first(), benoit.cookie),
    await aScreen(second.url, benoit.cookie),
  ];
  for (const screen of [a, b, c]) screen.follow(channel);
  await a.send(channel, 'hello');
  for (const screen of [a, b, c]) await screen.until('hello', () => screen.bodies(channel).length === 1);
  for (let nr = 0; nr < 5; nr += 1) a.say({ t: 'typing', channelId: channel });
  for (const screen of [b, c])
    await screen.until('typing', () => screen.heard.some(({ t }) => t === 'typing'));
  await a.send(channel, 'done');
  await c.until('done', () => c.bodies(channel).length === 2);
  expect(b.heard.filter(({ t }) => t === 'typing')).toMatchObject([{ person: { name: 'أمينة' } }]);
  expect(a.heard.some(({ t }) => t === 'typing')).toBe(false);
  for (const screen of [a, b, c]) screen.cut();
});

import { randomUUID } from 'node:crypto';
import type { ResourceRow } from '@parvis/access/tree';
import { createChannel, listMessages, listUnread, postMessage } from '@parvis/contract/chat';
import { deleteMessage, editMessage } from '@parvis/contract/chat-message';
import { followThread, listAnswers, listMyThreads, markThreadRead } from '@parvis/contract/chat-thread';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
let second: Served;
let amina: Visitor;
let benoit: Visitor;
let chloe: Visitor;
let space: ResourceRow;
let id: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  second = await house.another(chat);
});
beforeEach(async () => {
  [amina, benoit, chloe] = [
    await house.person({ name: 'أمينة' }),
    await house.person({ name: 'Benoît' }),
    await house.person({ name: 'Chloé' }),
  ];
  space = await house.space({ owner: amina, members: [benoit, chloe] });
  id = (await amina.call(createChannel, { spaceId: space.uid, name: `c ${randomUUID()}` })).id;
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

async function said(by: Visitor, body: string, more: { threadSeq?: number; inChannel?: boolean } = {}) {
  return (await by.call(postMessage, { id, clientId: randomUUID(), body, ...more })).seq;
}
const bodies = (of: readonly { body: string }[]) => of.map(({ body }) => body);

test('answers are in their thread; the channel shows the message with their number, on every process', async () => {
  const [here, there] = [
    await aScreen(house.urlOf('chat'), chloe.cookie),
    await aScreen(second.url, amina.cookie),
  ];
  for (const screen of [here, there]) screen.follow(id);
  const root = await said(amina, 'who comes?');
  await said(benoit, 'me', { threadSeq: root });
  await said(chloe, 'me too', { threadSeq: root });
  await said(amina, 'all told', { threadSeq: root, inChannel: true });
  for (const screen of [here, there]) {
    await screen.until('three answers', () => screen.shown.get(id)?.[0]?.thread?.replies === 3);
    expect(screen.bodies(id)).toEqual(['who comes?', 'all told']);
    expect(bodies(screen.answers.get(id) ?? [])).toEqual(['me', 'me too']);
    expect(screen.shown.get(id)).toEqual((await benoit.call(listMessages, { id })).messages);
    screen.cut();
  }
  const thread = await benoit.call(listAnswers, { id, seq: root });
  expect(bodies(thread.answers)).toEqual(['me', 'me too', 'all told']);
  expect(thread.root.thread?.people.map(({ name }) => name)).toEqual(['Benoît', 'Chloé', 'أمينة']);
  expect(thread).toMatchObject({ following: true, older: false, newer: false });
});

test('a thread is leafed through from either end', async () => {
  const root = await said(amina, 'root');
  for (let nr = 1; nr <= 5; nr += 1) await said(benoit, `${nr}`, { threadSeq: root });
  const last = await chloe.call(listAnswers, { id, seq: root, limit: 2 });
  expect([bodies(last.answers), last.older, last.newer]).toEqual([['4', '5'], true, false]);
  const before = await chloe.call(listAnswers, { id, seq: root, limit: 3, before: last.answers[0]?.seq });
  expect([bodies(before.answers), before.older, before.newer]).toEqual([['1', '2', '3'], false, true]);
  const first = await chloe.call(listAnswers, { id, seq: root, limit: 2, after: 0 });
  expect([bodies(first.answers), first.newer]).toEqual([['1', '2'], true]);
});

test('an answer to an answer, to nothing and to what was deleted is refused by name, over both ways', async () => {
  const root = await said(amina, 'root');
  const answer = await said(benoit, 'answer', { threadSeq: root });
  const gone = await said(amina, 'gone');
  await amina.call(deleteMessage, { id, seq: gone });
  const screen = await aScreen(house.urlOf('chat'), benoit.cookie);
  for (const threadSeq of [answer, gone, 999]) {
    await expect(said(benoit, 'no', { threadSeq })).rejects.toMatchObject({ code: 'no-such-thread' });
    screen.say({ t: 'send', channelId: id, clientId: randomUUID(), body: 'no', threadSeq });
  }
  await screen.until('three refusals', () => screen.refusals().length === 3);
  expect(new Set(screen.refusals())).toEqual(new Set(['no-such-thread']));
  screen.cut();
});

test('an answer sent twice with one client id is one answer, also in the count', async () => {
  const root = await said(amina, 'root');
  const clientId = randomUUID();
  const first = await benoit.call(postMessage, { id, clientId, body: 'once', threadSeq: root });
  const again = await benoit.call(postMessage, { id, clientId, body: 'once', threadSeq: root });
  expect(again.seq).toBe(first.seq);
  expect((await amina.call(listAnswers, { id, seq: root })).root.thread?.replies).toBe(1);
  await benoit.call(deleteMessage, { id, seq: first.seq });
  expect((await amina.call(listAnswers, { id, seq: root })).root.thread).toBe(null);
});

test('who began, answered or was mentioned follows; what is new stands first, and reading is on all screens', async () => {
  const [desk, phone] = [
    await aScreen(house.urlOf('chat'), amina.cookie),
    await aScreen(second.url, amina.cookie),
  ];
  for (const screen of [desk, phone]) screen.follow(id);
  const quiet = await said(amina, 'quiet');
  await said(benoit, 'nothing new soon', { threadSeq: quiet });
  const root = await said(amina, 'lively');
  const mention = `@[Chloé](person/${chloe.person.uid}) and you?`;
  const last = await said(benoit, mention, { threadSeq: root });
  await amina.call(markThreadRead, { id, seq: quiet, upTo: last });
  const mine = await amina.call(listMyThreads, {});
  expect(mine.threads.map(({ root: { body }, unread }) => [body, unread])).toEqual([
    ['lively', 1],
    ['quiet', 0],
  ]);
  expect(bodies(mine.threads[0]?.latest ?? [])).toEqual([mention]);
  expect(mine.channels.map((channel) => channel.id)).toEqual([id]);
  expect((await amina.call(listUnread, {})).threads).toEqual({ unread: 1, mentions: 0 });
  expect((await chloe.call(listUnread, {})).threads).toEqual({ unread: 1, mentions: 1 });
  expect((await chloe.call(listMyThreads, {})).threads[0]).toMatchObject({ unread: 1, mentions: 1 });
  expect((await benoit.call(listUnread, {})).threads).toEqual({ unread: 0, mentions: 0 });
  for (const screen of [desk, phone]) await screen.until('both', () => screen.bodies(id).length === 2);
  await amina.call(markThreadRead, { id, seq: root, upTo: last });
  for (const screen of [desk, phone])
    await screen.until('read', () =>
      screen.heard.some((one) => one.t === 'thread' && one.threadSeq === root && one.readSeq === last),
    );
  expect((await amina.call(listUnread, {})).threads).toEqual({ unread: 0, mentions: 0 });
  desk.cut();
  phone.cut();
});

test('answers in a thread are not unread in the channel, nor read by reading it', async () => {
  const root = await said(amina, 'root');
  await said(amina, 'answer', { threadSeq: root });
  await said(amina, 'shown in both', { threadSeq: root, inChannel: true });
  const unread = async (who: Visitor) =>
    (await who.call(listUnread, {})).channels.find(({ channelId }) => channelId === id)?.unread ?? 0;
  expect(await unread(benoit)).toBe(2);
  await said(benoit, 'in the thread only', { threadSeq: root });
  expect(await unread(benoit)).toBe(2);
});

test('who no longer follows is told nothing, and who was removed from the channel sees no thread of it', async () => {
  const root = await said(amina, 'root');
  await said(benoit, 'one', { threadSeq: root });
  await amina.call(followThread, { id, seq: root, on: false });
  await said(benoit, 'two', { threadSeq: root });
  expect((await amina.call(listMyThreads, {})).threads).toEqual([]);
  await amina.call(followThread, { id, seq: root, on: true });
  expect((await amina.call(listMyThreads, {})).threads).toMatchObject([{ unread: 2 }]);
  await house.db.query(
    'delete from access.grant_ where subject_id = $1 and resource_id = (select id from access.resource where uid = $2)',
    [benoit.person.id, space.uid],
  );
  expect(await benoit.call(listMyThreads, {})).toMatchObject({ threads: [], channels: [] });
  await expect(benoit.call(listAnswers, { id, seq: root })).rejects.toMatchObject({ code: 'not-found' });
});

test('mentions are read from the text alone, by the server, with the names that people have', async () => {
  const group = await house.db.query<{ uid: string }>(
    `with s as (insert into access.subject (kind) values ('group') returning id)
     insert into access.people_group (subject_id, name) select id, $1 from s returning uid`,
    [`Équipe ${randomUUID()}`],
  );
  await house.db.query(
    `insert into access.member (group_id, subject_id)
     select subject_id, $2 from access.people_group where uid = $1`,
    [group[0]?.uid, benoit.person.id],
  );
  const body =
    `@[Le ministre](person/${chloe.person.uid}) @[x](group/${group[0]?.uid}) @here, et \`@channel\` ` +
    `@[nobody](person/${randomUUID()}) mail@channel.example`;
  const sent = await amina.call(postMessage, { id, clientId: randomUUID(), body });
  expect(sent.mentions.map(({ kind, name }) => [kind, name])).toEqual([
    ['person', 'Chloé'],
    ['group', expect.stringMatching(/^Équipe/)],
    ['here', 'here'],
  ]);
  const mentions = async (who: Visitor) =>
    (await who.call(listUnread, {})).channels.find(({ channelId }) => channelId === id)?.mentions ?? 0;
  expect([await mentions(benoit), await mentions(chloe), await mentions(amina)]).toEqual([1, 1, 0]);
  await amina.call(editMessage, { id, seq: sent.seq, body: `@[x](person/${benoit.person.uid})` });
  expect([await mentions(benoit), await mentions(chloe)]).toEqual([1, 0]);
  const rows = await house.db.query('select kind, subject_id as who from chat.mention where seq = $1', [
    sent.seq,
  ]);
  expect(rows).toContainEqual({ kind: 'person', who: benoit.person.id });
});

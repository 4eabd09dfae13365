import { type Happening, happen } from '@parvis/access/happenings';
import { grant, revoke } from '@parvis/access/grants';
import { createResource, type ResourceRow } from '@parvis/access/tree';
import {
  countInbox,
  listInbox,
  markInbox,
  type NotifyHearing,
  notifyPath,
  readThing,
} from '@parvis/contract/notify';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { notify } from '../service.ts';
import { message as messageBy, said as saidIn } from '../testing/saying.ts';

let house: House;
let ada: Visitor;
let ben: Visitor;
let cleo: Visitor;
let stranger: Visitor;
let space: ResourceRow;
let channel: ResourceRow;

beforeAll(async () => {
  house = await aHouse([notify]);
});
afterAll(() => house?.stop());
beforeEach(async () => {
  [ada, ben, cleo, stranger] = [
    await house.person({ name: 'Ada' }),
    await house.person({ name: 'Ben' }),
    await house.person({ name: 'Cleo' }),
    await house.person(),
  ];
  space = await house.space({ owner: ada, members: [ben, cleo], name: 'Estuaire' });
  channel = await aChannel('Digues');
});

const aChannel = (title: string) =>
  createResource(house.db, { kind: 'channel', title, ownerId: ada.person.id, spaceUid: space.uid });

const message = (seq: number, detail: Parameters<typeof messageBy>[3]) =>
  messageBy(ada, channel, seq, detail);
const said = (...happened: Happening[]) => saidIn(house, ...happened);
const inboxOf = async (who: Visitor) => (await who.call(listInbox, {})).items;

/** A screen of a person, and what it heard. */
async function aScreen(who: Visitor): Promise<{ socket: WebSocket; heard: NotifyHearing[] }> {
  const socket = await who.socket(notifyPath);
  const heard: NotifyHearing[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as NotifyHearing));
  await vi.waitFor(() => expect(heard.at(0)?.t).toBe('ready'), { timeout: 30_000 });
  return { socket, heard };
}

test('a mention is in the inbox of whom it names, with the thing and who did it, and in nobody else’s', async () => {
  await said(message(3, { people: [ben.person.id, stranger.person.id] }));
  const [item, ...rest] = await inboxOf(ben);
  expect(rest).toEqual([]);
  expect(item).toMatchObject({
    kind: 'mention',
    by: { name: 'Ada' },
    thing: { id: channel.uid, title: 'Digues', kind: 'channel', spaceId: space.uid },
    seq: 3,
    count: 1,
    read: false,
    done: false,
  });
  for (const who of [ada, cleo, stranger]) expect(await inboxOf(who)).toEqual([]);
});

test('told twice it is there once; the channel, a group and a thread reach whom they concern', async () => {
  const replies = { threadSeq: 3, followers: [ben.person.id] };
  await said(message(3, { people: [ben.person.id] }), message(3, { people: [ben.person.id] }));
  await said(message(4, { everybody: true }), message(5, replies), message(6, replies));
  expect((await inboxOf(ben)).map(({ kind, count }) => [kind, count])).toEqual([
    ['reply', 2],
    ['everybody', 1],
    ['mention', 1],
  ]);
  expect((await inboxOf(cleo)).map(({ kind }) => kind)).toEqual(['everybody']);
});

test('what is addressed to nobody reaches nobody; in a direct channel it grows as one line', async () => {
  await said(message(1, {}));
  await said(message(2, { direct: true }), message(3, { direct: true }));
  expect((await inboxOf(ben)).map(({ kind, seq, count }) => ({ kind, seq, count }))).toEqual([
    { kind: 'direct', seq: 3, count: 2 },
  ]);
});

test('read in the channel is read in the inbox on every screen, in whatever order it is heard', async () => {
  const screens = [await aScreen(ben), await aScreen(ben)];
  await said(message(3, { people: [ben.person.id] }));
  for (const { heard } of screens)
    await vi.waitFor(
      () => expect(heard.at(-1)).toMatchObject({ t: 'inbox', unread: 1, fresh: [{ seq: 3 }] }),
      { timeout: 30_000 },
    );
  await happen(house.db, {
    what: 'read',
    actorId: null,
    resourceId: null,
    detail: { reads: [[channel.id, ben.person.id, 4, null]] },
  });
  for (const { heard } of screens)
    await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ t: 'inbox', unread: 0, fresh: [] }), {
      timeout: 30_000,
    });
  // Heard late: the channel was read past it already.
  await said(message(4, { people: [ben.person.id] }));
  expect(await ben.call(countInbox, {})).toEqual({ unread: 0 });
  for (const { socket } of screens) socket.close();
});

test('done, to do again, read and unread are the same on all screens, and one’s own only', async () => {
  const { socket, heard } = await aScreen(ben);
  await said(message(3, { people: [ben.person.id] }), message(4, { people: [ben.person.id] }));
  const ids = (await inboxOf(ben)).map(({ id }) => id);
  expect(await cleo.call(markInbox, { ids, as: 'done' })).toEqual({ unread: 0 });
  expect(await inboxOf(ben)).toHaveLength(2);
  expect(await ben.call(markInbox, { ids: ids.slice(0, 1), as: 'done' })).toEqual({ unread: 1 });
  await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ t: 'inbox', unread: 1 }), { timeout: 30_000 });
  expect((await inboxOf(ben)).map(({ seq }) => seq)).toEqual([3]);
  expect((await ben.call(listInbox, { show: 'done' })).items.map(({ seq }) => seq)).toEqual([4]);
  expect(await ben.call(markInbox, { ids, as: 'unread' })).toEqual({ unread: 2 });
  expect(await ben.call(markInbox, { as: 'read' })).toEqual({ unread: 0 });
  expect((await ben.call(listInbox, { show: 'unread' })).items).toEqual([]);
  socket.close();
});

test('lines of one bundle made unread together stay one', async () => {
  await said(message(2, { direct: true }));
  await ben.call(markInbox, { as: 'read' });
  await said(message(3, { direct: true }));
  const ids = (await inboxOf(ben)).map(({ id }) => id);
  expect(ids).toHaveLength(2);
  expect(await ben.call(markInbox, { ids, as: 'unread' })).toEqual({ unread: 1 });
  await ben.call(markInbox, { as: 'read' });
  expect(await ben.call(markInbox, { ids, as: 'unread' })).toEqual({ unread: 1 });
});

test('what one may no longer see is not in the inbox, nor counted; back again, it is', async () => {
  const { socket, heard } = await aScreen(ben);
  await said(message(3, { people: [ben.person.id] }));
  await revoke(house.db, space.uid, ben.person.id);
  await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ t: 'inbox', unread: 0 }), { timeout: 30_000 });
  expect(await inboxOf(ben)).toEqual([]);
  await grant(house.db, { resourceUid: space.uid, subjectId: ben.person.id, role: 'reader' }, ada.person.id);
  expect(await inboxOf(ben)).toHaveLength(1);
  socket.close();
});

test('who asks to be let in reaches those who may share; a refusal names nothing, and opening the thing reads it', async () => {
  const note = await createResource(house.db, {
    kind: 'document',
    title: 'Secret',
    ownerId: ada.person.id,
    parentUid: space.uid,
  });
  const about = { actorId: stranger.person.id, resourceId: note.id };
  await said({ what: 'access-asked', ...about, detail: {} });
  expect(await inboxOf(ben)).toEqual([]);
  expect(await inboxOf(ada)).toMatchObject([{ kind: 'access-asked', thing: { title: 'Secret' } }]);
  const answer = { personId: stranger.person.id, given: false };
  await said({ what: 'access-answered', actorId: ada.person.id, resourceId: note.id, detail: answer });
  expect(await inboxOf(stranger)).toMatchObject([
    { kind: 'access-answered', given: false, thing: null, by: null },
  ]);
  await expect(stranger.call(readThing, { id: note.uid })).rejects.toMatchObject({ code: 'not-found' });
  await ada.call(readThing, { id: note.uid });
  expect(await ada.call(countInbox, {})).toEqual({ unread: 0 });
});

test('pages follow one another without a hole; what came in between changes nothing', async () => {
  for (let seq = 1; seq <= 5; seq += 1) await said(message(seq, { people: [ben.person.id] }));
  const first = await ben.call(listInbox, { limit: 2 });
  await said(message(6, { people: [ben.person.id] }));
  const second = await ben.call(listInbox, { limit: 2, before: first.items.at(-1)?.id as string });
  const third = await ben.call(listInbox, { limit: 2, before: second.items.at(-1)?.id as string });
  expect([...first.items, ...second.items, ...third.items].map(({ seq }) => seq)).toEqual([5, 4, 3, 2, 1]);
  expect([first.more, second.more, third.more]).toEqual([true, true, false]);
});

test('one that cannot be told holds up no other', async () => {
  const wrong = {
    what: 'named',
    actorId: null,
    resourceId: channel.id,
    detail: { place: 'b', people: ['no uuid'] },
  };
  await said(wrong as Happening, message(3, { people: [ben.person.id] }));
  expect(await inboxOf(ben)).toHaveLength(1);
  expect(await house.db.query('delete from access.happening returning attempts')).toEqual([{ attempts: 5 }]);
});

test('a second process on the same database shares the work: each line comes once', async () => {
  const other = await house.another(notify);
  await said(...Array.from({ length: 200 }, (_, at) => message(at + 1, { people: [ben.person.id] })));
  await other.close();
  const { items } = await ben.call(listInbox, { limit: 200 });
  expect(new Set(items.map(({ seq }) => seq)).size).toBe(200);
});

test('whoever is invited to a meeting hears of it, once while it changes, and again when it begins', async () => {
  const meeting = await createResource(house.db, {
    kind: 'meeting',
    title: 'Comité',
    ownerId: ada.person.id,
    parentUid: space.uid,
  });
  const at = '2027-01-11T09:00:00.000Z';
  type Why = Extract<Happening, { what: 'meeting' }>['detail']['why'];
  const told = (why: Why, by: Visitor | null): Happening => ({
    what: 'meeting',
    actorId: by?.person.id ?? null,
    resourceId: meeting.id,
    detail: { why, people: [ada.person.id, ben.person.id, stranger.person.id], at: by === null ? at : null },
  });
  await said(told('invited', ada), told('meeting-changed', ada), told('meeting-soon', null));
  const lines = (await inboxOf(ben)).map(({ kind, by, place, count }) => [kind, by?.name, place, count]);
  expect(lines.toSorted()).toEqual([
    ['meeting-changed', 'Ada', null, 2],
    ['meeting-soon', undefined, at, 1],
  ]);
  expect((await inboxOf(ada)).map(({ kind }) => kind)).toEqual(['meeting-soon']);
  // An unread line becomes the newer news: it has begun by now. What was kept stands once of each kind.
  await said(told('meeting-started', null), told('recording-saved', null), told('recording-saved', null));
  await said(told('transcript-ready', null), told('minutes-ready', null));
  await said(told('recording-failed', null), told('recording-cut', null));
  expect((await inboxOf(ben)).map(({ kind, count }) => [kind, count]).toSorted()).toEqual([
    ['meeting-changed', 2],
    ['meeting-started', 2],
    ['minutes-ready', 1],
    ['recording-cut', 1],
    ['recording-failed', 1],
    ['recording-saved', 2],
    ['transcript-ready', 1],
  ]);
  expect(await inboxOf(stranger)).toEqual([]);
});

import { grant } from '@parvis/access/grants';
import { createResource, type ResourceRow } from '@parvis/access/tree';
import { type NotifyHearing, notifyPath, listInbox } from '@parvis/contract/notify';
import { changeNotifySettings } from '@parvis/contract/notify-settings';
import { type PersonPresence, setStatus } from '@parvis/contract/presence';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { notify } from '../service.ts';
import { message, said } from '../testing/saying.ts';
import { deadMs } from './here.ts';

let house: House;
let ada: Visitor;
let ben: Visitor;
let space: ResourceRow;
let channel: ResourceRow;
const open: WebSocket[] = [];

beforeAll(async () => {
  house = await aHouse([notify]);
});
afterAll(() => house?.stop());
beforeEach(async () => {
  for (const socket of open.splice(0)) socket.close();
  [ada, ben] = [await house.person(), await house.person()];
  space = await house.space({ owner: ada, members: [ben] });
  channel = await createResource(house.db, {
    kind: 'channel',
    title: 'C',
    ownerId: ada.person.id,
    spaceUid: space.uid,
  });
});

interface Screen {
  socket: WebSocket;
  /** What was last said of each person, by uid. */
  people: Map<string, PersonPresence>;
  say(saying: object): void;
}

async function aScreen(who: Visitor, shows: Visitor[] = []): Promise<Screen> {
  const socket = await who.socket(notifyPath);
  open.push(socket);
  const people = new Map<string, PersonPresence>();
  let ready = false;
  socket.on('message', (data) => {
    const hearing = JSON.parse(String(data)) as NotifyHearing;
    ready ||= hearing.t === 'ready';
    if (hearing.t === 'presence') for (const one of hearing.people) people.set(one.id, one);
  });
  const say = (saying: object) => socket.send(JSON.stringify(saying));
  await vi.waitFor(() => expect(ready).toBe(true), { timeout: 30_000 });
  if (shows.length > 0) say({ t: 'watch', people: shows.map(({ person }) => person.uid) });
  return { socket, people, say };
}
const stateOf = (screen: Screen, who: Visitor) => screen.people.get(who.person.uid)?.state;
const sees = (screen: Screen, who: Visitor, state: string | undefined) =>
  vi.waitFor(() => expect(stateOf(screen, who)).toBe(state), { timeout: 30_000, interval: 20 });

test('somebody is here while a screen of theirs is open, away when none is touched, and gone a moment after the last', async () => {
  const screen = await aScreen(ada, [ben]);
  await sees(screen, ben, 'offline');
  const first = await aScreen(ben);
  await sees(screen, ben, 'online');
  const second = await aScreen(ben);
  first.say({ t: 'idle', idle: true });
  second.say({ t: 'idle', idle: true });
  await sees(screen, ben, 'away');
  second.say({ t: 'idle', idle: false });
  await sees(screen, ben, 'online');
  second.socket.close();
  await sees(screen, ben, 'away');
  first.socket.close();
  await sees(screen, ben, 'offline');
});

test('who is in another process is here, too; what a killed one left is gone in a bounded time', async () => {
  const other = await house.another(notify);
  const away = await house.visitor(ben.person, () => other.url);
  const screen = await aScreen(ada, [ben]);
  await aScreen(away);
  await sees(screen, ben, 'online');
  await other.close();
  await sees(screen, ben, 'offline');
  const [dead] = await house.db.query<{ id: string }>(
    `insert into notify.process (id, beat_at)
     values (gen_random_uuid(), clock_timestamp() - interval '${deadMs + 1} milliseconds') returning id`,
  );
  await house.db.query('insert into notify.presence values ($1, $2, true)', [dead?.id, ben.person.id]);
  const later = await aScreen(ada, [ben]);
  await sees(later, ben, 'offline');
  await vi.waitFor(
    async () =>
      expect(await house.db.query('select from notify.process where id = $1', [dead?.id])).toEqual([]),
    { timeout: 30_000 },
  );
});

test('a status is seen by others until it ends; whoever wants quiet is busy', async () => {
  const screen = await aScreen(ada, [ben]);
  await aScreen(ben);
  await sees(screen, ben, 'online');
  await ben.call(setStatus, { status: { emoji: '🌴', text: 'En congé', until: null } });
  const status = () => screen.people.get(ben.person.uid)?.status;
  await vi.waitFor(() => expect(status()).toEqual({ emoji: '🌴', text: 'En congé', until: null }), {
    timeout: 30_000,
  });
  const past = new Date(Date.now() - 1_000).toISOString();
  await ben.call(setStatus, { status: { emoji: '🌴', text: 'Fini', until: past } });
  await vi.waitFor(() => expect(status()).toBeNull(), { timeout: 30_000 });
  await ben.call(changeNotifySettings, { quietUntil: new Date(Date.now() + 60_000).toISOString() });
  await sees(screen, ben, 'busy');
});

test('a guest learns who is here of those in a channel with them, and of nobody else', async () => {
  const other = await house.person();
  const guest = await house.person({ kind: 'guest', sponsorId: ada.person.id });
  await Promise.all([ben, other].map((who) => aScreen(who)));
  const alone = await aScreen(guest, [ben, other]);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect([...alone.people.keys()]).toEqual([]);
  await grant(
    house.db,
    { resourceUid: channel.uid, subjectId: guest.person.id, role: 'commenter' },
    ada.person.id,
  );
  const inside = await aScreen(guest, [ben, other]);
  await sees(inside, ben, 'online');
  expect([...inside.people.keys()]).toEqual([ben.person.uid]);
});

test('@here reaches those who are at a screen', async () => {
  const cleo = await house.person();
  await grant(house.db, { resourceUid: space.uid, subjectId: cleo.person.id, role: 'editor' }, ada.person.id);
  const screen = await aScreen(ada, [ben]);
  await aScreen(ben);
  await sees(screen, ben, 'online');
  await said(house, message(ada, channel, 1, { here: true }));
  expect((await ben.call(listInbox, {})).items.map(({ kind }) => kind)).toEqual(['everybody']);
  expect((await cleo.call(listInbox, {})).items).toEqual([]);
});

import { createResource, type ResourceRow } from '@parvis/access/tree';
import { listInbox, markInbox } from '@parvis/contract/notify';
import { addDevice, getPushKey, listDevices, removeDevice } from '@parvis/contract/notify-push';
import { changeNotifySettings } from '@parvis/contract/notify-settings';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { notify } from '../service.ts';
import { PushServer } from '../testing/push-server.ts';
import { message, said } from '../testing/saying.ts';

const server = new PushServer();
let house: House;
let ada: Visitor;
let ben: Visitor;
let channel: ResourceRow;
let seq = 0;

beforeAll(async () => {
  await server.start();
  house = await aHouse([notify], { PARVIS_OUTBOUND_ALLOW: '127.0.0.1' });
});
afterAll(async () => {
  await house?.stop();
  await server.stop();
});
beforeEach(async () => {
  server.pushed.length = 0;
  server.status = 201;
  [ada, ben] = [await house.person(), await house.person()];
  const { uid } = await house.space({ owner: ada, members: [ben], name: 'Estuaire' });
  channel = await createResource(house.db, {
    kind: 'channel',
    title: 'Digues',
    ownerId: ada.person.id,
    spaceUid: uid,
  });
});

const mention = () => said(house, message(ada, channel, ++seq, { people: [ben.person.id] }));
const pushes = (count: number) =>
  vi.waitFor(() => expect(server.pushed).toHaveLength(count), { timeout: 30_000, interval: 20 });
const device = (path: string) => ({ ...server.subscription(path), name: 'Firefox' });

test('a device is told that there is something, under this house’s own key, and nothing of what or of whom', async () => {
  await ben.call(addDevice, device('/one'));
  await mention();
  await pushes(1);
  const [item] = (await ben.call(listInbox, {})).items;
  const [pushed] = server.pushed;
  expect(JSON.parse(pushed?.text ?? '')).toEqual({ item: item?.id });
  expect(pushed?.vapid).toMatchObject({ aud: new URL(device('/').endpoint).origin });
  expect(pushed?.vapid.key).toBe((await ben.call(getPushKey, {})).key);
  for (const word of ['Digues', 'Estuaire', ada.person.name, ben.person.email])
    expect(pushed?.raw.includes(word)).toBe(false);
});

test('every device of a person is told, until it is taken off the list', async () => {
  await ben.call(addDevice, device('/a'));
  const { id } = await ben.call(addDevice, device('/b'));
  expect((await ben.call(addDevice, device('/b'))).id).toBe(id);
  await mention();
  await pushes(2);
  await expect(ada.call(removeDevice, { id })).rejects.toMatchObject({ code: 'not-found' });
  await ben.call(removeDevice, { id });
  await mention();
  await pushes(3);
  expect(server.pushed.map(({ path }) => path).toSorted()).toEqual(['/a', '/a', '/b']);
});

test('a subscription that ended is forgotten; one that failed is tried again', async () => {
  await ben.call(addDevice, device('/gone'));
  server.status = 410;
  await mention();
  await vi.waitFor(async () => expect((await ben.call(listDevices, {})).devices).toEqual([]), {
    timeout: 30_000,
  });
  await ben.call(addDevice, device('/slow'));
  server.pushed.length = 0;
  server.status = 503;
  await mention();
  // Once, or oftener where this takes longer than the pause before the next attempt.
  await vi.waitFor(() => expect(server.pushed.length).toBeGreaterThan(0), { timeout: 30_000, interval: 20 });
  server.status = 201;
  await vi.waitFor(async () => expect((await ben.call(listDevices, {})).devices[0]?.usedAt).not.toBeNull(), {
    timeout: 30_000,
    interval: 100,
  });
});

test('quiet, without devices, or read meanwhile: no device is woken', async () => {
  await ben.call(addDevice, device('/quiet'));
  await ben.call(changeNotifySettings, { quietUntil: new Date(Date.now() + 60_000).toISOString() });
  await mention();
  await ben.call(changeNotifySettings, { quietUntil: null, push: false });
  await mention();
  await ben.call(changeNotifySettings, { push: true });
  await mention();
  await ben.call(markInbox, { as: 'read' });
  await mention();
  await vi.waitFor(() => expect(server.pushed.length).toBeGreaterThan(0), { timeout: 30_000 });
  const [last] = (await ben.call(listInbox, { show: 'unread' })).items;
  await vi.waitFor(
    () =>
      expect(server.pushed.map(({ text }) => JSON.parse(text) as object)).toContainEqual({ item: last?.id }),
    { timeout: 30_000 },
  );
  expect(server.pushed.length).toBeLessThanOrEqual(2);
});

test.each(['http://127.0.0.2/x', 'http://169.254.169.254/latest', 'ftp://push.example/x', 'http://[::1]/x'])(
  'a device is not at %s',
  async (endpoint) => {
    const wanted = { ...device('/x'), endpoint };
    await expect(ben.call(addDevice, wanted)).rejects.toMatchObject({ code: 'bad-input' });
  },
);

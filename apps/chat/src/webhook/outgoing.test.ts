import { randomUUID } from 'node:crypto';
import { createChannel, listMessages, postMessage } from '@parvis/contract/chat';
import {
  changeOutgoingHook,
  createOutgoingHook,
  deliverAgain,
  type HookEvent,
  listDeliveries,
  listHooks,
  renewHookSecret,
  testOutgoingHook,
} from '@parvis/contract/chat-hook';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { isSignedWith, Receiver } from './receiver.kit.ts';

let house: House;
let owner: Visitor;
let member: Visitor;
let space: string;
let channel: string;
let receiver: Receiver;

beforeAll(async () => {
  house = await aHouse([chat], { PARVIS_OUTBOUND_ALLOW: '127.0.0.1' });
  owner = await house.person();
  member = await house.person({ name: 'Malik' });
});
afterAll(() => house?.stop());
beforeEach(async () => {
  receiver = await Receiver.start();
  space = (await house.space({ owner, members: [member] })).uid;
  channel = (await owner.call(createChannel, { spaceId: space, name: 'Projet' })).id;
});
afterEach(() => receiver.stop());

const say = (body: string, to = channel, by = member) =>
  by.call(postMessage, { id: to, clientId: randomUUID(), body });
const aHook = (more: { events?: HookEvent[]; wholeSpace?: boolean; url?: string } = {}) =>
  owner.call(createOutgoingHook, {
    id: channel,
    name: 'Billets',
    url: receiver.address,
    events: ['message'],
    ...more,
  });
const log = async (hookId: string) => (await owner.call(listDeliveries, { id: channel, hookId })).deliveries;
const bodies = () => receiver.heard.map(({ body }) => body.data.entry?.message?.body);
const told = (count: number) => expect.poll(() => receiver.heard.length, { timeout: 30_000 }).toBe(count);

test('is told of messages, signed, once and in their order, and the log shows it', async () => {
  const { hook, secret } = await aHook();
  const said = Array.from({ length: 12 }, (_, nr) => `message ${nr}`);
  for (const body of said) await say(body);
  await told(12);
  expect(bodies()).toEqual(said);
  expect(receiver.together).toBe(1);
  expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(12);
  for (const one of receiver.heard) {
    expect(isSignedWith(secret, one)).toBe(true);
    expect(isSignedWith('whsec_AAAA', one)).toBe(false);
  }
  expect(receiver.heard[0]?.body).toMatchObject({
    type: 'message.posted',
    data: { channel: { id: channel, title: 'Projet' }, entry: { kind: 'message', by: { name: 'Malik' } } },
  });
  await expect
    .poll(async () => (await log(hook.id)).map(({ state }) => state))
    .toEqual(said.map(() => 'sent'));
  expect((await log(hook.id))[0]).toMatchObject({ status: 200, attempts: 1, channelTitle: 'Projet' });
});

test('what is not taken is sent again under its id, in order, and nothing overtakes it', async () => {
  const { hook } = await aHook();
  receiver.statuses.push(500, 503);
  await say('un');
  await say('deux');
  await told(4);
  expect(bodies()).toEqual(['un', 'un', 'un', 'deux']);
  expect(new Set(receiver.heard.slice(0, 3).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  await expect
    .poll(async () => (await log(hook.id)).map(({ state, attempts }) => [state, attempts]))
    .toEqual([
      ['sent', 1],
      ['sent', 3],
    ]);
  expect((await owner.call(listHooks, { id: channel })).outgoing[0]?.failingSince).toBeNull();
});

test('a channel that is held back holds back no other; a test and “again” are sent at once', async () => {
  const other = (await owner.call(createChannel, { spaceId: space, name: 'Autre' })).id;
  const { hook } = await aHook({ wholeSpace: true });
  let away = true;
  receiver.refuses = ({ data }) => away && data.entry?.message?.body === 'retenu';
  await say('retenu', other);
  await expect.poll(bodies).toContain('retenu');
  await say('libre');
  await expect.poll(bodies).toContain('libre');
  await owner.call(testOutgoingHook, { id: channel, hookId: hook.id });
  await expect.poll(() => receiver.heard.map(({ body }) => body.type)).toContain('test');
  const first = async () => (await log(hook.id)).at(-1);
  expect(await first()).toMatchObject({ state: 'waiting', channelTitle: 'Autre' });
  away = false;
  const deliveryId = (await first())?.id as string;
  await owner.call(deliverAgain, { id: channel, hookId: hook.id, deliveryId });
  await expect.poll(first).toMatchObject({ state: 'sent' });
  expect(bodies().filter((body) => body === 'libre')).toHaveLength(1);
});

test('“again” counts although an attempt under way fails after it', async () => {
  const { hook } = await aHook();
  const held = Promise.withResolvers<void>();
  receiver.gates.push(Promise.resolve(), held.promise);
  receiver.statuses.push(500, 500);
  await say('encore');
  await told(2);
  const deliveryId = (await log(hook.id))[0]?.id as string;
  await owner.call(deliverAgain, { id: channel, hookId: hook.id, deliveryId });
  held.resolve();
  await expect.poll(async () => (await log(hook.id))[0]).toMatchObject({ state: 'sent', attempts: 1 });
});

test('a new secret signs at once, and the old one for a day besides', async () => {
  const { hook, secret } = await aHook();
  const renewed = await owner.call(renewHookSecret, { id: channel, hookId: hook.id });
  expect(renewed.hook.oldSecretUntil).not.toBeNull();
  await say('deux clés');
  await told(1);
  const [one] = receiver.heard;
  expect(one && [isSignedWith(secret, one), isSignedWith(renewed.secret, one)]).toEqual([true, true]);
});

test('is told of nothing while it is off, nor after 410, nor of what its owner may not see', async () => {
  const { hook } = await aHook();
  const change = (on: boolean) => owner.call(changeOutgoingHook, { id: channel, hookId: hook.id, on });
  await change(false);
  await say('éteint');
  // The message was told to the house, and what the house told was heard.
  const untold = () =>
    house.db.query(
      'select 1 from chat.channel where told_seq < last_seq union all select 1 from chat.outbox',
    );
  await expect.poll(untold).toEqual([]);
  await change(true);
  receiver.statuses.push(410);
  await say('plus rien');
  await told(1);
  const state = async () => (await owner.call(listHooks, { id: channel })).outgoing[0]?.state;
  await expect.poll(state).toBe('disabled');
  expect(bodies()).toEqual(['plus rien']);
  const journal = await house.db.query(`select 1 from access.audit where action = 'hook.disabled'`);
  expect(journal.length).toBeGreaterThan(0);
  // Its owner is told, by their inbox.
  expect(
    await house.db.query(
      "select detail from access.happening where what = 'hook-disabled' order by id desc limit 1",
    ),
  ).toEqual([{ detail: { personId: owner.person.id, hook: hook.id } }]);
});

test('a webhook of the space hears only channels that its owner may see', async () => {
  await aHook({ wholeSpace: true });
  const secret = await member.call(createChannel, { spaceId: space, name: 'Secret', channelKind: 'private' });
  await say('confidentiel', secret.id);
  await say('public');
  await told(1);
  expect(bodies()).toEqual(['public']);
});

test('whoever leaves takes their webhooks with them', async () => {
  const guestManager = await house.person();
  const own = await house.space({ owner: guestManager, members: [member] });
  const made = (await guestManager.call(createChannel, { spaceId: own.uid, name: 'À moi' })).id;
  const { hook } = await guestManager.call(createOutgoingHook, {
    id: made,
    name: 'Mien',
    url: receiver.address,
    events: ['message'],
  });
  await house.db.query('update access.person set disabled_at = now() where subject_id = $1', [
    guestManager.person.id,
  ]);
  await say('seul', made);
  const rows = () =>
    house.db.query<{ state: string; problem: string }>(
      `select d.state, d.problem from chat.hook_delivery d join chat.hook_out h on h.id = d.hook_id where h.uid = $1`,
      [hook.id],
    );
  await expect.poll(rows, { timeout: 30_000 }).toEqual([{ state: 'failed', problem: 'owner-gone' }]);
  expect(receiver.heard).toEqual([]);
});

test('after days without an answer it is switched off, and on again by hand sends what waits', async () => {
  const { hook } = await aHook();
  let away = true;
  receiver.refuses = () => away;
  await say('perdu ?');
  await expect
    .poll(async () => (await owner.call(listHooks, { id: channel })).outgoing[0]?.failingSince)
    .not.toBeNull();
  await house.db.query(`update chat.hook_out set failing_since = now() - interval '6 days' where uid = $1`, [
    hook.id,
  ]);
  const state = async () => (await owner.call(listHooks, { id: channel })).outgoing[0]?.state;
  // Its pauses have grown to half a minute where all this took long.
  await expect.poll(state, { timeout: 80_000 }).toBe('disabled');
  away = false;
  await owner.call(changeOutgoingHook, { id: channel, hookId: hook.id, on: true });
  await expect.poll(async () => (await log(hook.id))[0]?.state, { timeout: 30_000 }).toBe('sent');
}, 300_000);

test('two processes send each event once, one at a time', async () => {
  const other = await house.another(chat);
  await aHook();
  await Promise.all(Array.from({ length: 30 }, (_, nr) => say(`${nr}`)));
  await told(30);
  const shown = (await member.call(listMessages, { id: channel })).messages.map(({ body }) => body);
  expect(bodies()).toEqual(shown);
  expect(receiver.together).toBe(1);
  await other.close();
});

describe('an address', () => {
  test.each([
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'http://192.168.1.1',
  ])('that leads inside is refused: %s', async (url) => {
    await expect(aHook({ url })).rejects.toMatchObject({ code: 'hook-address-refused' });
  });
  test.each([
    'ftp://a.example/',
    'javascript:alert(1)',
    'http://',
    'a.example',
    `http://${'a'.repeat(3_000)}.example`,
  ])('that is none is refused: %s', async (url) => {
    await expect(aHook({ url })).rejects.toMatchObject({ code: 'bad-input' });
  });
  test('with a name and password in it is refused', async () => {
    await expect(aHook({ url: 'http://a:b@example.org/' })).rejects.toMatchObject({
      code: 'hook-address-bad',
    });
  });
});

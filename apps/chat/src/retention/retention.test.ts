import { randomUUID } from 'node:crypto';
import { createChannel, listMessages, postMessage } from '@parvis/contract/chat';
import { changeChannel } from '@parvis/contract/chat-channel';
import {
  applyRetention,
  findChannelsOfHouse,
  getChatPolicy,
  listHolds,
  placeHold,
  releaseHold,
  setChatPolicy,
} from '@parvis/contract/chat-retention';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
let owner: Visitor;
let writer: Visitor;
let administrator: Visitor;
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  [owner, writer, administrator] = await Promise.all([
    house.person(),
    house.person(),
    house.person({ administrator: true }),
  ]);
  spaceId = (await house.space({ owner, members: [writer] })).uid;
});
beforeEach(() => administrator.call(setChatPolicy, { retentionDays: null, managersChoose: true }));
afterAll(() => house?.stop());

const say = (by: Visitor, id: string, body: string) =>
  by.call(postMessage, { id, clientId: randomUUID(), body });

/** As if all that was said in a channel so far had been said so many days ago. */
async function daysAgo(id: string, days: number): Promise<void> {
  await house.db.query(
    `update chat.message set at = at - make_interval(days => $2)
      where channel_id = (select resource_id from chat.channel where uid = $1)`,
    [id, days],
  );
}

const rowsOf = (id: string) =>
  house.db.query<{ seq: number; kind: string; body: string; removed: boolean }>(
    `select seq::int as seq, kind, body, removed_at is not null as removed from chat.message
      where channel_id = (select resource_id from chat.channel where uid = $1) order by seq`,
    [id],
  );

/** One night, and what it left in the channel. */
async function night(id: string, removed: number) {
  await administrator.call(applyRetention, {});
  const count = async () => (await rowsOf(id)).filter((row) => row.removed).length;
  await expect.poll(count, { timeout: 30_000 }).toBe(removed);
  return rowsOf(id);
}

const bodies = async (by: Visitor, id: string) =>
  (await by.call(listMessages, { id })).messages
    .filter(({ deletedAt }) => deletedAt === null)
    .map(({ body }) => body);

test('after its days a message is gone for all, with its former texts and reactions; positions stay dense', async () => {
  const { id } = await owner.call(createChannel, { spaceId, name: 'trente jours' });
  await owner.call(changeChannel, { id, retentionDays: 30 });
  await say(owner, id, 'vieux');
  await say(writer, id, 'vieux aussi');
  await house.db.query(
    `insert into chat.reaction (channel_id, seq, emoji, person_id)
     select resource_id, 1, '👍', $2 from chat.channel where uid = $1`,
    [id, writer.person.id],
  );
  await house.db.query(
    `insert into chat.revision (channel_id, seq, nr, body) select resource_id, 1, 1, 'vieux avant' from chat.channel where uid = $1`,
    [id],
  );
  await daysAgo(id, 31);
  await say(owner, id, 'récent');
  const screen = await aScreen(house.urlOf('chat'), writer.cookie);
  screen.follow(id);
  await screen.until('all of it', () => screen.bodies(id).includes('récent'));
  const rows = await night(id, 2);
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  expect(rows.filter(({ body }) => body !== '').map(({ body }) => body)).toEqual(['récent']);
  expect(await bodies(writer, id)).toEqual(['récent']);
  await screen.until('the removal on an open screen', () => !screen.bodies(id).includes('vieux'));
  expect(screen.holes).toBe(0);
  screen.cut();
  const left = await house.db.query(
    `select 1 from chat.revision where body = 'vieux avant' union all select 1 from chat.reaction where seq = 1
        and channel_id = (select resource_id from chat.channel where uid = $1)`,
    [id],
  );
  expect(left).toEqual([]);
  const [line] = await house.db.query<{ detail: unknown }>(
    `select detail from access.audit where action = 'channel.messages-removed' order by id desc limit 1`,
  );
  expect(line?.detail).toMatchObject({ count: 2, days: 30 });
});

test('a long channel is emptied in chunks, all of it in one night', async () => {
  const { id } = await owner.call(createChannel, { spaceId, name: 'long' });
  await owner.call(changeChannel, { id, retentionDays: 1 });
  await Promise.all(Array.from({ length: 1_100 }, (_, nr) => say(owner, id, `ligne ${nr}`)));
  await daysAgo(id, 2);
  await night(id, 1_100);
  expect(await bodies(owner, id)).toEqual([]);
});

test('the rule of the house counts where a channel has none, and everywhere once channels may not choose', async () => {
  const { id: plain } = await owner.call(createChannel, { spaceId, name: 'sans règle' });
  const { id: longer } = await owner.call(createChannel, { spaceId, name: 'plus long' });
  await owner.call(changeChannel, { id: longer, retentionDays: 365 });
  for (const id of [plain, longer]) await say(owner, id, 'il y a dix jours');
  for (const id of [plain, longer]) await daysAgo(id, 10);
  await administrator.call(setChatPolicy, { retentionDays: 7, managersChoose: true });
  await night(plain, 1);
  expect(await bodies(owner, longer)).toEqual(['il y a dix jours']);
  await administrator.call(setChatPolicy, { retentionDays: 7, managersChoose: false });
  await night(longer, 1);
  await expect(owner.call(changeChannel, { id: plain, retentionDays: 90 })).rejects.toMatchObject({
    code: 'retention-by-house',
  });
});

test('a hold on a channel or on a person wins over the rule; when it ends, the rule counts again', async () => {
  const { id } = await owner.call(createChannel, { spaceId, name: 'gelé' });
  const { id: other } = await owner.call(createChannel, { spaceId, name: 'personne gelée' });
  for (const channel of [id, other]) {
    await owner.call(changeChannel, { id: channel, retentionDays: 1 });
    await say(owner, channel, 'de la propriétaire');
    await say(writer, channel, 'de la personne');
    await daysAgo(channel, 2);
  }
  const onChannel = await administrator.call(placeHold, { heldChannelId: id, reason: 'Affaire A' });
  const onPerson = await administrator.call(placeHold, {
    heldPersonId: writer.person.uid,
    reason: 'Affaire B',
  });
  await night(other, 1);
  expect(await bodies(owner, other)).toEqual(['de la personne']);
  expect(await bodies(owner, id)).toEqual(['de la propriétaire', 'de la personne']);
  expect(
    (await administrator.call(listHolds, {})).holds.filter((one) => one.releasedAt === null),
  ).toHaveLength(2);

  await administrator.call(releaseHold, { holdId: onChannel.id });
  await expect(administrator.call(releaseHold, { holdId: onChannel.id })).rejects.toMatchObject({
    code: 'hold-released',
  });
  await night(id, 1);
  await administrator.call(releaseHold, { holdId: onPerson.id });
  await night(id, 2);
  await night(other, 2);
  const kept = () => house.db.query('select 1 from chat.held_original');
  await expect.poll(kept).toEqual([]);
  const journal = await house.db.query<{ action: string }>(
    `select action from access.audit where action like 'hold.%' order by id`,
  );
  expect(journal.map(({ action }) => action)).toEqual([
    'hold.placed',
    'hold.placed',
    'hold.released',
    'hold.released',
  ]);
});

test('rules and holds are the administrators’; they see names of channels and nothing in them', async () => {
  const { id } = await owner.call(createChannel, {
    spaceId,
    name: 'Nommé seulement',
    channelKind: 'private',
  });
  for (const op of [getChatPolicy, listHolds, applyRetention])
    await expect(owner.call(op, {})).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(owner.call(placeHold, { heldChannelId: id, reason: 'x' })).rejects.toMatchObject({
    code: 'not-allowed',
  });
  const { channels } = await administrator.call(findChannelsOfHouse, { named: 'nomme seul' });
  expect(channels.map((one) => one.title)).toEqual(['Nommé seulement']);
  await expect(administrator.call(listMessages, { id })).rejects.toMatchObject({ code: 'not-found' });
  for (const wrong of [{}, { heldChannelId: id, heldPersonId: owner.person.uid }])
    await expect(administrator.call(placeHold, { ...wrong, reason: 'x' })).rejects.toMatchObject({
      code: 'bad-input',
    });
});

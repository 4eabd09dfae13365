import { createResource } from '@parvis/access/tree';
import { createChannel, getChannel, listChannels } from '@parvis/contract/chat';
import { nameLengthMax } from '@parvis/contract/limits';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';

let house: House;
let second: Served;

beforeAll(async () => {
  house = await aHouse([chat]);
  second = await house.another(chat);
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

test('a space has its first channel once, however many ask at once and in whatever process', async () => {
  const owner = await house.person();
  const elsewhere = new Visitor(owner.person, owner.cookie, () => second.url);
  for (let round = 0; round < 5; round += 1) {
    const space = await house.space({ owner });
    const lists = await Promise.all(
      Array.from({ length: 12 }, (_, nr) =>
        (nr % 2 ? owner : elsewhere).call(listChannels, { id: space.uid }),
      ),
    );
    for (const { channels } of lists) expect(channels).toEqual(lists[0]?.channels);
    expect(lists[0]?.channels).toHaveLength(1);
    expect(lists[0]?.channels[0]).toMatchObject({
      kind: 'channel',
      spaceId: space.uid,
      channelKind: 'public',
      lastSeq: 0,
    });
  }
});

test.for([
  ['fr', 'général'],
  ['en', 'general'],
  ['ar', 'عام'],
] as const)('the first channel of a space opened in %s is named %s', async ([locale, title]) => {
  const owner = await house.person({ locale });
  const reader = await house.person({ locale: 'en' });
  const space = await house.space({ owner, members: [reader] });
  expect((await reader.call(listChannels, { id: space.uid })).channels.map((one) => one.title)).toEqual([
    title,
  ]);
});

test('opening a channel is for editors of the space, is in the journal, and its name keeps to the rules', async () => {
  const [owner, reader] = [await house.person(), await house.person()];
  const space = await house.space({ owner });
  const made = await owner.call(createChannel, { spaceId: space.uid, name: '  Marchés & <b>plans</b>  ' });
  expect(made).toMatchObject({
    title: 'Marchés & <b>plans</b>',
    channelKind: 'public',
    owner: { id: owner.person.uid },
  });
  expect(await owner.call(getChannel, { id: made.id })).toEqual(made);
  await expect(reader.call(createChannel, { spaceId: space.uid, name: 'x' })).rejects.toMatchObject({
    code: 'not-found',
  });
  for (const name of ['', 'x'.repeat(nameLengthMax + 1), '\u202Egpj.exe', 'a\u0000b']) {
    await expect(owner.call(createChannel, { spaceId: space.uid, name })).rejects.toMatchObject({
      code: 'bad-input',
    });
  }
  const folder = await createResource(house.db, {
    kind: 'folder',
    title: 'f',
    ownerId: owner.person.id,
    spaceUid: space.uid,
  });
  await expect(owner.call(createChannel, { spaceId: folder.uid, name: 'x' })).rejects.toMatchObject({
    code: 'not-found',
  });
  const lines = await house.db.query(
    `select actor_id as "actorId", action from access.audit a join access.resource r on r.id = a.resource_id where r.uid = $1`,
    [made.id],
  );
  expect(lines).toEqual([{ actorId: owner.person.id, action: 'channel.created' }]);
});

test('a channel that is deleted for good leaves nothing of its messages', async () => {
  const owner = await house.person();
  const space = await house.space({ owner });
  const { id } = await owner.call(createChannel, { spaceId: space.uid, name: 'short-lived' });
  const answer = await owner.fetch(`/api/chat/channels/${id}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientId: crypto.randomUUID(), body: 'gone soon' }),
  });
  expect(answer.status).toBe(200);
  const left =
    'select count(*)::int as count from chat.message where channel_id not in (select resource_id from chat.channel)';
  await house.db.query('delete from access.resource where uid = $1', [id]);
  expect(await house.db.query(left)).toEqual([{ count: 0 }]);
  expect(await house.db.query("select 1 from chat.message where body = 'gone soon'")).toEqual([]);
});

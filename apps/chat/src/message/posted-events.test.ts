import type { ResourceRow } from '@parvis/access/tree';
import { createChannel } from '@parvis/contract/chat';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
let amina: Visitor;
let space: ResourceRow;

beforeAll(async () => {
  house = await aHouse([chat]);
  amina = await house.person();
  space = await house.space({ owner: amina });
});
afterAll(() => house?.stop());

test('the rest of the house is told of every message exactly once, in ranges', async () => {
  const channel = (await amina.call(createChannel, { spaceId: space.uid, name: 'told' })).id;
  const told = async () =>
    house.db.query<{ told: number; last: number }>(
      'select told_seq::float8 as told, last_seq::float8 as last from chat.channel where uid = $1',
      [channel],
    );
  const events: { channelId: string; first: number; last: number }[] = [];
  await house.db.query(`create table if not exists chat.told_test (payload jsonb)`);
  await house.db.query(`create or replace function chat.told_test() returns trigger language plpgsql security definer as
    $$ begin insert into chat.told_test values (new.payload); return new; end $$`);
  await house.db.query(
    'create or replace trigger told_test after insert on chat.outbox for each row execute function chat.told_test()',
  );
  const a = await aScreen(house.urlOf('chat'), amina.cookie);
  for (let crowd = 0; crowd < 4; crowd += 1)
    await Promise.all(Array.from({ length: 10 }, (_, nr) => a.send(channel, `nr ${10 * crowd + nr}`)));
  await expect.poll(told, { timeout: 30_000 }).toEqual([{ told: 40, last: 40 }]);
  for (const { payload } of await house.db.query<{ payload: { channels: typeof events } }>(
    'select payload from chat.told_test',
  )) {
    events.push(...payload.channels.filter(({ channelId }) => channelId === channel));
  }
  let next = 1;
  for (const { first: from, last } of events) {
    expect(from).toBe(next);
    next = last + 1;
  }
  expect(next).toBe(41);
  // What is sent at once is told together, however long a commit takes.
  expect(events.length).toBeLessThan(40);
  a.cut();
});

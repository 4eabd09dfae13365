import { randomUUID } from 'node:crypto';
import { createChannel, postMessage } from '@parvis/contract/chat';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
let amina: Visitor;
let space: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  amina = await house.person();
  space = (await house.space({ owner: amina })).uid;
});
afterAll(() => house?.stop());

async function aChannel(): Promise<string> {
  return (await amina.call(createChannel, { spaceId: space, name: `c ${randomUUID()}` })).id;
}

async function stored(channelId: string): Promise<{ body: string }[]> {
  return house.db.query(
    `select m.body from chat.message m join chat.channel c on c.resource_id = m.channel_id
      where c.uid = $1 order by m.seq`,
    [channelId],
  );
}

test('what goes to many channels at once keeps its order in each, and a client id is used up in one of them', async () => {
  const channels = await Promise.all(Array.from({ length: 6 }, aChannel));
  const screen = await aScreen(house.urlOf('chat'), amina.cookie);
  screen.follow(...channels);
  const sends = Array.from({ length: 240 }, (_, nr) =>
    screen.send(channels[nr % channels.length] as string, `${nr}`),
  );
  const once = { body: 'once', clientId: randomUUID() };
  const same = await Promise.allSettled(channels.map((id) => amina.call(postMessage, { id, ...once })));
  await Promise.all(sends);
  expect(same.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const [at, channel] of channels.entries()) {
    const bodies = (await stored(channel)).map(({ body }) => body).filter((body) => body !== 'once');
    expect(bodies).toEqual(Array.from({ length: 40 }, (_, nr) => `${nr * channels.length + at}`));
  }
  screen.cut();
});

/** Whether a commit of messages waits for a row that somebody holds. */
async function holds(): Promise<boolean> {
  const found = await house.db.query(
    `select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%chat.store_entries%'`,
  );
  return found.length > 0;
}

test('a channel whose row somebody holds keeps no other channel waiting', async () => {
  const [held, free] = [await aChannel(), await aChannel()];
  const holder = await house.pool.connect();
  let waiting: Promise<unknown> | undefined;
  try {
    await holder.query('begin');
    await holder.query('select from chat.channel where uid = $1 for update', [held]);
    waiting = amina.call(postMessage, { id: held, clientId: randomUUID(), body: 'held' });
    // Sent in the same moment, the others would share its commit.
    await expect.poll(holds).toBe(true);
    for (const body of ['one', 'two'])
      await amina.call(postMessage, { id: free, clientId: randomUUID(), body });
    expect(await stored(free)).toEqual([{ body: 'one' }, { body: 'two' }]);
    expect(await stored(held)).toEqual([]);
  } finally {
    await holder.query('rollback');
    holder.release();
  }
  await waiting;
  expect(await stored(held)).toEqual([{ body: 'held' }]);
});

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

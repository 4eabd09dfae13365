import { createChannel, listMessages } from '@parvis/contract/chat';
import { aHouse, type House } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { build, ChatProcess } from '../testing/process.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
const processes: ChatProcess[] = [];

beforeAll(async () => {
  build();
  house = await aHouse([chat]);
  for (let nr = 0; nr < 2; nr += 1) processes.push(await ChatProcess.start(house.env));
}, 400_000);
afterAll(async () => {
  for (const one of processes) await one.kill();
  await house?.stop();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('while the database is away nothing is acknowledged, and everything goes on when it is back', async () => {
  const [one, other] = [await house.person(), await house.person()];
  const space = await house.space({ owner: one, members: [other] });
  const channel = (await one.call(createChannel, { spaceId: space.uid, name: 'outage' })).id;
  const url = processes[0]?.url as string;
  const [writer, reader] = [await aScreen(url, one.cookie), await aScreen(url, other.cookie)];
  writer.follow(channel);
  reader.follow(channel);
  await writer.send(channel, 'before');
  await reader.until('what was sent before', () => reader.bodies(channel).length === 1);
  const name = new URL(house.adminUrl).pathname.slice(1);
  // The limit does not hold for the superuser, through whom this test looks.
  await house.db.query(`alter database "${name}" connection limit 0`);
  const cutOff = () =>
    house.db.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = 'parvis_chat'",
      [name],
    );
  await expect.poll(cutOff).toEqual([]);
  const during = writer.send(channel, 'during');
  await pause(700);
  expect(writer.unsent).toBe(1);
  expect(reader.bodies(channel)).not.toContain('during');
  await expect.poll(async () => (await fetch(`${url}/health/ready`)).status).toBe(503);
  await house.db.query(`alter database "${name}" connection limit -1`);
  // As every client does: who was refused meanwhile, or cut off, comes back and sends what waits again.
  for (const until = Date.now() + 60_000; writer.unsent > 0 && Date.now() < until; await pause(1_000)) {
    if (writer.closed !== null || writer.refusals().length > 0) await writer.open().catch(() => {});
    if (reader.closed !== null) await reader.open().catch(() => {});
  }
  expect(await during).toBe(2);
  await reader.until('what was sent during', () => reader.bodies(channel).length === 2);
  await writer.send(channel, 'after');
  await reader.until('what was sent after', () => reader.bodies(channel).length === 3);
  expect((await one.call(listMessages, { id: channel })).messages.map(({ body }) => body)).toEqual([
    'before',
    'during',
    'after',
  ]);
  writer.cut();
  reader.cut();
}, 240_000);

test('SIGTERM stops the process in good order: what was taken is stored and told', async () => {
  const one = await house.person();
  const space = await house.space({ owner: one });
  const channel = (await one.call(createChannel, { spaceId: space.uid, name: 'stop' })).id;
  const leaving = await ChatProcess.start(house.env);
  processes.push(leaving);
  const screen = await aScreen(leaving.url, one.cookie);
  screen.follow(channel);
  const sends = Array.from({ length: 50 }, (_, nr) => screen.send(channel, `nr ${nr}`));
  await sends[0];
  await leaving.kill('SIGTERM');
  await screen.open(processes[0]?.url);
  await Promise.all(sends);
  expect(
    await house.db.query(
      'select body from chat.message m join chat.channel c on c.resource_id = m.channel_id where c.uid = $1',
      [channel],
    ),
  ).toHaveLength(50);
  screen.cut();
}, 240_000);

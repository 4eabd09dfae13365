import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createChannel, listMessages } from '@parvis/contract/chat';
import { aHouse, type House } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { ChatProcess } from '../testing/process.ts';
import { aScreen } from '../testing/screen.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
let house: House;
const processes: ChatProcess[] = [];

beforeAll(async () => {
  // The processes run what was built; where the build is current this takes a moment.
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-b', `${root}apps/chat`], {
    stdio: 'pipe',
  });
  house = await aHouse([chat]);
  for (let nr = 0; nr < 2; nr += 1) processes.push(await ChatProcess.start(house.env));
}, 120_000);
afterAll(async () => {
  for (const one of processes) await one.kill();
  await house?.stop();
});

const rounds = 3;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('after kill -9 under load and sending again, every message is there exactly once and every screen agrees', async () => {
  const people = [await house.person(), await house.person(), await house.person()] as const;
  const space = await house.space({ owner: people[0], members: people.slice(1) });
  const channel = (await people[0].call(createChannel, { spaceId: space.uid, name: 'load' })).id;
  const acknowledged = new Map<string, number>();
  let sent = 0;
  const screens = await Promise.all(
    people.map((one, nr) => aScreen(processes[nr % 2]?.url as string, one.cookie)),
  );
  for (const screen of screens) screen.follow(channel);
  for (let round = 0; round < rounds; round += 1) {
    let loading = true;
    const load = screens.map(async (screen) => {
      while (loading) {
        if (screen.unsent < 20) {
          const body = `${round} ${randomUUID()}`;
          sent += 1;
          void screen.send(channel, body).then((seq) => acknowledged.set(body, seq));
        } else await pause(1);
        if (sent % 5 === 0) await pause(0);
      }
    });
    await pause(250);
    const victim = processes[round % 2] as ChatProcess;
    await victim.kill();
    await pause(100);
    loading = false;
    await Promise.all(load);
    const unanswered = screens.reduce((sum, screen) => sum + screen.unsent, 0);
    // The kill hit while something was under way; otherwise this test proves nothing.
    expect(unanswered).toBeGreaterThan(0);
    await victim.start();
    for (const [nr, screen] of screens.entries()) await screen.open(processes[(nr + round) % 2]?.url);
    for (const screen of screens) await screen.until('everything acknowledged', () => screen.unsent === 0);
  }
  const rows = await house.db.query<{ seq: number; body: string }>(
    `select m.seq::float8 as seq, m.body from chat.message m join chat.channel c on c.resource_id = m.channel_id
      where c.uid = $1 order by m.seq`,
    [channel],
  );
  expect(acknowledged.size).toBe(sent);
  expect(rows).toHaveLength(sent);
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  for (const { seq, body } of rows) expect(acknowledged.get(body)).toBe(seq);
  for (const screen of screens) {
    await screen.until('the whole channel', () => screen.bodies(channel).length === rows.length);
    expect(screen.bodies(channel)).toEqual(rows.map(({ body }) => body));
    expect(screen.holes).toBe(0);
    screen.cut();
  }
  process.stdout.write(`${acknowledged.size} acknowledged over ${rounds} kills: 0 lost, 0 twice\n`);
}, 90_000);

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
  await house.db.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = 'parvis_chat'",
    [name],
  );
  const during = writer.send(channel, 'during');
  await pause(700);
  expect(writer.unsent).toBe(1);
  expect(reader.bodies(channel)).not.toContain('during');
  const ready = await fetch(`${url}/health/ready`);
  expect(ready.status).toBe(503);
  await house.db.query(`alter database "${name}" connection limit -1`);
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
}, 60_000);

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
}, 30_000);

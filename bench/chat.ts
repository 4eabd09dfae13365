import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Module } from '@nestjs/common';
import { createChannel } from '@parvis/contract/chat';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { WebSocket } from 'ws';
import { database } from '../apps/chat/src/database.ts';
import { ChatProcess } from '../apps/chat/src/testing/process.ts';
import { burst, idleSockets, steady } from './chat-figures.ts';

/**
 * Chat beside a relay that keeps nothing, in the same run: the load, the clients and the machine are the same.
 * PARVIS_BENCH_DATABASE_URL names a superuser's PostgreSQL; apps/chat must be built. `--quick`: short passes.
 * `--json`: a line per figure. Exits with 1 when a figure misses its bar. CPU is that of the server process and, for
 * chat, of its PostgreSQL backends (the writers that all databases share are not counted).
 */
const quick = process.argv.includes('--quick');
const passes = quick ? 2 : 4;
const passMs = quick ? 3_000 : 8_000;
const inFlight = 16;
const people = 50;
const body = 'Bonjour à toutes et à tous, la réunion de concertation commence à quatorze heures. '.slice(
  0,
  80,
);
/** Clock ticks per second in /proc/<pid>/stat. */
const ticksPerSecond = 100;

interface Server {
  readonly url: string;
  readonly pid: number;
  /** Seconds of CPU used so far. */
  cpu(): Promise<number>;
}
interface Pass {
  readonly sendsPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly cpuMsPerThousand: number;
}

function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return 0;
  }
}

/** One closed loop: a send is done when it is acknowledged and shown to all who follow its channel. */
class Load {
  readonly #sockets: WebSocket[] = [];
  readonly #channels: { id: string; followers: number[] }[];
  readonly #open = new Map<string, { left: number }>();
  #next = 0;
  #running = false;
  #drained: (() => void) | undefined;
  sends = 0;
  deliveries = 0;

  constructor(channels: { id: string; followers: number[] }[]) {
    this.#channels = channels;
  }

  async connect(url: string, cookies: string[]): Promise<void> {
    for (const cookie of cookies) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/chat`, {
        headers: { cookie },
        origin: 'http://127.0.0.1:8080',
        perMessageDeflate: false,
      });
      socket.on('message', (data) => this.#hear(String(data)));
      await once(socket, 'open');
      this.#sockets.push(socket);
    }
    for (const [who, socket] of this.#sockets.entries()) {
      const mine = this.#channels.filter(({ followers }) => followers.includes(who));
      socket.send(
        JSON.stringify({ t: 'follow', channels: mine.map(({ id }) => ({ id, after: 9_000_000_000 })) }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }

  async run(ms: number): Promise<number> {
    [this.sends, this.deliveries, this.#running] = [0, 0, true];
    const startedAt = performance.now();
    for (let nr = 0; nr < inFlight; nr += 1) this.#send();
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.#running = false;
    if (this.#open.size > 0) await new Promise<void>((resolve) => (this.#drained = resolve));
    return (performance.now() - startedAt) / 1000;
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  #send(): void {
    const channel = this.#channels[this.#next % this.#channels.length] as { id: string; followers: number[] };
    const { followers } = channel;
    const who = followers[Math.floor(this.#next / this.#channels.length) % followers.length] as number;
    this.#next += 1;
    const clientId = randomUUID();
    this.#open.set(clientId, { left: followers.length + 1 });
    this.#sockets[who]?.send(JSON.stringify({ t: 'send', channelId: channel.id, clientId, body }));
  }

  #hear(text: string): void {
    const hearing = JSON.parse(text);
    if (hearing.t === 'refused') throw new Error(`refused: ${text}`);
    if (hearing.t === 'stored') this.#step(hearing.clientId);
    if (hearing.t !== 'entries') return;
    this.deliveries += hearing.entries.length;
    for (const { message } of hearing.entries) this.#step(message.clientId);
  }

  #step(clientId: string): void {
    const one = this.#open.get(clientId);
    if (!one) return;
    one.left -= 1;
    if (one.left > 0) return;
    this.#open.delete(clientId);
    this.sends += 1;
    if (this.#running) this.#send();
    else if (this.#open.size === 0) this.#drained?.();
  }
}

async function pass(server: Server, load: Load): Promise<Pass> {
  const before = await server.cpu();
  const seconds = await load.run(passMs);
  const cpuSeconds = (await server.cpu()) - before;
  return {
    sendsPerSecond: load.sends / seconds,
    deliveriesPerSecond: load.deliveries / seconds,
    cpuMsPerThousand: (cpuSeconds * 1e6) / load.deliveries,
  };
}

/** The two servers take turns; of each figure the middle pass counts. */
async function compare(
  servers: Server[],
  channels: { id: string; followers: number[] }[],
  cookies: string[],
) {
  const loads: Load[] = [];
  for (const server of servers) {
    const load = new Load(channels);
    await load.connect(server.url, cookies);
    await load.run(500);
    loads.push(load);
  }
  const results: Pass[][] = servers.map(() => []);
  for (let nr = 0; nr < passes; nr += 1) {
    for (const [which, server] of servers.entries())
      results[which]?.push(await pass(server, loads[which] as Load));
  }
  for (const load of loads) load.close();
  const middle = (of: Pass[], key: keyof Pass) => {
    const sorted = of.map((one) => one[key]).sort((a, b) => a - b);
    return (
      ((sorted[Math.floor((sorted.length - 1) / 2)] as number) +
        (sorted[Math.ceil((sorted.length - 1) / 2)] as number)) /
      2
    );
  };
  return (key: keyof Pass) => results.map((of) => middle(of, key)) as [chat: number, relay: number];
}

let missed = 0;

function tell(
  figure: string,
  unit: string,
  [value, against]: [number, number],
  bar: number | null,
  atLeast = false,
  peer = 'relay',
): void {
  const ratio = value / against;
  const ok = bar === null || (atLeast ? ratio >= bar : ratio <= bar);
  if (!ok) missed += 1;
  const rounded = (number: number) => Number(number.toPrecision(4));
  const line = {
    figure,
    value: rounded(value),
    unit,
    against: rounded(against),
    ratio: rounded(ratio),
    bar,
    ok,
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify(line));
  else {
    const limit = bar === null ? '' : ` (bar ${atLeast ? '≥' : '≤'} ${bar})`;
    console.log(
      `${ok ? 'ok    ' : 'MISSED'} ${figure}: ${line.value} ${unit}, ${peer} ${line.against}: ${line.ratio}${limit}`,
    );
  }
}

async function startRelay(): Promise<{ server: Server; stop(): void }> {
  const child = fork(fileURLToPath(new URL('chat-relay.ts', import.meta.url)));
  const [port] = (await once(child, 'message')) as [number];
  const pid = child.pid as number;
  const cpu = async () => cpuOf(pid);
  return { server: { url: `http://127.0.0.1:${port}`, pid, cpu }, stop: () => child.disconnect() };
}

function serverOf(house: House, service: ChatProcess): Server {
  const cpu = async () => {
    const backends = await house.db.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and usename = 'parvis_chat'",
    );
    return [service.pid as number, ...backends.map(({ pid }) => pid)].reduce(
      (sum, pid) => sum + cpuOf(pid),
      0,
    );
  };
  return { url: service.url, pid: service.pid as number, cpu };
}

async function measure(house: House, service: ChatProcess, relay: Server): Promise<void> {
  const visitors: Visitor[] = [];
  for (let nr = 0; nr < people; nr += 1) visitors.push(await house.person({}, () => service.url));
  const owner = visitors[0] as Visitor;
  const space = await house.space({ owner, members: visitors.slice(1) });
  const cookies = visitors.map(({ cookie }) => cookie);
  const aChannel = async (name: string) => (await owner.call(createChannel, { spaceId: space.uid, name })).id;
  const servers = [serverOf(house, service), relay];
  const everybody = visitors.map((_, who) => who);
  await measureIdle(servers, cookies);

  const one = await compare(servers, [{ id: await aChannel('one'), followers: everybody }], cookies);
  tell('deliveries, 50 receivers, 16 in flight', '/s', one('deliveriesPerSecond'), 0.7, true);
  tell('server CPU of 1,000 deliveries, 50 receivers', 'ms', one('cpuMsPerThousand'), 1.2, false);

  const channels: { id: string; followers: number[] }[] = [];
  for (let nr = 0; nr < 50; nr += 1) {
    const followers = Array.from({ length: 5 }, (_, step) => (nr + step * 7) % people);
    channels.push({ id: await aChannel(`c${nr}`), followers });
  }
  const many = await compare(servers, channels, cookies);
  tell('stored sends, 50 channels of 5 people, 16 in flight', '/s', many('sendsPerSecond'), 0.4, true);
  await measureOnce(servers, await aChannel('steady'), await aChannel('burst'), cookies);
}

/** Figures with a limit of their own, beside those of the relay. */
async function measureOnce(
  servers: Server[],
  even: string,
  crowded: string,
  cookies: string[],
): Promise<void> {
  const shown: number[] = [];
  const burstSeconds: number[] = [];
  for (const { url } of servers) {
    shown.push(await steady(url, cookies, even, { rate: 50, seconds: quick ? 5 : 20 }));
    burstSeconds.push(await burst(url, cookies, crowded, { sends: 10_000, followers: 5 }));
  }
  const [shownMs = 0, relayMs = 0] = shown;
  tell('from send to shown to 50, at 50/s, p99', 'ms', [shownMs, 15], 1, false, 'limit');
  tell('the same beside the relay', 'ms', [shownMs, relayMs], null);
  tell('10,000 sends at once by 50 people, until shown to 5', 's', burstSeconds as [number, number], null);
}

/** Of processes that have done nothing else: what they did before leaves room that sockets would take. */
async function measureIdle(servers: Server[], cookies: string[]): Promise<void> {
  const idle: number[] = [];
  for (const { url, pid } of servers) idle.push(await idleSockets(url, pid, cookies));
  const [idleMiB = 0, relayMiB = 0] = idle;
  tell('memory of 1,000 idle sockets', 'MiB', [idleMiB, 20], 1, false, 'limit');
  tell('the same beside the relay', 'MiB', [idleMiB, relayMiB], null);
}

class Nothing {}
Module({})(Nothing);

process.env.PARVIS_TEST_DATABASE_URL ??= process.env.PARVIS_BENCH_DATABASE_URL;
const house = await aHouse([{ name: 'chat', module: Nothing, database }]);
const service = await ChatProcess.start(house.env);
const relay = await startRelay();
try {
  await measure(house, service, relay.server);
} finally {
  await service.kill();
  relay.stop();
  await house.stop();
}
process.exitCode = missed > 0 ? 1 : 0;

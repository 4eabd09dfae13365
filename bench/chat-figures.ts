import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** Figures of chat that are taken once: a steady rate, a burst, and sockets that do nothing. For bench/chat.ts. */

const body = 'Bonjour à toutes et à tous, la réunion commence à quatorze heures.';
/** A position after everything: nothing of the past is sent. */
const afterAll = 9_000_000_000;
/** Milliseconds after which a figure is given up. */
const waitMsMax = 120_000;

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function socketOf(url: string, cookie: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/chat`, {
    headers: { cookie },
    origin: 'http://127.0.0.1:8080',
    perMessageDeflate: false,
  });
  await once(socket, 'open');
  return socket;
}

/** Calls `step` with the client id of every message that a socket is shown, and of every send that is acknowledged. */
function hear(socket: WebSocket, step: (clientId: string, what: 'shown' | 'stored') => void): void {
  socket.on('message', (data) => {
    const hearing = JSON.parse(String(data));
    if (hearing.t === 'refused') throw new Error(`refused: ${String(data)}`);
    if (hearing.t === 'stored') step(hearing.clientId, 'stored');
    if (hearing.t === 'entries') for (const { message } of hearing.entries) step(message.clientId, 'shown');
  });
}

async function follow(sockets: readonly WebSocket[], channelId: string): Promise<void> {
  const saying = JSON.stringify({ t: 'follow', channels: [{ id: channelId, after: afterAll }] });
  for (const socket of sockets) socket.send(saying);
  await pause(1_000);
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + waitMsMax;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`not in ${waitMsMax} ms: ${what}`);
    await pause(1);
  }
}

const sendOf = (channelId: string, clientId: string) =>
  JSON.stringify({ t: 'send', channelId, clientId, body });

/** Milliseconds (p99) from a send until it is shown to all who follow, at a steady rate per second. */
export async function steady(
  url: string,
  cookies: readonly string[],
  channelId: string,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<number> {
  const sockets = await Promise.all(cookies.map((cookie) => socketOf(url, cookie)));
  const open = new Map<string, { at: number; left: number }>();
  const took: number[] = [];
  for (const socket of sockets)
    hear(socket, (clientId, what) => {
      const one = what === 'shown' ? open.get(clientId) : undefined;
      if (one && --one.left === 0) took.push(performance.now() - one.at);
    });
  await follow(sockets, channelId);
  const startedAt = performance.now();
  for (let nr = 0; nr < rate * seconds; nr += 1) {
    await pause(Math.max(0, startedAt + (nr * 1_000) / rate - performance.now()));
    const clientId = randomUUID();
    open.set(clientId, { at: performance.now(), left: sockets.length });
    sockets[nr % sockets.length]?.send(sendOf(channelId, clientId));
  }
  await until('every send is shown to all', () => took.length === open.size);
  for (const socket of sockets) socket.terminate();
  return percentile(took, 0.99);
}

/**
 * Seconds until this many sends, made at once by all these people, are acknowledged and shown to the first
 * `followers` of them.
 */
export async function burst(
  url: string,
  cookies: readonly string[],
  channelId: string,
  { sends, followers }: { sends: number; followers: number },
): Promise<number> {
  const sockets = await Promise.all(cookies.map((cookie) => socketOf(url, cookie)));
  let [stored, shown] = [0, 0];
  for (const socket of sockets)
    hear(socket, (_, what) => {
      if (what === 'stored') stored += 1;
      else shown += 1;
    });
  await follow(sockets.slice(0, followers), channelId);
  const startedAt = performance.now();
  for (let nr = 0; nr < sends; nr += 1) sockets[nr % sockets.length]?.send(sendOf(channelId, randomUUID()));
  await until('the burst is stored and shown', () => stored === sends && shown === sends * followers);
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const socket of sockets) socket.terminate();
  return seconds;
}

function anonymousMiB(pid: number): number {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(text)?.[1]) / 1024;
}

/** MiB of anonymous memory that a thousand idle sockets cost the process. */
export async function idleSockets(url: string, pid: number, cookies: readonly string[]): Promise<number> {
  const before = anonymousMiB(pid);
  const sockets: WebSocket[] = [];
  for (let nr = 0; nr < 1_000; nr += 1)
    sockets.push(await socketOf(url, cookies[nr % cookies.length] as string));
  await pause(1_000);
  const after = anonymousMiB(pid);
  for (const socket of sockets) socket.terminate();
  return after - before;
}

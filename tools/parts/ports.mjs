import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { takeLock } from './lock.mjs';

const portMax = 65_535;
/** Our own ports lie below the system's ephemeral range (32768 and up), which outgoing connections take from. */
const internalFrom = 20_000;
const internalBlock = 24;
const internalBlocks = 500;

/** Whether nobody listens on a TCP port of this address. */
export function isFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

function isUdpFree(port, host) {
  return new Promise((resolve) => {
    const probe = createSocket('udp4');
    probe.once('error', () => resolve(false));
    probe.bind({ port, address: host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

const reserved = [];

/**
 * Takes a port's lock for as long as this process lives: between finding a port free and listening on it, another run
 * would find it free as well.
 */
function reserve(port) {
  const lock = takeLock(join(tmpdir(), `parvis-ports-${userInfo().uid}`, String(port)));
  if (lock.holder) return lock.holder.pid === process.pid;
  if (reserved.length === 0) process.once('exit', () => reserved.forEach((release) => release()));
  reserved.push(lock.release);
  return true;
}

/** Whether nobody listens on a port and no other run is about to; if so, it is ours. */
export async function claimPort(port, host = '127.0.0.1') {
  return (await isFree(port, host)) && reserve(port);
}

/** The first port from `from` on that can be claimed, or null when there is none in the next `span`. */
export async function nextFree(from, { host = '127.0.0.1', taken = new Set(), span = 200 } = {}) {
  for (let port = from; port < from + span && port <= portMax; port += 1) {
    if (!taken.has(port) && (await claimPort(port, host))) return port;
  }
  return null;
}

/** Hands out free ports of this machine, each once. Two runs with different public ports start in different blocks. */
export class Ports {
  #next;
  #taken = new Set();

  constructor(publicPort, environment = process.env) {
    const asked = Number(environment.PARVIS_INTERNAL_PORTS_FROM);
    this.#next = asked > 0 ? asked : internalFrom + (publicPort % internalBlocks) * internalBlock;
    this.#taken.add(publicPort);
  }

  async take(host = '127.0.0.1') {
    const port = await nextFree(this.#next, { host, taken: this.#taken, span: 2_000 });
    if (port === null) throw new Error(`no free port from ${this.#next} on`);
    this.#taken.add(port);
    this.#next = port + 1;
    return port;
  }

  /** `count` neighbouring free UDP ports: the first of them. */
  async takeUdp(count, from, host = '127.0.0.1') {
    for (let first = from; first + count <= portMax; first += count) {
      const free = [];
      for (let port = first; port < first + count; port += 1)
        free.push((await isUdpFree(port, host)) && reserve(port));
      if (free.every(Boolean)) return first;
    }
    throw new Error(`no ${count} free UDP ports from ${from} on`);
  }
}

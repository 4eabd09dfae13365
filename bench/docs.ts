import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Module } from '@nestjs/common';
import { createDocument } from '@parvis/contract/docs';
import { aHouse, type House, Visitor } from '@parvis/testing/house';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { database } from '../apps/docs/src/database.ts';

/**
 * Documents beside a batching relay that keeps nothing, in the same run. PARVIS_BENCH_DATABASE_URL names a superuser's
 * PostgreSQL on this machine; apps/docs must be built. `--quick`: short passes. `--json`: a line per figure. CPU is
 * that of the server process and of its PostgreSQL backends, per update that reached somebody else's socket.
 */
const quick = process.argv.includes('--quick');
const passes = quick ? 3 : 5;
const passMs = quick ? 2_500 : 8_000;
/** Times the relay's CPU that a durable server may use. */
const bar = 1.5;
const ticksPerSecond = 100;
const origin = 'http://127.0.0.1:8080';

interface Server {
  readonly url: string;
  /** Seconds of CPU used so far. */
  cpu(): Promise<number>;
}
interface Shape {
  readonly name: string;
  readonly documents: readonly string[];
  readonly people: number;
  /** Updates of one document that are on their way at once. */
  readonly inFlight: number;
}

function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return 0;
  }
}

const syncUpdate = [0, 2];

/** One document's people in a closed loop: an update is done when it reached all the others. */
class Circle {
  readonly #sockets: WebSocket[] = [];
  readonly #docs: Y.Doc[] = [];
  readonly #inFlight: number;
  #next = 0;
  #outstanding = 0;
  running = false;
  delivered = 0;

  constructor(inFlight: number) {
    this.#inFlight = inFlight;
  }

  async connect(url: string, documentId: string, cookie: string, people: number): Promise<void> {
    for (let who = 0; who < people; who++) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/docs/${documentId}`, {
        headers: { cookie },
        origin,
      });
      socket.on('message', (data: Buffer) => this.#hear(data));
      await once(socket, 'open');
      this.#sockets.push(socket);
      const doc = new Y.Doc();
      doc.on('update', (update: Uint8Array) => {
        const length =
          update.length < 128 ? [update.length] : [(update.length & 127) | 128, update.length >> 7];
        socket.send(Buffer.concat([Buffer.from([...syncUpdate, ...length]), update]));
      });
      this.#docs.push(doc);
    }
  }

  get idle(): boolean {
    return this.#outstanding <= 0;
  }

  go(): void {
    while (this.running && this.#outstanding < this.#inFlight * (this.#sockets.length - 1)) {
      this.#outstanding += this.#sockets.length - 1;
      const text = (this.#docs[this.#next % this.#docs.length] as Y.Doc).getText('t');
      this.#next += 1;
      text.insert(text.length, 'ten chars.');
    }
  }

  #hear(data: Buffer): void {
    if (data[0] !== syncUpdate[0] || data[1] !== syncUpdate[1]) return;
    this.delivered += 1;
    this.#outstanding -= 1;
    this.go();
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
  }
}

async function pass(
  server: Server,
  circles: Circle[],
  ms: number,
): Promise<{ micros: number; perSecond: number }> {
  const before = await server.cpu();
  const startedAt = performance.now();
  for (const one of circles) {
    one.delivered = 0;
    one.running = true;
    one.go();
  }
  await new Promise((resolve) => setTimeout(resolve, ms));
  for (const one of circles) one.running = false;
  for (let i = 0; i < 500 && circles.some((one) => !one.idle); i++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  if (circles.some((one) => !one.idle)) throw new Error('an update was not delivered');
  const delivered = circles.reduce((sum, one) => sum + one.delivered, 0);
  const seconds = (performance.now() - startedAt) / 1000;
  return { micros: (((await server.cpu()) - before) * 1e6) / delivered, perSecond: delivered / seconds };
}

const middle = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
const rounded = (value: number): number => Number(value.toPrecision(3));
let missed = 0;

async function compare(
  shape: Shape,
  [docs, relay]: readonly [Server, Server],
  cookie: string,
): Promise<void> {
  const micros: number[][] = [];
  for (const server of [docs, relay]) {
    const circles = shape.documents.map(() => new Circle(shape.inFlight));
    for (const [index, one] of circles.entries()) {
      await one.connect(server.url, shape.documents[index] as string, cookie, shape.people);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    await pass(server, circles, 500);
    const results = [];
    for (let i = 0; i < passes; i++) results.push(await pass(server, circles, passMs));
    micros.push(results.map((one) => one.micros));
    for (const one of circles) one.close();
  }
  const [value, against] = micros.map(middle) as [number, number];
  const ok = value <= bar * against;
  if (!ok) missed += 1;
  const figure = `CPU per delivered update, ${shape.name}`;
  const line = {
    figure,
    value: rounded(value),
    unit: 'µs',
    against: rounded(against),
    ratio: rounded(value / against),
    bar,
    ok,
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify(line));
  else
    console.log(
      `${ok ? 'ok    ' : 'MISSED'} ${figure}: ${line.value} µs, relay ${line.against}: ${line.ratio} (bar ≤ ${bar})`,
    );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

async function docsServer(house: House): Promise<[ChildProcess, Server]> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const main = fileURLToPath(new URL('../apps/docs/dist/main.js', import.meta.url));
  const env = { ...process.env, ...(house.env as Record<string, string>), DOCS_PORT: String(port) };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  for (
    let i = 0;
    i < 200 &&
    !(await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    ));
    i++
  ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const cpu = async () => {
    const backends = await house.db.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and usename = 'parvis_docs'`,
    );
    return [child.pid as number, ...backends.map(({ pid }) => pid)].reduce((sum, pid) => sum + cpuOf(pid), 0);
  };
  return [child, { url, cpu }];
}

async function relayServer(): Promise<[ChildProcess, Server]> {
  const child = fork(fileURLToPath(new URL('./docs-relay.ts', import.meta.url)));
  const [port] = (await once(child, 'message')) as [number];
  return [child, { url: `http://127.0.0.1:${port}`, cpu: async () => cpuOf(child.pid as number) }];
}

/** Nothing is served in this process: only the schema is made. A decorator's call, as Node runs this file as it is. */
class Nothing {}
Module({})(Nothing);

const url = process.env.PARVIS_BENCH_DATABASE_URL;
if (!url) throw new Error('PARVIS_BENCH_DATABASE_URL is not set');
process.env.PARVIS_TEST_DATABASE_URL = url;
const house = await aHouse([{ name: 'docs', module: Nothing, database }]);
const children: ChildProcess[] = [];
try {
  const [docsChild, docs] = await docsServer(house);
  const [relayChild, relay] = await relayServer();
  children.push(docsChild, relayChild);
  const { person, cookie } = await house.person();
  const writer = new Visitor(person, cookie, () => docs.url);
  const space = await house.space({ owner: writer });
  const make = async () => (await writer.call(createDocument, { parentId: space.uid, title: 'Bench' })).id;
  const documents: string[] = [];
  for (let i = 0; i < 101; i++) documents.push(await make());
  const servers = [docs, relay] as const;
  await compare(
    { name: '1 document × 50 people', documents: documents.slice(0, 1), people: 50, inFlight: 16 },
    servers,
    cookie,
  );
  await compare(
    { name: '100 documents × 5 people', documents: documents.slice(1), people: 5, inFlight: 2 },
    servers,
    cookie,
  );
} finally {
  for (const child of children) child.kill();
  await house.stop();
}
process.exit(missed > 0 ? 1 : 0);

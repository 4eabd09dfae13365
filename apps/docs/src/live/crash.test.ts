import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Module } from '@nestjs/common';
import { createDocument } from '@parvis/contract/docs';
import { Cluster } from '@parvis/testing/cluster';
import { aHouse, type House, Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { database } from '../database.ts';
import { CrashRounds, type Hand } from '../testing/crash-rounds.ts';
import { Editor } from '../testing/editor.ts';
import { HocuspocusHand } from '../testing/hocuspocus-hand.ts';
import { ServiceProcess } from '../testing/service-process.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const kills = 50;
/** What is killed, round after round. `frozen`: the database is stopped first, with commits under way in it. */
const ways = [
  'service',
  'database',
  'service',
  'both',
  'frozen',
  'database',
  'services',
  'frozen-both',
] as const;

/** Nothing is served in this process: it prepares the database and looks into it. */
@Module({})
class Nothing {}

let cluster: Cluster;
let house: House;
let writer: Visitor;
let services: ServiceProcess[];
/** One that starts while the others serve, so that a killed one is replaced at once. */
let spare: Promise<ServiceProcess>;

beforeAll(async () => {
  cluster = await Cluster.make(process.env.PARVIS_TEST_DATABASE_URL as string);
  house = await aHouse([{ name: 'docs', module: Nothing, database }], {}, cluster.url);
  services = await Promise.all([ServiceProcess.start(house.env), ServiceProcess.start(house.env)]);
  spare = ServiceProcess.start(house.env);
  const { person, cookie } = await house.person();
  writer = new Visitor(person, cookie, () => (services[0] as ServiceProcess).url);
}, 600_000);
afterAll(async () => {
  const idle = await spare?.catch(() => undefined);
  const left = [...(services ?? []), idle].filter((one) => one !== undefined);
  await Promise.all(left.map((one) => one.kill()));
  await house?.stop();
  await cluster?.remove();
});

let turn = 0;
const anUrl = () => (services[turn++ % services.length] as ServiceProcess).url;

/** Our own editor as a hand of the rounds. */
class EditorHand implements Hand {
  readonly #editor: Editor;
  readonly #sentBefore: number;

  constructor(editor: Editor) {
    this.#editor = editor;
    this.#sentBefore = editor.sent;
  }

  get acknowledged(): number {
    return this.#editor.sent - this.#sentBefore - this.#editor.waiting - this.#editor.refused.length;
  }
  get text(): string {
    return this.#editor.text.toString();
  }
  get open(): boolean {
    return this.#editor.closed === null;
  }

  type(word: string): void {
    this.#editor.type(word);
  }

  destroy(): void {
    this.#editor.destroy();
  }
}

async function crash(way: (typeof ways)[number]): Promise<void> {
  const [first, second] = services as [ServiceProcess, ServiceProcess];
  if (way.startsWith('frozen')) {
    cluster.freeze();
    await pause(120);
  }
  if (way === 'frozen') cluster.thaw();
  const victims =
    way === 'services' ? [first, second] : way === 'database' || way === 'frozen' ? [] : [first];
  const database = way === 'service' || way === 'services' ? [] : [cluster];
  await Promise.all([...victims, ...database].map((one) => one.kill()));
  // Whoever is not killed lives on, whatever happens to the database.
  expect(services.filter((one) => one.ended)).toEqual(victims);
}

async function recover(): Promise<void> {
  await cluster.start();
  const lost = services.filter((one) => one.ended).length;
  services = services.filter((one) => !one.ended);
  for (let i = 0; i < lost; i++) {
    services.push(await spare.catch(() => ServiceProcess.start(house.env)));
    spare = ServiceProcess.start(house.env);
    // A start that meets a killed database fails, and is tried again when it is needed.
    spare.catch(() => undefined);
  }
}

test(`${kills} times kill -9, of the service and of PostgreSQL: nothing acknowledged, nothing seen is lost or doubled`, {
  timeout: 1_800_000,
}, async () => {
  const space = await house.space({ owner: writer });
  const make = async () => (await writer.call(createDocument, { parentId: space.uid, title: 'Crash' })).id;
  const ids = [await make(), await make()];
  const editor = (document: number) =>
    new Editor({ url: anUrl(), cookie: writer.cookie, documentId: ids[document] as string });
  const join = async (document: number) => new EditorHand(await editor(document).join());
  const rounds = new CrashRounds({ documents: ids.length, writersEach: 3, join });
  // These two keep their copy over every crash, as people do: what they typed comes back, and once.
  const faithful = ids.map((_, document) => editor(document));
  for (let kill = 0; kill < kills; kill++) {
    const way = ways[kill % ways.length] as (typeof ways)[number];
    await Promise.all(faithful.map((one) => one.join({ url: anUrl() })));
    for (const [index, one] of faithful.entries()) one.type(`(${kill}.${index})`);
    await rounds.round(100 + ((kill * 137) % 400), () => crash(way), recover);
  }
  for (const [index, one] of faithful.entries()) {
    await one.join({ url: anUrl() });
    await one.saved();
    const newcomer = await editor(index).join();
    // The two may be at two processes, of which one has yet to hear of the other's last row.
    await newcomer.until('equal', () => newcomer.text.toString() === one.text.toString());
    for (const text of [one.text.toString(), newcomer.text.toString()]) {
      const own = text.match(/\(\d+\.\d+\)/g) ?? [];
      expect(own.toSorted()).toEqual(
        Array.from({ length: kills }, (_, kill) => `(${kill}.${index})`).toSorted(),
      );
    }
    one.destroy();
    newcomer.destroy();
  }
  expect(rounds.tally).toMatchObject({ acknowledgedLost: 0, seenLost: 0, doubled: 0 });
  expect(rounds.tally.acknowledged).toBeGreaterThan(20 * kills);
  expect(rounds.tally.seen).toBeGreaterThan(20 * kills);
});

describe('the same rounds against a server that acknowledges from memory', () => {
  const script = fileURLToPath(new URL('../../../../bench/docs-hocuspocus.mjs', import.meta.url));
  let folder: string;
  let server: ChildProcess;
  let port: number;
  const start = async () => {
    server = fork(script, [folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
    [port] = (await once(server, 'message')) as [number];
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parvis-hocuspocus-'));
    await start();
  });
  afterAll(async () => {
    server?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  test('find what Hocuspocus loses', { timeout: 300_000 }, async () => {
    const join = (document: number) =>
      HocuspocusHand.join(`http://127.0.0.1:${port}`, `document-${document}`);
    // Its only process has started anew: what it does not have by then it will never have.
    const rounds = new CrashRounds({ documents: 2, writersEach: 3, lateMsMax: 2_000, join });
    const end = async () => {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    };
    for (const ms of [300, 700, 500]) await rounds.round(ms, end, start);
    expect(rounds.tally.acknowledgedLost).toBeGreaterThan(0);
    expect(rounds.tally.seenLost).toBeGreaterThan(0);
  });
});

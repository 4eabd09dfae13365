import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { createDocument } from '@parvis/contract/docs';
import { aHouse, Visitor } from '@parvis/testing/house';
import { database } from '../apps/docs/src/database.ts';
import { coldOpen, editsOfPaper } from './docs-cold.ts';
import { ackTimes, Circle, fanOut, fullFanOut, presence } from './docs-load.ts';
import { held, idleConnection, idleDocument, taken } from './docs-memory.ts';
import { parvis, peer, relay, type Server } from './docs-servers.ts';

/**
 * Documents beside Hocuspocus 4.7 and a batching relay that keeps nothing, in the same run. PARVIS_BENCH_DATABASE_URL
 * names a superuser's PostgreSQL on this machine; apps/docs must be built. `--quick`: short passes; `--only=one`,
 * many, presence, acks, memory or cold: that part; `--json`: a line per figure. CPU is that of the server process, for ours
 * with its PostgreSQL backends, per update that reached somebody else; every update must reach
 * everybody, or the run ends.
 */
const quick = process.argv.includes('--quick');
const json = process.argv.includes('--json');
const passes = quick ? 3 : 5;
const passMs = quick ? 2_000 : 8_000;

const only = process.argv.find((one) => one.startsWith('--only='))?.slice('--only='.length);
const asked = (part: 'one' | 'many' | 'presence' | 'acks' | 'memory' | 'cold') =>
  only === undefined || only === part;

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
const rounded = (value: number): number => Number(value.toPrecision(3));
let missed = 0;

interface Figure {
  readonly figure: string;
  readonly unit: string;
  readonly value: number;
  readonly against?: number;
  readonly peer?: string;
  /** At most so many times the other's; without another, at most so much. */
  readonly bar: number;
  /** How far the passes lay apart: (most - least) / middle. */
  readonly noise?: number;
}

function report({ figure, unit, value, against, peer: name, bar, noise }: Figure): void {
  const ratio = against === undefined ? undefined : value / against;
  const ok = (ratio ?? value) <= bar;
  if (!ok) missed += 1;
  const line = { figure, value: rounded(value), unit, bar, ok };
  const beside =
    ratio === undefined ? {} : { against: rounded(against as number), ratio: rounded(ratio), peer: name };
  if (json)
    return void console.log(
      JSON.stringify({ ...line, ...beside, ...(noise ? { noise: rounded(noise) } : {}) }),
    );
  const other = ratio === undefined ? '' : `, ${name} ${rounded(against as number)}: ${rounded(ratio)} ×`;
  const apart = noise === undefined ? '' : `, ± ${Math.round(noise * 50)} %`;
  console.log(
    `${ok ? 'ok    ' : 'MISSED'} ${figure}: ${rounded(value)} ${unit}${other} (bar ≤ ${bar}${apart})`,
  );
}

const noiseOf = (values: readonly number[]) => (Math.max(...values) - Math.min(...values)) / middle(values);

/** Passes over a shape at every server in turn, so that a busy moment of the machine meets them all. */
async function compared(
  servers: readonly Server[],
  documents: readonly string[],
  people: number,
  cookie: string,
  measure: (server: Server, circles: readonly Circle[]) => Promise<number>,
): Promise<Map<string, number[]>> {
  const circles = new Map<Server, Circle[]>();
  for (const server of servers) {
    const made = documents.map((id) => new Circle(server, id));
    await Promise.all(made.map((one) => one.join(people, cookie)));
    circles.set(server, made);
  }
  const values = new Map<string, number[]>(servers.map(({ name }) => [name, []]));
  for (let pass = -1; pass < passes; pass++) {
    for (const server of servers) {
      const value = await measure(server, circles.get(server) as Circle[]);
      // The first one warms up.
      if (pass >= 0) values.get(server.name)?.push(value);
    }
  }
  for (const made of circles.values()) for (const one of made) one.close();
  return values;
}

/** Nothing is served in this process: only the schema is made. A decorator's call, as Node runs this file as it is. */
class Nothing {}
Module({})(Nothing);

const url = process.env.PARVIS_BENCH_DATABASE_URL;
if (!url) throw new Error('PARVIS_BENCH_DATABASE_URL is not set');
const house = await aHouse([{ name: 'docs', module: Nothing, database }], {}, url);
const folder = await mkdtemp(join(tmpdir(), 'parvis-bench-'));
const servers: Server[] = [];
try {
  const [ours, limit, theirs] = [await parvis(house), await relay(), await peer(folder)];
  servers.push(ours, limit, theirs);
  const { person, cookie } = await house.person();
  const writerAt = ({ port }: Server) => new Visitor(person, cookie, () => `http://127.0.0.1:${port}`);
  const writer = writerAt(ours);
  const space = await house.space({ owner: writer });
  const documents: string[] = [];
  for (let i = 0; i < 101; i++)
    documents.push((await writer.call(createDocument, { parentId: space.uid, title: 'Bench' })).id);

  type Measure = (server: Server, circles: readonly Circle[]) => Promise<number>;
  /** `bar` × Hocuspocus; the limit is shown beside it. */
  const fan = async (name: string, ids: readonly string[], people: number, bar: number, measure: Measure) => {
    const found = await compared(servers, ids, people, cookie, measure);
    const [value, keepsNothing, other] = [...found.values()].map(middle) as [number, number, number];
    const figure = `CPU per delivered update, ${name}`;
    const noise = noiseOf(found.get('parvis') as number[]);
    report({ figure, unit: 'µs', value, against: other, peer: 'hocuspocus', bar, noise });
    report({ figure, unit: 'µs', value, against: keepsNothing, peer: 'relay', bar: 1.5, noise });
  };
  const full: Measure = (server, circles) => fullFanOut(server, circles, passMs);
  const paced =
    (perSecond: number): Measure =>
    (server, circles) =>
      fanOut(server, circles, perSecond, passMs);
  if (asked('one')) {
    const ids = documents.slice(0, 1);
    await fan('1 document × 50 people, as many as each server takes', ids, 50, 0.5, full);
    await fan('1 document × 50 people, 500 updates a second', ids, 50, 0.5, paced(500));
  }
  if (asked('many')) {
    const ids = documents.slice(1);
    await fan('100 documents × 5 people, as many as each server takes', ids, 5, 0.2, full);
    await fan('100 documents × 5 people, 1 500 updates a second', ids, 5, 0.2, paced(1_500));
  }

  if (asked('presence')) {
    const pointing = await compared([ours, theirs], documents.slice(0, 1), 50, cookie, (server, [circle]) =>
      presence(server, circle as Circle, passMs),
    );
    const [value, other] = [...pointing.values()].map(middle) as [number, number];
    const noise = noiseOf(pointing.get('parvis') as number[]);
    report({
      figure: 'CPU per presence state, 50 × 2 Hz',
      unit: 'µs',
      value,
      against: other,
      peer: 'hocuspocus',
      bar: 0.5,
      noise,
    });
  }
  if (asked('acks')) {
    const acks = await compared([ours], documents.slice(0, 1), 50, cookie, (_, [circle]) =>
      ackTimes(circle as Circle, 200, passMs),
    );
    const times = acks.get('parvis') as number[];
    report({
      figure: 'kept and acknowledged, 99 of 100 at 200 a second',
      unit: 'ms',
      value: middle(times),
      bar: 50,
      noise: noiseOf(times),
    });
  }
  for (const one of servers.splice(0)) await one.stop();
  if (asked('memory')) {
    const connections = quick ? 1_000 : 5_000;
    const many = quick ? 500 : 2_000;
    // What few of them take of the machine drowns in the heap's own growth.
    for (const [word, scales] of Object.entries(quick ? { held } : { held, taken })) {
      const figure = `memory ${word} by an idle connection (${connections})`;
      const idle = await idleConnection({ house, folder }, cookie, documents.slice(1), connections, scales);
      report({ figure, unit: 'KiB', value: idle.value, bar: 13 });
      report({ figure, unit: 'KiB', ...idle, peer: 'hocuspocus', bar: 0.5 });
      report({
        figure: `memory ${word} by an open idle document (${many})`,
        unit: 'KiB',
        bar: 16,
        ...(await idleDocument(house, writerAt, many, scales)),
      });
    }
  }
  if (asked('cold')) {
    const cold = await coldOpen(
      { house, folder },
      writerAt,
      quick ? { edits: 60_000, copies: 2 } : { edits: editsOfPaper, copies: 5 },
    );
    const ms = ({ open, joins }: { open: number; joins: number }) => [open * 1000, joins * 1000] as const;
    const [[open, joins], [theirOpen, theirJoins]] = [ms(cold.ours), ms(cold.theirs)];
    report({
      figure: 'CPU of a cold open of a long paper',
      unit: 'ms',
      value: open,
      against: theirOpen,
      peer: 'hocuspocus',
      bar: 0.2,
    });
    report({
      figure: 'CPU of 50 who join it at once',
      unit: 'ms',
      value: joins,
      against: theirJoins,
      peer: 'hocuspocus',
      bar: 0.1,
    });
    report({
      figure: 'snapshot',
      unit: 'bytes',
      value: cold.snapshot,
      against: cold.whole,
      peer: "a collected Y.Doc's",
      bar: 1.05,
    });
  }
} finally {
  for (const one of servers) await one.stop();
  await house.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(missed > 0 ? 1 : 0);

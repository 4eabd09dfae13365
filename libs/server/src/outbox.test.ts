import { aHouse, type House } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect as openDatabase, type Database } from './database.ts';
import type { Fanout } from './fanout.ts';
import { PostgresFanout } from './fanout-postgres.ts';
import { attemptsMax, Outbox, payloadBytesMax } from './outbox.ts';
import { probe } from './probe.kit.ts';
import type { Service } from './service.ts';

/** The same database as the probe's, with no service that would relay: each test starts its own processes. */
const still: Service = {
  ...probe,
  name: 'still',
  database: {
    ...probe.database,
    name: 'still',
    jobs: false,
    migrations: [
      {
        name: '0001-effects',
        sql: 'create table still.effect (id int generated always as identity primary key, what text not null)',
      },
    ],
  },
};

let house: House;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  house = await aHouse([still]);
  await house.served('still').close();
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
  await house?.stop();
});

interface Process {
  database: Database;
  fanout: Fanout;
  outbox: Outbox;
  errors: unknown[];
}
/** One more process of the service, which does not relay before `outbox.start()`. */
async function aProcess(): Promise<Process> {
  const url = house.env.STILL_DATABASE_URL as string;
  const errors: unknown[] = [];
  const database = await openDatabase({ name: 'still', url, entities: [], connectionsMax: 3 });
  const fanout = await PostgresFanout.open(url, (error) => errors.push(error));
  const outbox = new Outbox('still', database, fanout, (error) => errors.push(error));
  ends.push(async () => {
    await outbox.stop();
    await fanout.close();
    await database.source.destroy();
  });
  return { database, fanout, outbox, errors };
}
async function eventually(found: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await found())) await new Promise((resolve) => setTimeout(resolve, 10));
}
const effects = async (): Promise<string[]> =>
  (await house.db.query<{ what: string }>('select what from still.effect order by id')).map(
    (row) => row.what,
  );

test('an event exists if and only if its transaction commits, and is told to every process after its handler', async () => {
  const [one, two] = [await aProcess(), await aProcess()];
  const heard: unknown[] = [];
  await two.fanout.subscribe('still.greeted', (notice) => heard.push(notice));
  one.outbox.on<{ name: string }>('greeted', async ({ name }, { db }) => {
    await db.query('insert into still.effect (what) values ($1)', [name]);
  });
  await one.outbox.start();
  await expect(
    one.database.transaction(async (db) => {
      await one.outbox.add(db, 'greeted', { name: 'nobody' });
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  await two.database.transaction((db) => two.outbox.add(db, 'greeted', { name: 'Léa' }));
  await eventually(() => heard.length > 0);
  expect(heard).toEqual([{ id: expect.any(Number), topic: 'greeted', payload: { name: 'Léa' } }]);
  expect(await effects()).toEqual(['Léa']);
  await eventually(async () => (await one.outbox.counts()).waiting === 0);
  await one.outbox.stop();
});

test('two processes relay each event once and in order, also when the relaying one goes away in the middle', async () => {
  const [one, two] = [await aProcess(), await aProcess()];
  const handled: { by: string; n: number }[] = [];
  for (const [by, process] of [
    ['one', one],
    ['two', two],
  ] as const)
    process.outbox.on<number>('counted', async (n) => {
      handled.push({ by, n });
    });
  await one.outbox.start();
  await two.outbox.start();
  const wanted = Array.from({ length: 200 }, (_, index) => index);
  for (const n of wanted.slice(0, 100))
    await two.database.transaction((db) => two.outbox.add(db, 'counted', n));
  await eventually(() => handled.length >= 50);
  const relay = (handled[0] as { by: string }).by === 'one' ? one : two;
  await relay.outbox.stop();
  for (const n of wanted.slice(100)) await two.database.transaction((db) => two.outbox.add(db, 'counted', n));
  await eventually(() => handled.length >= 200);
  expect(handled.map(({ n }) => n)).toEqual(wanted);
  expect(new Set(handled.map(({ by }) => by)).size).toBe(2);
  await Promise.all([one.outbox.stop(), two.outbox.stop()]);
});

test('a relay whose connection is cut comes back; what its handler wrote half is undone and done again', async () => {
  const process = await aProcess();
  let cut = false;
  process.outbox.on<string>('cut', async (what, { db }) => {
    await db.query('insert into still.effect (what) values ($1)', [what]);
    if (cut) return;
    cut = true;
    await house.db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'parvis-still-outbox' and datname = current_database()`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await process.outbox.start();
  await process.database.transaction((db) => process.outbox.add(db, 'cut', 'once'));
  await eventually(async () => (await process.outbox.counts()).waiting === 0);
  expect((await effects()).filter((what) => what === 'once')).toEqual(['once']);
  await process.outbox.stop();
});

test('a failing handler holds back its own topic, in order, and no other', async () => {
  const process = await aProcess();
  const done: string[] = [];
  let broken = true;
  process.outbox.on<string>('fragile', async (what) => {
    if (what === 'first' && broken) throw new Error('not yet');
    done.push(what);
  });
  process.outbox.on<string>('sturdy', async (what) => void done.push(what));
  await process.outbox.start();
  await process.database.transaction(async (db) => {
    for (const what of ['first', 'second']) await process.outbox.add(db, 'fragile', what);
    await process.outbox.add(db, 'sturdy', 'third');
  });
  await eventually(() => done.length > 0);
  expect(done).toEqual(['third']);
  broken = false;
  await eventually(() => done.length >= 3);
  expect(done).toEqual(['third', 'first', 'second']);
  await process.outbox.stop();
});

test('an event that fails too often is parked, counted and kept; what came after goes on; people can retry it', async () => {
  const process = await aProcess();
  const attempts: number[] = [];
  const done: string[] = [];
  let broken = true;
  process.outbox.on<string>('hopeless', async (what, { attempt }) => {
    if (what === 'bad' && broken) {
      attempts.push(attempt);
      throw new Error('never');
    }
    done.push(what);
  });
  await process.outbox.start();
  await process.database.transaction(async (db) => {
    await process.outbox.add(db, 'hopeless', 'bad');
    await process.outbox.add(db, 'hopeless', 'good');
  });
  await eventually(async () => {
    // No waiting in the test: the pause before the next attempt is over at once.
    await house.db.query('update still.outbox set next_at = now(); notify parvis_outbox_still');
    return done.length > 0;
  });
  expect(done).toEqual(['good']);
  expect(attempts).toEqual(Array.from({ length: attemptsMax }, (_, index) => index + 1));
  await eventually(async () => (await process.outbox.counts()).waiting === 0);
  expect(await process.outbox.counts()).toEqual({ waiting: 0, parked: 1 });
  broken = false;
  expect(await process.outbox.retryParked()).toBe(1);
  await eventually(() => done.length === 2);
  expect(done).toEqual(['good', 'bad']);
  await process.outbox.stop();
});

test('a payload that is too large for a notice is refused when it is added', async () => {
  const process = await aProcess();
  const add = (payload: unknown) =>
    process.database.transaction((db) => process.outbox.add(db, 'large', payload));
  await expect(add('x'.repeat(payloadBytesMax))).rejects.toThrow(RangeError);
  await expect(add(undefined)).rejects.toThrow(RangeError);
  expect((await process.outbox.counts()).waiting).toBe(0);
});

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { aHouse, type House } from '@parvis/testing/house';
import { getConstructionPlans } from 'pg-boss';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { connect as openDatabase, type Database } from './database.ts';
import { Jobs, jobsSchemaVersion } from './jobs.ts';
import { probe } from './probe.kit.ts';

let house: House;
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  house = await aHouse([probe]);
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
  await house?.stop();
});

/** One more process of the service, under the service's own role. */
async function aProcess(
  define: (jobs: Jobs) => void,
): Promise<{ jobs: Jobs; database: Database; errors: unknown[] }> {
  const errors: unknown[] = [];
  const url = house.env.PROBE_DATABASE_URL as string;
  const database = await openDatabase({ name: 'probe', url, entities: [], connectionsMax: 3 });
  const jobs = new Jobs('probe', database, (error) => errors.push(error));
  define(jobs);
  await jobs.start(true);
  ends.push(async () => {
    await jobs.stop();
    if (database.source.isInitialized) await database.source.destroy();
  });
  return { jobs, database, errors };
}
async function eventually(found: () => boolean): Promise<void> {
  while (!found()) await new Promise((resolve) => setTimeout(resolve, 10));
}
const once = { retryLimit: 0, expireSeconds: 60 };

test('a job exists if and only if its transaction commits', async () => {
  const ran: string[] = [];
  const { jobs, database } = await aProcess((all) =>
    all.define('commit', z.object({ who: z.string() }), async ({ who }) => void ran.push(who), once),
  );
  await expect(
    database.transaction(async (db) => {
      await jobs.send(db, 'commit', { who: 'nobody' });
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  await database.transaction((db) => jobs.send(db, 'commit', { who: 'Léa' }));
  await eventually(() => ran.length > 0);
  expect(ran).toEqual(['Léa']);
});

test('data of the wrong shape, and a job that nobody defined, are not sent', async () => {
  const { jobs, database } = await aProcess((all) =>
    all.define('shape', z.object({ n: z.int() }), async () => undefined, once),
  );
  await expect(jobs.send(database.db, 'shape', { n: 'one' })).rejects.toThrow();
  await expect(jobs.send(database.db, 'unknown', {})).rejects.toThrow('not defined');
});

test('a failing job is tried again, as often as said, and its errors are told', async () => {
  const attempts: number[] = [];
  const { jobs, database, errors } = await aProcess((all) =>
    all.define(
      'again',
      z.object({}),
      async (_, { attempt }) => {
        attempts.push(attempt);
        if (attempt < 2) throw new Error('not yet');
      },
      { retryLimit: 1, expireSeconds: 60 },
    ),
  );
  await jobs.send(database.db, 'again', {});
  await eventually(() => attempts.length === 2);
  expect(attempts).toEqual([1, 2]);
  expect(errors.map(String)).toEqual(['Error: not yet']);
});

test('of jobs with the same key at most one waits; those without a key all run', async () => {
  const ran: string[] = [];
  const { jobs, database } = await aProcess((all) =>
    all.define('key', z.object({ n: z.string() }), async ({ n }) => void ran.push(n), once),
  );
  const later = new Date(Date.now() + 3_600_000);
  const first = await jobs.send(database.db, 'key', { n: 'a1' }, { singletonKey: 'a', startAfter: later });
  expect(first).not.toBeNull();
  expect(await jobs.send(database.db, 'key', { n: 'a2' }, { singletonKey: 'a' })).toBeNull();
  for (const n of ['x', 'y', 'z']) expect(await jobs.send(database.db, 'key', { n })).not.toBeNull();
  await eventually(() => ran.length === 3);
  expect(ran.sort()).toEqual(['x', 'y', 'z']);
  await house.db.query(`update probe_jobs.job set start_after = now() where name = 'key'`);
  await eventually(() => ran.length === 4);
  expect(ran.at(-1)).toBe('a1');
});

test('stopping lets a running job finish', async () => {
  let [began, finished] = [false, false];
  const { jobs, database } = await aProcess((all) =>
    all.define(
      'finish',
      z.object({}),
      async () => {
        began = true;
        await new Promise((resolve) => setTimeout(resolve, 300));
        finished = true;
      },
      once,
    ),
  );
  await jobs.send(database.db, 'finish', {});
  await eventually(() => began);
  await jobs.stop();
  expect(finished).toBe(true);
});

test('a job whose process is killed with SIGKILL runs again elsewhere', async () => {
  const child = spawn(
    process.execPath,
    ['--conditions=source', fileURLToPath(new URL('jobs.kit.ts', import.meta.url))],
    {
      env: { ...process.env, ...house.env } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.on('data', (data) => {
    said += String(data);
  });
  await eventually(() => said.includes('ready'));
  const attempts: number[] = [];
  const { jobs, database } = await aProcess((all) =>
    all.define('other', z.object({}), async () => undefined, once),
  );
  await house.db.query(
    `insert into probe_jobs.job_common (name, data, retry_limit, expire_seconds, heartbeat_seconds, policy, singleton_key)
     values ('endless', '{}', 2, 300, 20, 'short', 'only')`,
  );
  await eventually(() => said.includes('began'));
  child.kill('SIGKILL');
  await jobs.stop();
  await database.source.destroy();
  await aProcess((all) =>
    all.define('endless', z.object({}), async (_, { attempt }) => void attempts.push(attempt), {
      retryLimit: 2,
      expireSeconds: 300,
    }),
  );
  await eventually(() => attempts.length > 0);
  expect(attempts).toEqual([2]);
}, 300_000);

test('an upgrade of the library brings a migration: its tables are those that ours makes', () => {
  const made = /INSERT INTO x\.version\(version\) VALUES \('(\d+)'\)/.exec(getConstructionPlans('x'));
  expect(Number(made?.[1])).toBe(jobsSchemaVersion);
});

import { z } from 'zod';
import { connect } from './database.ts';
import { Jobs } from './jobs.ts';
import { processEnvironment, readSettings, setting, text } from './settings.ts';

/** A process of its own that takes a job of the probe and never ends it: the tests kill it with SIGKILL. */
const { url } = readSettings({ url: setting('PROBE_DATABASE_URL', text) }, processEnvironment);
const database = await connect({ name: 'probe', url, entities: [], connectionsMax: 2 });
const jobs = new Jobs('probe', database, () => undefined);
jobs.define(
  'endless',
  z.object({}),
  async () => {
    process.stdout.write('began\n');
    await new Promise(() => setInterval(() => undefined, 1_000));
  },
  { retryLimit: 2, expireSeconds: 300 },
);
await jobs.start(true);
process.stdout.write('ready\n');

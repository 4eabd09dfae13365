import { aDatabase } from '@parvis/testing/database';
import { expect, test } from 'vitest';
import { describeFanout } from './fanout.kit.ts';
import { PostgresFanout } from './fanout-postgres.ts';

describeFanout('PostgreSQL', async () => {
  const database = await aDatabase([]);
  return {
    another: () => PostgresFanout.open(database.url, () => undefined),
    cut: async () => {
      await database.db.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'parvis-fanout'`,
      );
    },
    end: () => database.drop(),
  };
});

test('a fan-out whose database is not there does not open', async () => {
  const nowhere = 'postgresql://nobody@127.0.0.1:1/nothing';
  await expect(PostgresFanout.open(nowhere, () => undefined)).rejects.toThrow();
});

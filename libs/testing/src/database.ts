import { createHash, randomBytes } from 'node:crypto';
import { accessMigrations } from '@parvis/access/migrations';
import { type Db, fromPg } from '@parvis/access/db';
import { Client, Pool } from 'pg';

type Migration = { name: string; sql: string };

export type TestDatabase = {
  /** Connection string of a superuser to the new database. */
  url: string;
  pool: Pool;
  db: Db;
  drop(): Promise<void>;
};

const connectionsMax = 6;

/** Any number that no other lock of this server uses: one test file at a time makes a template. */
const templateLock = 7_215_001;

/**
 * A database of one's own on the server that PARVIS_TEST_DATABASE_URL names (a superuser's URL), with the given
 * migrations run. They run once per content: the database is a copy of a template that stays on the server.
 */
export async function aDatabase(migrations: Migration[] = accessMigrations): Promise<TestDatabase> {
  const server = serverUrl();
  const template = await templateFor(server, migrations);
  const name = `parvis_test_${randomBytes(8).toString('hex')}`;
  await onServer(server, (client) => client.query(`create database ${name} template ${template}`));
  const url = databaseUrl(server, name);
  const pool = new Pool({ connectionString: url, max: connectionsMax });
  // Dropping the database ends idle connections by force; that is no test's failure.
  pool.on('error', () => {});
  const drop = async () => {
    await pool.end();
    await onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  return { url, pool, db: fromPg(pool), drop };
}

function serverUrl(): string {
  const url = process.env.PARVIS_TEST_DATABASE_URL;
  if (!url) {
    throw new Error(
      'PARVIS_TEST_DATABASE_URL is not set: a PostgreSQL 18 superuser URL. `npm test` starts one and sets it.',
    );
  }
  return url;
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}

async function onServer<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The template of these migrations, made when it is not there yet. Its name appears only once it is complete. */
async function templateFor(server: string, migrations: Migration[]): Promise<string> {
  const content = createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16);
  const template = `parvis_template_${content}`;
  return onServer(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template]);
    if (rowCount) return template;
    const draft = `${template}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft} encoding 'UTF8' template template0`);
    await onServer(databaseUrl(server, draft), async (inside) => {
      for (const { name, sql } of migrations) {
        await inside.query(sql).catch((error: Error) => {
          throw new Error(`migration ${name}: ${error.message}`, { cause: error });
        });
      }
    });
    await client.query(`alter database ${draft} rename to ${template}`);
    return template;
  });
}

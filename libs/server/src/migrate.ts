import { accessMigrations } from '@parvis/access/migrations';
import { accessPrivileges } from '@parvis/access/privileges';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { jobsMigration } from './jobs.ts';
import { outboxMigration } from './outbox.ts';
import type { Migration, ServiceDatabase } from './service.ts';

/** Lock held while migrating, so that two starts at once do not run the same step twice. */
const lockKey = 7_271_001;

/** TypeORM orders migrations by the number at the end of their class name; ours come from the order of the list. */
function classesOf(migrations: readonly Migration[], from: number): (new () => MigrationInterface)[] {
  return migrations.map((migration, index) => {
    const name = `${migration.name.replace(/[^a-zA-Z0-9]/g, '_')}_${1_700_000_000_000 + from + index}`;
    const step = class implements MigrationInterface {
      name = name;
      async up(runner: QueryRunner): Promise<void> {
        await runner.query(migration.sql);
      }
      async down(): Promise<void> {
        throw new Error(
          'Migrations only go forward: restore the backup that docs/run-it.md tells you to make',
        );
      }
    };
    return step;
  });
}

async function runAll(
  url: string,
  schema: string,
  migrations: readonly Migration[],
  from = 1_000,
): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    schema,
    applicationName: 'parvis-migrate',
    migrations: classesOf(migrations, from),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    extra: { max: 1, options: `-c search_path=${schema},access,public` },
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What PostgreSQL answers when another migration of the same server touches the same role at the same moment. */
const sameMoment = new Set(['XX000', '42710', '23505']);
const attemptsMax = 20;

/** Roles belong to the whole server, the migration lock to one database: two databases may want the same role at once. */
async function inTurn(act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await act();
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      if (attempt === attemptsMax || code === undefined || !sameMoment.has(code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25 * attempt));
    }
  }
}

async function makeRole(admin: DataSource, role: string, schema: string, password: string): Promise<void> {
  await inTurn(async () => {
    const known = (await admin.query('select 1 from pg_roles where rolname = $1', [role])) as unknown[];
    // CREATE ROLE and ALTER ROLE take no parameters.
    const verb = known.length > 0 ? 'alter' : 'create';
    await admin.query(`${verb} role ${quoted(role)} login password ${literal(password)}`);
  });
  const [{ current_database: name }] = (await admin.query('select current_database()')) as [
    { current_database: string },
  ];
  await inTurn(() =>
    admin.query(
      `alter role ${quoted(role)} in database ${quoted(name)} set search_path = ${quoted(schema)}, access, public`,
    ),
  );
}

/** Each service is one role: it owns nothing, writes its own schema, and uses `access` as far as libs/access allows. */
async function allow(admin: DataSource, database: ServiceDatabase, password: string): Promise<void> {
  const role = `parvis_${database.name}`;
  await makeRole(admin, role, database.name, password);
  for (const schema of database.jobs ? [database.name, `${database.name}_jobs`] : [database.name]) {
    const to = quoted(role);
    await admin.query(`grant usage on schema ${quoted(schema)} to ${to}`);
    await admin.query(
      `grant select, insert, update, delete on all tables in schema ${quoted(schema)} to ${to}`,
    );
    await admin.query(`grant usage, select on all sequences in schema ${quoted(schema)} to ${to}`);
    await admin.query(`grant execute on all functions in schema ${quoted(schema)} to ${to}`);
  }
  await admin.query(`revoke all on all tables in schema access from ${quoted(role)}`);
  const { signsIn = false, hears = false } = database;
  await admin.query(accessPrivileges(role, { signsIn, hears }));
}

export interface MigrateOptions {
  /** URL of a role that may create roles and schemas in the database. */
  readonly adminUrl: string;
  /** Password given to every service role. */
  readonly rolePassword: string;
  readonly databases: readonly ServiceDatabase[];
}

/** Brings every schema up to this version. Steps that ran before are skipped; a failing step leaves none of its traces. */
export async function migrateAll(options: MigrateOptions): Promise<void> {
  const admin = new DataSource({
    type: 'postgres',
    url: options.adminUrl,
    extra: { max: 1 },
  });
  await admin.initialize();
  try {
    await admin.query('select pg_advisory_lock($1)', [lockKey]);
    await admin.query('create schema if not exists access');
    await runAll(options.adminUrl, 'access', accessMigrations);
    for (const database of options.databases) {
      await admin.query(`create schema if not exists ${quoted(database.name)}`);
      // Numbers of their own: a service may start to run jobs in a later release.
      await runAll(options.adminUrl, database.name, [outboxMigration(database.name)], 1);
      if (database.jobs) await runAll(options.adminUrl, database.name, [jobsMigration(database.name)], 2);
      await runAll(options.adminUrl, database.name, database.migrations);
      await allow(admin, database, options.rolePassword);
    }
  } finally {
    await admin.destroy();
  }
}

/** The URL by which a service's own role reaches the database that `adminUrl` names. */
export function roleUrl(adminUrl: string, service: string, rolePassword: string): string {
  const url = new URL(adminUrl);
  url.username = `parvis_${service}`;
  url.password = rolePassword;
  return url.href;
}

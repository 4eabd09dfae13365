import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './ports.ts';

/** Milliseconds that a start, with the recovery after a crash, may take. */
const readyMsMax = 60_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Where the PostgreSQL of PARVIS_TEST_DATABASE_URL has its programs, and the account that it runs as. */
async function borrowed(url: string): Promise<{ programs: string; uid: number; gid: number }> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ programs: string; data: string }>(
      `select setting as programs, current_setting('data_directory') as data from pg_config where name = 'BINDIR'`,
    );
    const [row] = rows;
    if (!row) throw new Error('the PostgreSQL of the tests does not say where its programs are');
    const { uid, gid } = statSync(row.data);
    return { programs: row.programs, uid, gid };
  } finally {
    await client.end();
  }
}

/** Process ids whose parent is one of these, and theirs. */
function descendants(of: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      parents.set(Number(name), Number(fields[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  return [...parents].filter(([, parent]) => parent === of).map(([pid]) => pid);
}

/** A PostgreSQL of the test's own, with fsync, that may be killed, frozen and started again. Linux only. */
export class Cluster {
  readonly url: string;
  readonly #programs: string;
  readonly #account: { uid: number; gid: number };
  readonly #folder: string;
  readonly #port: number;
  #postmaster: ChildProcess | null = null;

  private constructor(
    lent: { programs: string; uid: number; gid: number },
    place: { folder: string; port: number; password: string },
  ) {
    this.#programs = lent.programs;
    this.#account = { uid: lent.uid, gid: lent.gid };
    this.#folder = place.folder;
    this.#port = place.port;
    this.url = `postgres://parvis_admin:${place.password}@127.0.0.1:${place.port}/postgres`;
  }

  /** Lays down a cluster and starts it, with the programs of the server at `url` (a superuser's). */
  static async make(url: string): Promise<Cluster> {
    const lent = await borrowed(url);
    const folder = mkdtempSync('/var/tmp/parvis-cluster-');
    chmodSync(folder, 0o700);
    const password = randomBytes(12).toString('hex');
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, `${password}\n`);
    if (process.getuid?.() === 0)
      for (const one of [folder, passwordFile]) chownSync(one, lent.uid, lent.gid);
    const names = ['-D', join(folder, 'data'), '-U', 'parvis_admin', `--pwfile=${passwordFile}`];
    const text = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=fr-FR', '--locale=C.UTF-8'];
    const made = spawnSync(
      join(lent.programs, 'initdb'),
      [...names, ...text, '--auth=scram-sha-256', '--no-sync'],
      { ...asked(lent), cwd: folder, encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`no cluster was made: ${made.stderr}`);
    const cluster = new Cluster(lent, { folder, port: await freePort(), password });
    await cluster.start();
    return cluster;
  }

  /** Starts, recovers and resolves once it answers; a run that was killed may need a moment to let go. */
  async start(): Promise<void> {
    const deadline = Date.now() + readyMsMax;
    for (;;) {
      this.#postmaster ??= this.#spawn();
      if (await this.#answers()) return;
      if (this.#postmaster.exitCode !== null || this.#postmaster.signalCode !== null) this.#postmaster = null;
      if (Date.now() > deadline) throw new Error(`PostgreSQL does not come back in ${this.#folder}`);
      await pause(40);
    }
  }

  #spawn(): ChildProcess {
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=32MB'];
    const args = settings.flatMap((one) => ['-c', one]);
    return spawn(
      join(this.#programs, 'postgres'),
      ['-D', join(this.#folder, 'data'), '-p', String(this.#port), ...args],
      { ...asked(this.#account), cwd: this.#folder, stdio: 'ignore' },
    );
  }

  async #answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => {});
    }
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#postmaster?.pid;
    if (pid === undefined) return;
    for (const one of [pid, ...descendants(pid)]) {
      try {
        process.kill(one, signal);
      } catch {
        // It ended by itself.
      }
    }
  }

  /** kill -9 of every process of it. */
  async kill(): Promise<void> {
    const postmaster = this.#postmaster;
    if (postmaster === null) return;
    const ended = once(postmaster, 'exit');
    this.#signal('SIGKILL');
    await ended;
    this.#postmaster = null;
  }

  /** SIGSTOP: connections stay open and nothing answers. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  /** Ends it and removes its folder. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Under another account only when we may choose one. */
function asked({ uid, gid }: { uid: number; gid: number }): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid, gid } : {};
}

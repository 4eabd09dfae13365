import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { House } from '@parvis/testing/house';
import { freePort } from '@parvis/testing/ports';
import { type Dialect, hocuspocus, plain } from './docs-wire.ts';

export interface Server {
  readonly name: string;
  readonly port: number;
  readonly dialect: Dialect;
  /** Seconds of CPU used so far, with its database. */
  cpu(): Promise<number>;
  /** Bytes of memory that its process has taken. */
  memory(): number;
  /** Bytes that live in its heap; it must have been started with {@link weighed}. */
  held(): Promise<number>;
  stop(): Promise<void>;
}

/** Seconds of CPU of all threads of a process, to the nanosecond. */
function cpuOf(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.reduce((sum, thread) => {
      const [nanoseconds] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
      return sum + Number(nanoseconds) / 1e9;
    }, 0);
  } catch {
    return 0;
  }
}

function memoryOf(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

async function heldBy(child: ChildProcess): Promise<number> {
  const answered = once(child, 'message');
  child.send('weigh');
  const [{ bytes }] = (await answered) as [{ bytes: number }];
  return bytes;
}
/** Options of Node for a server that is weighed. */
export const weighed = ['--expose-gc', `--import=${new URL('./docs-weigh.mjs', import.meta.url).href}`];

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

/** Ours, as it is built, on the database of the house. */
export async function parvis(house: House, node: readonly string[] = []): Promise<Server> {
  const port = await freePort();
  const main = fileURLToPath(new URL('../apps/docs/dist/main.js', import.meta.url));
  const env = { ...process.env, ...house.env, DOCS_PORT: String(port) } as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, [...node, main], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  for (let ready = false; !ready; ) {
    if (child.exitCode !== null) throw new Error('the service ended');
    await new Promise((resolve) => setTimeout(resolve, 50));
    ready = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
  }
  // What a connection of the pool used stays counted once it is closed.
  const used = new Map<number, number>();
  const cpu = async () => {
    const backends = await house.db.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and usename = 'parvis_docs'`,
    );
    for (const pid of [child.pid as number, ...backends.map((one) => one.pid)]) used.set(pid, cpuOf(pid));
    return [...used.values()].reduce((sum, seconds) => sum + seconds, 0);
  };
  return {
    name: 'parvis',
    port,
    dialect: plain,
    cpu,
    memory: () => memoryOf(child),
    held: () => heldBy(child),
    stop: () => end(child),
  };
}

async function forked(
  name: string,
  file: string,
  args: string[],
  dialect: Dialect,
  node: readonly string[] = [],
): Promise<Server> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: [...node] });
  const [port] = (await once(child, 'message')) as [number];
  const cpu = async () => cpuOf(child.pid as number);
  const [memory, held, stop] = [() => memoryOf(child), () => heldBy(child), () => end(child)];
  return { name, port, dialect, cpu, memory, held, stop };
}

/** Passes on and keeps nothing: the limit. */
export const relay = (): Promise<Server> => forked('relay', './docs-relay.ts', [], plain);

/** Hocuspocus 4.7 as it comes, keeping documents in a folder. */
export const peer = (folder: string, node: readonly string[] = []): Promise<Server> =>
  forked('hocuspocus', './docs-hocuspocus.mjs', [folder], hocuspocus, node);

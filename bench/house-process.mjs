import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isFree } from '../tools/parts/ports.mjs';
import { isAlive, pause, startProgram, until } from '../tools/parts/processes.mjs';
import { removeFolder, temporaryFolder } from '../tools/parts/test-database.mjs';

const firstPageMsMax = 20 * 60_000;
const stopMsMax = 40_000;
const pollMs = 50;
const portFrom = 18_080;
const portsTried = 100;
/** Clock ticks per second in /proc/<pid>/stat. */
const ticksPerSecond = 100;

/** The environment of somebody who types the command: nothing of the npm, nx and launcher above this process. */
function plainEnvironment(more) {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|NX_|INIT_CWD$|NODE_ENV$|PORT$|PARVIS_(?!CACHE$|NODE$|ADMIN_DATABASE_URL$))/.test(name),
  );
  const env = Object.fromEntries(kept);
  env.PATH = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);
  return { ...env, ...more };
}

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // Own time and that of the children it has waited for.
    const ticks = fields.slice(11, 15).reduce((sum, one) => sum + Number(one), 0);
    return { pid, parent: Number(fields[1]), cpuSeconds: ticks / ticksPerSecond };
  } catch {
    return null;
  }
}

/**
 * A free port for a house: the one of `--port`, or the first free of a few that outgoing connections never take (they
 * begin at 32768).
 */
export async function freePort(given) {
  if (given) return Number(given);
  for (let port = portFrom; port < portFrom + portsTried; port += 1) if (await isFree(port)) return port;
  throw new Error(`no port is free from ${portFrom} on: give one with --port=N`);
}

/** A process and all that descend from it, those who run in a session of their own too. */
export function treeOf(root) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter(Boolean);
  const found = all.filter(({ pid }) => pid === root);
  for (const one of found) found.push(...all.filter(({ parent }) => parent === one.pid));
  return found;
}

/** What a process is, in a word: its program, and of ours the script that it runs. */
function nameOf(pid) {
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
  const line = words.join(' ');
  if (/serve\.mjs/.test(line)) return 'services';
  if (/next-server|standalone.*server\.js/.test(line)) return 'portal';
  if (/livekit/.test(words[0] ?? '')) return 'meetings';
  if (/postgres/.test(words[0] ?? '')) return 'database';
  if (/start\.mjs/.test(line)) return 'launcher';
  if (line.startsWith('npm')) return 'npm';
  return (words[0] ?? '').split('/').pop() ?? '';
}

/**
 * Memory of a tree of processes in MB, by what they are. `pss` counts a page that several share once; `rss` counts it
 * for each of them.
 * @returns {Map<string, {pss: number, rss: number, processes: number}>}
 */
export function memoryOf(root) {
  const sums = new Map();
  for (const { pid } of treeOf(root)) {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      const megabytes = (word) =>
        Number(new RegExp(`^${word}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) / 1024;
      const name = nameOf(pid);
      const sum = sums.get(name) ?? { pss: 0, rss: 0, processes: 0 };
      sums.set(name, {
        pss: sum.pss + megabytes('Pss'),
        rss: sum.rss + megabytes('Rss'),
        processes: sum.processes + 1,
      });
    } catch {
      // It has just ended.
    }
  }
  return sums;
}

const running = new Set();

/**
 * Runs `act` with a folder of its own. Afterwards, and when this process is asked to end, the houses that were started
 * are stopped and the folder is removed.
 */
export async function withHouses(act) {
  const folder = temporaryFolder('bench');
  const tidy = async () => {
    for (const house of [...running]) await house.stop();
    removeFolder(folder);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, () => void tidy().finally(() => process.exit(130)));
  try {
    await act(folder);
  } finally {
    await tidy();
  }
}

/** One `npm start` in a checkout. */
export class RunningHouse {
  #child;
  #readyFile;
  url;

  constructor({ child, readyFile, url }) {
    this.#child = child;
    this.#readyFile = readyFile;
    this.url = url;
  }

  get pid() {
    return this.#child.pid;
  }

  /** Processor time of everything this command has started so far, in seconds. */
  cpuSeconds() {
    return treeOf(this.pid).reduce((sum, one) => sum + one.cpuSeconds, 0);
  }

  /** Ends the house as Ctrl-C does, and waits until all of it is gone. */
  async stop() {
    const pids = treeOf(this.pid).map(({ pid }) => pid);
    try {
      process.kill(-this.pid, 'SIGINT');
    } catch {
      // It has ended by itself.
    }
    const gone = await until(async () => pids.every((pid) => !isAlive(pid)), { msMax: stopMsMax });
    if (!gone) throw new Error(`the house at ${this.url} did not stop within ${stopMsMax / 1000} s`);
    running.delete(this);
  }

  /** Waits until the launcher says that every part has come up. */
  async complete() {
    await until(async () => existsSync(this.#readyFile), { msMax: firstPageMsMax });
  }
}

/** The first page as a person gets it: the address is typed, and the way leads to the door. */
async function showsTheDoor(url) {
  const answer = await fetch(url, {
    headers: { accept: 'text/html' },
    signal: AbortSignal.timeout(10_000),
  });
  return answer.status === 200 && new URL(answer.url).pathname === '/sign-in' && (await answer.text());
}

/**
 * Runs `npm start` in a checkout until its first page is there.
 * @returns {Promise<{house: RunningHouse, seconds: number, cpuSeconds: number}>} wall and processor time to that page
 */
export async function startHouse({ root, port, folder, env = {} }) {
  const readyFile = join(folder, `ready-${port}-${Date.now()}.json`);
  const log = openSync(join(folder, 'start.log'), 'a');
  const at = performance.now();
  const child = startProgram(
    'npm',
    ['start', '--', '--port', String(port), '--data', join(folder, 'data'), '--json-ready', readyFile],
    { cwd: root, env: plainEnvironment(env), stdio: ['ignore', log, log] },
  );
  closeSync(log);
  const house = new RunningHouse({ child, readyFile, url: `http://localhost:${port}` });
  running.add(house);
  const end = at + firstPageMsMax;
  while (!(await showsTheDoor(`${house.url}/`).catch(() => false))) {
    if (child.exitCode !== null || performance.now() > end)
      throw new Error(
        `npm start did not come to its first page:\n${readFileSync(join(folder, 'start.log'))}`,
      );
    await pause(pollMs);
  }
  return { house, seconds: (performance.now() - at) / 1000, cpuSeconds: house.cpuSeconds() };
}

/** The lines in which the launcher says how long each part took. */
export function partLines(folder) {
  return readFileSync(join(folder, 'start.log'), 'utf8')
    .split('\n')
    .filter((line) => /^[✓✗] /.test(line));
}

/** Runs git in a folder and answers what it said. */
export function git(folder, ...words) {
  const { status, stdout, stderr } = spawnSync('git', words, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
  return stdout;
}

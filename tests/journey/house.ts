import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { given, isReady, readReady } from './given.ts';

/** Milliseconds for a house that has been built to open again, on two busy processors. */
const openMsMax = 180_000;
const goneMsMax = 30_000;

interface Running {
  readonly pid: number;
  readonly parent: number;
}

function everyProcess(): Running[] {
  const found: Running[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state !== 'Z') found.push({ pid: Number(entry), parent: Number(parent) });
    } catch {
      // It has just ended.
    }
  }
  return found;
}

/** The launcher's outer half runs our own script; anything else that happens to be its parent is not the house's. */
function isLauncher(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .some((part) => part.endsWith('tools/start.mjs'));
  } catch {
    return false;
  }
}

/** Every process of the house: launcher, guard, services, portal, database and what stands beside, with their children. */
function processesOfTheHouse(): number[] {
  const { pid, launcherPid, pids } = readReady();
  const first = [pids.guard, isLauncher(launcherPid) ? launcherPid : null, pid, ...Object.values(pids)];
  const found = new Set(first.filter((one): one is number => one !== null && one !== undefined));
  const all = everyProcess();
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { pid: child, parent } of all) if (found.has(parent)) found.add(child);
  }
  found.delete(process.pid);
  return [...found];
}

/** Whatever the power cut would do: SIGKILL to all, the guard first so that nobody says goodbye. Answers who was killed. */
export async function killEverything(): Promise<{ killed: number[]; parts: Record<string, number | null> }> {
  const { pids: parts } = readReady();
  const killed = processesOfTheHouse();
  for (const pid of killed) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // A child that went with its parent.
    }
  }
  const end = Date.now() + goneMsMax;
  for (;;) {
    const alive = everyProcess().filter(({ pid }) => killed.includes(pid));
    if (alive.length === 0) return { killed, parts };
    if (Date.now() > end) throw new Error(`still alive: ${alive.map(({ pid }) => pid).join(', ')}`);
    await pause(20);
  }
}

/** Opens the house again, with the command that opened it first: the same port, the same data. */
export async function openAgain(): Promise<void> {
  rmSync(given.readyFile(), { force: true });
  mkdirSync(given.resultsFolder, { recursive: true });
  const log = openSync(join(given.resultsFolder, 'house-again.log'), 'a');
  const [program = '', ...args] = given.command();
  const child = spawn(program, args, { stdio: ['ignore', log, log], env: { ...given.environment, CI: '1' } });
  const end = Date.now() + openMsMax;
  while (!isReady()) {
    if (child.exitCode !== null) throw new Error(`the house did not open again: code ${child.exitCode}`);
    if (Date.now() > end) throw new Error('the house did not open again in time');
    await pause(100);
  }
}

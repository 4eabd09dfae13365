import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { dropWatch, keepWatch } from './guard.mjs';

/** The fields of /proc/<pid>/stat after the name (which may hold spaces and brackets), or null. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], parent: Number(fields[1]), startTicks: fields[19] };
  } catch {
    return null;
  }
}

/** What tells this process from a later one of the same number; empty where the system does not say. */
export function birthOf(pid) {
  return statOf(pid)?.startTicks ?? '';
}

export function parentOf(pid) {
  return statOf(pid)?.parent ?? null;
}

/** Whether a process lives; with `birth`, whether it is still the same one. */
export function isAlive(pid, birth = '') {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  const stat = statOf(pid);
  if (!stat) return process.platform !== 'linux' || birth === '';
  return stat.state !== 'Z' && (birth === '' || stat.startTicks === birth);
}

/** Processes whose working folder is `folder` (Linux only; elsewhere none are found). */
export function processesIn(folder) {
  const found = [];
  let entries = [];
  let real = folder;
  try {
    real = realpathSync(folder);
    entries = readdirSync('/proc');
  } catch {
    return found;
  }
  for (const entry of entries) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (readlinkSync(`/proc/${entry}/cwd`) === real && statOf(entry)?.state !== 'Z')
        found.push(Number(entry));
    } catch {
      // Another user's process, or one that has just ended.
    }
  }
  return found;
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const outputCharsMax = 200_000;
const programs = new Set();

/** Starts a program that must not outlive us: it ends with {@link endPrograms}, or when we are killed. */
export function startProgram(program, args, options = {}) {
  const child = spawn(program, args, { ...options, detached: true });
  if (child.pid) {
    programs.add(child);
    keepWatch(child.pid, 'SIGTERM', 1);
    child.once('exit', () => {
      programs.delete(child);
      dropWatch(child.pid);
    });
  }
  return child;
}

/** Ends all programs that are running, with what they have started. */
export function endPrograms(signal = 'SIGTERM') {
  for (const { pid } of programs) {
    try {
      process.kill(-pid, signal);
    } catch {
      // It has just ended.
    }
  }
}

/** Runs a program to its end. `status` is null when it could not be started; `output` is the end of what it said. */
export function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = startProgram(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-outputCharsMax);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', (error) =>
      resolve({ status: null, output: error.message, missing: error.code === 'ENOENT' }),
    );
    child.once('close', (status, signal) =>
      resolve({ status: status ?? 128, signal, output, missing: false }),
    );
  });
}

/** Asks until the answer is truthy; null when `msMax` have passed, or when `given up` says so. */
export async function until(ask, { msMax, everyMs = 100, givenUp = () => false }) {
  const end = Date.now() + msMax;
  for (;;) {
    const answer = await ask().catch(() => false);
    if (answer) return answer;
    if (Date.now() > end || givenUp()) return null;
    await pause(everyMs);
  }
}

const shells = new Set(['sh', 'dash', 'bash', 'ash', 'zsh', 'busybox']);
const parentPollMs = 500;

/**
 * Calls back once when the process that started us ends. npm puts a shell between itself and us, which may outlive
 * it: then npm is watched too. A process that had no parent at the start is not watched.
 */
export function whenParentEnds(callback) {
  const parent = process.ppid;
  if (parent <= 1) return;
  let above = null;
  try {
    const name = readFileSync(`/proc/${parent}/comm`, 'utf8').trim();
    if (process.env.npm_execpath && shells.has(name)) above = parentOf(parent);
  } catch {
    // No /proc here: the parent alone is watched.
  }
  const timer = setInterval(() => {
    if (process.ppid === parent && (above === null || parentOf(parent) === above)) return;
    clearInterval(timer);
    callback();
  }, parentPollMs);
  timer.unref();
}

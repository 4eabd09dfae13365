import { spawn } from 'node:child_process';
import { closeSync, copyFileSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { dropWatch, guardPid, keepWatch } from './guard.mjs';
import { pause, processesIn, until } from './processes.mjs';
import { Stop } from './stop.mjs';

const logBytesMax = 20_000_000;
const logCheckMs = 60_000;
const tailLines = 15;
const restartMsMin = 500;
const orphanMsMax = 5_000;
const restartMsMax = 30_000;
/** A part that ran this long before it died starts its waiting times afresh. */
const steadyMs = 60_000;

/**
 * A part of the house: one child process.
 * @typedef {object} Part
 * @property {string} name           also the name of its log
 * @property {string} command
 * @property {string[]} args
 * @property {Record<string, string>} [env]
 * @property {string} [cwd]
 * @property {boolean} [ownFolder] nobody else works in `cwd`: whoever is found there is left over from a killed run
 * @property {{uid: number, gid: number}} [user]  whom it runs as
 * @property {1|2|3} stage           what ends in the same stage ends together: 1 first, 3 (the database) last
 * @property {boolean} [ipc]         a Node child that ends by itself when the channel to us closes
 * @property {NodeJS.Signals} [stopSignal]
 * @property {NodeJS.Signals} [killSignal]
 * @property {number} [stopMsMax]
 * @property {() => Promise<unknown>} [ready]  truthy when the part answers
 * @property {number} [readyMsMax]
 * @property {() => Promise<void>} [beforeRestart]
 */

/** Starts children, keeps them running, and ends them in order. */
export class House {
  #parts = new Map();
  #logsFolder;
  #say;
  #closing = null;
  #logTimer;
  /** Called after a part has come back. */
  onChange = () => {};

  constructor({ logsFolder, say }) {
    mkdirSync(logsFolder, { recursive: true, mode: 0o700 });
    this.#logsFolder = logsFolder;
    this.#say = say;
    this.#logTimer = setInterval(() => this.#trimLogs(), logCheckMs).unref();
  }

  get closing() {
    return this.#closing !== null;
  }

  /** Process ids by part name, the guard's among them. */
  get pids() {
    const pids = Object.fromEntries([...this.#parts].map(([name, one]) => [name, one.child?.pid ?? null]));
    return { ...pids, guard: guardPid() };
  }

  logOf(name) {
    return join(this.#logsFolder, `${name}.log`);
  }

  /** Starts a part and waits until it is ready. Throws a Stop with the end of its log when it ends before. */
  async open(part) {
    if (this.closing) throw new Stop('stopping');
    const running = { part, child: null, failures: 0, startedAt: 0, wanted: true };
    this.#parts.set(part.name, running);
    await clearFolder(part);
    this.#spawn(running);
    const { child } = running;
    const problem = await this.#untilReady(running);
    if (problem) {
      running.wanted = false;
      throw new Stop(`${this.tail(part.name)}\n\n${problem} Its log is ${this.logOf(part.name)}.`);
    }
    if (child.exitCode === null && child.signalCode === null) child.once('exit', () => this.#lost(running));
    else this.#lost(running);
    return child.pid;
  }

  async #untilReady({ part, child }) {
    const end = Date.now() + (part.readyMsMax ?? 60_000);
    for (;;) {
      if (child.failure) return `${part.name} could not be started: ${child.failure.message}.`;
      if (child.exitCode !== null) return `${part.name} ended at once with code ${child.exitCode}.`;
      if (child.signalCode !== null) return `${part.name} was ended by ${child.signalCode} while it started.`;
      if (!part.ready || (await part.ready().catch(() => false))) return null;
      if (Date.now() > end)
        return `${part.name} did not answer within ${Math.round((part.readyMsMax ?? 60_000) / 1000)} s.`;
      await pause(100);
    }
  }

  #spawn(running) {
    const { part } = running;
    const log = openSync(this.logOf(part.name), 'a');
    const child = spawn(part.command, part.args, {
      cwd: part.cwd,
      env: part.env ?? process.env,
      ...part.user,
      // Its own process group: Ctrl-C reaches us alone, and we end the parts in order.
      detached: true,
      stdio: part.ipc ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    });
    closeSync(log);
    child.once('error', (error) => {
      child.failure = error;
    });
    child.on('message', () => {});
    child.channel?.unref();
    running.child = child;
    running.startedAt = Date.now();
    if (child.pid) {
      keepWatch(child.pid, part.stopSignal ?? 'SIGTERM', part.stage);
      child.once('exit', () => dropWatch(child.pid));
    }
  }

  /** A part that was running has ended: unless we are closing, it is started again, later each time. */
  async #lost(running) {
    const { part, child } = running;
    if (this.closing || !running.wanted) return;
    if (Date.now() - running.startedAt > steadyMs) running.failures = 0;
    const waitMs = Math.min(restartMsMax, restartMsMin * 2 ** running.failures);
    running.failures += 1;
    const how = child.signalCode ?? `code ${child.exitCode}`;
    this.#say(
      `${part.name} ended unexpectedly (${how}); starting again in ${waitMs / 1000} s. Log: ${this.logOf(part.name)}`,
    );
    await pause(waitMs);
    if (this.closing || !running.wanted) return;
    await clearFolder(part);
    await part.beforeRestart?.().catch(() => {});
    if (this.closing || !running.wanted) return;
    this.#spawn(running);
    const again = running.child;
    const problem = await this.#untilReady(running);
    if (this.closing || !running.wanted) return;
    if (!problem) this.#say(`${part.name} runs again.`);
    if (again.exitCode === null && again.signalCode === null && !again.failure) {
      again.once('exit', () => this.#lost(running));
      this.onChange();
    } else this.#lost(running);
  }

  /** Ends one part and starts it again (its command may have been changed by `change`). */
  async restart(name, change = {}) {
    const running = this.#parts.get(name);
    if (!running || this.closing) return;
    running.wanted = false;
    await this.#end(running);
    await this.open({ ...running.part, ...change });
    this.onChange();
  }

  async #end({ part, child }, { atOnce = false } = {}) {
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    const kill = part.killSignal ?? 'SIGKILL';
    signalTo(child.pid, atOnce ? kill : (part.stopSignal ?? 'SIGTERM'), atOnce && kill === 'SIGKILL');
    const timer = setTimeout(() => {
      this.#say(`${part.name} did not stop in time and was killed`);
      signalTo(child.pid, 'SIGKILL', true);
    }, part.stopMsMax ?? 8_000);
    await gone;
    clearTimeout(timer);
  }

  /** Ends everything, stage by stage; a second call with `atOnce` does not wait for anybody's goodbye. */
  close({ atOnce = false } = {}) {
    if (atOnce) for (const running of this.#parts.values()) void this.#end(running, { atOnce });
    this.#closing ??= this.#closeInOrder();
    return this.#closing;
  }

  async #closeInOrder() {
    clearInterval(this.#logTimer);
    for (const stage of [1, 2, 3]) {
      const parts = [...this.#parts.values()].filter(({ part }) => part.stage === stage);
      await Promise.all(parts.map((running) => this.#end(running)));
    }
  }

  /** The last lines of a part's log. */
  tail(name) {
    try {
      return readFileSync(this.logOf(name), 'utf8').trimEnd().split('\n').slice(-tailLines).join('\n');
    } catch {
      return '';
    }
  }

  /** Children append to their logs, so a log can be cut under them. */
  #trimLogs() {
    for (const name of this.#parts.keys()) {
      const log = this.logOf(name);
      try {
        if (statSync(log).size < logBytesMax) continue;
        copyFileSync(log, `${log}.1`);
        truncateSync(log);
      } catch {
        // The next minute tries again.
      }
    }
  }
}

/** Ends what a killed run has left at work in the folder of a part: it would hold its ports and its files. */
async function clearFolder({ ownFolder, cwd }) {
  if (!ownFolder) return;
  for (const pid of processesIn(cwd)) signalTo(pid, 'SIGKILL');
  await until(async () => processesIn(cwd).length === 0, { msMax: orphanMsMax });
}

function signalTo(pid, signal, group) {
  try {
    process.kill(group ? -pid : pid, signal);
  } catch {
    // It has just ended.
  }
}

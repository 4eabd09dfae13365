import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@parvis/testing/ports';

const script = fileURLToPath(new URL('run-service.ts', import.meta.url));
/** Milliseconds in which it must serve, also where everything is slow: it is compiled from its sources. */
const readyMsMax = 180_000;

/** The service in a process of its own, which can be killed and started again at the same address. */
export class DriveProcess {
  readonly url: string;
  readonly #env: Record<string, string | undefined>;
  #child: ChildProcess | null = null;

  private constructor(port: number, env: Record<string, string | undefined>) {
    this.url = `http://127.0.0.1:${port}`;
    this.#env = { PATH: process.env.PATH, ...env, DRIVE_PORT: String(port) };
  }

  static async start(env: Record<string, string | undefined>): Promise<DriveProcess> {
    const one = new DriveProcess(await freePort(), env);
    await one.start();
    return one;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [script], {
      env: this.#env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#child = child;
    for (const until = Date.now() + readyMsMax; !(await this.#ready()); ) {
      if (Date.now() > until || child.exitCode !== null) throw new Error('the service did not start');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #ready(): Promise<boolean> {
    return (await fetch(`${this.url}/health/ready`).catch(() => null))?.ok ?? false;
  }

  /** The most memory that the process has used so far, in bytes. */
  async peakBytes(): Promise<number> {
    const status = await readFile(`/proc/${this.#child?.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  }

  /** SIGKILL: nothing in the process learns of it. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

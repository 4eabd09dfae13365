import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '@parvis/testing/ports';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const root = fileURLToPath(new URL('../../../..', import.meta.url));
/** Milliseconds that a process may take until it is ready. */
const readyMsMax = 120_000;

/** Compiles what the processes run; where the build is current this takes a moment. */
export function build(): void {
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  execFileSync(process.execPath, [compiler, '-b', `${root}apps/chat`], { stdio: 'pipe' });
}

/** The built service in a process of its own, which can be killed and started again at the same address. */
export class ChatProcess {
  readonly url: string;
  readonly #env: Record<string, string | undefined>;
  #child: ChildProcess | null = null;

  private constructor(port: number, env: Record<string, string | undefined>) {
    this.url = `http://127.0.0.1:${port}`;
    this.#env = { PATH: process.env.PATH, ...env, CHAT_PORT: String(port) };
  }

  static async start(env: Record<string, string | undefined>): Promise<ChatProcess> {
    const one = new ChatProcess(await freePort(), env);
    await one.start();
    return one;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Whether it was killed, or ended by itself. */
  get ended(): boolean {
    return this.#child === null || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [main], { env: this.#env, stdio: ['ignore', 'ignore', 'inherit'] });
    this.#child = child;
    const deadline = Date.now() + readyMsMax;
    while (!(await this.#ready())) {
      if (Date.now() > deadline || child.exitCode !== null) throw new Error('the service did not start');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #ready(): Promise<boolean> {
    return (await fetch(`${this.url}/health/ready`).catch(() => null))?.ok ?? false;
  }

  /** SIGKILL: nothing in the process learns of it. Other signals are passed on. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

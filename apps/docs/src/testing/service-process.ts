import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Environment } from '@parvis/server/settings';
import { freePort } from '@parvis/testing/ports';

/** Milliseconds in which it must serve, also where everything is slow: it is compiled from its sources. */
const readyMsMax = 180_000;
const saidCharactersMax = 4_000;

/** The service of documents in a process of its own, which can be killed. */
export class ServiceProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  /** Starts it and resolves once it serves. @throws when it ends before */
  static async start(environment: Environment): Promise<ServiceProcess> {
    const port = await freePort();
    const script = fileURLToPath(new URL('./run-service.ts', import.meta.url));
    const child = spawn(process.execPath, [script], {
      env: { ...process.env, ...environment, DOCS_PORT: String(port) } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (words) => {
      said = `${said}${words}`.slice(-saidCharactersMax);
    });
    const url = `http://127.0.0.1:${port}`;
    const deadline = Date.now() + readyMsMax;
    for (let ready = false; !ready; ) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the service ended at its start: ${said}`);
      if (Date.now() > deadline) throw new Error('the service does not start');
      await new Promise((resolve) => setTimeout(resolve, 50));
      ready = await fetch(`${url}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
    }
    return new ServiceProcess(url, child);
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** kill -9 */
  async kill(): Promise<void> {
    if (this.ended) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Chromium with one page, without a window. */
export interface Browser {
  readonly pid: number | undefined;
  /** Resolves when it is gone, for whatever reason, and has left nothing. */
  readonly gone: Promise<void>;
  /** Ends all of its processes now. */
  kill(): void;
}

/** Opens a page. The program ends with the process that opened it, however that ends: its pipe is closed then. */
export async function openBrowser(program: string, address: string): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'parvis-picture-'));
  const child = spawn(
    program,
    [
      '--headless=new',
      '--remote-debugging-pipe',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-extensions',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--mute-audio',
      '--autoplay-policy=no-user-gesture-required',
      // Nobody looks at it, and it must not be the slower for that.
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
      '--disable-backgrounding-occluded-windows',
      `--user-data-dir=${profile}`,
      // Chromium refuses to run as root with its sandbox, which is how containers often run.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      address,
    ],
    // A group of its own, so that all of its processes can be ended.
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true },
  );
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  };
  for (const pipe of child.stdio.slice(3)) pipe?.on('error', () => undefined);
  (child.stdio[4] as NodeJS.ReadableStream | null | undefined)?.resume();
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const gone = ended.then(async () => {
    kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }).catch(
      () => undefined,
    );
  });
  return { pid: child.pid, gone, kill };
}

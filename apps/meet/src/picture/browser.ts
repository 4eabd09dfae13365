import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
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

/** Folders of browsers bear the process that opened them: one that was killed could not take its own away. */
const profileName = /^parvis-picture-(\d+)-/;
const profileOf = (pid: number) => join(tmpdir(), `parvis-picture-${pid}-`);

const isGone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
};

const remove = (folder: string) =>
  rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }).catch(() => undefined);

async function removeLeft(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = Number(profileName.exec(name)?.[1]);
    if (pid > 0 && isGone(pid)) await remove(join(tmpdir(), name));
  }
}

/** Opens a page. The program ends with the process that opened it, however that ends: its pipe is closed then. */
export async function openBrowser(program: string, address: string): Promise<Browser> {
  await removeLeft();
  const profile = await mkdtemp(profileOf(process.pid));
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
    await remove(profile);
  });
  return { pid: child.pid, gone, kill };
}

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { takeLock } from './lock.mjs';
import { pause, run } from './processes.mjs';

/** Where built programs are kept between checkouts. */
export function cacheFolder() {
  return process.env.PARVIS_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'parvis');
}

/** A program on PATH (or where its package puts it, which is not always on everybody's PATH), or null. */
export function onPath(name, alsoIn = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin']) {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...alsoIn]) {
    if (folder && existsSync(join(folder, name))) return join(folder, name);
  }
  return null;
}

export const goOldest = '1.26';

/** The Go that can build our parts, or null. */
export async function go() {
  const program = onPath('go', ['/usr/local/go/bin']);
  if (!program) return null;
  const { status, output } = await run(program, ['env', 'GOVERSION']);
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(output) ?? [];
  const [oldestMajor, oldestMinor] = goOldest.split('.').map(Number);
  const newEnough =
    Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor);
  return status === 0 && newEnough ? program : null;
}

/**
 * A program built once from a pinned Go module, into the cache.
 * @param {{name: string, module: string, version: string, built: string}} recipe `built` is what Go calls the result
 * @returns {Promise<string>} its path
 */
export async function buildWithGo(recipe) {
  const target = cachedBinary(recipe);
  const lock = await waitFor(`${target}.lock`);
  const work = `${target}.building`;
  try {
    if (existsSync(target)) return target;
    const program = await go();
    if (!program) throw new Error(`Go ${goOldest} or newer is needed to build ${recipe.name}`);
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    // Politely: people are working meanwhile.
    const args = ['install', `${recipe.module}@${recipe.version}`];
    const nice = onPath('nice');
    const { status, output } = await run(nice ?? program, nice ? ['-n', '10', program, ...args] : args, {
      env: { ...process.env, GOBIN: work, GOFLAGS: '' },
    });
    if (status !== 0)
      throw new Error(`Go could not build ${recipe.name}: ${output.trim().split('\n').slice(-3).join(' ')}`);
    renameSync(join(work, recipe.built), target);
    return target;
  } finally {
    rmSync(work, { recursive: true, force: true });
    lock.release();
  }
}

/** Where {@link buildWithGo} leaves its result. */
export function cachedBinary({ name, version }) {
  return join(cacheFolder(), 'bin', `${name}-${version}`);
}

async function waitFor(file) {
  for (;;) {
    const lock = takeLock(file);
    if (!lock.holder) return lock;
    await pause(1_000);
  }
}

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holderOf, takeLock } from './lock.mjs';
import { pause, run } from './processes.mjs';
import { Stop } from './stop.mjs';

/** Free space without which neither the modules nor a first database can be laid down. */
const freeBytesMin = 1_000_000_000;
const errorLinesMax = 12;

/** Refuses to begin on a disk that is nearly full: half a database is worse than none. */
export function requireSpace(folder, bytesMin = freeBytesMin) {
  let free;
  try {
    const { bavail, bsize } = statfsSync(folder);
    free = bavail * bsize;
  } catch {
    return;
  }
  if (free < bytesMin) {
    throw new Stop(
      `The disk that holds ${folder} is nearly full (${Math.round(free / 1e6)} MB free, ${bytesMin / 1e6} MB needed). ` +
        'Free some space, or choose a folder on another disk with --data.',
    );
  }
}

const stampFile = (root) => join(root, 'node_modules', '.parvis-installed');

function wanted(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex');
}

/** True when node_modules is what package-lock.json says, by our stamp or by npm's own record of what it laid down. */
function isInstalled(root, stamp) {
  try {
    if (readFileSync(stampFile(root), 'utf8') === stamp) return true;
  } catch {
    // No stamp: npm may have been run by hand.
  }
  try {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const laid = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    const inModules = ([path]) => path.includes('node_modules/');
    const same = (a, b) => a?.version === b?.version && a?.integrity === b?.integrity && a?.link === b?.link;
    return (
      Object.entries(laid).every(([path, one]) => !inModules([path]) || same(lock[path], one)) &&
      Object.entries(lock)
        .filter(inModules)
        .every(([path, one]) => laid[path] || one.optional || one.peer || one.devOptional)
    );
  } catch {
    return false;
  }
}

/** Installs exactly what the lock file says, once, whoever else starts at the same time. */
export async function install({ root, progress }) {
  const stamp = wanted(root);
  if (isInstalled(root, stamp)) return;
  requireSpace(root);
  await progress.part('installing', async () => {
    const lock = await waitForLock(join(root, '.nx', 'install.lock'), progress);
    try {
      if (isInstalled(root, stamp)) return 'by another run';
      refuseUnderARunningHouse(root);
      await npmCi(root);
      writeFileSync(stampFile(root), stamp);
    } finally {
      lock.release();
    }
  });
}

/** Waits for whoever holds the lock. */
export async function waitForLock(file, progress) {
  let said = false;
  for (;;) {
    const lock = takeLock(file);
    if (!lock.holder) return lock;
    if (!said) progress.say(`  another run (process ${lock.holder.pid}) is at it; waiting`);
    said = true;
    await pause(300);
  }
}

/** npm ci removes node_modules first: not under the feet of a house that runs from it. */
function refuseUnderARunningHouse(root) {
  if (!existsSync(join(root, 'node_modules'))) return;
  for (const folder of readdirSync(root).filter((name) => name.startsWith('.parvis'))) {
    const holder = holderOf(join(root, folder, 'running.json'));
    if (holder) {
      throw new Stop(
        `package-lock.json has changed while a Parvis runs from this folder (process ${holder.pid}). ` +
          'Stop it, then run the command again.',
      );
    }
  }
}

/**
 * keycloak-connect names chromedriver among what it may use, whose install script fetches a program from elsewhere: never
 * used here, not covered by the lock, and behind a firewall a wait of minutes.
 */
const fetchNothingElse = { CHROMEDRIVER_SKIP_DOWNLOAD: 'true' };

/** npm as the one that called us, else the one on PATH. */
function npm() {
  const given = process.env.npm_execpath;
  if (given?.endsWith('npm-cli.js') && existsSync(given)) return [process.execPath, given];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

async function npmCi(root) {
  const [program, ...before] = npm();
  // NODE_ENV=production would leave out what the build needs: both --include undo that.
  const args = [
    ...before,
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--progress=false',
  ];
  const { status, output, missing } = await run(program, args, {
    cwd: root,
    env: { ...process.env, ...fetchNothingElse },
  });
  if (missing) {
    throw new Stop(
      `npm was not found. It comes with Node: install Node 20 or newer with npm, then run the command again.`,
    );
  }
  if (status === 0) return;
  if (output.includes('EUSAGE')) {
    throw new Stop(
      'package-lock.json does not match the package.json files: after `npm install`, run `node tools/whole-lock.mjs` and commit both.',
    );
  }
  const said = output.split('\n').filter((line) => line.startsWith('npm error'));
  throw new Stop(
    `${said.slice(0, errorLinesMax).join('\n') || output.trim()}\n\nnpm could not install the packages (why is above). ` +
      'Check the network and the disk, then run the command again.',
  );
}

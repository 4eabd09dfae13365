import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { canEnter, databaseAccount } from './account.mjs';
import { requireSpace } from './install.mjs';
import { holderOf, takeLock } from './lock.mjs';
import { Stop } from './stop.mjs';

const housesMax = 20;
/** Free space for a house to work at all. */
const freeBytesMin = 1_000_000_000;

/** Where data lies when nobody says otherwise, and why it is not in the checkout, if so. */
export function usualFolder(root) {
  const inCheckout = join(root, '.parvis');
  if (canEnter(root, databaseAccount())) return { folder: inCheckout, why: null };
  const mark = createHash('sha256').update(root).digest('hex').slice(0, 8);
  return {
    folder: `/var/tmp/parvis-${process.getuid()}-${mark}`,
    why: `${root} lies below a folder that only root may enter, and PostgreSQL does not run as root`,
  };
}

export const lockOf = (folder) => join(folder, 'running.json');

function firstExisting(folder) {
  let one = resolve(folder);
  while (!existsSync(one) && dirname(one) !== one) one = dirname(one);
  return one;
}

function open(folder) {
  mkdirSync(folder, { recursive: true });
  // Others may pass through (PostgreSQL's account must) but not look around.
  if (process.getuid?.() === 0) chmodSync(folder, 0o711);
  return takeLock(lockOf(folder));
}

/**
 * Chooses the data folder and takes its lock: the one asked for, else the usual one, else (when a Parvis is running
 * on that) the next.
 * @returns {{folder: string, release(): void}}
 */
export function claimDataFolder({ root, asked, progress }) {
  const given = asked ?? process.env.PARVIS_DATA;
  if (given) {
    const folder = resolve(given);
    requireSpace(firstExisting(folder), freeBytesMin);
    const lock = open(folder);
    if (lock.holder) {
      throw new Stop(
        `Another Parvis (process ${lock.holder.pid}) is running on ${folder}: stop it, or give this one another folder with --data.`,
      );
    }
    if (!canEnter(folder, databaseAccount())) {
      lock.release();
      throw new Stop(
        `${folder} lies below a folder that only root may enter, and PostgreSQL does not run as root: choose another with --data.`,
      );
    }
    return { folder, release: lock.release };
  }
  const { folder: usual, why } = usualFolder(root);
  if (why) progress.say(`  data goes to ${usual}: ${why}`);
  requireSpace(firstExisting(usual), freeBytesMin);
  for (let number = 1; number <= housesMax; number += 1) {
    const folder = number === 1 ? usual : `${usual}-${number}`;
    const lock = open(folder);
    if (!lock.holder) {
      if (number > 1)
        progress.say(`  ${usual} is in use by another Parvis: this one keeps its data in ${folder}`);
      return { folder, release: lock.release };
    }
  }
  throw new Stop(`${housesMax} Parvis are already running from this checkout: stop one, or give --data.`);
}

/** Data folders of this checkout that exist, with who is running on each. */
export function dataFolders(root, asked) {
  const given = asked ?? process.env.PARVIS_DATA;
  const usual = given ? resolve(given) : usualFolder(root).folder;
  const folders = [usual];
  if (!given) for (let number = 2; number <= housesMax; number += 1) folders.push(`${usual}-${number}`);
  return folders
    .filter((folder) => existsSync(folder))
    .map((folder) => ({ folder, holder: holderOf(lockOf(folder)) }));
}

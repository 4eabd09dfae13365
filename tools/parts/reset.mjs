import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { root } from './command.mjs';
import { dataFolders, lockOf } from './data-folder.mjs';
import { takeLock } from './lock.mjs';
import { Stop } from './stop.mjs';

const usage = 'npm run reset -- [--data DIR] [--yes]';

function readOptions(argv) {
  try {
    return parseArgs({ args: argv, options: { data: { type: 'string' }, yes: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new Stop(`${error.message.split('\n')[0]} ${usage}`);
  }
}

async function agreed(question) {
  if (!process.stdin.isTTY) throw new Stop(`Nobody can be asked here: say --yes to mean it. ${usage}`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(y|yes|o|oui|نعم)$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

/** Only what Parvis has made is removed: a folder without its marks is not touched, however it was named. */
function requireOurs(folder) {
  if (existsSync(join(folder, 'secrets.json'))) return;
  throw new Stop(
    `${folder} does not look like a data folder of Parvis (it has no secrets.json): nothing was removed.`,
  );
}

/** Clears the data folders of this checkout. */
export async function reset(argv) {
  const options = readOptions(argv);
  const found = dataFolders(root, options.data);
  if (found.length === 0) {
    console.log('There is no data to clear.');
    return 0;
  }
  for (const { folder, holder } of found) {
    if (holder)
      throw new Stop(
        `Parvis is running on ${folder} (process ${holder.pid}): stop it first. Nothing was removed.`,
      );
  }
  const ours = options.data ? found : found.filter(({ folder }) => existsSync(join(folder, 'secrets.json')));
  for (const { folder } of ours) {
    requireOurs(folder);
    console.log(`This removes ${folder}: all its people, messages, documents and files, for good.`);
    if (!options.yes && !(await agreed('Remove it? (y/N) '))) {
      console.log('Kept.');
      continue;
    }
    const lock = takeLock(lockOf(folder));
    if (lock.holder) throw new Stop(`Parvis has just started on ${folder}: it was kept.`);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    console.log(`Removed ${folder}.`);
  }
  return 0;
}

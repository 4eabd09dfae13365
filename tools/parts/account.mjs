import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync } from 'node:fs';
import { Stop } from './stop.mjs';

/** Accounts under which PostgreSQL may run when we are root, which it refuses to be. The last one always exists. */
const candidates = ['postgres', 'parvis-database', 'nobody'];

function accountOf(name) {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`));
  if (!line) return null;
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** Whom to run the database as: ourselves (undefined), or when we are root an account without rights. */
export function databaseAccount() {
  if (process.getuid?.() !== 0) return undefined;
  const known = accountOf(candidates[0]) ?? accountOf(candidates[1]);
  if (known) return known;
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', candidates[1]], {
    stdio: 'ignore',
  });
  const account = accountOf(candidates[1]) ?? accountOf(candidates[2]);
  if (!account) {
    throw new Stop(
      'PostgreSQL does not run as root and no other account was found: create one named postgres, or start Parvis as another user.',
    );
  }
  return account;
}

/** Whether the account can enter a folder: every folder above it must let it through. */
export function canEnter(folder, account) {
  if (!account) return true;
  return (
    spawnSync('/bin/sh', ['-c', 'test -x "$0"', folder], { ...account, cwd: '/', stdio: 'ignore' }).status ===
    0
  );
}

/** Gives a file or folder to the account, when there is one. */
export function giveTo(path, account) {
  if (account) chownSync(path, account.uid, account.gid);
}

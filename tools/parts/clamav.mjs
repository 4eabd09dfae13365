import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseAccount, giveTo } from './account.mjs';
import { onPath } from './cache.mjs';
import { ask } from './redis.mjs';
import { Stop } from './stop.mjs';

const installedSignatures = '/var/lib/clamav';
/** The industry's harmless test file, as a signature in hexadecimal: enough to prove that the scanner is asked. */
const testSignature =
  'Eicar-Test-Signature:0:0:58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d5354414e444152442d414e544956495255532d544553542d46494c452124482b482a';
const readyMsMax = 180_000;
const scanMegabytesMax = 2_000;

export function requireClamd() {
  const binary = onPath('clamd');
  if (binary) return binary;
  throw new Stop(
    'clamd was not found: install the Debian package clamav-daemon, or give CLAMAV_HOST and CLAMAV_PORT of one that runs.',
  );
}

function hasSignatures(folder) {
  try {
    return readdirSync(folder).some((name) => /\.(cvd|cld)$/.test(name));
  } catch {
    return false;
  }
}

/**
 * Starts the virus scanner on the loopback.
 * @returns {Promise<{settings: object, full: boolean}>} `full` is false when only the test file is known to it.
 */
export async function openClamav({ house, dataFolder, port }) {
  const binary = requireClamd();
  const account = databaseAccount();
  const folder = join(dataFolder, 'clamav');
  const own = join(folder, 'signatures');
  const temporary = join(folder, 'scanning');
  for (const one of [folder, own, temporary]) {
    mkdirSync(one, { recursive: true, mode: 0o700 });
    giveTo(one, account);
  }
  const full = hasSignatures(installedSignatures);
  if (!full && !existsSync(join(own, 'test.ndb'))) writeFileSync(join(own, 'test.ndb'), `${testSignature}\n`);
  const config = [
    `DatabaseDirectory ${full ? installedSignatures : own}`,
    `TemporaryDirectory ${temporary}`,
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    'Foreground yes',
    'LogTime yes',
    `StreamMaxLength ${scanMegabytesMax}M`,
    `MaxFileSize ${scanMegabytesMax}M`,
    `MaxScanSize ${scanMegabytesMax}M`,
  ];
  const file = join(folder, 'clamd.conf');
  writeFileSync(file, `${config.join('\n')}\n`);
  await house.open({
    name: 'scanner',
    command: binary,
    args: [`--config-file=${file}`],
    cwd: folder,
    ownFolder: true,
    user: account,
    stage: 2,
    ready: async () => (await ask(port, 'zPING\0')).startsWith('PONG'),
    readyMsMax,
  });
  return {
    settings: { CLAMAV_HOST: '127.0.0.1', CLAMAV_PORT: String(port), CLAMAV_ADDRESS: `127.0.0.1:${port}` },
    full,
  };
}

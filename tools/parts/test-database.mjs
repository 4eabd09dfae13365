import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgres } from './postgres.mjs';
import { Ports } from './ports.mjs';
import { readSecrets } from './secrets.mjs';
import { House } from './supervise.mjs';

/** Far from the usual houses, so that tests and a Parvis in use do not look for the same ports. */
const portsFrom = 28_000;

/** A folder for one run of tests that PostgreSQL's account may enter; removed by {@link removeFolder}. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join('/var/tmp', `parvis-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}

export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Runs `act(adminUrl, house, folder, ports)` beside a PostgreSQL that lives as long as it does, with fsync on. */
export async function withTestDatabase({ root, progress }, act) {
  const folder = temporaryFolder('test');
  const house = new House({ logsFolder: join(folder, 'logs'), say: (line) => progress.warn(line) });
  try {
    const ports = new Ports(portsFrom, {
      PARVIS_INTERNAL_PORTS_FROM: process.env.PARVIS_INTERNAL_PORTS_FROM ?? portsFrom,
    });
    const secrets = readSecrets(folder);
    const database = await openPostgres({
      root,
      house,
      dataFolder: folder,
      port: await ports.take(),
      password: secrets.databaseAdmin,
    });
    return await act(database.adminUrl, { house, folder, ports, secrets });
  } finally {
    await house.close();
    removeFolder(folder);
  }
}

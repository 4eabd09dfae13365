import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { migrateAll } from './migrate.ts';
import type { ServiceDatabase } from './service.ts';
import { processEnvironment, readSettings, setting, text } from './settings.ts';

/** `node libs/server/dist/migrate-cli.js`: finds every service's `database.js` and brings all schemas up to date. */
const apps = fileURLToPath(new URL('../../../apps/', import.meta.url));
const settings = readSettings(
  {
    adminUrl: setting('PARVIS_ADMIN_DATABASE_URL', text),
    rolePassword: setting('PARVIS_ROLE_PASSWORD', text),
  },
  processEnvironment,
);
const databases: ServiceDatabase[] = [];
for (const app of readdirSync(apps).sort()) {
  const file = join(apps, app, 'dist', 'database.js');
  if (!existsSync(file)) continue;
  const { database } = (await import(pathToFileURL(file).href)) as { database: ServiceDatabase };
  databases.push(database);
}
await migrateAll({ ...settings, databases });
process.stdout.write(`migrated: access, ${databases.map((one) => one.name).join(', ')}\n`);

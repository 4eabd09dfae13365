import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * The realm that every environment uses, with the demonstration's people when asked. Placeholders stay as they are:
 * whoever imports the realm fills them.
 *
 * @param {{ demo: boolean }} options `demo: true` adds accounts whose password is public; never in production.
 * @returns {object} Keycloak's realm representation
 */
export function assembleRealm({ demo }) {
  const realm = read('parvis-realm.json');
  if (!demo) return realm;
  const { demoPassword, users } = read('parvis-demo-people.json');
  const credentials = [{ type: 'password', value: demoPassword, temporary: false }];
  return { ...realm, users: [...realm.users, ...users.map((person) => ({ ...person, credentials }))] };
}

/** Writes the assembled realm as `<folder>/parvis-realm.json`, readable by its owner only, and returns that path. */
export function writeRealm({ demo, folder }) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'parvis-realm.json');
  writeFileSync(file, `${JSON.stringify(assembleRealm({ demo }), null, 2)}\n`, { mode: 0o600 });
  return file;
}

function read(name) {
  return JSON.parse(readFileSync(join(here, name), 'utf8'));
}

// node infra/keycloak/assemble.mjs FOLDER [--demo]
if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
  if (!folder) {
    console.error('Say where the realm goes: node infra/keycloak/assemble.mjs FOLDER [--demo]');
    process.exit(2);
  }
  console.log(writeRealm({ demo: process.argv.includes('--demo'), folder }));
}

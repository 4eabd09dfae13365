import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const keycloakVersion = '26.7.3';
const mavenPlugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
const javaMajorMin = 17;
/** Last lines of a failed tool's output that are worth showing. */
const outputLinesMax = 12;
const here = dirname(fileURLToPath(import.meta.url));

/**
 * Has Keycloak ready to start: downloaded, unpacked and built for PostgreSQL once, then found again.
 * What is incomplete never counts: everything happens in a folder beside and one rename puts it in place.
 *
 * @param {{ cacheFolder: string, log?: (line: string) => void }} options
 * @returns {Promise<{ home: string }>}
 * @throws Error with one sentence when a tool is missing or a step fails.
 */
export async function prepareKeycloak({ cacheFolder, log = () => {} }) {
  const folder = resolve(cacheFolder, 'keycloak');
  const home = join(folder, `keycloak-${keycloakVersion}`);
  if (existsSync(home)) return { home };
  await needTools();
  mkdirSync(folder, { recursive: true });
  const attempt = join(folder, `attempt-${process.pid}-${Date.now()}`);
  mkdirSync(attempt);
  try {
    log(`fetching Keycloak ${keycloakVersion} (177 MB)`);
    await run(
      'mvn',
      [
        '-B',
        '-ntp',
        mavenPlugin,
        `-Dartifact=org.keycloak:keycloak-quarkus-dist:${keycloakVersion}:zip`,
        `-DoutputDirectory=${attempt}`,
        '-Dmdep.useBaseVersion=true',
      ],
      attempt,
    );
    log('unpacking Keycloak');
    await run('unzip', ['-q', `keycloak-quarkus-dist-${keycloakVersion}.zip`], attempt);
    log('building Keycloak for PostgreSQL (once, about a minute)');
    const unpacked = join(attempt, `keycloak-${keycloakVersion}`);
    await run(join(unpacked, 'bin', 'kc.sh'), ['build', '--db=postgres', '--health-enabled=true'], attempt);
    putInPlace(unpacked, home);
  } finally {
    rmSync(attempt, { recursive: true, force: true });
  }
  return { home };
}

/** Somebody else may have finished first: theirs is as good as ours. */
function putInPlace(unpacked, home) {
  try {
    renameSync(unpacked, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  }
}

async function needTools() {
  await said('mvn', ['--version'], 'Keycloak needs mvn, which is not installed (apt-get install maven).');
  await said('unzip', ['-v'], 'Keycloak needs unzip, which is not installed (apt-get install unzip).');
  const lacksJava = 'Keycloak needs Java 17 or newer (apt-get install openjdk-17-jre-headless).';
  const version = await said('java', ['-version'], lacksJava);
  const major = Number(/version "(\d+)/.exec(version)?.[1] ?? 0);
  if (major < javaMajorMin) throw new Error(`${lacksJava} Found Java ${major}.`);
}

function said(tool, args, lacking) {
  return run(tool, args, here).catch((error) => {
    throw error.code === 'ENOENT' ? new Error(lacking) : error;
  });
}

/** Runs a tool to its end and returns what it said; a failure carries its last lines. */
function run(command, args, cwd) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        said = (said + text).slice(-20_000);
      });
    }
    child.on('error', failed);
    child.on('close', (code) => {
      if (code === 0) done(said);
      else
        failed(
          new Error(
            `${command} ${args[0]} failed (${code}):\n${said.trim().split('\n').slice(-outputLinesMax).join('\n')}`,
          ),
        );
    });
  });
}

/**
 * The command that runs one Keycloak: its own instance folder (realm to import, theme, data) over the shared,
 * read-only `home`, so that two runs never meet.
 *
 * Ready is `<hostname>/realms/parvis/.well-known/openid-configuration` answering; "Listening" in the log comes earlier.
 * An existing realm is never overwritten by the import.
 *
 * @param {{
 *   home: string,
 *   instanceFolder: string,
 *   importFolder: string,
 *   port: number,
 *   managementPort: number,
 *   hostname: string,
 *   bindAddress?: string,
 *   behindProxy?: boolean,
 *   database: { url: string, user: string, password: string },
 *   environment: Record<string, string>,
 * }} options `importFolder` holds realm files; `hostname` is Keycloak's public URL without a trailing slash;
 *   `database.url` is a JDBC URL; `environment` holds the realm's variables (see `realmVariables`) and, for the first
 *   start, KC_BOOTSTRAP_ADMIN_USERNAME and KC_BOOTSTRAP_ADMIN_PASSWORD if an administrator of Keycloak itself is wanted.
 * @returns {{ command: string, args: string[], env: Record<string, string> }}
 * @throws Error naming each variable of the realm that has neither a value nor a default.
 */
export function keycloakCommand(options) {
  const { home, instanceFolder, importFolder, port, managementPort, hostname, database, environment } =
    options;
  const missing = readdirSync(importFolder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => realmVariables(readFileSync(join(importFolder, name), 'utf8')))
    .filter(({ name, hasDefault }) => !hasDefault && !environment[name])
    .map(({ name }) => name);
  if (missing.length > 0)
    throw new Error(`The realm needs these settings: ${[...new Set(missing)].join(', ')}.`);
  layOut(home, instanceFolder, importFolder);
  const args = [
    'start',
    '--optimized',
    '--import-realm',
    '--http-enabled=true',
    `--http-host=${options.bindAddress ?? '127.0.0.1'}`,
    `--http-port=${port}`,
    `--http-management-port=${managementPort}`,
    `--hostname=${hostname}`,
    `--db-url=${database.url}`,
    `--db-username=${database.user}`,
  ];
  if (options.behindProxy) args.push('--proxy-headers=xforwarded');
  const env = { ...environment, KC_DB_PASSWORD: database.password };
  return { command: join(instanceFolder, 'bin', 'kc.sh'), args, env };
}

/** `${NAME}` and `${NAME:default}` of a realm file, as Keycloak's import reads them; other `${…}` are Keycloak's own texts. */
export function realmVariables(realmText) {
  return [...realmText.matchAll(/\$\{(PARVIS_[A-Z0-9_]+)(:[^}]*)?\}/g)].map(([, name, rest]) => ({
    name,
    hasDefault: rest !== undefined,
  }));
}

/** kc.sh takes its home from its own place: a copied `bin` beside links gives an instance its own `data` and `themes`. */
function layOut(home, instanceFolder, importFolder) {
  mkdirSync(join(instanceFolder, 'data'), { recursive: true });
  cpSync(join(home, 'bin'), join(instanceFolder, 'bin'), { recursive: true });
  for (const part of ['lib', 'providers', 'conf']) {
    rmSync(join(instanceFolder, part), { recursive: true, force: true });
    symlinkSync(join(home, part), join(instanceFolder, part));
  }
  dress(join(instanceFolder, 'themes'));
  // Keycloak keeps compressed copies of a theme's files here and would go on serving old ones.
  rmSync(join(instanceFolder, 'data', 'tmp'), { recursive: true, force: true });
  const imports = join(instanceFolder, 'data', 'import');
  rmSync(imports, { recursive: true, force: true });
  mkdirSync(imports);
  for (const name of readdirSync(importFolder).filter((each) => each.endsWith('.json'))) {
    writeFileSync(join(imports, name), readFileSync(join(importFolder, name)), { mode: 0o600 });
  }
}

/** Puts our theme in; browsers keep its files for a month, so their address changes with their content. */
function dress(themes) {
  rmSync(themes, { recursive: true, force: true });
  cpSync(join(here, 'theme'), themes, { recursive: true });
  const login = join(themes, 'parvis', 'login');
  const style = readFileSync(join(login, 'resources', 'css', 'sign-in.css'));
  const look = createHash('sha256').update(style).digest('hex').slice(0, 12);
  appendFileSync(join(login, 'theme.properties'), `\nparvisLook=${look}\n`);
}

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitForLock } from './install.mjs';
import { run, startProgram } from './processes.mjs';
import { Stop } from './stop.mjs';

const notSources = new Set(['node_modules', 'dist', '.next', 'next-env.d.ts', 'coverage']);
const rootInputs = ['package-lock.json', 'package.json', 'nx.json', 'tsconfig.base.json', 'tsconfig.json'];
const noTest = /\.test\.tsx?$|\.tsbuildinfo$/;

/** Services: every app that has a main. */
export function serviceNames(root) {
  return readdirSync(join(root, 'apps')).filter((name) =>
    existsSync(join(root, 'apps', name, 'src', 'main.ts')),
  );
}

export const portalServer = (root) =>
  join(root, 'apps', 'portal', '.next', 'standalone', 'apps', 'portal', 'server.js');

function hashTree(folder, hash) {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (notSources.has(entry.name) || noTest.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) hashTree(path, hash);
    else if (entry.isFile()) hash.update(`\0${path}\0`).update(readFileSync(path));
  }
}

/** A hash of everything the build reads, by content: touching a file does not cost a build. */
function sourcesOf(root) {
  const hash = createHash('sha256').update(process.version);
  for (const name of rootInputs) hash.update(`\0${name}\0`).update(readFileSync(join(root, name)));
  for (const folder of ['apps', 'libs']) hashTree(join(root, folder), hash);
  return hash.digest('hex');
}

function isBuilt(root, stampFile, stamp) {
  try {
    if (readFileSync(stampFile, 'utf8') !== stamp) return false;
  } catch {
    return false;
  }
  const outputs = serviceNames(root).map((name) => join(root, 'apps', name, 'dist', 'main.js'));
  return [...outputs, portalServer(root)].every((file) => existsSync(file));
}

/**
 * Builds libs, services and portal with nx (its cache makes most of it free), unless nothing has changed since the
 * last build of this checkout.
 */
export async function build({ root, progress, force = false, portal = true }) {
  const folder = join(root, 'node_modules', '.cache', 'parvis');
  const stampFile = join(folder, portal ? 'built' : 'built-services');
  if (!force && isBuilt(root, stampFile, sourcesOf(root))) return { note: 'nothing has changed' };
  mkdirSync(folder, { recursive: true });
  const lock = await waitForLock(join(folder, 'build.lock'), progress);
  try {
    const stamp = sourcesOf(root);
    if (!force && isBuilt(root, stampFile, stamp)) return { note: 'by another run' };
    await nxBuild(root, portal);
    if (portal) placeStaticFiles(root);
    writeFileSync(stampFile, stamp);
    return { note: '' };
  } finally {
    lock.release();
  }
}

async function nxBuild(root, portal) {
  const nx = join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  const args = [
    nx,
    'run-many',
    '-t',
    'build',
    '--outputStyle=static',
    ...(portal ? [] : ['--exclude=@parvis/portal']),
  ];
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NEXT_TELEMETRY_DISABLED: '1',
    FORCE_COLOR: '0',
  };
  // A child of nx finds this Node, not the one outside.
  env.PATH = `${join(process.execPath, '..')}:${env.PATH ?? ''}`;
  const { status, output, signal } = await run(process.execPath, args, { cwd: root, env });
  if (status === 0) return;
  throw new Stop(
    `${failuresIn(output)}\n\nThe build failed${signal ? ` (${signal})` : ''}: the reason is above.`,
  );
}

/** Of all that nx prints, what the tasks that failed have said. */
function failuresIn(output) {
  const failed = [...(output.split('Failed tasks:')[1] ?? '').matchAll(/^- (\S+)/gm)].map(([, task]) => task);
  const said = output
    .split(/^(?=> nx run )/m)
    .filter((part) => failed.some((task) => part.startsWith(`> nx run ${task}`)));
  const text = said.length > 0 ? said.join('') : output;
  return text
    .split(/^ ?NX {3}Running target/m)[0]
    .replace(/^npm (warn|error).*\n/gm, '')
    .trim();
}

/** The standalone server serves only what lies beside it. */
function placeStaticFiles(root) {
  const portal = join(root, 'apps', 'portal');
  const beside = join(portal, '.next', 'standalone', 'apps', 'portal');
  if (!existsSync(beside))
    throw new Stop(
      'The portal was built without its standalone server: see output in apps/portal/next.config.ts.',
    );
  for (const [from, to] of [
    [join(portal, 'public'), join(beside, 'public')],
    [join(portal, '.next', 'static'), join(beside, '.next', 'static')],
  ]) {
    rmSync(to, { recursive: true, force: true });
    if (existsSync(from)) cpSync(from, to, { recursive: true });
  }
}

/** The contract as browsers import it, which the compiler does not write. */
const forBrowsers = (root) => run(process.execPath, [join('libs', 'contract', 'browser.mjs')], { cwd: root });

/** Rebuilds services while people edit; `onBuilt` is called after each round that compiled. */
export function watchSources({ root, onBuilt, say }) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const projects = serviceNames(root).map((name) => join('apps', name));
  const child = startProgram(process.execPath, [tsc, '-b', '--watch', '--preserveWatchOutput', ...projects], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let first = true;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text) => {
    for (const line of text.split('\n').filter((one) => one.trim())) {
      if (/error TS\d+/.test(line)) say(line);
      const found = /Found (\d+) error/.exec(line);
      if (!found) continue;
      if (found[1] === '0' && !first) void forBrowsers(root).then(onBuilt);
      first = false;
    }
  });
  return child;
}

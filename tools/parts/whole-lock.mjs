/**
 * npm leaves optional packages of other platforms out of package-lock.json when its registry does not offer them, and
 * `npm ci` then refuses the whole file. These put them back in, marked for their platform, as npm writes them itself.
 */
const systems = new Set([
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'openharmony',
  'sunos',
  'win32',
  'windows',
]);
const processors = new Set(['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']);

/** Whether a package at `path` of the lock finds `name`, as Node would: beside it or in a folder above. */
function finds(packages, path, name) {
  for (let at = path; ; ) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (at === '') return false;
    const above = at.lastIndexOf('/node_modules/');
    at = above < 0 ? '' : at.slice(0, above);
  }
}

/** The optional packages that a lock names and does not describe: `{ path, name, range, by }` each. */
export function missingFrom({ packages }) {
  return Object.entries(packages).flatMap(([path, by]) =>
    Object.entries(by.optionalDependencies ?? {})
      .filter(([name]) => !finds(packages, path, name))
      .map(([name, range]) => ({ name, range, by })),
  );
}

function entryOf({ name, range, by }) {
  const words = name.split(/[/-]/);
  const system = words.find((word) => systems.has(word));
  const processor = words.find((word) => processors.has(word));
  if (!system && !processor)
    throw new Error(`${name} does not say its platform: describe it in package-lock.json by hand`);
  return {
    version: range.replace(/^[\^~]/, ''),
    ...(processor ? { cpu: [processor] } : {}),
    ...(by.dev ? { dev: true } : {}),
    optional: true,
    ...(system ? { os: [system === 'windows' ? 'win32' : system] } : {}),
    ...(words.some((word) => word.startsWith('musl')) ? { libc: ['musl'] } : {}),
  };
}

/** The lock with every optional package described; entries in npm's order. */
export function madeWhole(lock) {
  const added = missingFrom(lock).map((missing) => [`node_modules/${missing.name}`, entryOf(missing)]);
  const packages = Object.entries({ ...lock.packages, ...Object.fromEntries(added) });
  return { ...lock, packages: Object.fromEntries(packages.sort(([a], [b]) => a.localeCompare(b, 'en'))) };
}

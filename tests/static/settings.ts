import { files, read } from './tree.ts';

/** A setting as a service's source declares it. */
export interface Declared {
  readonly variable: string;
  readonly service: string;
  readonly isRequired: boolean;
  /** The default as it is written, when there is one. */
  readonly usual: string | undefined;
}

/** The text of a call's arguments, from its opening bracket to the one that closes it. */
function argumentsFrom(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return text.slice(open + 1, at);
  }
  return text.slice(open + 1);
}

function declaredIn(path: string, service: string): Declared[] {
  const text = read(path);
  return [...text.matchAll(/\bsetting\(\s*(?=['`])/g)].map((found) => {
    const inside = argumentsFrom(text, found.index + 'setting'.length);
    const variable = (/['`]([^'`]+)['`]/.exec(inside)?.[1] ?? '').replace('${prefix}', service.toUpperCase());
    const usual = /\.default\(\s*([^)]*?)\s*\)/.exec(inside)?.[1]?.replaceAll("'", '');
    return { variable, service, usual, isRequired: usual === undefined && !inside.includes('.optional()') };
  });
}

export const services = ['chat', 'directory', 'docs', 'drive', 'gateway', 'meet', 'notify'] as const;
const house = 'libs/server/src/settings.ts';
/** A library's settings, which some services spread among theirs. */
const store = 'libs/blobs/src/store-of.ts';

/** Every setting that a service knows: the house's, its own prefix's, and those that its sources declare. */
export function settingsOf(service: string): Declared[] {
  const own = files.filter(
    (path) => path.startsWith(`apps/${service}/src/`) && /(service|settings|main)\.ts$/.test(path),
  );
  const sources = own.some((path) => read(path).includes('...storeSettings')) ? [store, ...own] : own;
  const declared = sources.flatMap((path) => declaredIn(path, service));
  return service === 'gateway' || service === 'identity'
    ? declared
    : [...declaredIn(house, service), ...declared];
}

export const migrationSettings = (): Declared[] => declaredIn('libs/server/src/migrate-cli.ts', 'migrate');

/** Variables that libraries read by themselves. */
export const byLibraries = /^(OTEL_\w+|NODE_\w+|TZ)$/;

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout, with a slash at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Folders that hold what tools make or keep; nobody wrote it. */
const made = new Set([
  'node_modules',
  'dist',
  '.git',
  '.next',
  '.nx',
  '.parvis',
  'coverage',
  'test-results',
  'results',
]);
/** Files that tools make beside ours. */
const madeFile = /\.tsbuildinfo$|^next-env\.d\.ts$|^\.env$/;

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (made.has(entry.name)) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (path === 'tests/static/canaries') continue;
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile() && !madeFile.test(entry.name)) yield path;
  }
}

/** Every file that somebody wrote, as paths from the root; the planted faults are not among them. */
export const files: readonly string[] = [...walk('')].sort();

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');
export const readJson = (path: string): unknown => JSON.parse(read(path));
export const bytesOf = (path: string): number => statSync(join(root, path)).size;

/** Code: what a compiler or Node reads. */
export const code = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path));
/** Code that is only run by tests and benchmarks. */
export const isTest = (path: string): boolean =>
  /\.(test|kit)\.tsx?$|\/testing\/|^(tests|bench|libs\/testing)\/|vitest\.config\.ts$/.test(path);
/** Code that people's requests run through. */
export const shipped = code.filter((path) => /^(apps|libs)\//.test(path) && !isTest(path));

/** `path:line` of every line of these files that matches. */
export function linesWith(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

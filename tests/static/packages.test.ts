import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJson, root } from './tree.ts';

/** Permissive licences, and the file-wise copyleft of the MPL. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'EUPL-1.2',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);
/**
 * Excused, each with its reason. May lose lines, never gain one.
 * - sharp's image library (LGPL, unmodified, a file of its own): Next would use it if it optimised pictures; ours does not.
 * - combine-errors names no licence in package.json; its readme says MIT. Comes with tus-js-client.
 */
const excused = /^(@img\/sharp-|combine-errors$)/;

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly optional?: boolean;
}
const { packages } = readJson('package-lock.json') as { packages: Record<string, Locked> };
const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** What a package says of its licence, from its own package.json when it is here, else from the lock. */
function licenceOf(path: string, locked: Locked): string {
  const file = join(path, 'package.json');
  if (!existsSync(join(root, file))) return locked.license ?? licenceOfSibling(path);
  const { license, licenses } = readJson(file) as {
    license?: string | { type?: string };
    licenses?: { type?: string }[];
  };
  const said =
    typeof license === 'object' ? license.type : (license ?? licenses?.map(({ type }) => type).join(' OR '));
  return said ?? locked.license ?? '';
}

const platform = /-(darwin|linux|linuxmusl|win32|android|freebsd|openharmony)-.*$/;

/** Builds of one package for other machines than this: published together, under one licence. */
function licenceOfSibling(path: string): string {
  const kin = path.replace(platform, '-');
  const here = Object.keys(packages).find(
    (one) =>
      platform.test(one) && one.replace(platform, '-') === kin && existsSync(join(root, one, 'package.json')),
  );
  return here === undefined
    ? ''
    : String((readJson(join(here, 'package.json')) as { license?: string }).license);
}

/** `(MIT OR GPL-2.0)` is fine, `MIT AND GPL-2.0` is not. */
function isAllowed(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, '');
  return plain.split(' OR ').some((one) => one.split(' AND ').every((id) => allowed.has(id.trim())));
}

const production = Object.entries(packages).filter(
  ([path, one]) => path.includes('node_modules/') && !one.dev && !one.link,
);

test('everything that production depends on may be used by a public administration without conditions on its own code', () => {
  expect(production.length).toBeGreaterThan(200);
  const refused = production
    .map(([path, one]) => ({ name: nameOf(path), licence: licenceOf(path, one) }))
    .filter(({ name, licence }) => !isAllowed(licence) && !excused.test(name))
    .map(({ name, licence }) => `${name}: ${licence || 'says nothing'}`);
  expect([...new Set(refused)].sort()).toEqual([]);
});

test.each([
  'yjs',
  'nx',
  'react',
  'react-dom',
  'zod',
  'typeorm',
  '@nestjs/common',
  '@nestjs/core',
  'typescript',
])('there is only one %s', (name) => {
  const copies = Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`));
  expect(copies).toEqual([`node_modules/${name}`]);
});

test('every package of ours carries the same licence and version', () => {
  const ours = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}/package.json`),
  );
  const { license, version } = readJson('package.json') as { license: string; version: string };
  for (const path of ours) expect(readJson(path)).toMatchObject({ license, version, private: true });
});

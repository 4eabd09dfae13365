import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as limits from '@parvis/contract/limits';
import { demoPassword, demoPeople } from '@parvis/contract/demo';
import { migrationSettings, services, settingsOf } from './settings.ts';
import { files, read, readJson, root } from './tree.ts';

/** Pictures that the journey takes of the house as it is; a fresh clone has those of the last release. */
const takenByTests = new Set(['docs/pictures/home.png']);
const pages = files.filter((path) => path.endsWith('.md'));

test.each(pages)('links of %s lead somewhere', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, link]) => link as string);
  const lost = links
    .filter((link) => !/^(https?|mailto):/.test(link))
    .filter((link) => !takenByTests.has(link))
    .filter((link) => !existsSync(join(root, normalize(join(dirname(page), link)))));
  expect(lost).toEqual([]);
});

describe('excerpts are the source', () => {
  const excerpts = pages.flatMap((page) =>
    [...read(page).matchAll(/```\w+ source=(\S+)\n([\s\S]*?)\n```/g)].map(([, source, text]) => ({
      page,
      source: source as string,
      text: text as string,
      first: (text as string).trim().split('\n')[0] as string,
    })),
  );
  const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

  test('there are some', () => expect(excerpts.length).toBeGreaterThan(12));
  test.each(excerpts)('$page: $first', ({ source, text }) => {
    expect(plain(read(source))).toContain(plain(text));
  });
});

describe('run-it.md', () => {
  const text = read('docs/run-it.md');
  /** Rows of its tables: names in the first cell, the default in the second. */
  const rows = [...text.matchAll(/^\|(.*`[A-Z][A-Z0-9_]+`.*?)\|(.*?)\|/gm)].flatMap(([, names, usual]) =>
    [...(names as string).matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name]) => ({
      name: name as string,
      usual: (usual as string).trim(),
    })),
  );
  const declared = [...services, 'identity'].flatMap(settingsOf).concat(migrationSettings());
  const known = new Map(declared.map((one) => [one.variable, one]));

  test('names every setting that a service declares', () => {
    expect(known.size).toBeGreaterThan(40);
    expect([...known.keys()].filter((name) => !rows.some((row) => row.name === name))).toEqual([]);
  });

  test('names no setting that nobody reads', () => {
    const portal = files
      .filter((path) => path.startsWith('apps/portal/src/'))
      .map(read)
      .join('\n');
    const unread = rows.filter(({ name }) => !known.has(name) && !portal.includes(`process.env.${name}`));
    expect(unread).toEqual([]);
  });

  test.each(rows.filter(({ name }) => known.has(name)))(
    '$name has the default that it says',
    ({ name, usual }) => {
      const { isRequired, usual: inSource } = known.get(name) as (typeof declared)[number];
      expect(usual).toBe(isRequired ? 'required' : inSource === undefined ? 'none' : `\`${inSource}\``);
    },
  );

  test('tells the limits as they are', () => {
    const told = [...text.matchAll(/^\| `(\w+Max)` \| ([\d ]*\d)( [KMG]iB)?/gm)];
    expect(told.length).toBeGreaterThan(5);
    const units: Record<string, number> = { ' KiB': 1024, ' MiB': 1024 ** 2, ' GiB': 1024 ** 3 };
    for (const [, name, number, unit] of told) {
      const value = Number((number as string).replaceAll(' ', '')) * (unit ? (units[unit] as number) : 1);
      expect(value, name).toBe((limits as Record<string, number>)[name as string]);
    }
  });
});

test('README names people of the demonstration, their password and commands that exist', () => {
  const text = read('README.md');
  expect(text).toContain(`\`${demoPassword}\``);
  const usernames = new Set<string>(Object.values(demoPeople).map(({ username }) => username));
  const told = [...text.matchAll(/^\| `([a-z]+\.[a-z]+)` \|/gm)].map(([, name]) => name as string);
  expect(told.length).toBeGreaterThan(3);
  expect(told.filter((name) => !usernames.has(name))).toEqual([]);
  const { scripts } = readJson('package.json') as { scripts: Record<string, string> };
  const commands = pages.flatMap((page) =>
    [...read(page).matchAll(/`npm run ([a-z:]+)/g)].map(([, name]) => name as string),
  );
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});

test('ARCHITECTURE.md has a line for every app and lib, and stays within two screens', () => {
  const text = read('docs/ARCHITECTURE.md');
  const rooms = new Set(
    files.map((path) => /^(apps|libs)\/[^/]+/.exec(path)?.[0]).filter((room) => room !== undefined),
  );
  for (const room of rooms) expect(text).toContain(`| \`${room}\` |`);
  expect(text.split('\n').length).toBeLessThan(100);
});

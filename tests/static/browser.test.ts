import { join, posix } from 'node:path';
import { importsOf, needingZod, withoutShapes } from '@parvis/contract/without-shapes';
import { expect, test } from 'vitest';
import { code, isTest, read, root } from './tree.ts';

/**
 * What a page brings before one can act: all that its components import as they load. What is imported when it is
 * needed (`import()`, `dynamic()`) comes later, and is not followed here.
 */

const sources = new Set(code.filter((path) => !isTest(path)));
const texts = new Map<string, string>();
const textOf = (path: string): string => {
  const text = texts.get(path) ?? read(path);
  texts.set(path, text);
  return text;
};
const contract = 'libs/contract/src/';
const zodInContract = needingZod(
  new Map(
    [...sources].flatMap((path) =>
      path.startsWith(contract) ? [[path.slice(contract.length), textOf(path)] as const] : [],
    ),
  ),
);

/** The file that an import means, or the package where it is not ours. */
function meant(from: string, by: string): string {
  if (from.startsWith('.')) return posix.join(posix.dirname(by), from);
  const ours = /^@parvis\/([a-z]+)\/(.+)$/.exec(from);
  if (!ours) return from;
  const file = `libs/${ours[1]}/src/${ours[2]?.replace(/^shapes\//, '')}`;
  return sources.has(`${file}.ts`) ? `${file}.ts` : `${file}.tsx`;
}

/** Imports that bring zod into a browser: zod itself, and the contract with its shapes. */
const bringsZod = (from: string): boolean => /^zod(\/|$)|^@parvis\/contract\/shapes\//.test(from);

/** The parts behind menus, dialogs and lists; the editor; meetings; colours of code; formulas. */
const bringsHeavy = (from: string): boolean =>
  /^(react-aria|@blocknote|@mantine|livekit-client|shiki|katex)/.test(from);

/** The ways by which a browser that loads these files comes to such an import, each as the files passed. */
function ways(first: readonly string[], brings: (from: string) => boolean): string[][] {
  const found: string[][] = [];
  const seen = new Set<string>();
  const walk = (path: string, way: readonly string[], inBrowser: boolean): void => {
    const text = textOf(path);
    const client = inBrowser || /^'use client';/m.test(text);
    if (seen.has(`${path} ${client}`)) return;
    seen.add(`${path} ${client}`);
    for (const from of importsOf(text)) {
      const to = meant(from, path);
      if (client && brings(from)) found.push([...way, path, from]);
      // In a browser the contract has no shapes: what is there of it imports nothing that needs them.
      else if (sources.has(to) && !(client && to.startsWith(contract))) walk(to, [...way, path], client);
    }
  };
  for (const path of first) walk(path, [], false);
  return found;
}

const pages = [...sources].filter((path) =>
  /^apps\/portal\/src\/app\/.*(page|layout|error|not-found|loading)\.tsx$/.test(path),
);

test('no page waits for zod', () => {
  expect(pages.length).toBeGreaterThan(20);
  expect(ways(pages, bringsZod)).toEqual([]);
});

/** Pages that wait for such a part all the same. May lose lines, never gain one. The first shows every part. */
const heavyPages = ['apps/portal/src/app/parts/page.tsx', 'apps/portal/src/app/(house)/retention/page.tsx'];

test('no page waits for what only menus, dialogs, texts or calls need', () => {
  expect(pages.filter((page) => ways([page], bringsHeavy).length > 0).sort()).toEqual(heavyPages.toSorted());
});

test('zod is found where it is: in what a meeting brings when one has come in', () => {
  const room = 'apps/portal/src/meet/room/useRoomState.ts';
  expect(ways([room], bringsZod)).toEqual([[room, '@parvis/contract/shapes/meet-room']]);
  expect(zodInContract.has('chat.ts')).toBe(true);
});

test('what runs in browsers asks the contract only for what is there without shapes', async () => {
  const missing: string[] = [];
  let looked = 0;
  const clients = [...sources].filter((path) => path.startsWith('apps/portal/src/') && inBrowser(path));
  for (const path of clients) {
    for (const [, braces, module] of textOf(path).matchAll(
      /^import \{([^}]*)\} from '@parvis\/contract\/([a-z-]+)';/gm,
    )) {
      if (!zodInContract.has(`${module}.ts`)) continue;
      const there = withoutShapes(
        (await import(join(root, contract, `${module}.ts`))) as Record<string, unknown>,
      );
      for (const name of (braces ?? '').split(',').map((one) => one.trim())) {
        if (name === '' || name.startsWith('type ')) continue;
        looked += 1;
        if (!((name.split(' as ')[0] ?? '') in there)) missing.push(`${path}: ${name} of ${module}`);
      }
    }
  }
  expect(looked).toBeGreaterThan(200);
  expect(missing).toEqual([]);
});

/** Whether a file of the portal is for browsers: it says so, or one that does imports it as it loads or later. */
function inBrowser(path: string): boolean {
  browserFiles ??= reached([...sources].filter((one) => /^'use client';/m.test(textOf(one))));
  return browserFiles.has(path);
}
let browserFiles: Set<string> | undefined;

function reached(first: readonly string[]): Set<string> {
  const found = new Set(first);
  for (const path of found) {
    const later = [...textOf(path).matchAll(/\bimport\('([^']+)'\)/g)].map(([, from]) => from as string);
    for (const from of [...importsOf(textOf(path)), ...later]) {
      const to = meant(from, path);
      if (sources.has(to) && !to.startsWith(contract)) found.add(to);
    }
  }
  return found;
}

import { describe, expect, test } from 'vitest';
import { bytesOf, code, files, isTest, linesWith, read, readJson, shipped } from './tree.ts';

/** Lines of one source file. */
const fileLinesMax = 300;
/** Bytes of one file in the tree. */
const blobBytesMax = 512 * 1024;

/** Where the environment is read. This list may lose lines, never gain one. */
const environmentReaders = [
  'apps/portal/src/ask.ts',
  'apps/portal/src/i18n/request.ts',
  'apps/portal/src/proxy.ts',
  'libs/server/src/settings.ts',
];
/** Files over the limit, with the lines they have today. They may shrink or leave, never grow; no line may be added. */
const longFiles: Record<string, number> = {};
/** Functions over 70 lines are excused by file in .oxlintrc.json; this number may only go down. */
const excusedFilesMax = 7;
const ownFile = 'tests/static/tidy.test.ts';

describe('words that the tree does not use', () => {
  const everywhere = code.filter((path) => path !== ownFile);
  test.each([
    ['forwardRef: two modules that are one', /\bforwardRef\(/, everywhere],
    ['as any: a type that was given up', /\bas any\b(?!`)/, everywhere],
    ['.only: a test that hides the others', /\b(test|it|describe)(\.\w+)*\.only\(/, everywhere],
    [
      'console: services have a log',
      /\bconsole\.\w/,
      everywhere.filter((path) => /^(apps|libs)\/.*\/src\//.test(path)),
    ],
    ['work put off in a comment', /\b(TODO|FIXME|XXX)\b/, everywhere],
    ["another linter's comments", /biome-ignore lint/, everywhere],
  ])('%s', (_, pattern, paths) => {
    expect(paths.length).toBeGreaterThan(50);
    expect(linesWith(paths, pattern)).toEqual([]);
  });

  test('no word of a machine on which this was written', () => {
    // Put together here, so that this file does not find itself.
    const words = [
      '/wo' + 'rk/',
      '/ro' + 'ot/',
      '(^|[\\s"\'`=(])/ho' + 'me/[a-z]',
      '/tmp/br' + 'ief',
      'cla' + 'ude',
      'anthr' + 'opic',
      'chat' + 'gpt',
      'copi' + 'lot',
    ];
    const texts = files.filter(
      (path) => !/\.(png|woff2|ico|jpg|webp|pdf)$/.test(path) && path !== 'package-lock.json',
    );
    expect(linesWith(texts, new RegExp(words.join('|'), 'i'))).toEqual([]);
    expect(read('package-lock.json')).not.toMatch(
      /"resolved": "(?!https:\/\/registry\.npmjs\.org\/|apps\/|libs\/)/,
    );
  });
});

test('the environment is read in few places, and their list only shrinks', () => {
  const readers = new Set(linesWith(shipped, /\bprocess\.env\b/).map((line) => line.split(':')[0]));
  expect([...readers].sort()).toEqual(environmentReaders);
});

describe('names and sizes', () => {
  test('no file or folder is named after nothing', () => {
    expect(
      files.filter((path) =>
        /(^|\/)(utils?|helpers?|common|shared|managers?|misc|base|generic)([./-]|$)/i.test(
          path.replace('libs/ui/src/base.css', ''),
        ),
      ),
    ).toEqual([]);
  });

  test('no barrel: files are imported by their own name', () => {
    expect(code.filter((path) => /(^|\/)index\.tsx?$/.test(path))).toEqual([]);
  });

  test(`no source file has more than ${fileLinesMax} lines; those that do are on a list that only shrinks`, () => {
    const long = code.flatMap((path) => {
      const lines = read(path).split('\n').length - 1;
      return lines > fileLinesMax ? [[path, lines] as const] : [];
    });
    expect(long.filter(([path, lines]) => lines > (longFiles[path] ?? fileLinesMax))).toEqual([]);
    expect(Object.keys(longFiles).filter((path) => !long.some(([one]) => one === path))).toEqual([]);
  });

  test('the list of files excused from the length of functions only shrinks', () => {
    const { overrides } = JSON.parse(read('.oxlintrc.json')) as {
      overrides: { files: string[]; rules: Record<string, unknown> }[];
    };
    const excused = overrides
      .filter(({ rules }) => rules['eslint/max-lines-per-function'] === 'off')
      .flatMap(({ files: some }) => some)
      .filter((pattern) => !pattern.startsWith('**/'));
    expect(excused.filter((path) => !files.includes(path))).toEqual([]);
    expect(excused.length).toBeLessThanOrEqual(excusedFilesMax);
  });

  test('no big blob', () => {
    expect(files.filter((path) => bytesOf(path) > blobBytesMax)).toEqual([]);
  });

  test('each limit of the wire carries its unit in its name, and a sentence', () => {
    const text = read('libs/contract/src/limits.ts');
    const names = [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name as string);
    expect(names.length).toBeGreaterThan(10);
    const unit =
      /(Length|Bytes|Ms|People|PerMinute|Size|Page|Channels|Days)(Max|Min|Default)$|(Ms|Days|Bytes)$/i;
    expect(names.filter((name) => !unit.test(name))).toEqual([]);
  });
});

describe('tests', () => {
  test('every test file is reached by vitest', () => {
    const reached = /^(libs|apps)\/[^/]+\/src\/.*\.test\.tsx?$|^tests\/.*\.test\.ts$/;
    const config = read('vitest.config.ts');
    for (const pattern of [
      'libs/*/src/**/*.test.{ts,tsx}',
      'apps/*/src/**/*.test.{ts,tsx}',
      'tests/**/*.test.ts',
    ]) {
      expect(config).toContain(`'${pattern}'`);
    }
    const tests = files.filter(
      (path) => /\.(test|spec)\.[cm]?[jt]sx?$/.test(path) && !path.startsWith('tools/tests/'),
    );
    expect(tests.length).toBeGreaterThan(20);
    expect(tests.filter((path) => !reached.test(path))).toEqual([]);
  });

  test('no test is only a name', () => {
    const empty = code.filter(
      (path) => isTest(path) && path.endsWith('.test.ts') && !/expect|assert/.test(read(path)),
    );
    expect(empty).toEqual([]);
  });

  test('the door that each endpoint must name is itself tested', () => {
    expect(read('libs/server/src/start.test.ts')).toContain(
      'a route that does not name who may call it stops the start',
    );
  });
});

test('versions are pinned exactly, everywhere alike', () => {
  const pinned = new Map<string, Set<string>>();
  for (const path of files.filter((one) => /(^|\/)package\.json$/.test(one))) {
    const {
      dependencies = {},
      devDependencies = {},
      optionalDependencies = {},
    } = readJson(path) as Record<string, Record<string, string>>;
    for (const [name, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    })) {
      expect(version, `${path}: ${name}`).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
      pinned.set(name, (pinned.get(name) ?? new Set()).add(version));
    }
  }
  expect([...pinned].filter(([, versions]) => versions.size > 1)).toEqual([]);
});

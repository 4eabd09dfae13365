import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readJson, root } from './tree.ts';

/** Each rule has a planted fault. A gate that no longer sees its fault is broken, however green it is. */
const { default: rules } = (await import(pathToFileURL(join(root, '.dependency-cruiser.mjs')).href)) as {
  default: { forbidden: { name: string }[] };
};
const canaries = join(root, 'tests', 'static', 'canaries');

function runNode(args: string[], cwd: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NO_COLOR: '1' },
    maxBuffer: 64 * 1024 ** 2,
  });
  return { status, output: stdout || stderr };
}

interface Cruised {
  summary: { violations: { from: string; rule: { name: string } }[] };
  modules: { source: string; dependencies: { resolved: string }[] }[];
}

function cruise(cwd: string, folders: string[]): Cruised {
  const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const config = join(root, '.dependency-cruiser.mjs');
  return JSON.parse(runNode([program, '--config', config, '-T', 'json', ...folders], cwd).output) as Cruised;
}

describe('boundaries', () => {
  let found: Cruised;
  beforeAll(() => {
    found = cruise(join(canaries, 'boundaries'), ['apps', 'libs']);
  });

  test.each(rules.forbidden.map(({ name }) => name))('%s catches its planted fault', (name) => {
    const caught = found.summary.violations.filter(({ rule }) => rule.name === name).map(({ from }) => from);
    expect(caught.map((path) => path.replace(/^.*\/|\.tsx?$/g, ''))).toEqual([name]);
  });

  test('imports by the name of a package are followed, too', () => {
    const { modules } = cruise(root, ['apps/gateway/src']);
    const main = modules.find(({ source }) => source === 'apps/gateway/src/main.ts');
    expect(main?.dependencies.map(({ resolved }) => resolved)).toContain('libs/server/src/serve.ts');
  });
});

describe('lint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-canary-'));
  const faults = readdirSync(join(canaries, 'lint')).filter((name) =>
    /^(eslint|import|react|typescript|jsx-a11y)-/.test(name),
  );
  let messages: { code: string; filename: string }[];
  beforeAll(() => {
    // The canaries are left out of the real run; here they are what is looked at.
    const config = { ...(readJson('.oxlintrc.json') as object), ignorePatterns: [] };
    const file = join(folder, 'oxlintrc.json');
    writeFileSync(file, JSON.stringify(config));
    const program = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
    const { output } = runNode([program, '-c', file, '-f', 'json', 'tests/static/canaries/lint'], root);
    ({ diagnostics: messages } = JSON.parse(output) as { diagnostics: typeof messages });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('there is a fault for each rule that we chose', () => {
    expect(faults.length).toBeGreaterThanOrEqual(11);
  });

  test.each(faults)('%s is caught', (fault) => {
    const rule = fault.replace(/\.tsx?$/, '').replace(/^(eslint|import|react|typescript|jsx-a11y)-/, '');
    const caught = messages.filter(({ filename }) => filename.endsWith(`/${fault}`)).map(({ code }) => code);
    expect(caught.join(' ')).toContain(`(${rule})`);
  });
});

test('unused: the dead file, the dead export and the left-over dependency are caught', () => {
  const program = join(root, 'node_modules', 'knip', 'bin', 'knip.js');
  const { status, output } = runNode(
    [program, '--no-progress', '--directory', join(canaries, 'unused')],
    root,
  );
  expect(status).toBe(1);
  for (const planted of ['dead-file.ts', 'deadExport', 'left-over']) expect(output).toContain(planted);
});

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { countsOf } from './tally.mjs';
import { run } from './processes.mjs';
import { vitest } from './vitest.mjs';

/** Where tests that only read the tree live: they need no database and run with the static gates. */
export const staticTests = 'tests/static';

/** The static gates, cheapest first. Each counts as one test; its output is shown when it fails. */
function gatesOf(root) {
  const bin = (...path) => join(root, 'node_modules', ...path);
  const folders = ['apps', 'libs', 'tools', 'tests', 'bench', 'infra'].filter((name) =>
    existsSync(join(root, name)),
  );
  const boundaries = readdirSync(root).find((name) => /^\.dependency-cruiser\.\w+$/.test(name));
  return [
    { name: 'format', args: [bin('@biomejs', 'biome', 'bin', 'biome'), 'format', '--colors=off', '.'] },
    { name: 'lint', args: [bin('oxlint', 'bin', 'oxlint'), '--deny-warnings', ...folders] },
    { name: 'types', args: [bin('typescript', 'bin', 'tsc'), '-b', '--pretty', 'false'] },
    {
      name: 'boundaries',
      args: [
        bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
        '--config',
        boundaries ?? '.dependency-cruiser.mjs',
        'apps',
        'libs',
      ],
    },
    {
      name: 'unused',
      args: [bin('knip', 'bin', 'knip.js'), '--no-progress'],
    },
    { name: 'commands', args: ['--test', '--test-reporter=dot', join(root, 'tools', 'tests', '*.test.mjs')] },
  ];
}

/** Runs the gates, two at a time: as many as a small machine has processors. */
export async function runGates({ root, progress }) {
  const results = { passed: 0, failed: [], skipped: [] };
  const waiting = gatesOf(root);
  const next = async () => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) {
      const { name, args } = gate;
      progress.begin(name);
      const env = {
        ...process.env,
        FORCE_COLOR: '0',
        NO_COLOR: '1',
        PATH: `${join(process.execPath, '..')}:${process.env.PATH}`,
      };
      const { status, output } = await run(process.execPath, args, { cwd: root, env });
      if (status === 0) {
        results.passed += 1;
        progress.done(name);
      } else {
        results.failed.push(`gate ${name}`);
        progress.fail(name);
        progress.say(output.trim().replace(/^/gm, '    '));
      }
    }
  };
  await Promise.all([next(), next()]);
  if (existsSync(join(root, staticTests))) {
    progress.begin('tidy');
    const tidy = await vitest({ root, stage: 'tidy', args: [staticTests] });
    (tidy.failed.length > 0 ? progress.fail : progress.done).call(progress, 'tidy', countsOf(tidy));
    for (const key of ['failed', 'skipped']) results[key].push(...tidy[key]);
    results.passed += tidy.passed;
  }
  return results;
}

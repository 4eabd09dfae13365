import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProgram } from './processes.mjs';

const reporter = fileURLToPath(new URL('./vitest-reporter.mjs', import.meta.url));

/**
 * Runs vitest and returns what it counted. A vitest that dies without a word counts as one failure of its stage.
 * @returns {Promise<{passed: number, failed: string[], skipped: {name: string, why: string}[]}>}
 */
export async function vitest({ root, stage, args, env = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-results-'));
  const file = join(folder, 'results.json');
  const program = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  try {
    const child = startProgram(
      process.execPath,
      [program, 'run', '--reporter=default', `--reporter=${reporter}`, ...args],
      {
        cwd: root,
        env: { ...process.env, NODE_ENV: 'test', ...env, PARVIS_TEST_RESULTS: file },
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    const code = await new Promise((resolve) => {
      child.once('error', () => resolve(1));
      child.once('exit', (exit, signal) => resolve(exit ?? signal));
    });
    const results = readResults(file, stage);
    if (code !== 0 && results.failed.length === 0) results.failed.push(`${stage}: vitest ended with ${code}`);
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResults(file, stage) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: [`${stage}: vitest did not finish`], skipped: [] };
  }
}

import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { endPrograms, startProgram } from './processes.mjs';
import { Progress } from './progress.mjs';
import { Stop } from './stop.mjs';
import { withTestDatabase } from './test-database.mjs';

/** A benchmark is `bench/<word>.ts` or `.mjs`; a file with a hyphen in its name belongs to one. */
function benchesOf(root) {
  const files = readdirSync(join(root, 'bench')).filter((name) => /^[a-z]+\.(ts|mjs)$/.test(name));
  return new Map(files.sort().map((file) => [file.replace(/\.\w+$/, ''), join(root, 'bench', file)]));
}

/** Runs the benchmarks named, or all, each in a process of its own on a fresh database. 1 if a figure misses its bar. */
export async function bench({ root, argv, onEnd }) {
  // With --json, standard output carries figures and nothing else.
  const progress = new Progress({ out: process.stderr });
  const known = benchesOf(root);
  const asked = argv.filter((argument) => !argument.startsWith('-'));
  const unknown = asked.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new Stop(
      `There is no benchmark ${unknown.join(', ')}. There are: ${[...known.keys()].join(', ')}.`,
    );
  const options = argv.filter((argument) => argument.startsWith('-'));
  if (!existsSync(join(root, 'bench', 'results'))) mkdirSync(join(root, 'bench', 'results'));
  await progress.part('building', () => build({ root, progress }));
  let code = 0;
  let stopped = false;
  onEnd(() => {
    stopped = true;
    endPrograms();
  });
  for (const name of asked.length > 0 ? asked : known.keys()) {
    if (stopped) return 130;
    await withTestDatabase({ root, progress }, async (url) => {
      progress.say(`— ${name}`);
      const status = await runBench(root, known.get(name), options, url);
      if (status !== 0) code = 1;
    });
  }
  return code;
}

function runBench(root, file, options, databaseUrl) {
  const env = { ...process.env, PARVIS_BENCH_DATABASE_URL: databaseUrl };
  const child = startProgram(process.execPath, ['--expose-gc', file, ...options], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
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

/** What each benchmark says of itself: its first comment. */
function usage(known) {
  const about = [...known].map(([name, file]) => {
    const comment = /\/\*\*([\s\S]*?)\*\//.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
    return `${name}\n${comment
      .replaceAll(/^ ?\*? ?/gm, '  ')
      .trimEnd()
      .replace(/^\s*\n/, '')}`;
  });
  return [
    'npm run bench -- [names] [--quick] [--json] [options of one]',
    '',
    '  --quick   less of everything: under a minute each',
    '  --json    a line per figure: {"figure","value","unit","against","ratio","bar","ok"}',
    '',
    ...about.flatMap((text) => [text, '']),
    'Ends with 1 when a figure misses its bar.',
  ].join('\n');
}

/**
 * Runs the benchmarks named, or all, each in a process of its own: a `.ts` on a fresh database, a `.mjs` alone, for it
 * starts what it measures. 1 if a figure misses its bar.
 */
export async function bench({ root, argv, onEnd }) {
  // With --json, standard output carries figures and nothing else.
  const progress = new Progress({ out: process.stderr });
  const known = benchesOf(root);
  if (argv.includes('--help')) {
    process.stdout.write(`${usage(known)}\n`);
    return 0;
  }
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
  const runOne = async (name, databaseUrl) => {
    progress.say(`— ${name}`);
    if ((await runBench(root, known.get(name), options, databaseUrl)) !== 0) code = 1;
  };
  for (const name of asked.length > 0 ? asked : known.keys()) {
    if (stopped) return 130;
    if (known.get(name).endsWith('.mjs')) await runOne(name);
    else await withTestDatabase({ root, progress }, (url) => runOne(name, url));
  }
  return code;
}

function runBench(root, file, options, databaseUrl) {
  // As the services run; without it LiveKit's library writes its steps to standard output, between the figures.
  const ours = { PARVIS_BENCH_DATABASE_URL: databaseUrl, NODE_ENV: 'production' };
  const env = { ...process.env, ...(databaseUrl ? ours : {}) };
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

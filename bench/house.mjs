#!/usr/bin/env node
/**
 * How soon a stranger sees the first page of Parvis, and what all of it weighs at rest. A clone of this checkout's
 * HEAD is installed with an empty package cache, built and started; then it is started again, thrice; then pages are
 * looked at and the processes left alone before their memory is counted. The media server is taken from the cache if
 * it is there: building it is no part of the time to the first page (the launcher does it in the background).
 *
 *   --quick   no clone: this checkout, built, on fresh data; one second start
 *   --dirty   files that are changed and not committed go into the clone too
 *   --port=N  the port of the house (default the first free one from 18080 on)
 */
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../tools/parts/command.mjs';
import { pause } from '../tools/parts/processes.mjs';
import { exitCode, option, quantile, quick, say, sayMachine, tell } from './house-figures.mjs';
import { freePort, git, memoryOf, partLines, startHouse, withHouses } from './house-process.mjs';
import { pagesOf, signedIn } from './pages-found.mjs';

const coldSecondsMax = 150;
const secondSecondsMax = 12;
const memoryMegabytesMax = 1200;
const secondStarts = quick ? 1 : 3;
/** How often each page is looked at before memory is counted, and how long the house then rests. */
const visitsBefore = quick ? 5 : 20;
const restMs = quick ? 10_000 : 30_000;
const port = await freePort(option('port'));

/** A fresh clone, and the files of this checkout that are not committed if asked for. */
function cloneInto(folder) {
  const clone = join(folder, 'clone');
  git(root, 'clone', '--quiet', '--no-hardlinks', root, clone);
  const list = (...words) =>
    git(root, 'ls-files', '-z', ...words)
      .split('\0')
      .filter(Boolean);
  const changed = list('--modified', '--others', '--exclude-standard');
  if (!process.argv.includes('--dirty')) {
    if (changed.length > 0)
      say(`${changed.length} files that are not committed are not in the clone (--dirty)`);
    return clone;
  }
  for (const file of changed) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    if (existsSync(join(root, file))) cpSync(join(root, file), join(clone, file));
    else rmSync(join(clone, file), { force: true });
  }
  say(`${changed.length} files that are not committed are in the clone`);
  return clone;
}

async function started(what, given) {
  const one = await startHouse(given);
  say(`${what}: ${one.seconds.toFixed(1)} s, of which ${one.cpuSeconds.toFixed(1)} s of processor time`);
  return one;
}

/** First start with nothing there. Answers the checkout to go on with, and the house. */
async function coldStart(folder) {
  const clone = cloneInto(folder);
  const env = { npm_config_cache: join(folder, 'npm') };
  const { house, seconds, cpuSeconds } = await started('fresh clone', { root: clone, port, folder, env });
  await house.complete();
  for (const line of partLines(folder)) say(`  ${line}`);
  tell({
    figure: 'fresh clone to first page, empty package cache',
    value: seconds,
    unit: 's',
    bar: coldSecondsMax,
  });
  // The same on two processors that do nothing else could not take less than this.
  say(`  processor time spread over two: ${(cpuSeconds / 2).toFixed(1)} s`);
  return { checkout: clone, house };
}

async function secondStart(checkout, folder) {
  const times = [];
  let house;
  for (let nr = 1; nr <= secondStarts; nr += 1) {
    await house?.stop();
    const one = await started(`start ${nr + 1}`, { root: checkout, port, folder });
    times.push(one.seconds);
    house = one.house;
    await house.complete();
  }
  tell({
    figure: 'second start to first page',
    value: quantile(times, 0.5),
    unit: 's',
    bar: secondSecondsMax,
  });
  return house;
}

async function memory(house) {
  const visitor = await signedIn(house.url);
  const pages = await pagesOf(visitor);
  for (let nr = 0; nr < visitsBefore; nr += 1) {
    for (const { path } of pages) await visitor.visit(path);
  }
  await pause(restMs);
  const parts = [...memoryOf(house.pid)].sort(([, a], [, b]) => b.pss - a.pss);
  for (const [name, { pss, rss, processes }] of parts) {
    const how = `${pss.toFixed(0).padStart(6)} MB, RSS ${rss.toFixed(0).padStart(5)} MB`;
    say(`  ${name.padEnd(10)} ${how} in ${processes} ${processes > 1 ? 'processes' : 'process'}`);
  }
  const sum = (word) => parts.reduce((total, [, part]) => total + part[word], 0);
  tell({
    figure: 'memory of all processes at rest (PSS)',
    value: sum('pss'),
    unit: 'MB',
    against: sum('rss'),
    peer: 'RSS',
    bar: memoryMegabytesMax,
  });
}

await withHouses(async (folder) => {
  sayMachine();
  const first = quick
    ? { checkout: root, ...(await started('this checkout on fresh data', { root, port, folder })) }
    : await coldStart(folder);
  await first.house.complete();
  await first.house.stop();
  await memory(await secondStart(first.checkout, folder));
  sayMachine();
  process.exitCode = exitCode();
});

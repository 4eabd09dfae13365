import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isAlive, pause, until } from '../parts/processes.mjs';
import { House } from '../parts/supervise.mjs';

const folder = mkdtempSync(join(tmpdir(), 'parvis-house-'));
after(() => rmSync(folder, { recursive: true }));
const waiting = ['-e', 'setInterval(() => {}, 1000)'];
const part = (more) => ({ command: process.execPath, args: waiting, stage: 1, ...more });

test('a part that dies unexpectedly is started again, and it is said', async () => {
  const lines = [];
  const house = new House({ logsFolder: join(folder, 'again'), say: (line) => lines.push(line) });
  const first = await house.open(part({ name: 'clock' }));
  process.kill(first, 'SIGKILL');
  assert.ok(await until(async () => house.pids.clock !== first && lines.length === 2, { msMax: 10_000 }));
  assert.match(lines[0], /clock ended unexpectedly \(SIGKILL\); starting again/);
  assert.ok(isAlive(house.pids.clock));
  const second = house.pids.clock;
  await house.close();
  assert.ok(!isAlive(second));
});

test('a part that does not start is said with the end of its log', async () => {
  const house = new House({ logsFolder: join(folder, 'never'), say: () => {} });
  const broken = part({
    name: 'broken',
    args: ['-e', 'console.error("no such moon"); process.exit(3)'],
    ready: async () => false,
  });
  await assert.rejects(
    house.open(broken),
    (error) => /no such moon/.test(error.message) && /ended at once with code 3/.test(error.message),
  );
  await assert.rejects(
    house.open({ ...broken, name: 'absent', command: '/no/such/program' }),
    /absent could not be started/,
  );
  await house.close();
});

test('parts end stage by stage, and one that will not end is killed', async () => {
  const order = join(folder, 'order');
  const lines = [];
  const house = new House({ logsFolder: join(folder, 'stages'), say: (line) => lines.push(line) });
  const ends = (word, code = 'process.exit(0)') =>
    `require('node:fs').writeFileSync(1, 'up'); setInterval(() => {}, 1000);
     process.on('SIGTERM', () => { require('node:fs').appendFileSync(${JSON.stringify(order)}, '${word} '); ${code} })`;
  const up = (name) => async () => readFileSync(house.logOf(name), 'utf8').includes('up');
  await house.open(
    part({ name: 'database', args: ['-e', ends('database')], stage: 3, ready: up('database') }),
  );
  await house.open(
    part({ name: 'portal', args: ['-e', ends('portal', '')], stage: 1, stopMsMax: 300, ready: up('portal') }),
  );
  await house.open(
    part({ name: 'meetings', args: ['-e', ends('meetings')], stage: 2, ready: up('meetings') }),
  );
  const pids = Object.entries(house.pids).filter(([name]) => name !== 'guard');
  await house.close();
  assert.equal(readFileSync(order, 'utf8').trim(), 'portal meetings database');
  assert.deepEqual(
    pids.filter(([, pid]) => isAlive(pid)),
    [],
  );
  assert.deepEqual(lines, ['portal did not stop in time and was killed']);
});

test('what a killed run has left at work in the folder of a part is ended before the part starts', {
  skip: process.platform !== 'linux' && 'needs /proc',
}, async () => {
  const own = mkdtempSync(join(folder, 'own-'));
  const stray = spawn(process.execPath, waiting, { cwd: own, stdio: 'ignore' });
  const house = new House({ logsFolder: join(folder, 'strays'), say: () => {} });
  await house.open(part({ name: 'tenant', cwd: own, ownFolder: true }));
  assert.ok(!isAlive(stray.pid));
  await house.close();
});

test('when the launcher is killed, its parts end without it', async () => {
  const pidFile = join(folder, 'pid');
  const module = new URL('../parts/supervise.mjs', import.meta.url).href;
  const code = `const { House } = await import(${JSON.stringify(module)});
    const house = new House({ logsFolder: ${JSON.stringify(join(folder, 'orphans'))}, say: () => {} });
    const pid = await house.open({ name: 'deaf', command: process.execPath, stage: 1,
      args: ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'] });
    (await import('node:fs')).writeFileSync(${JSON.stringify(pidFile)}, String(pid)); setInterval(() => {}, 1000);`;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' });
  assert.ok(
    await until(async () => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '', { msMax: 10_000 }),
  );
  const pid = Number(readFileSync(pidFile, 'utf8'));
  await pause(300);
  launcher.kill('SIGKILL');
  assert.ok(isAlive(pid));
  assert.ok(await until(async () => !isAlive(pid), { msMax: 15_000 }), 'even one that ignores SIGTERM');
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { holderOf, takeLock } from '../parts/lock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'parvis-lock-'));
after(() => rmSync(folder, { recursive: true }));
const lockModule = new URL('../parts/lock.mjs', import.meta.url).href;

/** Another process that tries to take the lock, says whether it did, and keeps it until it is ended. */
function contender(file) {
  const code = `const { takeLock } = await import(${JSON.stringify(lockModule)});
    console.log(takeLock(${JSON.stringify(file)}).holder ? 'refused' : 'taken'); setTimeout(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    child,
    said: new Promise((resolve) => child.stdout.once('data', (text) => resolve(String(text).trim()))),
  };
}

test('a lock is held by one, says by whom, and can be taken again after its release', () => {
  const file = join(folder, 'a');
  const lock = takeLock(file, { about: 'a test' });
  assert.equal(lock.holder, null);
  assert.equal(takeLock(file).holder.pid, process.pid);
  assert.equal(holderOf(file).about, 'a test');
  lock.release();
  assert.equal(holderOf(file), null);
  assert.equal(takeLock(file).holder, null);
});

test('of many that want the lock of a dead process at once, exactly one gets it', async () => {
  const file = join(folder, 'b');
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 - 1, birth: '1' }));
  const all = Array.from({ length: 6 }, () => contender(file));
  const said = await Promise.all(all.map((one) => one.said));
  for (const { child } of all) child.kill('SIGKILL');
  assert.deepEqual(said.sort(), ['refused', 'refused', 'refused', 'refused', 'refused', 'taken']);
});

test('a number that another process has got since does not count as the holder', {
  skip: process.platform !== 'linux' && 'needs /proc',
}, () => {
  const file = join(folder, 'c');
  writeFileSync(file, JSON.stringify({ pid: process.pid, birth: '1' }));
  assert.equal(holderOf(file), null);
});

test('the lock of a killed process is free', async () => {
  const file = join(folder, 'd');
  const { child, said } = contender(file);
  assert.equal(await said, 'taken');
  assert.equal(holderOf(file).pid, child.pid);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  assert.equal(takeLock(file).holder, null);
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { requireSpace } from '../parts/install.mjs';
import { chooseNode } from '../parts/node24.mjs';
import { startOptions } from '../parts/options.mjs';
import { claimPort, nextFree } from '../parts/ports.mjs';
import { readSecrets } from '../parts/secrets.mjs';
import { sentenceOf } from '../parts/stop.mjs';
import { countsOf, Tally } from '../parts/tally.mjs';

const folder = mkdtempSync(join(tmpdir(), 'parvis-start-'));
after(() => rmSync(folder, { recursive: true }));

test('a bad option names itself', () => {
  assert.throws(() => startOptions(['--port', '99999']), /--port is a number from 1 to 65535, not "99999"/);
  assert.throws(() => startOptions(['--port', '80a']), /not "80a"/);
  assert.throws(() => startOptions(['--profile', 'grand']), /embedded or full, not "grand"/);
  assert.throws(() => startOptions(['--colour']), /Unknown option '--colour'/);
  assert.throws(() => startOptions(['--public-url', 'ftp://x']), /like https:\/\/parvis.example.org/);
  assert.equal(
    startOptions(['--public-url', 'https://parvis.example.org/']).publicUrl,
    'https://parvis.example.org',
  );
});

test('a port that somebody listens on is not taken, and the next one is found', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  assert.equal(await claimPort(port), false);
  assert.ok((await nextFree(port)) > port);
  await new Promise((resolve) => server.close(resolve));
});

test('secrets are made once, kept, and readable by their owner only; a broken file is not overwritten', () => {
  const secrets = readSecrets(folder);
  assert.deepEqual(readSecrets(folder), secrets);
  assert.equal(new Set(Object.values(secrets)).size, Object.keys(secrets).length);
  assert.equal(Buffer.from(secrets.s3KmsKey, 'base64').length, 32);
  assert.equal(statSync(join(folder, 'secrets.json')).mode & 0o777, 0o600);
  writeFileSync(join(folder, 'secrets.json'), '{"databaseAdm');
  assert.throws(() => readSecrets(folder), /secrets.json cannot be read/);
});

test('a disk without room is said before anything is written', () => {
  assert.throws(() => requireSpace(folder, 1e18), /nearly full .* Free some space/s);
  requireSpace(folder, 1);
});

test('a Node that was named and does not run is refused by name', () => {
  process.env.PARVIS_NODE = '/no/such/node';
  try {
    assert.throws(() => chooseNode(folder, null), /PARVIS_NODE \(\/no\/such\/node\) is not a Node that runs/);
  } finally {
    delete process.env.PARVIS_NODE;
  }
});

test('what the system refuses becomes a sentence with what to do', () => {
  assert.match(sentenceOf(Object.assign(new Error(), { code: 'ENOSPC' })), /disk is full/);
  assert.match(sentenceOf(Object.assign(new Error(), { code: 'EACCES', path: '/a/b' })), /\/a\/b.*--data/);
  assert.equal(sentenceOf(new Error('a bug')), null);
});

test('the last line of a run counts, and what was skipped is named with the reason', () => {
  const tally = new Tally();
  tally.add({ passed: 3, failed: ['gate lint'], skipped: [{ name: 'journey', why: 'no Chromium' }] });
  const lines = tally.lines(1_000);
  assert.equal(lines.at(-1), '3 passed, 1 failed, 1 skipped');
  assert.ok(lines.includes('  journey: no Chromium'));
  assert.equal(countsOf({ passed: 2 }), '2 passed, 0 failed');
  assert.equal(new Tally().lines(0).at(-1), '0 passed, 0 failed');
});

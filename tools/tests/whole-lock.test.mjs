import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { madeWhole, missingFrom } from '../parts/whole-lock.mjs';

const lock = {
  name: 'a-house',
  packages: {
    '': { name: 'a-house' },
    'node_modules/tool': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { 'tool-linux-x64': '2.0.0', 'tool-linux-arm-musleabihf': '2.0.0' },
    },
    'node_modules/tool-linux-x64': { version: '2.0.0', optional: true },
  },
};

test('an optional package that the lock does not describe is found, and described for its platform', () => {
  assert.deepEqual(
    missingFrom(lock).map(({ name }) => name),
    ['tool-linux-arm-musleabihf'],
  );
  const whole = madeWhole(lock);
  assert.deepEqual(missingFrom(whole), []);
  assert.deepEqual(whole.packages['node_modules/tool-linux-arm-musleabihf'], {
    version: '2.0.0',
    cpu: ['arm'],
    dev: true,
    optional: true,
    os: ['linux'],
    libc: ['musl'],
  });
});

test('the lock file of this checkout can be installed by npm ci: run node tools/whole-lock.mjs after npm install', () => {
  const ours = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
  assert.deepEqual(
    missingFrom(ours).map(({ name }) => name),
    [],
  );
});

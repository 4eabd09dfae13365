// `node libs/contract/release.mjs`: keeps the contract of the version in package.json, for clients of which the test
// in src/released.test.ts then watches. Run it when a version is released, and commit the file.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { everyOperation } from './src/every-operation.ts';
import { releasedOf } from './src/released.ts';

const { version } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'));
const folder = new URL('released/', import.meta.url);
await mkdir(folder, { recursive: true });
const operations = releasedOf(everyOperation);
await writeFile(new URL(`${version}.json`, folder), `${JSON.stringify(operations, null, 1)}\n`);
process.stdout.write(
  `libs/contract/released/${version}.json: ${Object.keys(operations).length} operations\n`,
);

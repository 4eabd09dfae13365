// `node libs/contract/browser.mjs`, after the compiler: writes dist/browser, the contract as browsers import it
// (condition `browser` in package.json). Nothing there needs zod, which alone is a fifth of what a page may weigh before
// one can act; who must check in the browser what others wrote imports `@parvis/contract/shapes/…` in a later part.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { needingZod, withoutShapes } from './src/without-shapes.ts';

const dist = new URL('dist/', import.meta.url);
const into = new URL('browser/', dist);
const files = (await readdir(dist)).filter((file) => file.endsWith('.js'));
const read = async (file) => [file, await readFile(new URL(file, dist), 'utf8')];
const needing = needingZod(new Map(await Promise.all(files.map(read))));

async function textOf(file) {
  if (!needing.has(file)) return `export * from '../${file}';\n`;
  const values = Object.entries(withoutShapes(await import(new URL(file, dist))));
  return `${values.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`).join('')}export {};\n`;
}

await rm(into, { recursive: true, force: true });
await mkdir(into);
for (const file of files) await writeFile(new URL(file, into), await textOf(file));

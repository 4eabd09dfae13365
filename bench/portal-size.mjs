#!/usr/bin/env node
/**
 * First-load JavaScript of the portal's first pages: the gzipped bytes of every script that the rendered HTML names,
 * asked from a running house. Nothing is started.
 *
 *   node bench/portal-size.mjs http://localhost:8080 [username] [password]
 *
 * Prints a line per page beside its limit; ends with 1 when a page is over it.
 */
import { gzipSync } from 'node:zlib';
import { scriptsOf, Visitor } from './portal-visitor.mjs';

/** Kilobytes of gzipped script that a first page may bring. */
const limitKilobytes = 170;
const pages = ['/', '/sign-in'];

const visitor = new Visitor(process.argv[2] ?? 'http://localhost:8080');
const username = process.argv[3] ?? 'ines.marchand';
const password = process.argv[4] ?? 'parvis-demo';

async function measure(path) {
  const { response, text } = await visitor.visit(path);
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  const sizes = await Promise.all(
    scriptsOf(text).map(async (source) => {
      const script = await fetch(new URL(source, visitor.base));
      const bytes = Buffer.from(await script.arrayBuffer());
      return { source, bytes: gzipSync(bytes, { level: 6 }).length };
    }),
  );
  return { path, sizes, html: gzipSync(text).length };
}

// The door first: once signed in it leads elsewhere.
const results = [await measure('/sign-in')];
await visitor.signIn(username, password);
results.push(await measure('/'));
let over = false;
for (const page of pages) {
  const { sizes, html } = results.find((one) => one.path === page);
  const kilobytes = sizes.reduce((sum, one) => sum + one.bytes, 0) / 1000;
  over ||= kilobytes > limitKilobytes;
  console.log(
    `${page.padEnd(10)} ${kilobytes.toFixed(1).padStart(6)} kB gzip in ${sizes.length} scripts (limit ${limitKilobytes} kB); HTML ${(html / 1000).toFixed(1)} kB`,
  );
  if (process.argv.includes('--each')) {
    for (const one of sizes.sort((a, b) => b.bytes - a.bytes))
      console.log(`  ${(one.bytes / 1000).toFixed(1).padStart(6)} kB ${one.source}`);
  }
}
process.exitCode = over ? 1 : 0;

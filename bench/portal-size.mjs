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

/** Kilobytes of gzipped script that a first page may bring. */
const limitKilobytes = 170;
const pages = ['/', '/sign-in'];
const redirectsMax = 12;

const base = new URL(process.argv[2] ?? 'http://localhost:8080');
const username = process.argv[3] ?? 'ines.marchand';
const password = process.argv[4] ?? 'parvis-demo';
const jar = new Map();

/** One request with the cookies so far; redirects are followed by hand, so that each may set its own. */
async function visit(address, init = {}) {
  let url = new URL(address, base);
  let request = init;
  for (let hop = 0; hop < redirectsMax; hop += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...request,
      headers: { ...request.headers, cookie },
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null)
      return { url, response, text: await response.text() };
    url = new URL(location, url);
    request = {};
  }
  throw new Error(`more than ${redirectsMax} redirects from ${address}`);
}

const plain = (text) =>
  text.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(code)).replaceAll('&amp;', '&');

/** Signs in through the form that people use. */
async function signIn() {
  const { url, text } = await visit('/auth/login?to=%2F');
  const form = /<form[^>]*method="post"[^>]*>[\s\S]*?<\/form>/i.exec(text)?.[0] ?? '';
  const action = plain(/action="([^"]*)"/.exec(form)?.[1] ?? '');
  const fields = new URLSearchParams();
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    if (name) fields.set(name, plain(/value="([^"]*)"/.exec(input)?.[1] ?? ''));
  }
  fields.set('username', username);
  fields.set('password', password);
  const done = await visit(new URL(action, url), {
    method: 'POST',
    body: fields,
    headers: { origin: url.origin, referer: url.href },
  });
  if (done.response.status !== 200 || done.url.pathname !== '/')
    throw new Error(`signing in ended at ${done.url.pathname} with ${done.response.status}`);
}

/** Scripts that the page's HTML loads by itself: in script tags, and those told to be fetched early. */
function scriptsOf(html) {
  const found = new Set();
  for (const [tag] of html.matchAll(/<script\b[^>]*\bsrc="[^"]+"[^>]*>/g)) {
    // Browsers that know modules never fetch these.
    if (!/\bnomodule\b/i.test(tag)) found.add(plain(/src="([^"]+)"/.exec(tag)[1]));
  }
  for (const [tag] of html.matchAll(/<link\b[^>]*>/g)) {
    if (/rel="(modulepreload|preload)"/.test(tag) && /as="script"|modulepreload/.test(tag))
      found.add(plain(/href="([^"]+)"/.exec(tag)[1]));
  }
  return [...found];
}

async function measure(path) {
  const { response, text } = await visit(path);
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  const sizes = await Promise.all(
    scriptsOf(text).map(async (source) => {
      const script = await fetch(new URL(source, base));
      const bytes = Buffer.from(await script.arrayBuffer());
      return { source, bytes: gzipSync(bytes, { level: 6 }).length };
    }),
  );
  return { path, sizes, html: gzipSync(text).length };
}

// The door first: once signed in it leads elsewhere.
const results = [await measure('/sign-in')];
await signIn();
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

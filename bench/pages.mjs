#!/usr/bin/env node
/**
 * What a page of a signed-in person costs: the server's time through the gateway, one request after another, and the
 * JavaScript of the first page. A house is started from this checkout on fresh data. Beside each page's time stands
 * that of an empty page of the same portal in the same run; pages take turns, so that whatever else the machine does
 * falls on all alike.
 *
 *   --quick       30 requests for a page instead of 100
 *   --url=URL     measure the house that runs there; nothing is started (its limit of requests a minute stays on)
 *   --port=N      the port of the house (default the first free one from 18080 on)
 */
import { gzipSync } from 'node:zlib';
import { Agent, request } from 'node:http';
import { chromium } from 'playwright-core';
import { root } from '../tools/parts/command.mjs';
import { exitCode, option, quantile, quick, say, sayMachine, tell } from './house-figures.mjs';
import { freePort, startHouse, withHouses } from './house-process.mjs';
import { demoPerson, pagesOf, signedIn } from './pages-found.mjs';
import { scriptsOf } from './portal-visitor.mjs';

const serverMsMax = 60;
const scriptKilobytesMax = 170;
const requestsPerPage = quick ? 30 : 100;
const warmUps = quick ? 10 : 20;
/** A page without a person and without a question to any service. */
const emptyPage = { name: 'empty page', path: '/sign-in', anonymous: true };

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Milliseconds from asking for a page to its first and to its last byte. */
function timed(url, cookie) {
  return new Promise((resolve, reject) => {
    const at = performance.now();
    const headers = { accept: 'text/html', 'accept-encoding': 'gzip', ...(cookie ? { cookie } : {}) };
    const asked = request(url, { agent, headers }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`${url} answered ${answer.statusCode}`));
      let first = 0;
      let bytes = 0;
      answer.on('data', (chunk) => {
        first ||= performance.now() - at;
        bytes += chunk.length;
      });
      answer.once('end', () => resolve({ first, last: performance.now() - at, bytes }));
      answer.once('error', reject);
    });
    asked.once('error', reject);
    asked.end();
  });
}

async function serverTimes(url, visitor) {
  const pages = [...(await pagesOf(visitor)), emptyPage];
  const times = new Map(pages.map(({ name }) => [name, []]));
  for (let nr = -warmUps; nr < requestsPerPage; nr += 1) {
    for (const { name, path, anonymous } of pages) {
      const one = await timed(`${url}${path}`, anonymous ? null : visitor.cookie);
      if (nr >= 0) times.get(name).push(one);
    }
  }
  const at = (name, what, share) =>
    quantile(
      times.get(name).map((one) => one[what]),
      share,
    );
  for (const { name } of pages) {
    const shown = (what) => [0.5, 0.95].map((share) => at(name, what, share).toFixed(1)).join(' / ');
    const kilobytes = (at(name, 'bytes', 0.5) / 1000).toFixed(1);
    say(
      `  ${name.padEnd(10)} p50 / p95: first byte ${shown('first')} ms, whole page ${shown('last')} ms (${kilobytes} kB gzip)`,
    );
  }
  for (const { name, anonymous } of pages) {
    if (anonymous) continue;
    // The last byte counts: a skeleton that is sent early is not yet the page.
    for (const [word, share] of [
      ['p50', 0.5],
      ['p95', 0.95],
    ]) {
      tell({
        figure: `server time of the ${name} page, ${word}`,
        value: at(name, 'last', share),
        unit: 'ms',
        against: at(emptyPage.name, 'last', share),
        peer: 'an empty page',
        bar: serverMsMax,
      });
    }
  }
}

/** Kilobytes of the scripts that the first page's HTML names, gzipped one by one. */
async function scriptsInHtml(url, visitor) {
  const { text } = await visitor.visit('/');
  const sizes = await Promise.all(
    scriptsOf(text).map(async (source) => {
      const script = await fetch(new URL(source, url));
      return gzipSync(Buffer.from(await script.arrayBuffer())).length;
    }),
  );
  return sizes.reduce((sum, one) => sum + one, 0) / 1000;
}

/** Kilobytes of script that a browser's wire carried until the page's load event, its cache being empty. */
async function scriptsInBrowser(url, visitor) {
  const browser = await chromium.launch({
    executablePath: process.env.PARVIS_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const cookies = visitor.cookie.split('; ').map((pair) => pair.split(/=(.*)/s));
    await context.addCookies(cookies.map(([name, value]) => ({ name, value, url })));
    const page = await context.newPage();
    const scripts = [];
    page.on('requestfinished', (one) => {
      if (one.resourceType() === 'script') scripts.push(one.sizes().then((sizes) => sizes.responseBodySize));
    });
    await page.goto(url, { waitUntil: 'load' });
    const heading = await page.getByRole('heading', { level: 1 }).count();
    if (heading !== 1) throw new Error('what was loaded is not the first page');
    const untilLoad = await Promise.all(scripts.slice());
    return { kilobytes: untilLoad.reduce((sum, one) => sum + one, 0) / 1000, files: untilLoad.length };
  } finally {
    await browser.close();
  }
}

async function scripts(url, visitor) {
  const bar = scriptKilobytesMax;
  const html = await scriptsInHtml(url, visitor);
  tell({ figure: "first page's JavaScript, scripts named in its HTML", value: html, unit: 'kB', bar });
  const { kilobytes, files } = await scriptsInBrowser(url, visitor);
  say(`  Chromium fetched ${files} scripts until the page was loaded`);
  tell({
    figure: "first page's JavaScript, on Chromium's wire until load",
    value: kilobytes,
    unit: 'kB',
    bar,
  });
}

async function measure(url) {
  sayMachine();
  say(`signed in as ${demoPerson().username} at ${url}`);
  const visitor = await signedIn(url);
  await serverTimes(url, visitor);
  await scripts(url, visitor);
  sayMachine();
  process.exitCode = exitCode();
}

const given = option('url');
if (given) await measure(given);
else {
  await withHouses(async (folder) => {
    // A person asks for a page a few times a minute; this asks for hundreds.
    const env = { PARVIS_REQUESTS_PER_MINUTE_MAX: '1000000' };
    const port = await freePort(option('port'));
    const { house } = await startHouse({ root, port, folder, env });
    await house.complete();
    await measure(house.url);
  });
}
agent.destroy();

#!/usr/bin/env node
/**
 * Writing in a document of 50,000 words in 1,000 blocks, as a person feels it: from the key to the end of the next
 * painted frame, in the page of the portal's production build, beside plain Tiptap 3 with y-prosemirror in the same
 * browser, by turns; from a key to a colleague's screen with ten people typing; and the JavaScript of the page.
 *
 *   --quick       fewer keys
 *   --url=URL     measure the house that runs there; nothing is started
 *   --port=N      the port of the house (default the first free one from 18080 on)
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { call } from '@parvis/contract/call';
import { createSpace } from '@parvis/contract/directory';
import { createDocument } from '@parvis/contract/docs';
import { root } from '../tools/parts/command.mjs';
import { Typist } from './editor-people.mjs';
import { longText, toTheMiddle, type, watchKeys } from './editor-typing.mjs';
import { exitCode, option, quantile, quick, say, sayMachine, tell } from './house-figures.mjs';
import { freePort, startHouse, withHouses } from './house-process.mjs';
import { signedIn } from './pages-found.mjs';
import { launch, peerPage, windowOf } from './peer-page.mjs';

const [blocks, wordsPerBlock] = [1_000, 50];
/** Times Tiptap's 95th percentile that ours may take. */
const ratioMax = 1.2;
const colleagueMsMax = 100;
const scriptKilobytesMax = 450;
const typists = 9;
const [turns, keysPerTurn, keyEveryMs] = quick ? [3, 20, 120] : [6, 40, 120];
const openMsMax = 120_000;

const editorOf = '.docs-editor .bn-editor';

/** Opens the document and waits until so many paragraphs stand in it. */
async function open(page, address, paragraphs) {
  await page.goto(address);
  await page.waitForFunction(
    ([editor, wanted]) => document.querySelectorAll(`${editor} p`).length >= wanted,
    [editorOf, paragraphs],
    { timeout: openMsMax },
  );
}

/** Writes the long text by pasting it, as a person would. */
async function fill(page, html) {
  await page.locator(editorOf).click();
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', text);
    document.activeElement.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, html);
  await page.waitForFunction(
    ([editor, wanted]) => document.querySelectorAll(`${editor} p`).length >= wanted,
    [editorOf, blocks],
    { timeout: openMsMax },
  );
  await page.locator('.docs-saved[data-truth="saved"]').waitFor({ timeout: openMsMax });
}

/**
 * Kilobytes of gzipped script that the page of a document asks for before one can write, and until it rests: what comes
 * only after the first letter could be typed keeps nobody waiting.
 */
async function scriptKilobytes(browser, url, address, visitor) {
  const page = await windowOf(browser, url, visitor);
  await page.addInitScript((editor) => {
    const look = () => {
      if (document.querySelector(`${editor}[contenteditable="true"] p`)) window.writtenFrom = Date.now();
      else setTimeout(look, 5);
    };
    look();
  }, editorOf);
  const scripts = [];
  page.on('response', (response) => {
    const request = response.request();
    if (request.resourceType() !== 'script') return;
    const body = response.body().catch(() => Buffer.alloc(0));
    const entry = (bytes) => ({
      name: new URL(response.url()).pathname,
      kilobytes: gzipSync(bytes, { level: 6 }).length / 1024,
      askedAt: request.timing().startTime,
    });
    scripts.push(body.then(entry));
  });
  await open(page, address, 1);
  await page.waitForLoadState('networkidle');
  const writtenFrom = await page.evaluate(() => window.writtenFrom);
  const sizes = await Promise.all(scripts);
  await page.context().close();
  const sum = (some) => some.reduce((all, { kilobytes }) => all + kilobytes, 0);
  const before = sizes.filter(({ askedAt }) => askedAt <= writtenFrom);
  for (const { name, kilobytes } of before
    .toSorted((one, other) => other.kilobytes - one.kilobytes)
    .slice(0, 8))
    say(`  ${kilobytes.toFixed(0).padStart(4)} kB ${name}`);
  say(`script of the page of a document at rest, gzipped: ${sum(sizes).toFixed(1)} kB`);
  return sum(before);
}

/** Ours and Tiptap's, by turns, so that whatever else the machine does falls on both alike. */
async function keyToFrame(ours, peer) {
  const times = { ours: [], peer: [] };
  for (const page of [ours, peer]) await watchKeys(page);
  await toTheMiddle(ours, editorOf);
  await toTheMiddle(peer, '#text');
  for (let turn = -1; turn < turns; turn += 1) {
    for (const [name, page] of [
      ['ours', ours],
      ['peer', peer],
    ]) {
      const measured = await type(page, keysPerTurn, keyEveryMs);
      if (turn >= 0) times[name].push(...measured);
    }
  }
  const [value, against] = [quantile(times.ours, 0.95), quantile(times.peer, 0.95)];
  const [half, halfPeer] = [quantile(times.ours, 0.5), quantile(times.peer, 0.5)];
  say(`key to frame, median: ${half.toFixed(1)} ms, Tiptap ${halfPeer.toFixed(1)} ms`);
  const figure = '50,000 words: key to next painted frame, p95';
  tell({ figure, value, unit: 'ms', bar: ratioMax * against, against, peer: 'Tiptap' });
}

/** From a key here to the letter painted there, while nine others type too. */
async function keyToColleague(here, there) {
  const count = quick ? 40 : 150;
  await toTheMiddle(here, editorOf);
  const mark = '∎';
  await there.evaluate((letter) => {
    const seen = [];
    window.seenAt = seen;
    const look = () => {
      const found = document.querySelector('.docs-editor .bn-editor').textContent.split(letter).length - 1;
      while (seen.length < found) seen.push(performance.timeOrigin + performance.now());
    };
    new MutationObserver(() => requestAnimationFrame(look)).observe(
      document.querySelector('.docs-editor .bn-editor'),
      { childList: true, subtree: true, characterData: true },
    );
  }, mark);
  const pressed = [];
  for (let nr = 0; nr < count; nr += 1) {
    pressed.push(performance.timeOrigin + performance.now());
    await here.keyboard.insertText(mark);
    await here.waitForTimeout(keyEveryMs);
  }
  await there.waitForFunction((wanted) => window.seenAt.length >= wanted, count, { timeout: openMsMax });
  const seen = await there.evaluate(() => window.seenAt);
  const times = pressed.map((at, nr) => seen[nr] - at);
  say(`key to a colleague, median: ${quantile(times, 0.5).toFixed(1)} ms`);
  const figure = '50,000 words, ten people typing: key to a colleague’s screen, p95';
  tell({ figure, value: quantile(times, 0.95), unit: 'ms', bar: colleagueMsMax });
}

async function measure(url, folder) {
  const visitor = await signedIn(url);
  const asked = { base: url, headers: { cookie: visitor.cookie, origin: url } };
  const space = await call(createSpace, { name: 'Mesure', description: '' }, asked);
  const document = await call(createDocument, { parentId: space.id, title: 'Un long rapport' }, asked);
  const address = `${url}/docs/${document.id}`;
  const [browser, other, peer] = await Promise.all([launch(), launch(), peerPage('editor-page', folder)]);
  const people = Array.from({ length: typists }, () => new Typist());
  try {
    const figure = 'script of the page of a document before one can write, gzipped';
    const value = await scriptKilobytes(browser, url, address, visitor);
    tell({ figure, value, unit: 'kB', bar: scriptKilobytesMax });
    const html = longText(blocks, wordsPerBlock);
    const ours = await windowOf(browser, url, visitor);
    await open(ours, address, 1);
    await fill(ours, html);
    await open(ours, address, blocks);
    const plain = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await plain.goto(peer.url);
    await plain.evaluate((text) => window.editor.commands.setContent(text), html);
    await keyToFrame(ours, plain);
    await plain.close();
    const colleague = await windowOf(other, url, visitor);
    await open(colleague, address, blocks);
    for (const [nr, one] of people.entries()) {
      await one.open(url, document.id, visitor.cookie);
      one.start(100 * (nr + 1) - 50);
    }
    await ours.bringToFront();
    await keyToColleague(ours, colleague);
  } finally {
    for (const one of people) one.close();
    peer.close();
    await Promise.all([browser.close(), other.close()]);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'parvis-editor-'));
const given = option('url');
sayMachine();
try {
  if (given) await measure(given, folder);
  else {
    await withHouses(async (place) => {
      const port = await freePort(option('port'));
      const { house } = await startHouse({
        root,
        port,
        folder: place,
        env: { PARVIS_REQUESTS_PER_MINUTE_MAX: '1000000' },
      });
      await house.complete();
      await measure(house.url, folder);
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = exitCode();

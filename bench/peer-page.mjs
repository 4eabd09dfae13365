import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** The page of a peer, `bench/<name>`, built for production into the folder (with more options of Vite's build) and served. */
export async function peerPage(name, folder, more = {}) {
  await build({
    root: fileURLToPath(new URL(name, import.meta.url)),
    configFile: false,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, ...more },
  });
  const server = createServer((request, answer) => {
    const path = request.url === '/' ? '/index.html' : request.url;
    try {
      const bytes = readFileSync(join(folder, path));
      answer.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
      answer.end(bytes);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** A browser for figures: nothing of its own goes over the network. */
export const launch = (...more) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync', ...more],
  });

/** A window in which the visitor is signed in. */
export async function windowOf(browser, url, visitor, more = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'fr-FR',
    ...more,
  });
  const cookies = visitor.cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
  });
  await context.addCookies(cookies);
  return context.newPage();
}

#!/usr/bin/env node
/**
 * Draws the icons of the installed portal from the mark in libs/ui, with the browser that the tests use.
 * Run it after the mark or the accent has changed, and commit what it writes:  node apps/portal/icons.mjs
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Mark } from '@parvis/ui/Mark';
import { chromium } from 'playwright-core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

const folder = fileURLToPath(new URL('./public/icons/', import.meta.url));
/** The accent of the light theme, and the paper on it. */
const ground = '#2747b8';
const ink = '#fdfbf7';
/** Side of the drawing that the mark is laid on. */
const side = 512;

/** The mark on its ground. `share` is how much of the side it takes; a maskable icon keeps it in the safe circle. */
function drawing({ share, radius }) {
  const inner = renderToStaticMarkup(createElement(Mark)).replace(/^<svg[^>]*>|<\/svg>$/g, '');
  const scale = (side * share) / 28;
  const offset = (side - side * share) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side}" height="${side}"><rect width="${side}" height="${side}" rx="${radius}" fill="${ground}"/><g transform="translate(${offset} ${offset}) scale(${scale.toFixed(4)})" fill="none" stroke="${ink}" stroke-width="2.2" stroke-linecap="round">${inner}</g></svg>\n`;
}

mkdirSync(folder, { recursive: true });
const plain = drawing({ share: 0.66, radius: 112 });
const maskable = drawing({ share: 0.52, radius: 0 });
writeFileSync(`${folder}parvis.svg`, plain);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const [name, svg] of [
    ['parvis', plain],
    ['parvis-maskable', maskable],
  ]) {
    for (const pixels of [192, 512]) {
      const page = await browser.newPage({ viewport: { width: pixels, height: pixels } });
      await page.setContent(
        `<style>*{margin:0}svg{display:block;inline-size:100vw;block-size:100vh}</style>${svg}`,
      );
      await page.screenshot({ path: `${folder}${name}-${pixels}.png`, omitBackground: true });
      await page.close();
    }
  }
} finally {
  await browser.close();
}

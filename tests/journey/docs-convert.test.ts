import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { editorOf, openSpace, textOf } from './acts.ts';
import { given, readReady } from './given.ts';
import { overflows, settled, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
const name = `Avis ${tag}`;
const title = `Quais bas ${tag}`;
const markdown = `# ${title}

Les travaux **commencent** le 3 mars.

- Relever le quai
- Prévenir les pilotes

| Quai | Hauteur |
| --- | --- |
| Sud | 1,8 m |

تبدأ الأشغال في مارس.

<script>alert(1)</script>
`;

/** B brings a file in, takes it out in other formats, and brings one of those in again. */
describe(`files become documents and documents files, ${given.profile} profile`, () => {
  let browser: Browser;
  let b: Visitor;
  let page: Page;
  let way: string;
  let docx: Buffer;

  beforeAll(async () => {
    browser = await openBrowser();
    b = await signIn(browser, demoPeople.clarisse);
    page = b.page;
    await openSpace(page, b, `Fichiers ${tag}`);
    way = new URL(page.url()).pathname;
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(task.name));
  });

  async function bringIn(file: { name: string; mimeType: string; buffer: Buffer }) {
    await page.goto(readReady().url + way);
    await page.getByRole('button', { name: b.say('shell.new') }).click();
    await page.getByRole('menuitem', { name: b.say('docsConvert.importMenu') }).click();
    const dialog = page.getByRole('dialog', { name: b.say('docsConvert.importTitle') });
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      dialog.getByText(b.say('docsConvert.chooseFile')).click(),
    ]);
    await chooser.setFiles(file);
    return dialog;
  }

  async function takeOut(format: string): Promise<Download> {
    await page.getByRole('button', { name: b.say('docs.more'), exact: true }).click();
    await page.getByRole('menuitem', { name: b.say('docsConvert.downloadMenu') }).click();
    const dialog = page.getByRole('dialog', { name: b.say('docsConvert.downloadTitle') });
    await dialog.getByText(b.say(`docsConvert.formats.${format}`), { exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: b.say('docsConvert.download'), exact: true }).click(),
    ]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    return download;
  }
  const bytesOf = async (download: Download) => readFileSync(await download.path());

  async function shows(): Promise<string> {
    // Its first heading is its title.
    const editor = editorOf(page, title);
    await editor.getByText('تبدأ الأشغال').waitFor();
    return textOf(editor);
  }

  test('a Markdown file becomes a document; what it could not keep is said first', async () => {
    const buffer = Buffer.from(markdown);
    const dialog = await bringIn({ name: `${name}.md`, mimeType: 'text/markdown', buffer });
    await dialog.getByText(b.say('docsConvert.notKept')).waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('link', { name: b.say('docsConvert.open') }).click();
    await page.waitForURL(/\/docs\//);
    const text = await shows();
    for (const words of ['commencent', 'Prévenir les pilotes']) expect(text).toContain(words);
    await page.getByRole('cell', { name: '1,8 m' }).waitFor();
    expect(text).not.toContain('alert');
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  test('it leaves as Word, OpenDocument, HTML, Markdown, a zip of its pages, and PDF where there is a Chromium', async () => {
    docx = await bytesOf(await takeOut('docx'));
    const starts: Record<string, string> = { docx: 'PK', odt: 'PK', 'zip-md': 'PK', pdf: '%PDF-' };
    expect(docx.subarray(0, 2).toString()).toBe('PK');
    for (const format of ['odt', 'zip-md', 'pdf'])
      expect((await bytesOf(await takeOut(format))).subarray(0, 5).toString(), format).toContain(
        starts[format],
      );
    expect((await bytesOf(await takeOut('md'))).toString()).toContain(`# ${title}`);
    const html = (await bytesOf(await takeOut('html'))).toString();
    expect(html).toContain('<strong>commencent</strong>');
    expect(html).not.toContain('<script');
  });

  test('the Word file comes in again as it went out, also on a phone', async () => {
    const before = await shows();
    const mimeType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    await bringIn({ name: `${name}.docx`, mimeType, buffer: docx });
    await page.waitForURL(/\/docs\//);
    expect(await shows()).toBe(before);
    await page.setViewportSize({ width: 360, height: 780 });
    await page.getByRole('button', { name: b.say('docs.more'), exact: true }).click();
    await page.getByRole('menuitem', { name: b.say('docsConvert.downloadMenu') }).click();
    await page.getByRole('dialog').waitFor();
    await settled(page);
    expect(await overflows(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
  });

  test('a file that is none is refused in words, and nothing is made', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    const buffer = Buffer.from('PK\u0003\u0004 not a zip');
    const dialog = await bringIn({ name: 'faux.docx', mimeType: 'application/zip', buffer });
    await dialog.getByRole('alert').or(dialog.locator('[data-tone=bad]')).first().waitFor();
    expect(page.url()).not.toContain('/docs/');
  });
});

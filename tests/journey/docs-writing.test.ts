import { randomUUID } from 'node:crypto';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  editorOf,
  endOfDocument,
  invite,
  makeInSpace,
  newLineAtEnd,
  openSpace,
  saved,
  textOf,
} from './acts.ts';
import { drawnPng, fromGoogle, fromWord } from './clipboard.ts';
import { eventually } from './eventually.ts';
import { overflows, rawKeys, settled, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
const documentName = `Note de cadrage ${tag}`;
const lines = [
  '# Contexte',
  'Une réunion, puis deux réunions : la reunion du lundi.',
  '# Périmètre',
  'Trois zones.',
];

/** The kinds of blocks of a text, in order, with how deep each lies and what it says. */
function blocksOf(editor: Locator): Promise<string[]> {
  return editor.evaluate((node) =>
    [...node.querySelectorAll<HTMLElement>('.bn-block-content')].map((block) => {
      const depth = block.closest('.bn-editor')?.querySelectorAll('*') ? parentsOf(block) : 0;
      const level = block.dataset.level ?? (block.dataset.contentType === 'heading' ? '1' : '');
      const words = (block.querySelector('.bn-inline-content') ?? block).textContent?.trim() ?? '';
      return `${depth} ${block.dataset.contentType}${level} ${words}`.trim();
      function parentsOf(element: Element): number {
        const group = element.closest('.bn-block-group')?.parentElement?.closest('.bn-block-group');
        return group ? 1 + parentsOf(group.firstElementChild ?? group) : 0;
      }
    }),
  );
}

/** Pastes as a program would: the clipboard holds these formats and files. */
async function paste(page: Page, formats: Record<string, string>, png?: string): Promise<void> {
  await page.evaluate(
    ([given, picture]) => {
      const data = new DataTransfer();
      for (const [type, text] of Object.entries(given)) data.setData(type, text);
      if (picture !== undefined) {
        const bytes = Uint8Array.from(atob(picture.bytes), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], picture.name, { type: 'image/png' }));
      }
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    },
    [formats, png === undefined ? undefined : { bytes: png, name: 'relevé.png' }] as const,
  );
}

/** Two people at one document: C in French, A in Arabic. Each step stands on the ones before. */
describe('writing', () => {
  let browser: Browser;
  let a: Visitor;
  let c: Visitor;
  let aPage: Page;
  let cPage: Page;
  let aEditor: Locator;
  let cEditor: Locator;
  let broken: string | null = null;

  beforeAll(async () => {
    browser = await openBrowser();
    [a, c] = await Promise.all([signIn(browser, demoPeople.amina), signIn(browser, demoPeople.clarisse)]);
    await openSpace(c.page, c, `Écrire ${tag}`);
    const space = new URL(c.page.url()).pathname;
    await invite(c.page, c, a.name);
    cPage = await c.tab(space);
    const way = await makeInSpace(cPage, c, 'document', documentName);
    aPage = await a.tab(way);
    [aEditor, cEditor] = [editorOf(aPage, documentName), editorOf(cPage, documentName)];
    await cEditor.click();
    for (const line of lines) {
      await cPage.keyboard.type(line);
      await cPage.keyboard.press('Enter');
    }
    await aEditor.getByText('Trois zones.').waitFor();
  });
  afterAll(() => browser?.close());
  beforeEach(({ skip, task, onTestFailed }) => {
    if (broken !== null) skip(`it broke before: ${broken}`);
    onTestFailed(async () => {
      broken = task.name;
      await keepEvidence(task.name);
    });
  });

  test('finds with and without accents, counts, and replaces all as one step of undo, seen by the other', async () => {
    await cEditor.click();
    await cPage.keyboard.press('Control+f');
    const bar = cPage.getByRole('search', { name: c.say('docsWriting.find.open') });
    const field = bar.getByLabel(c.say('docsWriting.find.words'));
    await field.fill('reunion');
    await bar.getByRole('status').getByText('1 sur 3').waitFor();
    expect(await cPage.locator('.docs-found').count()).toBe(3);
    await field.press('Enter');
    await bar.getByRole('status').getByText('2 sur 3').waitFor();
    await bar.getByRole('button', { name: c.say('docsWriting.find.accents') }).click();
    await bar.getByRole('status').getByText('1 sur 1').waitFor();
    await bar.getByRole('button', { name: c.say('docsWriting.find.accents') }).click();
    await bar.getByRole('button', { name: c.say('docsWriting.find.replace') }).click();
    await bar.getByLabel(c.say('docsWriting.find.by')).fill('séance');
    await bar.getByRole('button', { name: c.say('docsWriting.find.all') }).click();
    await aEditor.getByText('Une séance, puis deux séances : la séance du lundi.').waitFor();
    await field.press('Escape');
    await bar.waitFor({ state: 'detached' });
    await cPage.keyboard.press('Control+z');
    await aEditor.getByText(lines[1] as string).waitFor();
  });

  test('the outline follows the text, goes where one presses, and counts words, of a selection too', async () => {
    await cPage.getByRole('button', { name: c.say('docs.panels.outline'), exact: true }).click();
    const panel = cPage.getByRole('complementary', { name: c.say('docs.panels.outline') });
    await panel.getByRole('button', { name: 'Périmètre' }).click();
    expect(new URL(cPage.url()).searchParams.get('panel')).toBe('outline');
    const count = panel.getByRole('region', { name: c.say('docsWriting.count.title') });
    await count.getByText('13', { exact: true }).waitFor();
    await cEditor.getByText('Trois zones.').click({ clickCount: 3 });
    await count.getByText('2 sur 13', { exact: true }).waitFor();
    await cPage.keyboard.press('End');
    await cPage.keyboard.press('Enter');
    await cPage.keyboard.type('# Calendrier');
    await panel.getByRole('button', { name: 'Calendrier' }).waitFor();
    await aEditor.getByText('Calendrier').waitFor();
    await cPage.keyboard.press('Enter');
  });

  test('what comes from Word keeps its titles, nested lists, table, links and bold, and no script runs', async () => {
    await endOfDocument(cPage);
    await paste(cPage, { 'text/html': fromWord, 'text/plain': 'Relevé' });
    await aEditor.getByText('Vasière nord').waitFor();
    const found = await blocksOf(aEditor);
    expect(found).toEqual(
      expect.arrayContaining([
        '0 heading1 Relevé des zones',
        '0 heading2 Méthode',
        '0 bulletListItem Points de mesure',
        '1 bulletListItem au nord du chenal',
        '0 bulletListItem Calendrier des passages',
        '0 numberedListItem Préparer',
        '0 numberedListItem Mesurer',
      ]),
    );
    expect(await cEditor.locator('td, th').allTextContents()).toEqual([
      'Zone',
      'Surface',
      'Vasière nord',
      '642 ha',
    ]);
    expect(await aEditor.getByRole('link', { name: 'le portail' }).getAttribute('href')).toBe(
      'https://parvis.example/',
    );
    expect(await aEditor.locator('strong', { hasText: 'deux fois' }).count()).toBe(1);
    expect(await cPage.evaluate(() => 'pastedScriptRan' in window)).toBe(false);
    expect(await cEditor.locator('[style*="mso"], [class*="Mso"], script').count()).toBe(0);
  });

  test('what comes from Google Docs too: its b is not bold, its inner lists go where they belong', async () => {
    await newLineAtEnd(cPage);
    await paste(cPage, { 'text/html': fromGoogle, 'text/plain': 'Ordre du jour' });
    await aEditor.getByText('Budget').waitFor();
    expect(await blocksOf(aEditor)).toEqual(
      expect.arrayContaining([
        '0 heading2 Ordre du jour',
        '0 bulletListItem Budget',
        '1 bulletListItem Personnel',
      ]),
    );
    expect(await aEditor.locator('strong', { hasText: 'important' }).count()).toBe(1);
    expect(await aEditor.locator('strong', { hasText: 'Rien de gras' }).count()).toBe(0);
  });

  test('a picture that is pasted shows on the other screen; what is none is refused and says why', async () => {
    await newLineAtEnd(cPage);
    await paste(cPage, {}, drawnPng);
    const picture = aEditor.locator('img[src^="/api/drive/files/"]');
    await picture.waitFor();
    await eventually('the picture is drawn', () =>
      picture.evaluate((image) => (image as HTMLImageElement).naturalWidth || undefined),
    );
    await newLineAtEnd(cPage);
    await paste(cPage, {}, Buffer.from('<script>alert(1)</script>').toString('base64'));
    await cPage.getByText(c.say('docsWriting.notAnImage', { name: 'relevé.png' })).waitFor();
    await eventually('the empty block is gone', async () =>
      (await cEditor.locator('[data-content-type="image"]').count()) === 1 ? true : undefined,
    );
    await saved(cPage, c);
  });

  test('who writes on after a refused picture does so where they were; beside a chosen picture, below it', async () => {
    await cPage.keyboard.type('Sans image');
    await aEditor.getByText('Sans image').waitFor();
    await cEditor.locator('img[src^="/api/drive/files/"]').click();
    await cPage.keyboard.type('Légende');
    await aEditor.getByText('Légende').waitFor();
    const kinds = await blocksOf(cEditor);
    expect(kinds).toContain('0 paragraph Sans image');
    const picture = kinds.findIndex((line) => line.startsWith('0 image'));
    expect(kinds[picture + 1]).toBe('0 paragraph Légende');
    await saved(cPage, c);
  });

  test('one goes along with a colleague until one moves', async () => {
    await aPage
      .getByRole('main')
      .locator('.p-scroll')
      .evaluate((box) => box.scrollTo(0, 0));
    await aPage.getByRole('button', { name: new RegExp(`${a.say('docs.here')} .*${c.name}`) }).click();
    await aPage.getByRole('menuitem', { name: new RegExp(c.name) }).click();
    await endOfDocument(cPage);
    await cPage.keyboard.type('Fin du relevé');
    const last = aEditor.getByText('Fin du relevé');
    await eventually('the window has gone to where the other writes', () =>
      last.evaluate((line) => line.getBoundingClientRect().bottom < window.innerHeight || undefined),
    );
    const banner = aPage.getByRole('status').filter({ hasText: c.name });
    await banner.waitFor();
    await aPage.keyboard.press('Escape');
    await banner.waitFor({ state: 'detached' });
  });

  test('the keyboard reaches the tools with Alt+F10, goes along them, comes back, and leaves the text', async () => {
    await cEditor.click();
    await cPage.keyboard.press('Alt+F10');
    const bar = cPage.getByRole('toolbar', { name: c.say('docsWriting.tools') });
    const focused = () => cPage.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    expect(await bar.evaluate((node) => node.contains(document.activeElement))).toBe(true);
    const first = await focused();
    await cPage.keyboard.press('ArrowRight');
    expect(await focused()).not.toBe(first);
    await cPage.keyboard.press('Escape');
    expect(await cEditor.evaluate((node) => node.contains(document.activeElement))).toBe(true);
    await cPage.keyboard.press('Escape');
    await cPage.keyboard.press('Tab');
    expect(await cEditor.evaluate((node) => node.contains(document.activeElement))).toBe(false);
  });

  test('it presents itself as slides, one for each title', async () => {
    await cPage.getByRole('button', { name: c.say('docs.more') }).click();
    await cPage.getByRole('menuitem', { name: c.say('docsWriting.entries.present') }).click();
    const slides = cPage.getByRole('dialog', {
      name: c.say('docsWriting.present.title', { title: documentName }),
    });
    await slides.getByText('Contexte').waitFor();
    await cPage.keyboard.press('ArrowRight');
    await slides.getByText('Périmètre').waitFor();
    expect(await slides.getByText('Contexte').count()).toBe(0);
    await cPage.keyboard.press('Escape');
    await slides.waitFor({ state: 'hidden' });
  });

  test('Ctrl+/ lists the keys of the text once, and all but the text steps back until one leaves', async () => {
    await cEditor.click();
    await cPage.keyboard.press('Control+/');
    const keys = cPage.getByRole('dialog', { name: c.say('docsWriting.keys.title') });
    await keys.getByText(c.say('docsWriting.keys.find')).waitFor();
    expect(await cPage.getByRole('dialog').count()).toBe(1);
    await cPage.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
    await cPage.getByRole('button', { name: c.say('docs.more') }).click();
    await cPage.getByRole('menuitem', { name: c.say('docsWriting.focusMode') }).click();
    const leave = cPage.getByRole('button', { name: c.say('docsWriting.leaveFocus') });
    await leave.waitFor();
    await cPage.getByRole('navigation').first().waitFor({ state: 'hidden' });
    expect(await violations(cPage)).toEqual([]);
    await leave.click();
    await cPage.getByRole('navigation').first().waitFor();
  });

  test('is sound: axe, names and widths, with the tools open, in Arabic, and on a phone', async () => {
    await cEditor.click();
    await cPage.keyboard.press('Control+f');
    await settled(cPage);
    expect(await violations(cPage)).toEqual([]);
    await cPage.keyboard.press('Escape');
    expect(await rawKeys(aPage)).toEqual([]);
    expect(await violations(aPage)).toEqual([]);
    await aPage.setViewportSize({ width: 360, height: 780 });
    await settled(aPage);
    expect(await overflows(aPage)).toEqual([]);
    expect((await textOf(aEditor)).includes('Fin du relevé')).toBe(true);
  });
});

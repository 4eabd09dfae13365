import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { editorOf, endOfDocument, invite, makeInSpace, openSpace, saved, textOf } from './acts.ts';
import { eventually } from './eventually.ts';
import { given } from './given.ts';
import { overflows, settled, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
const documentName = `Note de service ${tag}`;
const [kept, removed, added] = [`Premier jet ${tag}.`, 'Phrase provisoire.', 'Phrase d’Amina.'];

/** Clarisse works in French, Amina in Arabic, on two screens. Each step stands on the ones before. */
describe('the history of a document', () => {
  let browser: Browser;
  let clarisse: Visitor;
  let amina: Visitor;
  let broken: string | null = null;
  let way = '';
  let hers: Page;
  let theirs: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    [clarisse, amina] = await Promise.all([
      signIn(browser, demoPeople.clarisse),
      signIn(browser, demoPeople.amina),
    ]);
  });
  afterAll(() => browser?.close());
  beforeEach(({ skip, task, onTestFailed }) => {
    if (broken !== null) skip(`broke before: ${broken}`);
    onTestFailed(async () => {
      broken = task.name;
      await keepEvidence(task.name);
    });
  });

  const panelOf = (page: Page, who: Visitor) =>
    page.getByRole('complementary', { name: who.say('docs.panels.history') });
  const look = async (page: Page, name: string) => {
    await settled(page);
    mkdirSync(given.screensFolder, { recursive: true });
    await page.screenshot({ path: join(given.screensFolder, `docs-history-${name}.png`) });
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toEqual([]);
  };

  test('a version gets a name, and two people go on writing', async () => {
    hers = clarisse.page;
    await hers.waitForLoadState('networkidle');
    await openSpace(hers, clarisse, `Histoire ${tag}`);
    await invite(hers, clarisse, amina.name);
    way = await makeInSpace(hers, clarisse, 'document', documentName);
    await editorOf(hers, documentName).click();
    await hers.keyboard.type(`${kept} ${removed}`);
    await saved(hers, clarisse);

    await hers.getByRole('button', { name: clarisse.say('docs.panels.history') }).click();
    const panel = panelOf(hers, clarisse);
    await panel.getByRole('button', { name: clarisse.say('docsHistory.nameNow') }).click();
    const dialog = hers.getByRole('dialog', { name: clarisse.say('docsHistory.nameTitle') });
    await dialog.getByLabel(clarisse.say('docsHistory.versionName')).fill('Envoyé au cabinet');
    await hers.keyboard.press('Enter');
    await panel.getByRole('button', { name: /Envoyé au cabinet/ }).waitFor();

    theirs = await amina.tab(way);
    await editorOf(theirs, documentName).click();
    await endOfDocument(theirs);
    for (let i = 0; i < removed.length; i++) await theirs.keyboard.press('Backspace');
    await theirs.keyboard.type(added);
    await saved(theirs, amina);
    await eventually('both see the new sentence', async () =>
      (await textOf(editorOf(hers, documentName))).includes(added),
    );
  });

  test('the version shows its text, what changed since, and by whom', async () => {
    const panel = panelOf(hers, clarisse);
    await panel.getByRole('button', { name: /Envoyé au cabinet/ }).click();
    const past = hers.getByRole('article', { name: clarisse.say('docsHistory.past') });
    await past.getByText(removed).waitFor();
    expect(await past.getByText(added).count()).toBe(0);
    expect(await editorOf(hers, documentName).count()).toBe(0);

    // Compared with the text as it is now: the sentence of the other one was put in, and one was taken out.
    await eventually('the sitting knows both people', async () =>
      ((await panel.textContent()) ?? '').includes(amina.name),
    );
    await panel
      .getByRole('button', { name: new RegExp(amina.name) })
      .last()
      .click();
    const ins = past.locator('ins', { hasText: 'Amina' });
    await ins.first().waitFor();
    expect(await ins.first().getAttribute('title')).toContain(amina.name);
    expect(await past.locator('del', { hasText: 'provisoire' }).first().getAttribute('title')).toContain(
      amina.name,
    );
    await look(hers, 'changes-fr-1280');
    await hers.setViewportSize({ width: 360, height: 780 });
    expect(await overflows(hers)).toEqual([]);
    await panel.getByRole('button', { name: clarisse.say('docs.closePanel') }).click();
    expect(await past.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
    await hers.setViewportSize({ width: 1280, height: 900 });
    await hers.goBack();
    await past.getByText(removed).waitFor();
  });

  test('a copy of it is a document of its own', async () => {
    await hers.getByRole('button', { name: clarisse.say('docsHistory.copy') }).click();
    await hers.waitForURL((url) => url.pathname !== way && url.pathname.startsWith('/docs/'));
    const copy = editorOf(hers, clarisse.say('docsHistory.copyOf', { title: documentName }));
    await eventually('the copy has the old text', async () => (await textOf(copy)) === `${kept} ${removed}`);
    await hers.goBack();
  });

  test('restored, it takes the place of the text on both screens', async () => {
    const past = hers.getByRole('article', { name: clarisse.say('docsHistory.past') });
    await past.getByText(removed).waitFor();
    // The toolbar has a button of the same word, for what was undone.
    await past.getByRole('button', { name: clarisse.say('docsHistory.restore'), exact: true }).click();
    const dialog = hers.getByRole('alertdialog', { name: clarisse.say('docsHistory.restoreTitle') });
    await dialog.getByRole('button', { name: clarisse.say('docsHistory.restore'), exact: true }).click();
    await eventually(
      'she sees the restored text',
      async () => (await textOf(editorOf(hers, documentName)).catch(() => '')) === `${kept} ${removed}`,
    );
    // The page of the other one comes anew by itself.
    await eventually(
      'so does he',
      async () => (await textOf(editorOf(theirs, documentName)).catch(() => '')) === `${kept} ${removed}`,
    );
  });
});

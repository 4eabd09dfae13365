import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { caretRests, editorOf, endOfDocument, invite, makeInSpace, openSpace, saved } from './acts.ts';
import { eventually } from './eventually.ts';
import { given } from './given.ts';
import { overflows, rawKeys, settled, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
const documentName = `Avis ${tag}`;
const first = 'Le comité se réunit mardi.';

/** The text as it is shown, with what is suggested in it, but without the names at the carets of others. */
function shown(editor: Locator, within = '.bn-inline-content'): Promise<string[]> {
  return editor.evaluate((node, selector) => {
    const copy = node.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.docs-caret')) caret.remove();
    return [...copy.querySelectorAll(selector)].map((one) => one.textContent ?? '');
  }, within);
}
const panelOf = (page: Page, who: Visitor, id: 'comments' | 'suggestions') =>
  page.getByRole('complementary', { name: who.say(`docs.panels.${id}`) });

async function openPanel(page: Page, who: Visitor, id: 'comments' | 'suggestions'): Promise<Locator> {
  const panel = panelOf(page, who, id);
  if (!(await panel.isVisible())) {
    await page.locator(`[data-panel-button="${id}"]`).click();
    if (id === 'suggestions')
      await page.getByRole('menuitem', { name: who.say('docsSuggestions.show') }).click();
  }
  await panel.waitFor();
  return panel;
}

async function setMode(page: Page, who: Visitor, mode: 'editing' | 'suggesting' | 'viewing'): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${who.say('docsSuggestions.mode')} ·`) }).click();
  await page.getByRole('menuitemradio', { name: who.say(`docsSuggestions.modes.${mode}`) }).click();
}

/** Selects the word before the caret's line end, by keyboard as people do. */
async function selectWords(page: Page, from: number, count: number): Promise<void> {
  await page.keyboard.press('Control+Home');
  await caretRests(page);
  for (let i = 0; i < from; i++) await page.keyboard.press('ArrowRight');
  for (let i = 0; i < count; i++) await page.keyboard.press('Shift+ArrowRight');
}

async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PARVIS_SCREENS === undefined) return;
  const folder = join(given.screensFolder, 'docs-comments');
  mkdirSync(folder, { recursive: true });
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** A works in Arabic, B in French. Each step stands on the ones before. */
describe('two people discuss a text and suggest changes to it', () => {
  let browser: Browser;
  let a: Visitor;
  let b: Visitor;
  let aPage: Page;
  let bPage: Page;
  let broken: string | null = null;

  beforeAll(async () => {
    browser = await openBrowser();
    [a, b] = await Promise.all([signIn(browser, demoPeople.amina), signIn(browser, demoPeople.clarisse)]);
    await openSpace(b.page, b, `Avis ${tag}`);
    await invite(b.page, b, a.name);
    const path = await makeInSpace(b.page, b, 'document', documentName);
    bPage = b.page;
    const editor = editorOf(bPage, documentName);
    await editor.click();
    await bPage.keyboard.type(first);
    await bPage.keyboard.press('Enter');
    await bPage.keyboard.type('Il décide.');
    await saved(bPage, b);
    aPage = await a.tab(path);
    await editorOf(aPage, documentName).getByText('Il décide.').waitFor();
  });
  afterAll(() => browser?.close());
  beforeEach(({ skip, task, onTestFailed }) => {
    if (broken !== null) skip(`it broke before: ${broken}`);
    onTestFailed(async () => {
      broken = task.name;
      await keepEvidence(task.name);
    });
  });

  test('selected words are commented on by keyboard, with a mention, and the other screen shows it', async () => {
    await editorOf(bPage, documentName).click();
    await selectWords(bPage, 3, 6);
    await bPage.keyboard.press('Control+Alt+KeyM');
    const panel = panelOf(bPage, b, 'comments');
    const field = panel.getByRole('combobox', { name: b.say('docsComments.comment') });
    await field.waitFor();
    await field.pressSequentially(`Lequel ? @${a.name.slice(0, 5)}`);
    await panel.getByRole('option', { name: a.name }).waitFor();
    await bPage.keyboard.press('Enter');
    await bPage.keyboard.press('Control+Enter');
    await panel.getByText('Lequel ?').waitFor();
    await picture(bPage, 'fr-light-thread');

    const marked = editorOf(aPage, documentName).locator('.docs-commented');
    await marked.waitFor();
    expect(await marked.textContent()).toBe('comité');
    await marked.click();
    const aPanel = panelOf(aPage, a, 'comments');
    await aPanel.getByText('Lequel ?').waitFor();
    expect(await aPanel.getByText(`@${a.name}`).count()).toBe(1);
  });

  test('an answer, a reaction and the end of a conversation show on both screens', async () => {
    const [aPanel, bPanel] = [panelOf(aPage, a, 'comments'), panelOf(bPage, b, 'comments')];
    await aPanel.getByRole('combobox').fill('اللجنة المصغّرة');
    await aPage.keyboard.press('Control+Enter');
    await bPanel.getByText('اللجنة المصغّرة').waitFor({ timeout: 30_000 });
    await aPanel
      .getByRole('button', { name: a.say('docsComments.react') })
      .first()
      .click();
    await aPage.getByRole('dialog').getByRole('button', { name: '👍' }).click();
    const reaction = bPanel.getByRole('button', { name: '👍' });
    await reaction.waitFor({ timeout: 30_000 });
    await reaction.click();
    await eventually(
      'both reacted',
      async () => (await aPanel.getByRole('button', { name: '👍' }).textContent())?.match(/2|٢/) ?? false,
    );
    await picture(aPage, 'ar-light-thread');
    await bPanel.getByRole('button', { name: b.say('docsComments.resolve') }).click();
    await eventually(
      'A sees no open conversation',
      async () =>
        (await editorOf(aPage, documentName)
          .locator('.docs-commented:not(.docs-commented-chosen)')
          .count()) === 0,
    );
    await aPanel.getByText(a.say('docsComments.empty.open')).waitFor();
    await aPanel.getByRole('radio').nth(1).click({ force: true });
    await aPanel.getByRole('button', { name: a.say('docsComments.reopen') }).click();
    await bPanel.getByRole('radio').nth(0).click({ force: true });
    await bPanel.getByRole('button', { name: b.say('docsComments.resolve') }).waitFor({ timeout: 30_000 });
  });

  test('what one suggests the other accepts, and the text is as if it had been written', async () => {
    await setMode(aPage, a, 'suggesting');
    const editor = editorOf(aPage, documentName);
    await editor.click();
    await endOfDocument(aPage);
    for (let i = 0; i < 7; i++) await aPage.keyboard.press('Backspace');
    await aPage.keyboard.type('vote.', { delay: 20 });
    await aPage.keyboard.press('Enter');
    await aPage.keyboard.type('Puis il publie.', { delay: 20 });
    await saved(aPage, a);
    const bEditor = editorOf(bPage, documentName);
    await bEditor.locator('ins').getByText('vote.').waitFor();
    const suggested = [first, 'Il vote.', 'Puis il publie.décide.'].join('|');
    await eventually(
      'all of it has come',
      async () => (await shown(bEditor)).slice(0, 3).join('|') === suggested,
    );
    expect((await shown(bEditor, 'del')).join('')).toBe('décide.');
    expect(await bEditor.locator('.docs-suggested-insertion').first().getAttribute('title')).toContain(
      a.name,
    );
    const panel = await openPanel(bPage, b, 'suggestions');
    await panel.getByRole('listitem').first().waitFor();
    await picture(bPage, 'fr-light-suggestions');
    await panel.getByRole('button', { name: b.say('docsSuggestions.acceptAll') }).click();
    await eventually('both see the text', async () => {
      const texts = await Promise.all([shown(editor), shown(bEditor)]);
      return texts.every((one) => one.slice(0, 3).join('|') === `${first}|Il vote.|Puis il publie.`);
    });
    expect(await editor.locator('ins, del').count()).toBe(0);
  });

  test('what is rejected was never there, and who only reads changes nothing', async () => {
    const editor = editorOf(aPage, documentName);
    await editor.click();
    await selectWords(aPage, 0, 3);
    await aPage.keyboard.type('Un ', { delay: 20 });
    await saved(aPage, a);
    const bEditor = editorOf(bPage, documentName);
    await bEditor.locator('ins').waitFor();
    const panel = await openPanel(bPage, b, 'suggestions');
    await panel.getByRole('button', { name: b.say('docsSuggestions.rejectAll') }).click();
    await eventually('both see the text of before', async () => {
      const texts = await Promise.all([shown(editor), shown(bEditor)]);
      return texts.every(([line]) => line === first);
    });
    await setMode(aPage, a, 'viewing');
    expect(await editor.getAttribute('contenteditable')).toBe('false');
    await setMode(aPage, a, 'editing');
  });

  test('is readable by everybody: keyboard and screen reader, a phone, the dark, three languages', async () => {
    await openPanel(aPage, a, 'comments');
    await openPanel(bPage, b, 'suggestions');
    for (const page of [aPage, bPage]) {
      expect(await violations(page)).toEqual([]);
      expect(await rawKeys(page)).toEqual([]);
    }
    await openPanel(bPage, b, 'comments');
    await bPage.setViewportSize({ width: 360, height: 780 });
    expect(await overflows(bPage)).toEqual([]);
    await picture(bPage, 'fr-light-360');
    await aPage.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(aPage)).toEqual([]);
    await picture(aPage, 'ar-dark');
    expect([...a.complaints, ...b.complaints]).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { demoPeople, demoSpaces } from '@parvis/contract/demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);

/** One writes French and one reads it, each on a screen of their own. Each step stands on the ones before. */
describe('writing messages', () => {
  let browser: Browser;
  let samir: Visitor;
  let nadia: Visitor;
  let mine: Page;
  let theirs: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    [samir, nadia] = await Promise.all([
      signIn(browser, demoPeople.samir),
      signIn(browser, demoPeople.nadia),
    ]);
    [mine, theirs] = await Promise.all([openChannel(samir), openChannel(nadia)]);
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(task.name));
  });

  async function openChannel(visitor: Visitor): Promise<Page> {
    const page = await visitor.tab(`/space/${demoSpaces.estuary.id}`);
    const column = page.getByRole('navigation', { name: demoSpaces.estuary.name });
    await column.locator('a[href^="/chat/"]').first().click();
    await page.waitForURL(/\/chat\//);
    await page.getByRole('log').waitFor();
    return page;
  }
  /** The field once it is the editor. */
  async function editor(page: Page): Promise<Locator> {
    const field = page.getByRole('main').locator('.chat-surface [role=textbox]');
    await field.waitFor();
    await field.click();
    return field;
  }
  const rowOf = (page: Page, text: string) =>
    page.locator('article:not([data-waiting])').filter({ hasText: text }).last();

  test('letters typed while the editor is on its way are all in it', async () => {
    await mine.reload();
    const plain = mine.getByRole('main').getByRole('textbox');
    await plain.first().focus();
    await mine.keyboard.type(`pas une lettre perdue ${tag}`, { delay: 15 });
    const field = await editor(mine);
    expect((await field.innerText()).trim()).toBe(`pas une lettre perdue ${tag}`);
    await mine.keyboard.press('Enter');
    await rowOf(theirs, `pas une lettre perdue ${tag}`).waitFor();
  });

  test('what is typed as Markdown is what the writer sees, and nothing is sent by a new line', async () => {
    const field = await editor(mine);
    await mine.keyboard.type(`Ordre du jour ${tag} **important**`);
    await field.locator('strong', { hasText: 'important' }).waitFor();
    await mine.keyboard.press('Shift+Enter');
    await mine.keyboard.type('- budget');
    await mine.keyboard.press('Shift+Enter');
    await mine.keyboard.type('calendrier');
    expect(await field.locator('li').allInnerTexts()).toEqual(['budget', 'calendrier']);
    expect(await violations(mine)).toEqual([]);
    await mine.keyboard.press('Enter');
    await rowOf(theirs, `Ordre du jour ${tag}`).getByText('calendrier').waitFor();
    expect((await field.innerText()).trim()).toBe('');
  });

  test('an @ proposes people by keyboard, and the name is in the message', async () => {
    const field = await editor(mine);
    await mine.keyboard.type('Merci @nad');
    const option = mine.getByRole('option', { name: 'Nadia' }).first();
    await option.waitFor();
    expect(await violations(mine)).toEqual([]);
    await mine.keyboard.press('Enter');
    await field.locator('.chat-mention').waitFor();
    await mine.keyboard.type(`pour ${tag}`);
    await mine.keyboard.press('Enter');
    await rowOf(theirs, `pour ${tag}`).waitFor();
  });
});

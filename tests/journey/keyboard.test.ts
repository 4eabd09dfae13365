import { randomUUID } from 'node:crypto';
import { demoPeople, demoSpaces } from '@parvis/contract/demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
/** Stops of the Tab key within which anything of a page must be reached. */
const stopsMax = 60;

/** The name and the place of what has the focus, and whether one sees that it has. */
function focused(page: Page) {
  return page.evaluate(() => {
    const node = document.activeElement as HTMLElement;
    const style = getComputedStyle(node);
    const name = node.getAttribute('aria-label') ?? node.innerText?.trim() ?? '';
    const ring = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
    return { tag: node.tagName, id: node.id, name, seen: ring || style.boxShadow !== 'none' };
  });
}

async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < stopsMax; stop += 1) {
    await page.keyboard.press('Tab');
    const here = await focused(page);
    if (here.name === name) return;
    passed.push(here.name);
  }
  throw new Error(`"${name}" is not among the first ${stopsMax} stops: ${passed.join(' · ')}`);
}

describe('everything by keyboard', () => {
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    visitor = await signIn(browser, demoPeople.nadia);
    page = visitor.page;
  });
  afterAll(() => browser?.close());
  beforeEach(async ({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(task.name));
    await page.goto(new URL('/', page.url()).href);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  test('the first stop skips to the content', async () => {
    await page.keyboard.press('Tab');
    const link = page.getByRole('link', { name: visitor.say('shell.skip') });
    expect((await focused(page)).name).toBe(visitor.say('shell.skip'));
    const box = await link.boundingBox();
    expect(box && box.x >= 0 && box.y >= 0).toBe(true);
    await page.keyboard.press('Enter');
    await eventually('the content has the focus', async () => (await focused(page)).id === 'main');
  });

  test('every stop of the first page shows where the focus is', async () => {
    const unseen: string[] = [];
    const passed = new Set<string>();
    for (let stop = 0; stop < stopsMax; stop += 1) {
      await page.keyboard.press('Tab');
      const here = await focused(page);
      if (here.tag === 'BODY') break;
      passed.add(here.name);
      if (!here.seen) unseen.push(`${here.tag} ${here.name}`);
    }
    expect(passed.size).toBeGreaterThan(8);
    expect(unseen).toEqual([]);
  });

  /** A page whose script waits until it is released. */
  async function onItsWay(): Promise<{ early: Page; release: () => void }> {
    const early = await visitor.context.newPage();
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await early.route('**/*.js', async (route) => {
      await held;
      await route.continue();
    });
    await early.goto(page.url(), { waitUntil: 'commit' });
    await early.locator('.p-to').first().waitFor({ state: 'attached' });
    return { early, release };
  }

  test('Ctrl+K pressed while the page is still on its way opens the switcher once it is there', async () => {
    const { early, release } = await onItsWay();
    await early.keyboard.press('Control+k');
    release();
    await early.getByRole('dialog', { name: visitor.say('shell.find') }).waitFor();
    await early.close();
  });

  test('a button pressed while the page is still on its way acts once it is there', async () => {
    const { early, release } = await onItsWay();
    const button = early.getByRole('button', { name: visitor.say('shell.newSpace') });
    await button.click();
    await button.click();
    release();
    await early.getByRole('dialog', { name: visitor.say('shell.newSpace') }).waitFor();
    await early.close();
  });

  test('Ctrl+K finds a document by a part of its name and Enter goes there', async () => {
    const palette = page.getByRole('dialog', { name: visitor.say('shell.find') });
    // Tab walks a page that is not alive yet; this is the first key that it must hear, and one presses again.
    await eventually('the switcher opens', async () => {
      await page.keyboard.press('Control+k');
      return palette.getByRole('combobox').isVisible();
    });
    await page.keyboard.type('cadrage');
    await palette.getByRole('option', { name: /Note de cadrage/, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/docs\//);
    await page.getByRole('textbox', { name: /Note de cadrage/ }).waitFor();
    expect(await palette.count()).toBe(0);
  });

  test('Escape leaves the switcher and the focus is where it was', async () => {
    await tabTo(page, visitor.say('shell.newSpace'));
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: visitor.say('shell.find') });
    await palette.waitFor();
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
    await eventually(
      'the focus is back',
      async () => (await focused(page)).name === visitor.say('shell.newSpace'),
    );
  });

  test('a dialog opens, holds the focus, closes, and gives it back', async () => {
    await tabTo(page, visitor.say('shell.newSpace'));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: visitor.say('shell.newSpace') });
    await dialog.waitFor();
    const inside = () => dialog.evaluate((node) => node.contains(document.activeElement));
    await eventually('the focus has entered', inside);
    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press('Tab');
      expect(await inside()).toBe(true);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await eventually(
      'the focus is back',
      async () => (await focused(page)).name === visitor.say('shell.newSpace'),
    );
  });

  test('a choice opens on what is chosen, is changed by arrow and by letter, and the focus stays with it', async () => {
    await page.goto(new URL('/settings', page.url()).href);
    const level = page.getByRole('button', { name: visitor.say('inboxSettings.level') });
    const chosen = async () => (await level.innerText()).trim();
    await level.focus();
    const before = await chosen();
    await eventually('the list is open', async () => {
      // A key before the page has come alive is pressed again.
      if ((await page.getByRole('listbox').count()) === 0) await level.press('Enter');
      return (await focused(page)).name.startsWith(before);
    });
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    const last = (await focused(page)).name;
    await page.keyboard.press('Enter');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await eventually('the choice shows', async () => (await chosen()) === last);
    expect(await level.evaluate((node) => node === document.activeElement)).toBe(true);
    await page.keyboard.press(before.slice(0, 1));
    await eventually('a letter chooses', async () => (await chosen()) === before);
  });

  test('a message is written and sent from the first page on, without a pointer', async () => {
    const text = `sans souris ${tag}`;
    await page.keyboard.press('Control+k');
    await page
      .getByRole('dialog', { name: visitor.say('shell.find') })
      .getByRole('combobox')
      .waitFor();
    await page.keyboard.type(demoSpaces.estuary.name);
    await page.getByRole('option', { name: demoSpaces.estuary.name }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/space\//);
    const channel = page
      .getByRole('navigation', { name: demoSpaces.estuary.name })
      .locator('a[href^="/chat/"]')
      .first();
    const title = await channel.innerText();
    await tabTo(page, title.trim());
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/chat\//);
    await page.getByRole('log').waitFor();
    await tabTo(
      page,
      visitor.say('chatCompose.write', {
        name: (await page.locator('h1 bdi').first().innerText()).trim(),
      }),
    );
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await page.locator('article:not([data-waiting])').getByText(text).waitFor();
    // The log is one stop, with what can be done with the message that one stands on; its arrows walk the messages.
    const inLog = () => page.evaluate(() => document.activeElement?.closest('[role="log"]') !== null);
    for (let stop = 0; stop < 8 && !(await inLog()); stop += 1) await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowUp');
    expect((await focused(page)).tag).toBe('ARTICLE');
  });
});

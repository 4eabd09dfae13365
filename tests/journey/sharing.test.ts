import { randomUUID } from 'node:crypto';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { editorOf, endOfDocument, makeInSpace, openSpace, saved } from './acts.ts';
import { given, readReady } from './given.ts';
import { overflows, settled, violations } from './look.ts';
import { keepEvidence, newVisitor, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
const title = `Avis ${tag}`;
const words = `La passerelle ferme à 18 h. ${tag}`;
const password = 'marée haute';

/** B owns a document; A is a colleague without access, writing Arabic; N has no account. */
describe(`sharing, ${given.profile} profile`, () => {
  let browser: Browser;
  let a: Visitor;
  let b: Visitor;
  let n: Visitor;
  let way: string;

  beforeAll(async () => {
    browser = await openBrowser();
    [a, b, n] = await Promise.all([
      signIn(browser, demoPeople.amina),
      signIn(browser, demoPeople.clarisse),
      newVisitor(browser, 'nobody', { locale: 'en' }),
    ]);
    await openSpace(b.page, b, `Partage ${tag}`);
    way = await makeInSpace(b.page, b, 'document', title);
    await editorOf(b.page, title).click();
    await endOfDocument(b.page);
    await b.page.keyboard.type(words);
    await saved(b.page, b);
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(task.name));
  });

  async function shareDialog(page: Page) {
    await page.getByRole('button', { name: b.say('sharing.share'), exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(b.say('sharing.who')).waitFor();
    return dialog;
  }

  /** By keyboard, from wherever the focus is after what was done last. */
  async function leave(page: Page) {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  test('a colleague outside asks to be let in, is let in from the share dialog, and reads', async () => {
    const { page } = a;
    await page.goto(readReady().url + way);
    await page.getByLabel(a.say('sharing.note')).fill('للمراجعة');
    await page.getByRole('button', { name: a.say('sharing.ask') }).click();
    await page.getByText(a.say('sharing.asked')).waitFor();

    const dialog = await shareDialog(b.page);
    await dialog.getByText('للمراجعة').waitFor();
    await dialog.getByRole('button', { name: `${b.say('sharing.give')} ${a.name}` }).click();
    await dialog.getByText('للمراجعة').waitFor({ state: 'detached' });
    await leave(b.page);
    await page.reload();
    await page.getByText(words).waitFor();
  });

  test('a link with a password, for everybody, opens to who has no account once the password is given', async () => {
    const dialog = await shareDialog(b.page);
    await dialog.getByRole('button', { name: b.say('sharing.makeLink') }).click();
    await dialog.getByRole('button', { name: new RegExp(b.say('sharing.reach')) }).click();
    await b.page.getByRole('option', { name: b.say('sharing.reaches.public') }).click();
    await dialog.getByLabel(b.say('sharing.password'), { exact: true }).fill(password);
    await dialog.getByRole('button', { name: b.say('sharing.create') }).click();
    const address = await dialog.getByLabel(b.say('sharing.address'), { exact: true }).inputValue();
    await leave(b.page);

    const page = await n.tab(new URL(address).pathname);
    const field = page.getByLabel(n.say('link.password'), { exact: true });
    await field.fill('wrong one');
    await page.getByRole('button', { name: n.say('link.open') }).click();
    await page.getByText(n.say('problems.link-password-wrong')).waitFor();
    expect(await violations(page)).toEqual([]);
    await field.fill(password);
    await page.getByRole('button', { name: n.say('link.open') }).click();
    await page.getByText(words).waitFor();
    expect(await page.getByText(b.name).count()).toBe(0);
  });

  test('published to the web, anybody reads it in any size; taken off, nobody does', async () => {
    const dialog = await shareDialog(b.page);
    await dialog.getByText(b.say('sharing.publish')).click();
    const address = await dialog.getByLabel(b.say('sharing.published'), { exact: true }).inputValue();
    const page = await n.tab(new URL(address).pathname);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByText(words).waitFor();
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await settled(page);
      expect(await overflows(page)).toEqual([]);
      expect(await violations(page)).toEqual([]);
    }
    await dialog.getByText(b.say('sharing.publish')).click();
    await dialog.getByLabel(b.say('sharing.published'), { exact: true }).waitFor({ state: 'detached' });
    await leave(b.page);
    expect((await page.reload())?.status()).toBe(404);
  });
});

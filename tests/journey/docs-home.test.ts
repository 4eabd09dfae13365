import { randomUUID } from 'node:crypto';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  editorOf,
  endOfDocument,
  invite,
  makeInSpace,
  openSpace,
  saved,
  watchFor,
  whenSeen,
} from './acts.ts';
import { eventually } from './eventually.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

/** Milliseconds after which another screen that does not show a title, a place or the trash is broken; a tenth is usual. */
const agreeMsMax = 20_000;
const tag = randomUUID().slice(0, 8);
const title = `Plan ${tag}`;
/** A word that no other document of the house has. */
const word = `zéphyr${tag}`;

const tree = (page: Page, who: Visitor) => page.getByRole('tree', { name: who.say('shell.documents') });
const line = (page: Page, who: Visitor, name: string) =>
  tree(page, who).getByRole('treeitem', { name, exact: true });

/** Two people, each at a screen of their own, find, order and share out documents. */
describe('documents found, ordered and shared out', () => {
  let browser: Browser;
  let a: Visitor;
  let b: Visitor;
  const way = { space: '', document: '', page: '' };

  beforeAll(async () => {
    browser = await openBrowser();
    [a, b] = await Promise.all([signIn(browser, demoPeople.clarisse), signIn(browser, demoPeople.ines)]);
    way.space = await openSpace(a.page, a, `Bassin ${tag}`);
    await invite(a.page, a, b.name);
    way.document = await makeInSpace(a.page, a, 'document', title);
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(`home ${task.name}`));
  });

  test('a sub-page appears in the tree of both, under its document, and its bar says where it lies', async () => {
    await b.page.goto(new URL(way.document, b.page.url()).href);
    await line(b.page, b, title).waitFor();
    await a.page.getByRole('button', { name: a.say('docs.more') }).click();
    await a.page.getByRole('menuitem', { name: a.say('docsTree.actions.newPage') }).click();
    await a.page.waitForURL((url) => /\/docs\//.test(url.pathname) && url.pathname !== way.document);
    way.page = new URL(a.page.url()).pathname;
    const crumbs = a.page.getByRole('navigation', { name: a.say('docsTree.path') });
    await crumbs.getByRole('link', { name: title }).waitFor();
    await line(a.page, a, a.say('docsTree.untitled')).waitFor();
    // The other opens the line by keyboard.
    await eventually('the line can be opened', async () => {
      return (await line(b.page, b, title).getAttribute('aria-expanded')) === 'false';
    });
    await line(b.page, b, title).focus();
    await b.page.keyboard.press('ArrowRight');
    await line(b.page, b, b.say('docsTree.untitled')).waitFor();
    await b.page.keyboard.press('ArrowRight');
    await b.page.keyboard.press('Enter');
    await b.page.waitForURL((url) => url.pathname === way.page);
  });

  test('a new title is on the other screen within a second, in its bar, its tree and its field', async () => {
    const name = `Annexe ${tag}`;
    await watchFor(b.page, name);
    const field = a.page.getByRole('textbox', { name: a.say('docs.title') });
    await field.fill(name);
    const at = Date.now();
    await field.press('Enter');
    await line(b.page, b, name).waitFor();
    expect((await whenSeen(b.page, name)) - at).toBeLessThan(agreeMsMax);
    await eventually(
      'the field has it',
      async () => (await b.page.getByRole('textbox', { name: b.say('docs.title') }).inputValue()) === name,
    );
    await eventually('the tab has it', async () => (await b.page.title()).includes(name));
  });

  test('what was written is found by its words, by the other, where it stands', async () => {
    await a.page.goto(new URL(way.document, a.page.url()).href);
    const editor = editorOf(a.page, title);
    await editor.click();
    await endOfDocument(a.page);
    await a.page.keyboard.type(`Les ${word} soufflent sur les digues.`, { delay: 5 });
    await saved(a.page, a);
    await b.page.goto(new URL('/docs', b.page.url()).href);
    const hit = b.page
      .getByRole('list', { name: b.say('docsHome.results') })
      .getByRole('link', { name: title });
    await eventually('the words are found', async () => {
      await b.page.getByRole('searchbox', { name: b.say('docsHome.find') }).fill('');
      await b.page.getByRole('searchbox', { name: b.say('docsHome.find') }).fill(`digue ${word}`);
      return hit.waitFor({ timeout: 1_500 }).then(() => true);
    });
    expect(await hit.locator('mark').allTextContents()).toEqual([word, 'digues']);
    await hit.click();
    await b.page.waitForURL((url) => url.pathname === way.document && url.hash !== '');
    // And in the quick switcher.
    await editorOf(b.page, title).waitFor();
    await b.page.keyboard.press('Control+k');
    await b.page.getByRole('combobox', { name: b.say('shell.find') }).fill(word);
    const inside = b.page.getByRole('group', { name: b.say('shell.inside') });
    await inside.getByRole('option', { name: title }).waitFor();
    await b.page.keyboard.press('Escape');
  });

  test('a task given in a document is on the page of who has it, and is checked from there in the text of the other', async () => {
    await a.page.goto(new URL(way.document, a.page.url()).href);
    const editor = editorOf(a.page, title);
    await editor.click();
    await endOfDocument(a.page);
    await a.page.keyboard.press('Enter');
    await a.page.keyboard.type('/tâche', { delay: 20 });
    await a.page.getByRole('option', { name: /Tâche/ }).first().waitFor();
    await a.page.keyboard.press('Enter');
    await a.page.keyboard.type(`Relire ${tag}`, { delay: 5 });
    await a.page.getByRole('button', { name: a.say('docsEditor.task.assign') }).click();
    await a.page.getByRole('combobox', { name: a.say('docsEditor.task.assignee') }).fill(b.name);
    await a.page.getByRole('option', { name: b.name }).click();
    await a.page.keyboard.press('Escape');
    await saved(a.page, a);
    const mine = b.page.getByRole('checkbox', { name: `Relire ${tag}` });
    await eventually('the task has come', async () => {
      await b.page.goto(new URL('/tasks', b.page.url()).href);
      return (await mine.count()) > 0;
    });
    const inText = a.page.getByRole('checkbox', { name: `Relire ${tag}` });
    expect(await inText.isChecked()).toBe(false);
    await mine.check();
    await expect.poll(() => inText.isChecked()).toBe(true);
    await b.page.reload();
    await b.page
      .getByRole('region', { name: b.say('docsTasks.groups.done') })
      .getByRole('link', { name: `Relire ${tag}` })
      .waitFor();
  });

  test('a favourite is one’s own and stays on another device; what was opened comes back', async () => {
    await b.page.goto(new URL(way.document, b.page.url()).href);
    await editorOf(b.page, title).waitFor();
    await b.page.getByRole('button', { name: b.say('docsTree.favourOf', { title }) }).click();
    await b.page
      .getByRole('button', { name: b.say('docsTree.unfavourOf', { title }), pressed: true })
      .waitFor();
    await b.page.goto(new URL('/docs?list=favourite', b.page.url()).href);
    const list = (who: Visitor, name: string) => who.page.getByRole('list', { name: who.say(name) });
    await list(b, 'docsHome.views.favourite').getByRole('link', { name: title }).waitFor();
    await b.page.goto(new URL('/docs', b.page.url()).href);
    await list(b, 'docsHome.views.recent').getByRole('link', { name: title }).first().waitFor();
    await a.page.goto(new URL('/docs?list=favourite', a.page.url()).href);
    expect(await a.page.getByRole('link', { name: title }).count()).toBe(0);
  });

  test('a document is made from a template that shows what it holds', async () => {
    await a.page.goto(new URL(way.space, a.page.url()).href);
    await a.page.getByRole('button', { name: a.say('shell.new') }).click();
    await a.page.getByRole('menuitem', { name: a.say('shell.newThing.document') }).click();
    const dialog = a.page.getByRole('dialog', { name: a.say('shell.newThing.document') });
    await dialog.getByLabel(a.say('shell.name')).fill(`Réunion ${tag}`);
    await dialog.getByRole('radio', { name: /Compte rendu de réunion/ }).check();
    await dialog
      .getByRole('region', { name: a.say('docsTree.preview') })
      .getByText('Ordre du jour', { exact: true })
      .waitFor();
    await dialog.getByRole('button', { name: a.say('shell.create') }).click();
    await a.page.waitForURL(/\/docs\//);
    await editorOf(a.page, `Réunion ${tag}`).getByText('Ordre du jour').waitFor();
  });

  test('the trash takes a document away from the other screen within a second, and undo brings it back', async () => {
    await b.page.goto(new URL(way.space, b.page.url()).href);
    const name = `Réunion ${tag}`;
    await line(b.page, b, name).waitFor();
    await a.page.getByRole('button', { name: a.say('docs.more') }).click();
    await a.page.getByRole('menuitem', { name: a.say('docsTree.actions.trash') }).click();
    // The editor's own "undo" bears the same name as long as the document is still on the screen.
    const undo = a.page
      .getByRole('region', { name: a.say('shell.notices') })
      .getByRole('button', { name: a.say('docsTree.undo') });
    await undo.waitFor();
    await line(b.page, b, name).waitFor({ state: 'detached', timeout: agreeMsMax });
    await undo.click();
    await line(b.page, b, name).waitFor();
  });

  test('a document is moved from a dialog, by keyboard, and both trees agree', async () => {
    await a.page.goto(new URL(way.page, a.page.url()).href);
    await a.page.getByRole('button', { name: a.say('docs.more') }).click();
    await a.page.getByRole('menuitem', { name: a.say('docsTree.actions.move') }).click();
    const name = `Réunion ${tag}`;
    await a.page.getByRole('searchbox', { name: a.say('docsTree.moveTo') }).fill(name);
    await a.page.getByRole('button', { name: a.say('docsTree.moveInto', { title: name }) }).press('Enter');
    const crumbs = a.page.getByRole('navigation', { name: a.say('docsTree.path') });
    await crumbs.getByRole('link', { name }).waitFor();
    await eventually('the other tree shows it', async () => {
      return (await line(b.page, b, name).getAttribute('aria-expanded')) !== null;
    });
    // A favourite says so in its name.
    const left = tree(b.page, b).getByRole('treeitem', { name: title });
    await left.and(b.page.locator(':not([aria-expanded])')).waitFor();
  });
});

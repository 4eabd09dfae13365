import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { HttpEditor } from '../../apps/docs/src/testing/http-editor.ts';
import { editorOf, endOfDocument, invite, makeInSpace, openSpace, saved } from './acts.ts';
import { eventually } from './eventually.ts';
import { given, readReady } from './given.ts';
import { overflows, rawKeys, settled, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
const title = `Blocs ${tag}`;
/** Milliseconds that the editor needs between two keys that change what stands under the cursor. */
const keyMs = 60;
/** A word that the script of what floats about the text has, and no other. */
const inMenusOnly = 'withCssVariables';

/** B writes French, by keyboard only; A reads the same document in Arabic, and writes in it. */
describe(`blocks of documents, ${given.profile} profile`, () => {
  let browser: Browser;
  let a: Visitor;
  let b: Visitor;
  let mine: Locator;
  let theirs: Locator;
  let way: string;
  let space: string;

  beforeAll(async () => {
    browser = await openBrowser();
    [a, b] = await Promise.all([signIn(browser, demoPeople.amina), signIn(browser, demoPeople.clarisse)]);
    await openSpace(b.page, b, `Atelier ${tag}`);
    space = b.page.url();
    await invite(b.page, b, a.name);
    way = await makeInSpace(b.page, b, 'document', title);
    await a.page.goto(readReady().url + way);
    [mine, theirs] = [editorOf(b.page, title), editorOf(a.page, title)];
    await Promise.all([mine.waitFor(), theirs.waitFor()]);
    await mine.click();
    await pause(keyMs * 5);
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(task.name));
  });

  const press = async (page: Page, key: string) => {
    await page.keyboard.press(key);
    await pause(keyMs);
  };
  const type = async (page: Page, words: string) => {
    await page.keyboard.type(words, { delay: 10 });
    await pause(keyMs);
  };
  /** Makes a block with the slash, and takes the first that typing finds. */
  async function make(who: Visitor, query: string, found: string): Promise<void> {
    await type(who.page, `/${query}`);
    const menu = who.page.getByRole('listbox', { name: who.say('docsEditor.blocks') });
    await menu.getByRole('option', { selected: true }).filter({ hasText: found }).waitFor();
    await press(who.page, 'Enter');
  }
  const block = (editor: Locator, kind: string) => editor.locator(`[data-content-type="${kind}"]`);

  test('the menu of the slash has every block, a name, and nothing that axe would refuse', async () => {
    await type(b.page, '/');
    const menu = b.page.getByRole('listbox', { name: b.say('docsEditor.blocks') });
    for (const key of ['task', 'callout', 'formula', 'columns2', 'toc', 'embedDocument', 'mention'])
      await menu
        .getByRole('option')
        .filter({ hasText: b.say(`docsEditor.slash.${key}.title`) })
        .first()
        .waitFor();
    await settled(b.page);
    expect(await violations(b.page)).toEqual([]);
    expect(await rawKeys(b.page)).toEqual([]);
    await press(b.page, 'Escape');
    await press(b.page, 'Backspace');
  });

  test('a task is found in three languages, ticked by keyboard, and given to somebody', async () => {
    await make(b, 'tâche', b.say('docsEditor.slash.task.title'));
    await type(b.page, 'Relire la note');
    await block(theirs, 'task').getByText('Relire la note').waitFor();
    await press(b.page, 'Control+Enter');
    await eventually('the other screen shows it done', () =>
      block(theirs, 'task').getByRole('checkbox').isChecked(),
    );
    await press(b.page, 'Enter');
    await type(b.page, 'Appeler');
    expect(await block(mine, 'task').count()).toBe(2);
    await block(mine, 'task')
      .first()
      .getByRole('button', { name: b.say('docsEditor.task.assign') })
      .focus();
    await press(b.page, 'Enter');
    const form = b.page.getByRole('dialog', { name: b.say('docsEditor.task.details') });
    await form.getByRole('combobox', { name: b.say('docsEditor.task.assignee') }).fill(a.name);
    await b.page.getByRole('option', { name: a.name }).click();
    await block(theirs, 'task').first().getByText(a.name).waitFor();
    await b.page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    // Who writes English or Arabic finds the same block.
    for (const query of ['/task', '/مهمة']) {
      await mine.getByText('Appeler').click();
      await press(b.page, 'End');
      await type(b.page, ` ${query}`);
      await b.page
        .getByRole('option', { selected: true })
        .filter({ hasText: b.say('docsEditor.slash.task.title') })
        .waitFor();
      await press(b.page, 'Escape');
      for (let at = 0; at <= query.length; at++) await b.page.keyboard.press('Backspace');
      await pause(keyMs);
    }
  });

  test('callout, formulas, code, contents and columns made on one screen stand on the other', async () => {
    await mine.getByText('Appeler').click();
    await press(b.page, 'End');
    await press(b.page, 'Enter');
    await press(b.page, 'Enter');
    await type(b.page, '## Mesures');
    await press(b.page, 'Enter');
    await make(b, 'encadré', b.say('docsEditor.slash.callout.title'));
    await type(b.page, 'Marée haute à 18 h');
    await block(theirs, 'callout').getByText('Marée haute').waitFor();
    await press(b.page, 'Enter');
    await type(b.page, 'Soit $e=mc^2$ et 5 $ de plus');
    await theirs.locator('[data-inline-content-type="math"] .katex').waitFor();
    await theirs.getByText('et 5 $ de plus').waitFor();
    await press(b.page, 'Enter');
    await type(b.page, '$$ ');
    const source = b.page
      .getByRole('dialog', { name: b.say('docsEditor.formula.name') })
      .getByRole('textbox');
    await source.fill('\\sqrt{2}');
    await press(b.page, 'Enter');
    await block(theirs, 'formula').locator('math').first().waitFor({ state: 'attached' });
    await mine.and(b.page.locator(':focus')).waitFor();
    await make(b, 'sommaire', b.say('docsEditor.slash.toc.title'));
    await block(theirs, 'toc').getByRole('button', { name: 'Mesures' }).waitFor();
    await make(b, 'deux col', b.say('docsEditor.slash.columns2.title'));
    await type(b.page, 'à gauche');
    await theirs.locator('[data-node-type="column"]').first().getByText('à gauche').waitFor();
    expect(await theirs.locator('[data-node-type="column"]').count()).toBe(2);
  });

  test('a person is named with @, and the card of a thing tells its title to whoever may see it, only', async () => {
    await type(b.page, ` @${a.name.split(' ')[0]}`);
    const people = b.page.getByRole('listbox', { name: b.say('docsEditor.mentions') });
    await people.getByRole('option').filter({ hasText: a.name }).waitFor();
    await press(b.page, 'Enter');
    await theirs.getByRole('link', { name: `@${a.name}` }).waitFor();

    const secret = `Secret ${tag}`;
    await openSpace(await b.tab('/'), b, `Caché ${tag}`);
    const elsewhere = b.context.pages().at(-1) as Page;
    const hidden = await makeInSpace(elsewhere, b, 'document', secret);
    await b.page.bringToFront();
    await press(b.page, 'Enter');
    await make(b, 'carte d’un doc', b.say('docsEditor.slash.embedDocument.title'));
    const field = b.page
      .getByRole('dialog', { name: b.say('docsEditor.embed.choose') })
      .getByRole('combobox');
    await field.fill(readReady().url + hidden);
    await block(mine, 'embed').getByRole('link', { name: secret }).waitFor();
    await block(theirs, 'embed').getByText(a.say('docsEditor.embed.hidden')).waitFor();
    expect(await theirs.innerText()).not.toContain(secret);
    await saved(b.page, b);
  });

  test('each line of a mixed page runs its own way, unless it is told otherwise', async () => {
    const { page } = a;
    await theirs.getByText('Relire la note').click();
    await press(page, 'End');
    await press(page, 'Enter');
    await press(page, 'Enter');
    await type(page, 'سطر بالعربية');
    const line = mine.getByText('سطر بالعربية');
    const directionOf = (node: Locator) => node.evaluate((element) => getComputedStyle(element).direction);
    await line.waitFor();
    expect(await directionOf(line)).toBe('rtl');
    expect(await directionOf(theirs.getByText('Marée haute'))).toBe('ltr');
    await make(a, 'يسار', a.say('docsEditor.slash.ltr.title'));
    await eventually('the line runs from the left', async () => (await directionOf(line)) === 'ltr');
    await settled(page);
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toEqual([]);
  });

  test('what nobody knows yet is read on every screen, and deleted by none', async () => {
    const { url } = readReady();
    const cookie = (await b.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const ask = (path: string, init: RequestInit) =>
      fetch(url + path, { ...init, headers: { ...init.headers, cookie, origin: url } });
    const id = way.split('/').at(-1) as string;
    const writer = new HttpEditor(
      { fetch: ask, cookie } as unknown as ConstructorParameters<typeof HttpEditor>[0],
      id,
    );
    await writer.join({ schema: '99' });
    const group = writer.doc.getXmlFragment('doc').get(0) as Y.XmlElement;
    const [container, hologram, words] = [
      new Y.XmlElement('blockContainer'),
      new Y.XmlElement('hologram'),
      new Y.XmlText(),
    ];
    words.insert(0, 'venu de demain');
    hologram.insert(0, [words]);
    container.setAttribute('id', randomUUID());
    container.insert(0, [hologram]);
    group.push([container]);
    await writer.send();
    writer.destroy();
    for (const who of [a, b]) {
      await who.page.getByText(who.say('docsEditor.strange')).waitFor();
      await who.page.getByText('venu de demain').waitFor();
      await who.page.keyboard.type('x');
      await who.page.reload();
      await who.page.getByText('venu de demain').waitFor();
    }
    const kept = await b.ask(`/api/docs/${id}/text`);
    expect(await kept.text()).toContain('venu de demain');
  });

  test('the arrow goes on below a table and a code that are the last of the text', async () => {
    await b.page.goto(space);
    await makeInSpace(b.page, b, 'document', `Fin ${tag}`);
    const text = editorOf(b.page, `Fin ${tag}`);
    await text.click();
    await pause(keyMs * 5);
    await make(b, 'tableau', 'Tableau');
    await type(b.page, 'Haut');
    await press(b.page, 'ArrowDown');
    await type(b.page, 'Bas');
    await press(b.page, 'ArrowDown');
    await type(b.page, 'Sous le tableau');
    expect(await block(text, 'table').textContent()).toContain('Bas');
    expect(await block(text, 'table').textContent()).not.toContain('Sous');
    await press(b.page, 'Enter');
    await type(b.page, '``` ');
    await type(b.page, 'x = 1');
    await press(b.page, 'ArrowDown');
    await type(b.page, 'Sous le code');
    await eventually('each stands in a line of its own', async () => {
      const lines = await block(text, 'paragraph').allTextContents();
      return ['Sous le tableau', 'Sous le code'].every((line) => lines.includes(line));
    });
  });

  test('a slash typed before the menu is there opens it when it comes, with what was typed after it', async () => {
    const page = await b.context.newPage();
    // The worker that keeps pages for later would answer for the network.
    const tools = await b.context.newCDPSession(page);
    await tools.send('Network.enable');
    await tools.send('Network.setBypassServiceWorker', { bypass: true });
    let release = () => undefined as void;
    const wanted = new Promise<void>((resolve) => {
      release = resolve;
    });
    let held = 0;
    await page.route('**/*.js', async (route) => {
      const answer = await route.fetch();
      if ((await answer.text()).includes(inMenusOnly)) {
        held += 1;
        await wanted;
      }
      await route.fulfill({ response: answer });
    });
    await page.goto(b.page.url());
    const text = editorOf(page, `Fin ${tag}`);
    await text.click();
    await endOfDocument(page);
    await press(page, 'Enter');
    await type(page, '/tableau');
    await text.getByText('/tableau').waitFor();
    expect(held).toBeGreaterThan(0);
    const found = page.getByRole('option', { selected: true }).filter({ hasText: 'Tableau' });
    expect(await found.count()).toBe(0);
    release();
    await found.waitFor();
    await press(page, 'Enter');
    await eventually('a second table', async () => (await block(text, 'table').count()) === 2);
    expect(await text.textContent()).not.toContain('/tableau');
    await page.close();
  });
});

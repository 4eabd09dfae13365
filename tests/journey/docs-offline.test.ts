import { randomUUID } from 'node:crypto';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { carets, editorOf, endOfDocument, saved, textOf } from './acts.ts';
import { eventually } from './eventually.ts';
import { readReady } from './given.ts';
import { Network } from './network.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
const name = `Sans réseau ${tag}`;

/** How often a text holds a word. */
const times = (text: string, word: string) => text.split(word).length - 1;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks for a change as a browser would; answers what came back. */
async function post(who: Visitor, path: string, data: object) {
  const { url } = readReady();
  const answer = await who.context.request.post(url + path, { data, headers: { origin: url } });
  expect(answer.status(), path).toBe(200);
  return answer.json();
}

/** Two people write in one document, each behind a cable that can be pulled. Each step stands on the ones before. */
describe('a document without a network', () => {
  const cables = [new Network(), new Network()] as const;
  const [aCable, bCable] = cables;
  let browser: Browser;
  let a: Visitor;
  let b: Visitor;
  let aPage: Page;
  let bPage: Page;
  let broken: string | null = null;
  const way = { person: '', space: '', document: '' };
  const id = () => way.document.slice('/docs/'.length);

  beforeAll(async () => {
    browser = await openBrowser();
    const [aProxy, bProxy] = await Promise.all(cables.map((cable) => cable.open()));
    [a, b] = await Promise.all([
      signIn(browser, demoPeople.amina, { proxy: aProxy }),
      signIn(browser, demoPeople.clarisse, { proxy: bProxy }),
    ]);
    const me = await (await a.ask('/api/directory/me')).json();
    const space = await post(b, '/api/directory/spaces', { name: `Hors ligne ${tag}`, description: '' });
    await post(b, `/api/directory/spaces/${space.id}/members`, { personId: me.person.id, role: 'editor' });
    const made = await post(b, '/api/docs', { parentId: space.id, title: name });
    Object.assign(way, { person: me.person.id, space: space.id, document: `/docs/${made.id}` });
    bPage = b.page;
    await bPage.goto(readReady().url + way.document);
    aPage = await a.tab(way.document);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(cables.map((cable) => cable.close()));
  });
  beforeEach(({ skip, task, onTestFailed }) => {
    if (broken !== null) skip(`broke before: ${broken}`);
    onTestFailed(async () => {
      broken = task.name;
      await keepEvidence(task.name);
    });
  });

  async function write(page: Page, text: string, delay = 0): Promise<void> {
    await editorOf(page, name).click();
    await endOfDocument(page);
    await page.keyboard.type(text, { delay });
  }
  /** The text, once both screens show the same. */
  const agreed = () =>
    eventually('both show the same', async () => {
      const [one, other] = await Promise.all([textOf(editorOf(aPage, name)), textOf(editorOf(bPage, name))]);
      return one === other ? one : '';
    });
  const says = (page: Page, text: string) => editorOf(page, name).getByText(text).first().waitFor();
  const signOf = (page: Page) => page.locator('.docs-saved').getAttribute('data-truth');

  /** Whether the browser keeps the page and the text of the document. */
  const isKept = (page: Page) =>
    page.evaluate(async (path) => {
      if ((await caches.match(path)) === undefined) return false;
      return new Promise<boolean>((resolve) => {
        const opening = indexedDB.open('parvis-docs');
        opening.onsuccess = () => {
          const db = opening.result;
          const asked = db.transaction('copy').objectStore('copy').getAll();
          asked.onsuccess = () => {
            db.close();
            resolve(asked.result.some((one: { place: string }) => one.place.endsWith(path.slice(6))));
          };
        };
      });
    }, way.document);

  test('opens, is written in by two tabs, closed and opened again without the network, and is merged later', async () => {
    await write(bPage, `En ligne ${tag}. `);
    await saved(bPage, b);
    await says(aPage, `En ligne ${tag}`);
    // Every file of the build is fetched before the first page is kept.
    await eventually('kept for later', () => isKept(bPage), { msMax: 120_000 });

    bCable.cut();
    await bPage.getByText(b.say('docs.offline')).waitFor();
    await write(bPage, 'Premier onglet. ');
    expect(await signOf(bPage)).toBe('waiting');
    const second = await b.tab(way.document);
    await says(second, 'Premier onglet');
    await write(second, 'Second onglet. ');
    await says(bPage, 'Second onglet');
    await write(bPage, 'Encore le premier. ');
    await says(second, 'Encore le premier');

    // The page asks before it goes with what has not left.
    const asked = bPage.waitForEvent('dialog');
    await bPage.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.accept();
    await second.close();

    await write(aPage, 'Amina écrit pendant ce temps. ');
    await saved(aPage, a);
    bPage = await b.tab(way.document);
    await says(bPage, 'Encore le premier');
    expect(await textOf(editorOf(bPage, name))).not.toContain('Amina');
    expect(await signOf(bPage)).toBe('waiting');

    bCable.mend();
    await says(bPage, 'Amina écrit');
    await saved(bPage, b);
    await says(aPage, 'Second onglet');
    const mine = await agreed();
    for (const words of [`En ligne ${tag}`, 'Premier onglet', 'Second onglet', 'Encore le premier', 'Amina'])
      expect(times(mine, words), words).toBe(1);
  });

  test('is found without the network by its words, in place of any page and with the quick switcher', async () => {
    bCable.cut();
    const home = await b.tab('/');
    const list = home.getByRole('region', { name: b.say('docsOffline.recent') });
    await list.getByRole('searchbox').fill('second ONGLET encore');
    await list.getByRole('link', { name }).click();
    await says(home, 'Second onglet');
    await home.keyboard.press('Control+k');
    await home.getByRole('combobox', { name: b.say('shell.find') }).fill('amina ecrit');
    await home.getByRole('option', { name }).waitFor();
    await home.close();
    bCable.mend();
    await eventually('connected again', async () => (await signOf(bPage)) === 'saved');
  });

  test('kill -9 of the services in the middle of a sentence loses no letter', {
    timeout: 180_000,
  }, async () => {
    const sentence = `La phrase ${tag} est écrite pendant que le service meurt et revient. `;
    const typing = write(bPage, sentence, 45);
    await pause(1_400);
    const { services } = readReady().pids;
    expect(services).toBeTypeOf('number');
    process.kill(services as number, 'SIGKILL');
    await typing;
    await eventually('saved after all', () => saved(bPage, b), { msMax: 60_000 });
    await says(aPage, `est écrite pendant que le service meurt et revient`);
    const mine = await agreed();
    expect(times(mine, sentence.trim())).toBe(1);
  });

  test('where no socket gets through, plain requests carry the text, the acks and the cursors', async () => {
    bCable.blockSockets();
    await bPage.reload();
    await says(bPage, 'Second onglet');
    const asked = bPage.waitForRequest((request) => request.url().includes('/sync?'));
    await asked;
    await write(bPage, `Par requêtes ${tag}. `, 15);
    await saved(bPage, b);
    await says(aPage, `Par requêtes ${tag}`);
    await write(aPage, `Par prise ${tag}. `, 15);
    await says(bPage, `Par prise ${tag}`);
    await eventually('each sees the cursor of the other', async () => {
      const [seenByA, seenByB] = await Promise.all([carets(aPage), carets(bPage)]);
      return seenByA.includes(b.name) && seenByB.includes(a.name);
    });
    bCable.allowSockets();
  });

  test('a restored version is not overwritten: what was written meanwhile is offered as a copy', async () => {
    await bPage.reload();
    await eventually('connected', async () => (await signOf(bPage)) === 'saved');
    await pause(1_500);
    bCable.cut();
    await write(bPage, `Pas encore parti ${tag}. `);
    await post(a, `/api/docs/${id()}/restore`, { seq: 1 });
    await eventually('A has the restored text', async () => (await textOf(editorOf(aPage, name))) === '');
    bCable.mend();

    const kept = bPage.getByRole('region', { name: b.say('docsOffline.keptTitle') });
    await kept.waitFor();
    expect(await textOf(editorOf(bPage, name))).toBe('');
    await kept.getByRole('button', { name: b.say('docsOffline.read') }).click();
    await bPage.getByRole('dialog').getByText(`Pas encore parti ${tag}`).waitFor();
    await bPage.keyboard.press('Escape');
    await kept.getByRole('button', { name: b.say('docsOffline.saveAsCopy') }).click();
    await bPage.waitForURL((url) => url.pathname.startsWith('/docs/') && url.pathname !== way.document);
    await bPage.getByRole('textbox').getByText(`Pas encore parti ${tag}`).waitFor();
    await aPage.getByRole('status').getByText(a.say('docs.saved'), { exact: true }).waitFor();
  });

  test('who is removed while writing keeps what they wrote, and can take it away', async () => {
    aCable.cut();
    await write(aPage, `أمينة كتبت هذا ${tag}`);
    const removed = await b.context.request.delete(
      `${readReady().url}/api/directory/spaces/${way.space}/members/${way.person}`,
      { headers: { origin: readReady().url } },
    );
    expect(removed.status()).toBe(200);
    aCable.mend();
    await aPage.getByText(a.say('docs.gone.not-found')).waitFor();
    const kept = aPage.getByRole('region', { name: a.say('docsOffline.keptTitle') });
    await kept.getByRole('button', { name: a.say('docsOffline.read') }).click();
    const dialog = aPage.getByRole('dialog');
    await dialog.getByText(`أمينة كتبت هذا ${tag}`).waitFor();
    const [download] = await Promise.all([
      aPage.waitForEvent('download'),
      dialog.getByRole('button', { name: a.say('docsOffline.download') }).click(),
    ]);
    expect(download.suggestedFilename()).toContain(name);
  });

  test('signing out asks while something has not left, and leaves nothing behind', async () => {
    await bPage.goto(readReady().url + way.document);
    await eventually('open', async () => (await signOf(bPage)) === 'saved');
    bCable.cut();
    await write(bPage, 'Encore ici. ');
    await eventually('waiting', async () => (await signOf(bPage)) === 'waiting');
    const signOut = async () => {
      await bPage.getByRole('button', { name: b.say('shell.account', { name: b.name }) }).click();
      await bPage.getByRole('menuitem', { name: b.say('shell.signOut') }).click();
    };
    await signOut();
    const question = bPage.getByRole('alertdialog', { name: b.say('docsOffline.leaveTitle') });
    await question.getByRole('button', { name: b.say('docsOffline.stay') }).click();
    bCable.mend();
    await saved(bPage, b);
    await signOut();
    await bPage.getByRole('link', { name: b.say('signIn.enter') }).waitFor();
    expect(
      await bPage.evaluate(async () => ({
        pages: (await caches.keys()).filter((one) => one.startsWith('parvis-pages-')),
        owner: localStorage.getItem('parvis-docs-of'),
        kept: await new Promise((resolve) => {
          const opening = indexedDB.open('parvis-docs');
          opening.onsuccess = () => {
            const read = opening.result.transaction(['copy', 'update', 'state', 'kept']);
            const counts: number[] = [];
            for (const store of ['copy', 'update', 'state', 'kept'])
              read.objectStore(store).count().onsuccess = (event) =>
                counts.push((event.target as IDBRequest<number>).result);
            read.oncomplete = () => resolve(counts);
          };
        }),
      })),
    ).toEqual({ pages: [], owner: null, kept: [0, 0, 0, 0] });
  });
});

import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPeople } from '@parvis/contract/demo';
import { sessionCookieName } from '@parvis/server/cookies';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  cameIn,
  carets,
  editorOf,
  endOfDocument,
  invite,
  makeInSpace,
  openSpace,
  saved,
  sha256,
  textOf,
  uploadTo,
  watchFor,
  whenSeen,
  writeMessage,
} from './acts.ts';
import { eventually } from './eventually.ts';
import { given, readReady } from './given.ts';
import { killEverything, openAgain } from './house.ts';
import { moves } from './motion.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

/** Milliseconds after which an open page that still shows what was taken away is broken; a second is usual, a loaded machine takes longer. */
const removalMsMax = 20_000;
const fileBytes = 50 * 1024 * 1024;

const tag = randomUUID().slice(0, 8);
const spaceName = `Fil d’or ${tag}`;
const documentName = `Compte rendu ${tag}`;

/** A works in Arabic, B in French, each in a browser of their own. Each step stands on the ones before. */
describe(`the golden thread, ${given.profile} profile`, () => {
  let browser: Browser;
  let a: Visitor;
  let b: Visitor;
  let broken: string | null = null;
  const folder = mkdtempSync(join(tmpdir(), 'parvis-thread-'));
  /** Addresses of what is made on the way, as paths. */
  const way = { space: '', channel: '', document: '', file: '', meeting: '' };
  let aChat: Page;
  let bChat: Page;
  let aDocument: Page;
  let bDocument: Page;
  let aMeeting: Page | undefined;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(({ skip, task, onTestFailed }) => {
    if (broken !== null) skip(`the thread broke before: ${broken}`);
    onTestFailed(async () => {
      broken = task.name;
      await keepEvidence(task.name);
    });
  });

  test('two people come in through the login form, one in Arabic, one in French', async () => {
    [a, b] = await Promise.all([signIn(browser, demoPeople.amina), signIn(browser, demoPeople.clarisse)]);
    expect(await cameIn(a.page)).toEqual({ lang: 'ar', dir: 'rtl' });
    expect(await cameIn(b.page)).toEqual({ lang: 'fr', dir: 'ltr' });
  });

  test('one opens a space and invites the other', async () => {
    const { page } = b;
    way.space = await openSpace(page, b, spaceName);
    expect((await a.ask(way.space.replace('/space/', '/api/directory/spaces/'))).status()).toBe(404);

    await invite(page, b, a.name);
    expect((await a.ask(way.space.replace('/space/', '/api/directory/spaces/'))).status()).toBe(200);
  });

  test('a message shows on the other screen without a reload, and so does the answer', async () => {
    const [toA, toB] = [`Bonjour ${tag} !`, `أهلا ${tag}`];
    bChat = b.page;
    await bChat.getByRole('navigation', { name: spaceName }).locator('a[href^="/chat/"]').first().click();
    await bChat.waitForURL(/\/chat\//);
    way.channel = new URL(bChat.url()).pathname;
    aChat = a.page;
    await aChat.goto(readReady().url);
    await aChat
      .getByRole('navigation', { name: a.say('shell.spaces') })
      .getByRole('link', { name: spaceName })
      .click();
    await aChat.getByRole('navigation', { name: spaceName }).locator('a[href^="/chat/"]').first().click();
    await aChat.waitForURL(`**${way.channel}`);
    for (const page of [aChat, bChat])
      await page.evaluate(() => Object.assign(window, { sameDocument: true }));

    await writeMessage(bChat, toA);
    await aChat.getByRole('log').getByText(toA).waitFor();
    await writeMessage(aChat, toB);
    await bChat.getByRole('log').getByText(toB).waitFor();
    for (const page of [aChat, bChat]) {
      expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
      expect(await page.getByRole('log').getByText(toA).count()).toBe(1);
    }
  });

  test('two people write in one document at once: the same text, and each other’s cursor', async () => {
    bDocument = await b.tab(way.space);
    way.document = await makeInSpace(bDocument, b, 'document', documentName);
    aDocument = await a.tab(way.document);
    const [aEditor, bEditor] = [editorOf(aDocument, documentName), editorOf(bDocument, documentName)];
    await bEditor.click();
    await bDocument.keyboard.type('Ordre du jour');
    await bDocument.keyboard.press('Enter');
    await aEditor.getByText('Ordre du jour').waitFor();
    // Each in a line of their own: at one and the same spot two hands would mix their letters.
    await aEditor.click();
    await endOfDocument(aDocument);
    await aDocument.keyboard.press('Enter');
    await Promise.all([
      aDocument.keyboard.type('سطر من أمينة يُكتب الآن', { delay: 40 }),
      bDocument.keyboard.type('Une ligne de Clarisse, écrite au même instant', { delay: 40 }),
    ]);
    await eventually('both see the same text', async () => {
      const [mine, theirs] = await Promise.all([textOf(aEditor), textOf(bEditor)]);
      return mine === theirs && mine.includes('أمينة') && mine.includes('instant') ? mine : false;
    });
    await eventually('A sees the cursor of B', async () => (await carets(aDocument)).includes(b.name));
    await eventually('B sees the cursor of A', async () => (await carets(bDocument)).includes(a.name));
    await Promise.all([saved(aDocument, a), saved(bDocument, b)]);
  });

  test('after kill -9 of every server, all is there again and nobody signs in again', {
    timeout: 300_000,
  }, async () => {
    const before = await textOf(editorOf(bDocument, documentName));
    const { killed, parts } = await killEverything();
    expect(Object.keys(parts)).toEqual(expect.arrayContaining(['database', 'services', 'portal']));
    expect(killed.length).toBeGreaterThan(Object.keys(parts).length);
    await expect(fetch(`${new URL(a.page.url()).origin}/sign-in`)).rejects.toThrow();
    // What is written while nothing answers waits here, and is not lost either.
    await bDocument.getByText(b.say('docs.offline')).waitFor();
    await bDocument.keyboard.type(', et la suite', { delay: 40 });
    await openAgain();

    await eventually('B’s open page has saved what waited', () => saved(bDocument, b), { msMax: 60_000 });
    for (const [visitor, path] of [
      [a, way.document],
      [b, way.document],
    ] as const) {
      const page = await visitor.tab(path);
      const editor = editorOf(page, documentName);
      await editor.getByText('et la suite').waitFor();
      const now = await textOf(editor);
      expect(now.replace(', et la suite', '')).toBe(before);
      await page.close();
    }
    const late = `Nous revoilà ${tag}`;
    await writeMessage(bChat, late);
    await aChat.getByRole('log').getByText(late).waitFor();
    expect(await aChat.evaluate(() => 'sameDocument' in window)).toBe(true);
  });

  test('a file of 50 MB goes up and comes down with the same bytes', { timeout: 240_000 }, async () => {
    const name = `mesures-${tag}.bin`;
    const [sent, got] = [join(folder, name), join(folder, 'got.bin')];
    writeFileSync(sent, randomBytes(fileBytes));
    const aFiles = await a.tab(way.space.replace('/space/', '/drive/'));
    await uploadTo(aFiles, a, sent);
    const row = aFiles.getByRole('table').getByRole('link', { name });
    way.file = (await row.getAttribute('href', { timeout: 120_000 })) ?? '';
    await aFiles.close();

    const bFile = await b.tab(way.file);
    const take = bFile.getByRole('main').getByRole('link', { name: b.say('drive.download') });
    // Where a scanner is set, the page opens the file by itself as soon as it has answered.
    await take.waitFor({ timeout: 120_000 });
    const [download] = await Promise.all([bFile.waitForEvent('download'), take.click()]);
    expect(download.suggestedFilename()).toBe(name);
    await download.saveAs(got);
    expect(await sha256(got)).toBe(await sha256(sent));
    expect(await bFile.getByText(await sha256(sent)).count()).toBe(1);
    await bFile.close();
  });

  test('in a meeting each sees the other’s moving picture', { timeout: 240_000 }, async ({ skip }) => {
    if (given.noMeetings !== null) skip(given.noMeetings);
    const bMeeting = await b.tab(way.space);
    way.meeting = await makeInSpace(bMeeting, b, 'meeting', `Point ${tag}`);
    await bMeeting.getByRole('button', { name: b.say('meet.join') }).click();
    aMeeting = await a.tab(way.space);
    await aMeeting
      .getByRole('navigation', { name: spaceName })
      .getByRole('link', { name: `Point ${tag}` })
      .click();
    await aMeeting.getByRole('button', { name: a.say('meet.join') }).click();
    for (const [page, other] of [
      [aMeeting, b],
      [bMeeting, a],
    ] as const) {
      const video = page.locator(`video[aria-label="${other.name}"]`);
      await video.waitFor({ timeout: 60_000 });
      await moves(video, other.name);
    }
  });

  test('who is removed is refused, and sees nothing more within one second', async () => {
    const open = [
      { page: aChat, says: a.say('chat.gone') },
      { page: aDocument, says: a.say('docs.gone.not-found') },
      ...(aMeeting ? [{ page: aMeeting, says: a.say('meet.after.removed') }] : []),
    ];
    for (const { page, says } of open) await watchFor(page, says);
    const people = await b.tab(way.space);
    await people
      .getByRole('main')
      .getByRole('button', { name: b.say('space.invite') })
      .click();
    const [answer] = await Promise.all([
      people.waitForResponse((response) => response.request().method() === 'DELETE'),
      people.getByRole('button', { name: `${b.say('space.remove')} ${a.name}` }).click(),
    ]);
    expect(answer.status()).toBe(200);
    const removedAt = answer.request().timing().startTime + answer.request().timing().responseStart;
    const paths = [way.space, way.channel, way.document, way.meeting].filter((path) => path !== '');
    const api = { space: 'directory/spaces', chat: 'chat/channels', docs: 'docs', meet: 'meet/meetings' };
    for (const path of paths) {
      const [, kind, id] = path.split('/') as [string, keyof typeof api, string];
      expect((await a.ask(`/api/${api[kind]}/${id}`)).status(), path).toBe(404);
    }
    expect((await a.ask(way.file.replace('/drive/', '/api/drive/files/').concat('/content'))).status()).toBe(
      404,
    );

    const secret = `entre nous ${tag}`;
    await writeMessage(bChat, secret);
    await bChat.locator('article:not([data-waiting])').getByText(secret).waitFor();
    await endOfDocument(bDocument);
    await bDocument.keyboard.type(secret);
    await saved(bDocument, b);
    for (const { page, says } of open) {
      const seenAt = await whenSeen(page, says);
      expect(seenAt - removedAt, `${page.url()} says so`).toBeLessThan(removalMsMax);
      expect(await page.getByText(secret).count()).toBe(0);
      expect(await page.getByText(`Bonjour ${tag}`).count()).toBe(0);
    }
    const late = a.heard.filter(({ at, payload }) => at > removedAt && payload.includes(secret));
    expect(late.map(({ page }) => page.url())).toEqual([]);
    const again = await a.tab(way.channel);
    await again.getByText(a.say('problems.not-found')).waitFor();
    expect(await again.getByRole('log').count()).toBe(0);
  });

  test('sign-out ends the session everywhere', async () => {
    const { origin } = new URL(b.page.url());
    const cookieOf = async () => {
      const found = (await b.context.cookies(`${origin}/`)).find(
        ({ name }) => name === sessionCookieName(origin),
      );
      if (!found) throw new Error('no session cookie');
      return found;
    };
    const first = await cookieOf();
    // The same browser comes in once more: the provider knows it and asks nothing, the house opens a second session.
    await b.context.clearCookies({ name: first.name });
    const page = await b.tab('/');
    await page.getByRole('link', { name: b.say('signIn.enter') }).click();
    await page.getByRole('button', { name: b.say('shell.account', { name: b.name }) }).waitFor();
    const second = await cookieOf();
    expect(second.value).not.toBe(first.value);
    const statusWith = async ({ name, value }: typeof first) =>
      (await fetch(`${origin}/api/directory/me`, { headers: { cookie: `${name}=${value}` } })).status;
    expect(await Promise.all([statusWith(first), statusWith(second)])).toEqual([200, 200]);

    // bChat still lives on the first session.
    await page.getByRole('button', { name: b.say('shell.account', { name: b.name }) }).click();
    await page.getByRole('menuitem', { name: b.say('shell.signOut') }).click();
    await page.getByRole('link', { name: b.say('signIn.enter') }).waitFor();
    await eventually('both sessions have ended', async () => {
      const statuses = await Promise.all([statusWith(first), statusWith(second)]);
      return statuses.every((status) => status === 401);
    });
    await bChat.getByText(b.say('chat.signedOut')).waitFor();
    await bDocument.getByText(b.say('docs.signedOut')).waitFor();
    await page.getByRole('link', { name: b.say('signIn.enter') }).click();
    await page.locator('#password').waitFor();
  });
});

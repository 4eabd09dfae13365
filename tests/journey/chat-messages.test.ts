import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { invite, openSpace, writeMessage } from './acts.ts';
import { eventually } from './eventually.ts';
import { given, readReady } from './given.ts';
import { overflows, rawKeys, settled, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
/** Messages of the channel that is leafed through, and articles that a page may hold of them. */
const manyMessages = 420;
const articlesMax = 260;

const rowOf = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('main').getByRole('article').filter({ hasText: text });
/** The messages of the channel; the announcer of lists is a log, too. */
const logOf = (page: Page) => page.locator('main .chat-log');
const panelOf = (page: Page, who: Visitor, id: string): Locator =>
  page.getByRole('complementary', { name: who.say(`chatPanel.titles.${id}`) });

/** Puts the keyboard on a message, as the arrows do. */
const stepOn = (row: Locator) => row.focus();

/** Pictures of what is on the screen, when they are asked for. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PARVIS_SCREENS === undefined) return;
  mkdirSync(given.screensFolder, { recursive: true });
  await settled(page);
  await page.screenshot({ path: join(given.screensFolder, `chat-${name}.png`) });
}

/** A in Arabic, C in French, each at a screen of their own, in one channel. */
describe('messages and all around them', () => {
  let browser: Browser;
  let a: Visitor;
  let c: Visitor;
  let aPage: Page;
  let cPage: Page;
  let channel = '';
  let broken: string | null = null;

  beforeAll(async () => {
    browser = await openBrowser();
    [a, c] = await Promise.all([signIn(browser, demoPeople.amina), signIn(browser, demoPeople.clarisse)]);
    [aPage, cPage] = [a.page, c.page];
    const space = await openSpace(cPage, c, `Estuaire ${tag}`);
    await invite(cPage, c, a.name);
    await cPage.locator('.p-list a[href^="/chat/"]').first().click();
    await cPage.waitForURL(/\/chat\//);
    channel = new URL(cPage.url()).pathname;
    await aPage.goto(readReady().url + space);
    await aPage.goto(readReady().url + channel);
    for (const [page, who] of [[aPage, a] as const, [cPage, c] as const]) {
      await logOf(page).waitFor();
      await page.getByRole('main').getByRole('textbox').waitFor();
      await who.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    }
  });
  afterAll(() => browser?.close());
  beforeEach(({ skip, task, onTestFailed }) => {
    if (broken !== null) skip(`it broke before: ${broken}`);
    onTestFailed(async () => {
      broken = task.name;
      await keepEvidence(task.name);
    });
  });

  test('Markdown is drawn, each message in its own direction, and HTML stays text', async () => {
    await post(c, 'Voici **le plan** : `zone 3`\n\n- relevé\n- calendrier\n\n```ts\nconst zone = 3;\n```');
    await post(c, '<img src=x onerror="document.title=1"> [ici](javascript:alert(1))');
    await post(a, 'صباح الخير، هل راجعتم المنطقة 3؟');
    const plan = rowOf(aPage, 'Voici');
    await plan.locator('strong', { hasText: 'le plan' }).waitFor();
    expect(await plan.locator('li').allTextContents()).toEqual(['relevé', 'calendrier']);
    await plan.locator('pre span[style]').first().waitFor();
    const hostile = rowOf(aPage, '<img src=x');
    await hostile.waitFor();
    expect(await hostile.locator('img, a[href^="javascript"]').count()).toBe(0);
    const arabic = rowOf(cPage, 'صباح الخير');
    expect(await arabic.locator('.chat-body p').evaluate((node) => getComputedStyle(node).direction)).toBe(
      'rtl',
    );
  });

  test('a reaction is found by its name, shows whose it is on the other screen, and is joined', async () => {
    await rowOf(cPage, 'صباح الخير').hover();
    await rowOf(cPage, 'صباح الخير')
      .getByRole('button', { name: c.say('chatMessage.acts.react') })
      .click();
    const picker = cPage.getByRole('dialog', { name: c.say('chatMessage.acts.react') });
    await picker.getByRole('combobox').fill('fusee');
    await picker.getByRole('option', { name: 'fusée' }).waitFor();
    expect(await violations(cPage)).toEqual([]);
    await picture(cPage, 'picker');
    await cPage.keyboard.press('Enter');
    await picker.waitFor({ state: 'detached' });
    const seen = rowOf(aPage, 'صباح الخير').getByRole('button', { name: new RegExp(`🚀.*${c.name}`) });
    await seen.click();
    await rowOf(cPage, 'صباح الخير')
      .getByRole('button', { name: /🚀/, pressed: true })
      .getByText('2')
      .waitFor();
  });

  test('the arrow up in an empty field edits the last message; the other reads what it said before', async () => {
    await writeMessage(cPage, `Rendez-vous à 9 h ${tag}`);
    await rowOf(aPage, 'Rendez-vous à 9 h').waitFor();
    await cPage.getByRole('main').getByRole('textbox').press('ArrowUp');
    const field = logOf(cPage).getByRole('textbox');
    await field.fill(`Rendez-vous à 10 h ${tag}`);
    await field.press('Enter');
    const edited = rowOf(aPage, 'Rendez-vous à 10 h');
    await edited.getByRole('button', { name: a.say('chatMessage.editedShow') }).click();
    const versions = aPage.getByRole('dialog', { name: a.say('chatMessage.versions') });
    await versions.getByText('Rendez-vous à 9 h').waitFor();
    expect(await violations(aPage)).toEqual([]);
    await picture(aPage, 'versions');
    await aPage.keyboard.press('Escape');
    await versions.waitFor({ state: 'detached' });
  });

  test('a deleted message leaves its place and nothing of its text', async () => {
    await writeMessage(cPage, `à retirer ${tag}`);
    await rowOf(aPage, `à retirer ${tag}`).waitFor();
    await stepOn(rowOf(cPage, `à retirer ${tag}`));
    await cPage.keyboard.press('Delete');
    await cPage
      .getByRole('alertdialog')
      .getByRole('button', { name: c.say('chatMessage.acts.delete') })
      .click();
    await rowOf(aPage, a.say('chatMessage.deleted')).waitFor();
    await aPage.getByText(`à retirer ${tag}`).waitFor({ state: 'detached' });
  });

  test('a message pinned with one key is among the pins of the other, and leads to its place', async () => {
    await stepOn(rowOf(cPage, 'Voici'));
    await cPage.keyboard.press('p');
    await rowOf(aPage, a.say('chatMessage.pinnedBy', { name: c.name })).waitFor();
    await aPage.getByRole('button', { name: a.say('chatPanel.titles.pins') }).click();
    const pins = panelOf(aPage, a, 'pins');
    await pins.getByText('le plan').waitFor();
    expect(await violations(aPage)).toEqual([]);
    await picture(aPage, 'pins');
    await pins.getByRole('link').first().click();
    await aPage.locator('article[data-sought]').filter({ hasText: 'Voici' }).waitFor();
  });

  test('a thread is answered beside the channel and is in the inbox of who began it', async () => {
    const root = rowOf(cPage, 'صباح الخير');
    await stepOn(root);
    await cPage.keyboard.press('r');
    const thread = panelOf(cPage, c, 'thread');
    const field = thread.getByRole('textbox', { name: c.say('chatThread.write') });
    await field.fill(`Vérifiée, 1 284 ha ${tag}`);
    await field.press('Enter');
    await thread.getByRole('article').filter({ hasText: '1 284 ha' }).waitFor();
    expect(await violations(cPage)).toEqual([]);
    await picture(cPage, 'thread');
    const summary = rowOf(aPage, 'صباح الخير').locator('.chat-thread-line');
    await summary.waitFor();
    expect(await logOf(aPage).getByText('1 284 ha').count()).toBe(0);

    await aPage
      .getByRole('link', { name: a.say('chatThreads.title') })
      .first()
      .click();
    await aPage.waitForURL(/\/threads$/);
    const card = aPage.getByRole('main').locator('li[data-unread]').filter({ hasText: '1 284 ha' });
    await card.waitFor();
    await settled(aPage);
    expect(await violations(aPage)).toEqual([]);
    expect(await rawKeys(aPage)).toEqual([]);
    await picture(aPage, 'threads');
    await card.getByRole('link', { name: a.say('chatThreads.openOf', { name: a.name }) }).click();
    const beside = panelOf(aPage, a, 'thread');
    await beside.getByRole('article').filter({ hasText: '1 284 ha' }).waitFor();

    await beside.getByRole('checkbox').check();
    const answer = beside.getByRole('textbox', { name: a.say('chatThread.write') });
    await answer.fill(`شكرا ${tag}`);
    await answer.press('Enter');
    await rowOf(cPage, `شكرا ${tag}`).getByText(c.say('chatMessage.inThread')).waitFor();
    await thread
      .getByRole('article')
      .filter({ hasText: `شكرا ${tag}` })
      .waitFor();
  });

  test('a quote shows whose words they are, in short', async () => {
    await stepOn(rowOf(cPage, 'صباح الخير'));
    await cPage.keyboard.press('q');
    await cPage.getByText(c.say('chatMessage.quoting', { name: a.name })).waitFor();
    await writeMessage(cPage, `Je confirme ${tag}`);
    const quote = rowOf(aPage, `Je confirme ${tag}`).getByRole('figure');
    await quote.getByText('صباح الخير').waitFor();
    await quote.getByText(a.name).waitFor();
  });

  test('arrows walk the messages, one letter acts, Escape goes back to writing', async () => {
    const field = cPage.getByRole('main').getByRole('textbox').last();
    await field.focus();
    await eventually('Shift+Tab reaches the messages', async () => {
      await cPage.keyboard.press('Shift+Tab');
      return cPage.evaluate(() => document.activeElement?.closest('[role=log] article') !== null);
    });
    await cPage.keyboard.press('Escape');
    await stepOn(rowOf(cPage, `Je confirme ${tag}`));
    await cPage.keyboard.press('ArrowUp');
    expect(await cPage.evaluate(() => document.activeElement?.textContent)).toContain(`شكرا ${tag}`);
    await cPage.keyboard.press('m');
    const menu = cPage.getByRole('menu');
    await menu.waitFor();
    expect(await violations(cPage)).toEqual([]);
    await picture(cPage, 'menu');
    await cPage.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await cPage.keyboard.press('Escape');
    await eventually('one writes again', () =>
      cPage.evaluate(() => document.activeElement?.closest('.chat-compose') !== null),
    );
    await cPage.keyboard.press('Control+/');
    await cPage.getByRole('dialog', { name: c.say('shellKeys.title') }).waitFor();
    expect(await violations(cPage)).toEqual([]);
    await picture(cPage, 'keys');
    await cPage.keyboard.press('Escape');
  });

  test('a channel of hundreds of messages opens at the one of its address, bounded, and leads back to the newest', async () => {
    for (let n = 1; n <= manyMessages; n += 20)
      await Promise.all(Array.from({ length: 20 }, (_, i) => post(c, `ligne ${n + i} ${tag}`)));
    const { messages } = (await (
      await c.ask(`/api/chat/channels/${idOf(channel)}/messages?limit=200`)
    ).json()) as {
      messages: { seq: number; body: string }[];
    };
    const wanted = messages[0];
    if (wanted === undefined) throw new Error('there is no message');
    await aPage.goto(`${readReady().url}${channel}?m=${wanted.seq - 150}`);
    const sought = aPage.locator('article[data-sought]');
    await sought.waitFor();
    await eventually('it is on the screen', () =>
      sought.evaluate((node) => {
        const { top, bottom } = node.getBoundingClientRect();
        return top > 0 && bottom < window.innerHeight;
      }),
    );
    const log = logOf(aPage);
    await post(c, `pendant ce temps ${tag}`);
    const down = aPage.locator('.chat-pill[data-side=bottom][data-some]');
    await down.waitFor();
    await picture(aPage, 'jumped');
    // Leafing up keeps what one reads in its place, and never holds more than it must.
    for (let page = 0; page < 4; page += 1) {
      await log.evaluate((node) => {
        node.scrollTop = -(node.scrollHeight - node.clientHeight);
      });
      await settled(aPage);
      expect(await log.getByRole('article').count()).toBeLessThanOrEqual(articlesMax);
    }
    await aPage.locator('.chat-pill[data-side=bottom]').click();
    await log.getByText(`pendant ce temps ${tag}`).waitFor();
    await eventually('the end is on the screen', () => log.evaluate((node) => Math.abs(node.scrollTop) < 2));
    expect(await log.getByRole('article').count()).toBeLessThanOrEqual(articlesMax);
  });

  test('nothing is wider than the screen, raw or out of reach, on a phone and in the dark', async () => {
    for (const [page, who] of [[aPage, a] as const, [cPage, c] as const]) {
      for (const width of [1440, 360]) {
        for (const dark of [false, true]) {
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
          await page.goto(readReady().url + channel);
          await page.getByRole('article').last().waitFor();
          await settled(page);
          expect(await overflows(page)).toEqual([]);
          expect(await rawKeys(page)).toEqual([]);
          if (!dark) expect(await violations(page)).toEqual([]);
          await picture(page, `${who.locale}-${dark ? 'dark' : 'light'}-${width}`);
        }
      }
    }
    expect(a.complaints.concat(c.complaints)).toEqual([]);
  });

  /** Sends as a program of the person would, through the same door. */
  async function post(who: Visitor, body: string): Promise<void> {
    const { url } = readReady();
    const answer = await who.context.request.post(`${url}/api/chat/channels/${idOf(channel)}/messages`, {
      headers: { origin: new URL(url).origin },
      data: { clientId: randomUUID(), body },
    });
    expect(answer.ok()).toBe(true);
  }
});

const idOf = (way: string) => way.split('/').at(-1) ?? '';

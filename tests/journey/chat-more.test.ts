import { randomUUID } from 'node:crypto';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { invite, openSpace, pressUntil, writeMessage } from './acts.ts';
import { readReady } from './given.ts';
import { overflows, settled, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
const slowSeconds = 3_600;

const rowOf = (page: Page, text: string): Locator =>
  page.getByRole('main').getByRole('article').filter({ hasText: text });
const panelOf = (page: Page, who: Visitor): Locator =>
  page.getByRole('complementary', { name: who.say('chatPanel.titles.about') });

/** Sends what a service is asked, as this browser would. */
async function send(who: Visitor, path: string, data: object) {
  const { url } = readReady();
  return who.context.request.post(url + path, { data, headers: { origin: new URL(url).origin } });
}

/** Opens the menu of a message and chooses. */
async function choose(page: Page, who: Visitor, row: Locator, act: string): Promise<void> {
  const entry = page.getByRole('menuitem', { name: who.say(act) });
  await row.hover();
  await pressUntil(row.getByRole('button', { name: who.say('chatMessage.more') }), entry);
  await entry.click();
}

/** Clarisse manages in French, Amina is there in Arabic, Inès administers. Each step stands on the ones before. */
describe('what a team does with its channels', () => {
  let browser: Browser;
  let clarisse: Visitor;
  let amina: Visitor;
  let ines: Visitor;
  let broken: string | null = null;
  const name = `Marées ${tag}`;
  const way = { space: '', channel: '' };
  const idOf = (path: string) => path.split('/').at(-1) ?? '';

  beforeAll(async () => {
    browser = await openBrowser();
    [clarisse, amina, ines] = await Promise.all([
      signIn(browser, demoPeople.clarisse),
      signIn(browser, demoPeople.amina),
      signIn(browser, demoPeople.ines),
    ]);
    way.space = await openSpace(clarisse.page, clarisse, `Relevés ${tag}`);
    await invite(clarisse.page, clarisse, amina.name);
    const wanted = { spaceId: idOf(way.space), name, topic: '', channelKind: 'public', forEveryone: false };
    const answer = await send(clarisse, '/api/chat/channels', wanted);
    expect(answer.ok(), await answer.text()).toBe(true);
    way.channel = `/chat/${((await answer.json()) as { id: string }).id}`;
  });
  afterAll(() => browser?.close());
  beforeEach(({ skip, task, onTestFailed }) => {
    if (broken !== null) skip(`it broke before: ${broken}`);
    onTestFailed(async () => {
      broken = task.name;
      await keepEvidence(task.name);
    });
  });

  test('a public channel is found, joined, left and joined again', async () => {
    const { page } = amina;
    await page.goto(readReady().url + way.space);
    const dialog = page.getByRole('dialog', { name: amina.say('chatChannel.browseTitle') });
    await pressUntil(page.getByRole('button', { name: amina.say('chatChannel.browse') }).first(), dialog);
    const line = dialog.getByRole('listitem').filter({ hasText: name });
    await line.getByRole('button', { name: amina.say('chatChannel.join') }).click();
    await line.getByRole('button', { name: amina.say('chatChannel.leave') }).waitFor();
    expect(await violations(page)).toEqual([]);
    await line.getByRole('link', { name }).click();
    await page.waitForURL((url) => url.pathname === way.channel);
    await page.goto(`${readReady().url}${way.channel}?panel=about`);
    await panelOf(page, amina)
      .getByRole('button', { name: amina.say('chatChannel.leaveThis') })
      .click();
    const foot = page
      .getByRole('main')
      .getByRole('button', { name: amina.say('chatChannel.join'), exact: true });
    await page.getByText(amina.say('chatChannel.notJoined')).waitFor();
    await foot.click();
    await page.getByRole('main').getByRole('textbox').waitFor();
  });

  test('a message to several people opens the one conversation of all of them', async () => {
    const page = await clarisse.tab('/messages');
    const dialog = page.getByRole('dialog', { name: clarisse.say('chatDirect.new') });
    const begin = page.getByRole('main').getByRole('button', { name: clarisse.say('chatDirect.new') });
    await pressUntil(begin.first(), dialog);
    for (const who of [amina, ines]) {
      await dialog.getByRole('combobox').fill(who.name);
      await page.getByRole('option', { name: who.name }).click();
      // The list leaves room for what is below it: who was picked.
      await page.getByRole('listbox').waitFor({ state: 'detached' });
      await dialog.getByRole('list').getByRole('button').filter({ hasText: who.name }).waitFor();
    }
    await dialog.getByRole('button', { name: clarisse.say('chatDirect.begin') }).click();
    await page.waitForURL(/\/chat\//);
    await writeMessage(page, `À trois ${tag}`);
    const theirs = await ines.tab(new URL(page.url()).pathname);
    await rowOf(theirs, `À trois ${tag}`).waitFor();
    await writeMessage(theirs, `Bien reçu ${tag}`);
    await rowOf(page, `Bien reçu ${tag}`).waitFor();
    await Promise.all([page.close(), theirs.close()]);
  });

  test('a message is reported, and hidden for all by who manages the channel', async () => {
    const words = `Trop vite dit ${tag}`;
    const mine = await clarisse.tab(way.channel);
    await writeMessage(mine, words);
    const { page } = amina;
    await choose(page, amina, rowOf(page, words), 'chatModeration.acts.report');
    const dialog = page.getByRole('dialog', { name: amina.say('chatModeration.report') });
    await dialog.getByRole('textbox').fill('حذف من فضلك');
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: amina.say('chatModeration.send') }).click();
    await dialog.waitFor({ state: 'detached' });

    await mine.goto(`${readReady().url}${way.channel}?panel=about.reports`);
    const report = panelOf(mine, clarisse).getByRole('listitem').filter({ hasText: words });
    await report.getByRole('button', { name: clarisse.say('chatModeration.hideIt') }).click();
    await page.getByText(amina.say('chatMessage.hidden')).waitFor();
    expect(await rowOf(page, words).count()).toBe(0);
    await mine.close();
  });

  test('in slow mode the second message waits, and the channel says so', async () => {
    const mine = await clarisse.tab(`${way.channel}?panel=about.settings`);
    const rules = panelOf(mine, clarisse).getByRole('region', { name: clarisse.say('chatChannel.rules') });
    const option = mine.getByRole('option', { name: new RegExp(String(slowSeconds).replace('3', '3\\s?')) });
    await pressUntil(rules.getByRole('button').first(), option);
    await option.click();
    await mine.getByRole('tab', { name: clarisse.say('chatChannel.about') }).click();
    await panelOf(mine, clarisse).getByText(clarisse.say('chatChannel.slow')).waitFor();
    const path = `/api/chat/channels/${idOf(way.channel)}/messages`;
    const said = (body: string) => send(amina, path, { clientId: randomUUID(), body });
    expect((await said(`Un ${tag}`)).ok()).toBe(true);
    const second = await said(`Deux ${tag}`);
    expect(await second.json()).toMatchObject({ code: 'slow-mode' });
    await rowOf(amina.page, `Un ${tag}`).waitFor();
    await mine.close();
  });

  test('what was saved is found, done and found again among what is done', async () => {
    const { page } = amina;
    await choose(page, amina, rowOf(page, `Un ${tag}`), 'chatSaved.save');
    const without = page.getByRole('button', { name: amina.say('chatSaved.without') });
    await without.click();
    await page.getByText(amina.say('chatSaved.kept')).waitFor();
    await page.goto(`${readReady().url}/saved`);
    const line = page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: `Un ${tag}` });
    await line.getByRole('button', { name: amina.say('chatSaved.finish') }).click();
    await line.waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: amina.say('chatSaved.done') }).check({ force: true });
    await line.getByRole('button', { name: amina.say('chatSaved.reopen') }).waitFor();
    await page.setViewportSize({ width: 360, height: 780 });
    await settled(page);
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toEqual([]);
    // On a phone there is no list beside it: the way back is in the bar.
    await page
      .getByRole('main')
      .getByRole('link', { name: amina.say('shell.back') })
      .click();
    await page.waitForURL((url) => url.pathname === '/messages');
  });

  test('an administrator takes a channel out, with a reason', async () => {
    const { page } = ines;
    await page.goto(`${readReady().url}/retention`);
    const exports = page.getByRole('region', { name: ines.say('chatAdmin.exports'), exact: true });
    await exports.getByRole('combobox', { name: ines.say('chatAdmin.what') }).fill(name);
    await page.getByRole('option', { name }).click();
    await exports.getByRole('textbox', { name: ines.say('chatAdmin.exportReason') }).fill(`Demande ${tag}`);
    await exports.getByRole('button', { name: ines.say('chatAdmin.start') }).click();
    const take = exports.getByRole('link', { name: new RegExp(ines.say('chatAdmin.take')) }).first();
    await exports
      .getByRole('listitem')
      .filter({ hasText: `Demande ${tag}` })
      .waitFor();
    await take.waitFor({ timeout: 60_000 });
    const answer = await ines.ask((await take.getAttribute('href')) ?? '');
    const zip = await answer.body();
    expect(zip.subarray(0, 2).toString()).toBe('PK');
    expect(zip.includes('.jsonl')).toBe(true);
    expect((await amina.ask((await take.getAttribute('href')) ?? '')).ok()).toBe(false);
  });
});

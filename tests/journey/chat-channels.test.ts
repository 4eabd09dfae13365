import { randomUUID } from 'node:crypto';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { invite, openSpace, writeMessage } from './acts.ts';
import { rawKeys, settled, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);

/** Clarisse manages, Amina comes in from elsewhere, each at a screen of their own. Each step stands on the ones before. */
describe('channels and the people in them', () => {
  let browser: Browser;
  let a: Visitor;
  let b: Visitor;
  let broken: string | null = null;
  const way = { space: '', channel: '' };
  const name = `Réservé ${tag}`;

  beforeAll(async () => {
    browser = await openBrowser();
    [a, b] = await Promise.all([signIn(browser, demoPeople.amina), signIn(browser, demoPeople.clarisse)]);
    way.space = await openSpace(b.page, b, `Canaux ${tag}`);
    await invite(b.page, b, a.name);
  });
  afterAll(() => browser?.close());
  beforeEach(({ skip, task, onTestFailed }) => {
    if (broken !== null) skip(`it broke before: ${broken}`);
    onTestFailed(async () => {
      broken = task.name;
      await keepEvidence(task.name);
    });
  });

  test('a private channel is made, and opens for who is put into it', async () => {
    const { page } = b;
    await page.getByRole('button', { name: b.say('shell.new') }).click();
    await page.getByRole('menuitem', { name: b.say('shell.newThing.channel') }).click();
    const dialog = page.getByRole('dialog', { name: b.say('shell.newThing.channel') });
    await dialog.getByRole('textbox', { name: b.say('shell.name') }).fill(name);
    await dialog.getByRole('radio', { name: b.say('chatChannel.kinds.private') }).check({ force: true });
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: b.say('shell.create') }).click();
    await page.waitForURL(/\/chat\/.*panel=about/);
    way.channel = new URL(page.url()).pathname;
    expect((await a.ask(way.channel.replace('/chat/', '/api/chat/channels/'))).status()).toBe(404);

    const panel = page.getByRole('complementary', { name: b.say('chatPanel.titles.about') });
    await panel.getByRole('combobox', { name: b.say('chatChannel.add') }).fill(a.name);
    await page.getByRole('option', { name: a.name }).click();
    await panel.getByRole('button', { name: /1/ }).click();
    await panel.getByRole('link', { name: a.name }).waitFor();
    await page.getByRole('log').getByText(a.name).first().waitFor();
    await a.page.goto(new URL(way.channel, page.url()).href);
    await a.page.getByRole('heading', { level: 1, name }).waitFor();
    await settled(page);
    expect(await violations(page)).toEqual([]);
    expect(await rawKeys(page)).toEqual([]);
  });

  test('a direct message finds its one conversation from both sides', async () => {
    const page = await b.tab('/messages');
    await page
      .getByRole('main')
      .getByRole('button', { name: b.say('chatDirect.new') })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: b.say('chatDirect.new') });
    await dialog.getByRole('combobox').fill(a.name);
    await page.getByRole('option', { name: a.name }).click();
    await dialog.getByRole('button', { name: b.say('chatDirect.begin') }).click();
    await page.waitForURL(/\/chat\//);
    const words = `Entre nous ${tag}`;
    await writeMessage(page, words);
    const theirs = await a.tab('/messages');
    await theirs.getByRole('main').getByRole('link', { name: b.name }).first().click();
    await theirs.getByRole('log').getByText(words).waitFor();
    expect(new URL(theirs.url()).pathname).toBe(new URL(page.url()).pathname);
    expect(await violations(page)).toEqual([]);
    await Promise.all([page.close(), theirs.close()]);
  });

  test('an archived channel is read and not written in', async () => {
    const page = await b.tab(`${way.channel}?panel=about.settings`);
    await page.getByRole('button', { name: b.say('chatChannel.archive') }).click();
    await page.getByText(b.say('chatChannel.archivedFoot')).waitFor();
    await a.page.reload();
    await a.page.getByText(a.say('chatChannel.archivedFoot')).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
});

import { randomUUID } from 'node:crypto';
import { demoName, demoPeople, demoSpaces } from '@parvis/contract/demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readReady } from './given.ts';
import { overflows, settled, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';
import { inEveryLook } from './pictures.ts';

const tag = randomUUID().slice(0, 8);
const slow = { timeout: 30_000 };

/** Yanis has two screens, Leïla one; neither has written to the other before. Each step stands on the ones before. */
describe('what reaches open screens', () => {
  let browser: Browser;
  let yanis: Visitor;
  let leila: Visitor;
  let desk: Page;
  let phone: Page;
  let channel: string;
  let conversation: string;

  beforeAll(async () => {
    browser = await openBrowser();
    [yanis, leila] = await Promise.all([
      signIn(browser, demoPeople.yanis),
      signIn(browser, demoPeople.leila),
    ]);
    desk = await yanis.tab(`/space/${demoSpaces.harbour.id}`);
    const column = desk.getByRole('navigation', { name: demoSpaces.harbour.name });
    channel = (await column.locator('a[href^="/chat/"]').first().getAttribute('href')) ?? '';
    await desk.goto(readReady().url + channel);
    phone = await yanis.tab(channel);
    for (const page of [desk, phone]) await page.getByRole('log').waitFor();
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(task.name));
  });

  /** Asks a service as somebody's browser would. */
  async function ask(who: Visitor, verb: 'post' | 'put', path: string, data: object) {
    const { url } = readReady();
    const answer = await who.context.request[verb](`${url}/api/${path}`, { data, headers: { origin: url } });
    expect(answer.status(), await answer.text()).toBe(200);
    return (await answer.json()) as { id: string; seq: number };
  }
  const say = (who: Visitor, body: string, to = channel.replace('/chat/', '')) =>
    ask(who, 'post', `chat/channels/${to}/messages`, { clientId: randomUUID(), body });
  const line = (page: Page, name: string) =>
    page.locator('.p-list a[href^="/chat/"]').filter({ hasText: name }).first();

  test('a first direct message stands in the column of an open page, without a reload', async () => {
    // The page follows what is its own once it has come to rest.
    await settled(desk);
    expect(await line(desk, demoName(demoPeople.leila)).count()).toBe(0);
    const { id } = await ask(leila, 'post', 'chat/direct', { personIds: [demoPeople.yanis.id] });
    conversation = `/chat/${id}`;
    await say(leila, `Bonjour ${tag}`, id);
    await line(desk, demoName(demoPeople.leila)).waitFor();
    await desk
      .locator('.p-list a[data-unread]')
      .filter({ hasText: demoName(demoPeople.leila) })
      .waitFor();
  });

  test('the inbox says in short what was said, for as long as it is there', async () => {
    const page = await yanis.tab('/inbox');
    const row = page.locator('[data-item]').filter({ hasText: `Bonjour ${tag}` });
    await row.waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  test('marked unread from a message on, it is unread on both screens and stays so while one looks', async () => {
    const { seq } = await say(leila, `Premier ${tag}`);
    await say(leila, `Second ${tag}`);
    for (const page of [desk, phone]) await page.getByText(`Second ${tag}`).first().waitFor();
    const readSeq = async () =>
      (await (await yanis.ask(`/api${channel.replace('/chat/', '/chat/channels/')}`)).json()).readSeq;
    await expect.poll(readSeq, slow).toBeGreaterThan(seq);
    await desk.bringToFront();
    await desk.locator(`article[data-seq="${seq}"]`).focus();
    await desk.keyboard.press('u');
    for (const page of [desk, phone]) await page.locator('#m-new').waitFor();
    await expect.poll(readSeq, slow).toBe(seq - 1);
    // Another screen that looks at it reads nothing; elsewhere it is counted.
    await phone.bringToFront();
    await phone.goto(`${readReady().url}/space/${demoSpaces.harbour.id}`);
    await phone.locator(`.p-list a[href="${channel}"][data-unread]`).waitFor();
    expect(await readSeq()).toBe(seq - 1);
    await phone.goto(readReady().url + conversation);
    await phone.getByRole('log').waitFor();
  });

  test('choosing a person in the switcher opens the conversation with them', async () => {
    const palette = leila.page.getByRole('dialog', { name: leila.say('shell.find') });
    await leila.page.goto(`${readReady().url}/inbox`);
    await settled(leila.page);
    await leila.page.keyboard.press('Control+k');
    await palette.getByRole('combobox').fill(demoName(demoPeople.yanis));
    await palette
      .getByRole('option')
      .filter({ hasText: demoName(demoPeople.yanis) })
      .first()
      .click();
    await leila.page.waitForURL(/\/chat\//);
    await leila.page.getByRole('log').getByText(`Bonjour ${tag}`).waitFor();
  });

  test('a call is started from the conversation, its card is on the other screen, and says how it ended', async () => {
    await leila.page.getByRole('button', { name: leila.say('chatHuddle.go') }).click();
    await leila.page.waitForURL(/\/meet\//);
    const meeting = new URL(leila.page.url()).pathname;
    await phone.bringToFront();
    const card = phone.locator('.chat-huddle');
    await card.getByRole('link', { name: yanis.say('chatHuddle.join') }).waitFor();
    expect(await card.getByRole('link').getAttribute('href')).toBe(meeting);
    expect(await violations(phone)).toEqual([]);
    // Whoever presses now comes into the same.
    await phone.getByRole('button', { name: yanis.say('chatHuddle.go') }).click();
    await phone.waitForURL(new RegExp(meeting));
    await phone.goBack();
    await card.waitFor();
    await ask(leila, 'post', `meet${meeting.replace('/meet/', '/meetings/')}/end`, {});
    await card.getByText(yanis.say('chatHuddle.never')).waitFor();
    expect(await card.getByRole('link').count()).toBe(0);
  });

  test.skipIf(process.env.PARVIS_SCREENS === undefined)('pictures', { timeout: 300_000 }, async () => {
    const way = new URL(phone.url()).pathname;
    await leila.page.goto(readReady().url + way);
    await leila.page.getByRole('button', { name: leila.say('chatHuddle.go') }).click();
    await leila.page.waitForURL(/\/meet\//);
    for (const visitor of [yanis, leila]) {
      for (const [name, path] of [
        ['huddle', way],
        ['inbox', '/inbox'],
      ] as const) {
        const page = await visitor.tab(path);
        await inEveryLook(page, { area: 'chat-together', locale: visitor.locale }, async (take) => {
          await page.waitForTimeout(500);
          await take(name);
          expect.soft(await overflows(page)).toEqual([]);
        });
        await page.close();
      }
    }
  });
});

import { randomUUID } from 'node:crypto';
import { listChannels, postMessage } from '@parvis/contract/chat';
import { openDirect } from '@parvis/contract/chat-direct';
import { demoPeople, demoSpaces } from '@parvis/contract/demo';
import { changeNotifySettings, setLevel } from '@parvis/contract/notify-settings';
import { setStatus } from '@parvis/contract/presence';
import type { Operation } from '@parvis/contract/operation';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { given, readReady } from './given.ts';
import { overflows, settled, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';
import { inEveryLook } from './pictures.ts';

/** Calls an operation from a page, as its person. */
async function ask<T>(page: Page, op: Operation, input: Record<string, unknown>): Promise<T> {
  const rest = { ...input };
  const path = op.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name]);
    delete rest[name];
    return value;
  });
  return page.evaluate(
    async ({ to, verb, body }) => {
      const bodiless = verb === 'GET';
      const answer = await fetch(to, {
        method: verb,
        ...(bodiless ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    },
    { to: path, verb: op.verb, body: rest },
  ) as Promise<T>;
}

/** Milliseconds until a page that has just been opened follows its inbox, at most. */
const soon = { timeout: 30_000 };

/** C is told what G says; G shows whether C is here. C has two screens. */
describe(`the inbox, ${given.profile} profile`, () => {
  let browser: Browser;
  let c: Visitor;
  let c2: Page;
  let g: Visitor;
  let channel: string;

  beforeAll(async () => {
    browser = await openBrowser();
    [c, g] = await Promise.all([signIn(browser, demoPeople.clarisse), signIn(browser, demoPeople.ines)]);
    c2 = await c.page.context().newPage();
    const { channels } = await ask<{ channels: { id: string }[] }>(g.page, listChannels, {
      id: demoSpaces.estuary.id,
    });
    channel = channels[0]?.id as string;
    const { url } = readReady();
    await Promise.all([c.page.goto(`${url}/inbox`), c2.goto(`${url}/inbox`)]);
    await ask(c.page, changeNotifySettings, { quietUntil: null, quietHours: null });
    await ask(c.page, setLevel, { id: channel, level: null });
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(task.name));
  });

  const say = (body: string) =>
    ask<{ seq: number }>(g.page, postMessage, { id: channel, clientId: randomUUID(), body });
  const mention = () => say(`Bonjour @[Clarisse](person/${demoPeople.clarisse.id}) ${randomUUID()}`);
  const rows = (page: Page) => page.locator('[data-item]');
  const unread = (page: Page) => page.locator('[data-item][data-unread]');

  test('a mention is at the bell and in the inbox on two screens; read on one, it is read on the other', async () => {
    await c.page.getByRole('heading', { level: 1, name: c.say('inbox.title') }).waitFor();
    await settled(c.page);
    const before = await unread(c.page).count();
    await mention();
    for (const page of [c.page, c2]) await expect.poll(() => unread(page).count(), soon).toBe(before + 1);
    await rows(c.page)
      .first()
      .getByRole('button', { name: c.say('inbox.markRead') })
      .click();
    await expect.poll(() => unread(c2).count(), soon).toBe(before);
  });

  test('by keyboard: j goes to a line, e puts it away on both screens, and it can be taken back', async () => {
    const before = await rows(c.page).count();
    await mention();
    await expect.poll(() => rows(c.page).count(), soon).toBe(before + 1);
    await c.page.keyboard.press('j');
    await c.page.keyboard.press('e');
    for (const page of [c.page, c2]) await expect.poll(() => rows(page).count(), soon).toBe(before);
    await c.page.getByRole('button', { name: c.say('inbox.undo') }).click();
    for (const page of [c.page, c2]) await expect.poll(() => rows(page).count(), soon).toBe(before + 1);
  });

  test('a line leads to the message, and reading it there reads it here', async () => {
    await rows(c.page).first().locator('a').click();
    await c.page.waitForURL(/\/chat\/.*m=\d+/);
    await expect.poll(() => c2.locator('[data-item]').first().getAttribute('data-unread'), soon).toBeNull();
    await c.page.goto(`${readReady().url}/inbox`);
  });

  test('a silenced channel tells nothing; heard again, it does', async () => {
    await settled(c.page);
    const before = await rows(c2).count();
    await ask(c.page, setLevel, { id: channel, level: 'none' });
    await mention();
    const { id } = await ask<{ id: string }>(g.page, openDirect, { personIds: [demoPeople.clarisse.id] });
    await ask(g.page, postMessage, { id, clientId: randomUUID(), body: 'Entre nous' });
    // What was said later is there: what was silenced will not come.
    await expect.poll(() => rows(c2).first().locator('a').getAttribute('href'), soon).toContain(id);
    expect(await rows(c2).count()).toBe(before + 1);
    await ask(c.page, setLevel, { id: channel, level: null });
    const { seq } = await mention();
    await expect.poll(() => c2.locator(`[data-item] a[href$="m=${seq}"]`).count(), soon).toBe(1);
    expect(await rows(c2).count()).toBe(before + 2);
  });

  test('G sees that C is here, what C says of themselves, and that C wants quiet', async () => {
    await ask(c.page, setStatus, { status: { emoji: '🌴', text: 'En congé', until: null } });
    await g.page.goto(`${readReady().url}/people?person=${demoPeople.clarisse.id}`);
    const dot = g.page.locator('.p-here[data-presence]').first();
    await dot.waitFor();
    await ask(c.page, changeNotifySettings, { quietUntil: new Date(Date.now() + 600_000).toISOString() });
    await g.page.locator('.p-here[data-presence="busy"]').first().waitFor();
    await ask(c.page, changeNotifySettings, { quietUntil: null });
    await g.page.locator('.p-here[data-presence="here"]').first().waitFor();
  });

  test('the inbox and the settings hold in width and for assistive technology', async () => {
    for (const way of ['/inbox', '/settings']) {
      await c2.goto(readReady().url + way);
      await settled(c2);
      expect(await violations(c2), way).toEqual([]);
      await c2.setViewportSize({ width: 360, height: 740 });
      await settled(c2);
      expect(await overflows(c2), way).toEqual([]);
      await c2.setViewportSize({ width: 1440, height: 900 });
    }
  });

  test.skipIf(process.env.PARVIS_SCREENS === undefined)('pictures', { timeout: 300_000 }, async () => {
    for (const person of [demoPeople.clarisse, demoPeople.grace, demoPeople.amina]) {
      await say(`@[Vous](person/${person.id}) @channel`);
      const visitor = await signIn(browser, person);
      for (const [name, way] of [
        ['inbox', '/inbox'],
        ['settings', '/settings'],
      ] as const) {
        const page = await visitor.tab(way);
        await inEveryLook(page, { area: 'chat-notify', locale: person.locale }, (take) => take(name));
        await page.close();
      }
      await visitor.context.close();
    }
  });
});

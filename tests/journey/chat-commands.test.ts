import { randomUUID } from 'node:crypto';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { invite, openSpace, writeMessage } from './acts.ts';
import { readReady } from './given.ts';
import { overflows, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';
import { inEveryLook } from './pictures.ts';

const tag = randomUUID().slice(0, 8);
/** A picture of one pixel, as base64. */
const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** One gives commands in a channel of her own, another sees what comes of it. Each step stands on the ones before. */
describe('commands of the house, and its emoji', () => {
  let browser: Browser;
  let clarisse: Visitor;
  let grace: Visitor;
  let mine: Page;
  let channel: string;

  beforeAll(async () => {
    browser = await openBrowser();
    [clarisse, grace] = await Promise.all([
      signIn(browser, demoPeople.clarisse),
      signIn(browser, demoPeople.grace),
    ]);
    await openSpace(clarisse.page, clarisse, `Commandes ${tag}`);
    await invite(clarisse.page, clarisse, grace.name);
    mine = clarisse.page;
    const column = mine.getByRole('navigation', { name: `Commandes ${tag}` });
    channel = (await column.locator('a[href^="/chat/"]').first().getAttribute('href')) ?? '';
    await mine.goto(readReady().url + channel);
    await mine.getByRole('log').waitFor();
    const added = await clarisse.context.request.post(`${readReady().url}/api/chat/emoji`, {
      data: { shortcode: `ravi${tag}`, picture: gif },
      headers: { origin: readReady().url },
    });
    expect(added.status()).toBe(200);
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(task.name));
  });

  async function editor(page: Page): Promise<Locator> {
    const field = page.getByRole('main').locator('.chat-surface [role=textbox]');
    await field.waitFor();
    await field.focus();
    return field;
  }
  async function give(text: string): Promise<void> {
    await editor(mine);
    await mine.keyboard.type(text);
    await mine.keyboard.press('Enter');
  }
  const says = (text: string) => mine.getByText(text).first().waitFor();
  const api = async (path: string) => (await clarisse.ask(`/api/${path}`)).json();

  test('a slash shows the commands; letters narrow the list, Enter takes one and Enter again gives it', async () => {
    const field = await editor(mine);
    await mine.keyboard.type('/');
    const list = mine.getByRole('listbox', { name: clarisse.say('chatCompose.proposals') });
    await list.getByRole('option').nth(11).waitFor();
    expect(await violations(mine)).toEqual([]);
    await mine.keyboard.type('suj');
    await expect.poll(() => list.getByRole('option').count(), { timeout: 30_000 }).toBe(1);
    await mine.keyboard.press('Enter');
    await expect.poll(() => field.innerText(), { timeout: 30_000 }).toContain('/sujet');
    await mine.keyboard.type(`Cap ${tag}`);
    await mine.keyboard.press('Enter');
    await mine.locator('.chat-topic', { hasText: `Cap ${tag}` }).waitFor();
    // What is half of a path or stands within a text asks for nothing.
    await mine.keyboard.type('voir /aide');
    await expect.poll(() => list.count(), { timeout: 30_000 }).toBe(0);
    await mine.keyboard.press('Control+a');
    await mine.keyboard.press('Delete');
  });

  test('status and silence are set by a command, and seen by another', async () => {
    await give(`/statut 🌴 En mer ${tag}`);
    await says(clarisse.say('chatApps.statusSet', { status: `🌴 En mer ${tag}` }));
    await grace.page.goto(`${readReady().url}/people?person=${demoPeople.clarisse.id}`);
    await grace.page.getByText(`En mer ${tag}`).first().waitFor();
    await give('/silence 30 min');
    await grace.page.locator('.p-here[data-presence="busy"]').first().waitFor();
    await give('/silence stop');
    await says(clarisse.say('chatApps.quietOver'));
    await give('/statut');
    await says(clarisse.say('chatApps.statusGone'));
    expect(await api('notify/status')).toEqual({ status: null });
  });

  test('a channel is muted and heard again; the last message is set to be remembered', async () => {
    await writeMessage(mine, `À relire ${tag}`);
    await mine.getByRole('log').getByText(`À relire ${tag}`).waitFor();
    await give('/sourdine');
    await says(clarisse.say('chatApps.muted'));
    await expect
      .poll(async () => (await api(channel.replace('/chat/', 'chat/channels/'))).muted, { timeout: 30_000 })
      .toBe(true);
    await give('/sourdine');
    await says(clarisse.say('chatApps.heard'));
    await give('/rappel 20 min');
    await expect
      .poll(
        async () =>
          (await api('chat/saved')).saved.find(
            (one: { message: { body: string } }) => one.message.body === `À relire ${tag}`,
          )?.remindAt ?? null,
        { timeout: 30_000 },
      )
      .not.toBeNull();
    await give('/rappel bientôt');
    await says(clarisse.say('chatApps.remindHow'));
  });

  test('a poll without words opens its window; a name puts somebody into the channel', async () => {
    await give('/sondage');
    const dialog = mine.getByRole('dialog', { name: clarisse.say('chatPoll.new') });
    await dialog.waitFor();
    await mine.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await give(`/sondage Midi ${tag} ? | oui | non`);
    await mine.getByRole('group', { name: `Midi ${tag} ?` }).waitFor();
    await give(`/inviter ${grace.name}`);
    await says(clarisse.say('chatApps.invited', { name: grace.name }));
  });

  test('behind a colon are all signs in one’s own language, and those of the house', async () => {
    const field = await editor(mine);
    const list = mine.getByRole('listbox', { name: clarisse.say('chatCompose.proposals') });
    await mine.keyboard.type(':dauphin');
    await list.getByRole('option').first().waitFor();
    await mine.keyboard.press('Enter');
    await expect.poll(() => field.innerText(), { timeout: 30_000 }).toMatch(/\p{Extended_Pictographic}/u);
    await mine.keyboard.type(`:ravi${tag.slice(0, 4)}`);
    await list.getByRole('option', { name: `ravi${tag}` }).waitFor();
    expect(await violations(mine)).toEqual([]);
    await mine.keyboard.press('Enter');
    await mine.keyboard.type(`voilà ${tag}`);
    await mine.keyboard.press('Enter');
    const row = mine.locator('article:not([data-waiting])').filter({ hasText: `voilà ${tag}` });
    await row.getByRole('img', { name: `:ravi${tag}:` }).waitFor();
    // And in the picker, on a shelf of its own.
    await row.focus();
    await mine.keyboard.press('+');
    await mine.getByRole('button', { name: clarisse.say('chatEmoji.shelves.house') }).click();
    await mine.getByRole('option', { name: `:ravi${tag}:` }).click();
    await row.getByRole('button', { name: new RegExp(`ravi${tag}`) }).waitFor();
  });

  test('who leaves by a command stands before the space', async () => {
    await give('/quitter');
    await mine.waitForURL(/\/space\//);
    expect(clarisse.complaints).toEqual([]);
  });

  test.skipIf(process.env.PARVIS_SCREENS === undefined)('pictures', { timeout: 300_000 }, async () => {
    for (const person of [demoPeople.clarisse, demoPeople.grace, demoPeople.amina]) {
      const visitor = await signIn(browser, person);
      // A channel in which each of them writes: the one of the tests was left.
      const page = await visitor.tab('/');
      await page.locator('a[href^="/space/"]').first().click();
      await page.locator('.p-list a[href^="/chat/"]').first().click();
      await page.getByRole('log').waitFor();
      await inEveryLook(page, { area: 'chat-commands', locale: person.locale }, async (take) => {
        for (const [name, text] of [
          ['commands', '/'],
          ['signs', ':ra'],
        ] as const) {
          await editor(page);
          await page.keyboard.press('Control+a');
          await page.keyboard.type(text);
          await page.getByRole('listbox').waitFor();
          await take(name);
          expect.soft(await overflows(page)).toEqual([]);
        }
        await page.keyboard.press('Control+a');
        await page.keyboard.press('Delete');
      });
      await visitor.context.close();
    }
  });
});

import { randomUUID } from 'node:crypto';
import { demoPeople, demoSpaces } from '@parvis/contract/demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { overflows, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';
import { inEveryLook } from './pictures.ts';

const tag = randomUUID().slice(0, 8);

/** One writes French and one reads it, each on a screen of their own. Each step stands on the ones before. */
describe('writing messages', () => {
  let browser: Browser;
  let samir: Visitor;
  let nadia: Visitor;
  let mine: Page;
  let theirs: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    [samir, nadia] = await Promise.all([
      signIn(browser, demoPeople.samir),
      signIn(browser, demoPeople.nadia),
    ]);
    [mine, theirs] = await Promise.all([openChannel(samir), openChannel(nadia)]);
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(task.name));
  });

  async function openChannel(visitor: Visitor): Promise<Page> {
    const page = await visitor.tab(`/space/${demoSpaces.estuary.id}`);
    const column = page.getByRole('navigation', { name: demoSpaces.estuary.name });
    await column.locator('a[href^="/chat/"]').first().click();
    await page.waitForURL(/\/chat\//);
    await page.getByRole('log').waitFor();
    return page;
  }
  /** The field once it is the editor. */
  async function editor(page: Page): Promise<Locator> {
    const field = page.getByRole('main').locator('.chat-surface [role=textbox]');
    await field.waitFor();
    await field.click();
    return field;
  }
  /** Chooses in the menu beside the field. */
  async function menu(page: Page, visitor: Visitor, tool: 'poll' | 'voice' | 'later'): Promise<void> {
    await page.getByRole('button', { name: visitor.say('chatCompose.tool.more') }).click();
    await page.getByRole('menuitem', { name: visitor.say(`chatCompose.tool.${tool}`) }).click();
  }
  const rowOf = (page: Page, text: string) =>
    page.locator('article:not([data-waiting])').filter({ hasText: text }).last();

  test('letters typed while the editor is on its way are all in it', async () => {
    await mine.reload();
    const plain = mine.getByRole('main').getByRole('textbox');
    await plain.first().focus();
    await mine.keyboard.type(`pas une lettre perdue ${tag}`, { delay: 15 });
    const field = await editor(mine);
    expect((await field.innerText()).trim()).toBe(`pas une lettre perdue ${tag}`);
    await mine.keyboard.press('Enter');
    await rowOf(theirs, `pas une lettre perdue ${tag}`).waitFor();
  });

  test('what is typed as Markdown is what the writer sees, and nothing is sent by a new line', async () => {
    const field = await editor(mine);
    await mine.keyboard.type(`Ordre du jour ${tag} **important**`);
    await field.locator('strong', { hasText: 'important' }).waitFor();
    await mine.keyboard.press('Shift+Enter');
    await mine.keyboard.type('- budget');
    await mine.keyboard.press('Shift+Enter');
    await mine.keyboard.type('calendrier');
    expect(await field.locator('li').allInnerTexts()).toEqual(['budget', 'calendrier']);
    expect(await violations(mine)).toEqual([]);
    await mine.keyboard.press('Enter');
    await rowOf(theirs, `Ordre du jour ${tag}`).getByText('calendrier').waitFor();
    expect((await field.innerText()).trim()).toBe('');
  });

  test('an @ proposes people by keyboard, and the name is in the message', async () => {
    const field = await editor(mine);
    await mine.keyboard.type('Merci @nad');
    const option = mine.getByRole('option', { name: 'Nadia' }).first();
    await option.waitFor();
    expect(await violations(mine)).toEqual([]);
    await mine.keyboard.press('Enter');
    await field.locator('.chat-mention').waitFor();
    await mine.keyboard.type(`pour ${tag}`);
    await mine.keyboard.press('Enter');
    await rowOf(theirs, `pour ${tag}`).waitFor();
  });

  test('a picture is pasted, its way is shown, and the other sees it; a stranger to the channel does not', async () => {
    const field = await editor(mine);
    await field.evaluate(async (box) => {
      const canvas = new OffscreenCanvas(64, 48);
      const pen = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      pen.fillStyle = 'teal';
      pen.fillRect(0, 0, 64, 48);
      const data = new DataTransfer();
      data.items.add(new File([await canvas.convertToBlob()], 'plan.png', { type: 'image/png' }));
      box.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    const files = mine.getByRole('list', { name: samir.say('chatFiles.attached') });
    await files.getByText('plan.png').waitFor();
    await files.getByRole('progressbar').waitFor({ state: 'detached' });
    await mine.keyboard.type(`la planche ${tag}`);
    await mine.keyboard.press('Enter');
    const picture = rowOf(theirs, `la planche ${tag}`).getByRole('img', { name: 'plan.png' });
    await expect
      .poll(() => picture.evaluate((one) => (one as HTMLImageElement).naturalWidth), { timeout: 30_000 })
      .toBe(64);
    const address = (await picture.getAttribute('src')) ?? '';
    expect((await nadia.ask(address)).status()).toBe(200);
    const oliver = await signIn(browser, demoPeople.oliver);
    expect((await oliver.ask(address)).status()).toBe(404);
    await oliver.context.close();
  });

  test('a poll is asked, answered on the other screen and counted on both', async () => {
    await menu(mine, samir, 'poll');
    const dialog = mine.getByRole('dialog', { name: samir.say('chatPoll.new') });
    await dialog.getByLabel(samir.say('chatPoll.question'), { exact: true }).fill(`Quel jour ? ${tag}`);
    await dialog.getByLabel(samir.say('chatPoll.option', { nr: '1' }), { exact: true }).fill('lundi');
    await dialog.getByLabel(samir.say('chatPoll.option', { nr: '2' }), { exact: true }).fill('mardi');
    await dialog.getByRole('button', { name: samir.say('chatPoll.ask') }).click();
    const here = mine.getByRole('group', { name: `Quel jour ? ${tag}` });
    const there = theirs.getByRole('group', { name: `Quel jour ? ${tag}` });
    await there.getByRole('checkbox', { name: 'mardi' }).click();
    await here.getByText('1 voix', { exact: true }).waitFor();
    expect(await violations(theirs)).toEqual([]);
    await here.getByRole('button', { name: samir.say('chatPoll.close') }).click();
    await there.getByText(nadia.say('chatPoll.closed')).waitFor();
    expect(await there.getByRole('checkbox', { name: 'lundi' }).isDisabled()).toBe(true);
  });

  test('a voice message is recorded, and the other may listen', async () => {
    await menu(mine, samir, 'voice');
    const bar = mine.getByRole('group', { name: samir.say('chatVoice.voice') });
    await bar.getByText('0:01').waitFor();
    await bar.getByRole('button', { name: samir.say('chatVoice.stop') }).click();
    const files = mine.getByRole('list', { name: samir.say('chatFiles.attached') });
    await files.getByText('voice-').waitFor();
    await files.getByRole('progressbar').waitFor({ state: 'detached' });
    await mine.getByRole('button', { name: samir.say('chatCompose.send'), exact: true }).click();
    const player = theirs.locator('article audio').last();
    await player.waitFor();
    await expect
      .poll(() => player.evaluate((one) => (one as HTMLAudioElement).readyState), { timeout: 30_000 })
      .toBeGreaterThan(0);
  });

  test('what is begun on one device goes on on another, and is gone there once it is sent', async () => {
    await editor(mine);
    await mine.keyboard.type(`commencé ici ${tag}`);
    const phone = await samir.tab(new URL(mine.url()).pathname);
    const other = await editor(phone);
    await expect.poll(() => other.innerText(), { timeout: 30_000 }).toContain(`commencé ici ${tag}`);
    await phone.keyboard.press('End');
    await phone.keyboard.type(', fini là');
    await phone.keyboard.press('Enter');
    await rowOf(theirs, `commencé ici ${tag}, fini là`).waitFor();
    await expect
      .poll(async () => (await (await editor(mine)).innerText()).trim(), { timeout: 30_000 })
      .toBe('');
    await phone.close();
  });

  test('a message is scheduled, seen in its list, and sent now', async () => {
    await editor(mine);
    await mine.keyboard.type(`plus tard ${tag}`);
    await menu(mine, samir, 'later');
    const dialog = mine.getByRole('dialog', { name: samir.say('chatScheduled.later') });
    await dialog.getByRole('button', { name: samir.say('chatWhen.moments.tomorrow') }).click();
    await mine.getByText(samir.say('chatScheduled.see')).first().waitFor();
    expect(await theirs.getByText(`plus tard ${tag}`).count()).toBe(0);
    const page = await samir.tab('/scheduled');
    const line = page.getByRole('listitem').filter({ hasText: `plus tard ${tag}` });
    await line.waitFor();
    expect(await violations(page)).toEqual([]);
    await line.getByRole('button', { name: samir.say('chatScheduled.sendNow') }).click();
    await rowOf(theirs, `plus tard ${tag}`).waitFor();
    await line.waitFor({ state: 'detached' });
    await page.close();
  });

  test('a message is saved with a reminder and found again; another is forwarded with words', async () => {
    const row = rowOf(theirs, `plus tard ${tag}`);
    await row.focus();
    await theirs.keyboard.press('s');
    const dialog = theirs.getByRole('dialog', { name: nadia.say('chatSaved.save') });
    await dialog.getByRole('button', { name: nadia.say('chatWhen.moments.hour') }).click();
    await dialog.waitFor({ state: 'detached' });
    await theirs.getByText(nadia.say('chatSaved.kept')).first().waitFor();
    const page = await nadia.tab('/saved');
    const line = page.getByRole('listitem').filter({ hasText: `plus tard ${tag}` });
    await line.locator('time').waitFor();
    expect(await violations(page)).toEqual([]);
    await line.getByRole('button', { name: nadia.say('chatSaved.finish'), exact: true }).click();
    await line.waitFor({ state: 'detached' });
    await page.close();
    await row.focus();
    await theirs.keyboard.press('f');
    const forward = theirs.getByRole('dialog', { name: nadia.say('chatForward.title') });
    await forward.getByRole('combobox').click();
    const place = theirs.getByRole('option').first();
    const title = (await place.innerText()).trim();
    await place.click();
    await forward.getByLabel(nadia.say('chatForward.words')).fill(`pour vous ${tag}`);
    expect(await violations(theirs)).toEqual([]);
    await forward.getByRole('button', { name: nadia.say('chatForward.send') }).click();
    await theirs.getByText(nadia.say('chatForward.sent', { name: title })).waitFor();
  });

  test('through a cut and a reload nothing is lost, and nothing is sent twice', async () => {
    const path = new URL(mine.url()).pathname;
    // The page itself is kept for the time without a network once it has been open for a while.
    await mine.reload();
    await mine.waitForFunction(
      async (wanted) => {
        for (const name of await caches.keys())
          if (name.startsWith('parvis-pages-') && (await (await caches.open(name)).match(wanted)))
            return true;
        return false;
      },
      path,
      { polling: 500 },
    );
    await samir.context.setOffline(true);
    await editor(mine);
    await mine.keyboard.type(`hors ligne ${tag}`);
    await mine.keyboard.press('Enter');
    await mine.locator('article[data-waiting]').getByText(`hors ligne ${tag}`).waitFor();
    await mine.reload();
    // Read without the network: what was said before, and what waits.
    await rowOf(mine, `plus tard ${tag}`).waitFor();
    await mine.locator('article[data-waiting]').getByText(`hors ligne ${tag}`).waitFor();
    await mine.getByText(samir.say('chat.asOf', { time: '' }).trim().slice(0, 20)).waitFor();
    await samir.context.setOffline(false);
    await rowOf(theirs, `hors ligne ${tag}`).waitFor();
    await mine.locator('article[data-waiting]').waitFor({ state: 'detached' });
    expect(
      await theirs
        .locator('article')
        .filter({ hasText: `hors ligne ${tag}` })
        .count(),
    ).toBe(1);
  });

  test.skipIf(process.env.PARVIS_SCREENS === undefined)('pictures', { timeout: 300_000 }, async () => {
    for (const person of [demoPeople.nadia, demoPeople.grace, demoPeople.amina]) {
      const visitor = await signIn(browser, person);
      const page = await visitor.tab(new URL(theirs.url()).pathname);
      const field = await editor(page);
      await page.getByRole('button', { name: visitor.say('chatCompose.styles') }).click();
      await inEveryLook(page, { area: 'chat-compose', locale: person.locale }, async (take) => {
        const shoot = async (name: string) => {
          // What opens comes in over a moment.
          await page.waitForTimeout(300);
          await take(name);
        };
        await field.click();
        await page.keyboard.press('Control+a');
        await page.keyboard.type(`**${tag}** \`code\` @`);
        await page.getByRole('listbox').waitFor();
        await shoot('composer');
        await page.keyboard.press('Escape');
        await menu(page, visitor, 'poll');
        await page.getByRole('dialog').waitFor();
        await shoot('poll');
        await page.keyboard.press('Escape');
        await menu(page, visitor, 'later');
        await page.getByRole('dialog').waitFor();
        await shoot('later');
        expect.soft(await overflows(page)).toEqual([]);
        await page.keyboard.press('Escape');
      });
      await visitor.context.close();
    }
  });
});

import { randomUUID } from 'node:crypto';
import { demoPeople, demoSpaces } from '@parvis/contract/demo';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cameIn } from './acts.ts';
import { readReady } from './given.ts';
import { overflows, rawKeys, settled, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';
import { inEveryLook } from './pictures.ts';

/** Milliseconds until what was done on one screen must have come true, at most. */
const soon = { timeout: 60_000 };
/** Milliseconds after which a person presses again: a page that has just come may not hear the first press. */
const patienceMs = 5_000;

/** Presses until what it opens is there. */
async function press(button: Locator, opened: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        if (await opened.isVisible()) return true;
        await button.click({ timeout: patienceMs }).catch(() => undefined);
        return opened.waitFor({ timeout: patienceMs }).then(
          () => true,
          () => false,
        );
      },
      { timeout: 90_000 },
    )
    .toBe(true);
}

/** C, in French, plans a meeting that comes every week; A, in Arabic, is invited. Each step stands on those before. */
describe('meetings before they are held', () => {
  let browser: Browser;
  let c: Visitor;
  let a: Visitor;
  let meeting: string;
  const title = `Comité ${randomUUID().slice(0, 8)}`;

  beforeAll(async () => {
    browser = await openBrowser();
    [c, a] = await Promise.all([signIn(browser, demoPeople.clarisse), signIn(browser, demoPeople.amina)]);
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(task.name));
  });

  const go = (page: Page, way: string) => page.goto(readReady().url + way);
  /** The lines of the meeting in a list. */
  const rows = (page: Page) => page.locator('.meetings-row').filter({ hasText: title });
  const menuOf = async (who: Visitor, page: Page, key: string) => {
    const item = page.getByRole('menuitem', { name: who.say(`meetings.menu.${key}`) });
    await press(
      rows(page)
        .first()
        .getByRole('button', { name: who.say('meetings.more', { title }) }),
      item,
    );
    await item.click();
  };

  test('C schedules one that comes every week, from the rail, and invites A', async () => {
    const { page } = c;
    await page
      .getByRole('link', { name: c.say('meetings.short'), exact: true })
      .first()
      .click();
    await page.waitForURL(/\/meetings/);
    const dialog = page.getByRole('dialog', { name: c.say('meetings.scheduleTitle') });
    await press(page.getByRole('button', { name: c.say('meetings.schedule'), exact: true }), dialog);
    await dialog.getByRole('textbox', { name: c.say('meetings.titleField'), exact: true }).fill(title);
    const week = page.getByRole('option', { name: c.say('meetings.every.week') });
    await press(dialog.getByRole('button', { name: c.say('meetings.repeat') }), week);
    await week.click();
    await dialog.getByRole('group', { name: c.say('meetings.weekdays') }).waitFor();
    expect(await violations(page), 'the form').toEqual([]);
    await dialog.getByRole('combobox', { name: c.say('meetings.people') }).fill(a.name);
    await page.getByRole('option', { name: a.name }).click();
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await dialog.getByText(a.name, { exact: true }).waitFor();
    await dialog.getByRole('button', { name: c.say('meetings.scheduleDo') }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => rows(page).count(), soon).toBeGreaterThan(10);
  });

  test('A hears of it in the inbox, sees when it is held, and says yes; C sees the answer', async () => {
    const { page } = a;
    await go(page, '/inbox');
    expect(await cameIn(page)).toEqual({ lang: 'ar', dir: 'rtl' });
    const line = page
      .locator('.inbox-group')
      .filter({ hasText: title })
      .getByRole('link', { name: a.say('inbox.said.invited', { name: c.name }) });
    await line.waitFor({ timeout: soon.timeout });
    await line.click();
    await page.waitForURL(/\/meeting\//);
    meeting = new URL(page.url()).pathname;
    const yes = page.getByRole('radio', { name: a.say('meetings.answers.yes'), exact: true });
    await yes.waitFor();
    await expect
      .poll(async () => {
        await yes.check({ force: true });
        const { answer } = await (await a.ask(`/api/meet/meetings/${meeting.split('/')[2]}/plan`)).json();
        return answer;
      }, soon)
      .toBe('yes');
    await go(c.page, meeting);
    await c.page
      .locator('.meetings-people li')
      .filter({ hasText: a.name })
      .getByText(c.say('meetings.answered.yes'), { exact: true })
      .waitFor();
  });

  test('C moves one time, and cancels the series; A sees both', async () => {
    const { page } = c;
    await go(page, '/meetings');
    await menuOf(c, page, 'move');
    const dialog = page.getByRole('dialog', { name: c.say('meetings.menu.move') });
    await dialog.getByLabel(c.say('meetings.to'), { exact: true }).fill('23:45');
    await dialog.getByRole('button', { name: c.say('meetings.moveDo') }).click();
    await dialog.waitFor({ state: 'detached' });
    await rows(page).first().getByText(c.say('meetings.moved'), { exact: true }).waitFor();
    await go(a.page, '/meetings');
    await rows(a.page).first().getByText(a.say('meetings.moved'), { exact: true }).waitFor();
    await menuOf(c, page, 'cancel');
    const question = page.getByRole('alertdialog', { name: c.say('meetings.cancelTitle') });
    await question.getByText(c.say('meetings.whichCancel.all'), { exact: true }).click();
    await question.getByRole('button', { name: c.say('meetings.cancelDo') }).click();
    await question.waitFor({ state: 'detached' });
    await rows(page).first().getByText(c.say('meetings.cancelled'), { exact: true }).waitFor();
    await go(a.page, meeting);
    await a.page.locator('.p-bar').getByText(a.say('meetings.cancelled'), { exact: true }).waitFor();
  });

  test('a code leads to its door, however it is typed, and what is none says so', async () => {
    const { page } = c;
    await go(page, '/meetings');
    const field = page.getByLabel(c.say('meetings.code'));
    const form = page.locator('.meetings-code');
    await field.fill('abc');
    await press(
      form.getByRole('button', { name: c.say('meetings.join') }),
      page.getByText(c.say('meetings.codeWrong')),
    );
    const { code } = await (await c.ask(`/api/meet/meetings/${meeting.split('/')[2]}`)).json();
    await field.fill(String(code).toUpperCase().replaceAll('-', ' '));
    await field.press('Enter');
    // People who may see the meeting are led on to its door.
    await page.waitForURL(new RegExp(`/m/${code}|${meeting.replace('/meeting/', '/meet/')}`));
  });

  test('a calendar gets a secret address, which can be ended', async () => {
    const { page } = c;
    await go(page, '/meetings');
    const dialog = page.getByRole('dialog', { name: c.say('meetings.calendar') });
    await press(page.getByRole('button', { name: c.say('meetings.calendar') }), dialog);
    await dialog.getByRole('button', { name: c.say('meetings.feedMake') }).click();
    const address = await dialog.getByLabel(c.say('meetings.feedAddress')).inputValue();
    const read = () => fetch(address).then(({ status }) => status);
    expect(await read()).toBe(200);
    await dialog.getByRole('button', { name: c.say('meetings.feedEnd') }).click();
    await expect.poll(read, soon).toBe(404);
  });

  test('the pages hold in width, in words, and for assistive technology', async () => {
    for (const who of [c, a]) {
      const { page } = who;
      for (const way of ['/meetings', '/meetings?view=week', '/meetings?view=past', meeting]) {
        await go(page, way);
        await settled(page);
        expect(await violations(page), way).toEqual([]);
        expect(await rawKeys(page), way).toEqual([]);
        await page.setViewportSize({ width: 360, height: 780 });
        await settled(page);
        expect(await overflows(page), way).toEqual([]);
        await page.setViewportSize({ width: 1280, height: 900 });
      }
    }
  });

  test.skipIf(process.env.PARVIS_SCREENS === undefined)('pictures', { timeout: 400_000 }, async () => {
    for (const [person, space] of [
      [demoPeople.clarisse, demoSpaces.estuary.id],
      [demoPeople.grace, demoSpaces.harbour.id],
      [demoPeople.amina, demoSpaces.observatory.id],
    ] as const) {
      const visitor = await signIn(browser, person);
      const { meetings } = await (await visitor.ask(`/api/meet/spaces/${space}/meetings`)).json();
      const one = (meetings as { id: string; schedule: object | null }[]).find(
        ({ schedule }) => schedule !== null,
      );
      for (const [name, way] of [
        ['next', '/meetings'],
        ['week', '/meetings?view=week'],
        ['past', '/meetings?view=past'],
        ['form', '/meetings?do=schedule'],
        ['one', `/meeting/${one?.id}`],
        ['space', `/space/${space}`],
      ] as const) {
        const page = await visitor.tab(way);
        await inEveryLook(page, { area: 'meet-plan', locale: person.locale }, async (take) => {
          if (name === 'form') await page.getByRole('dialog').waitFor();
          await take(name);
        });
        await page.close();
      }
      await visitor.context.close();
    }
  });
});

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { demoPeople } from '@parvis/contract/demo';
import type { Meeting } from '@parvis/contract/meet';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { given, readReady } from './given.ts';
import { actUntil, enters, makeMeeting } from './meet-acts.ts';
import { overflows, rawKeys, violations } from './look.ts';
import { actMsMax, keepEvidence, newVisitor, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
const stepMsMax = 240_000;
const waitMsMax = 60_000;

/** One draws in French, one in Arabic on a phone's width later; the page of the meeting keeps the board. */
describe.skipIf(given.noMeetings !== null)('a board beside a meeting', { timeout: stepMsMax }, () => {
  let browser: Browser;
  let clarisse: Visitor;
  let amina: Visitor;
  let mine: Page;
  let theirs: Page;
  let meeting: Meeting;
  let broken: string | null = null;

  beforeAll(async () => {
    browser = await openBrowser();
    [clarisse, amina] = await Promise.all([
      signIn(browser, demoPeople.clarisse),
      signIn(browser, demoPeople.amina),
    ]);
    meeting = await makeMeeting(clarisse, { title: `Croquis ${tag}`, access: 'members' });
  });
  afterAll(() => browser?.close());
  beforeEach(({ skip, task, onTestFailed }) => {
    if (broken !== null) skip(`an earlier step failed: ${broken}`);
    onTestFailed(async () => {
      broken = task.name;
      await keepEvidence(task.name);
    });
  });

  const until = (what: string, there: Locator, act: () => Promise<void>) =>
    actUntil(what, there, act, 2 * actMsMax);
  const sheet = (page: Page) => page.getByRole('application');
  const shapes = (page: Page, kind: string) => page.locator(`.board-lines [data-shape="${kind}"]`);
  const tool = (page: Page, who: Visitor, id: string) =>
    page
      .getByRole('toolbar', { name: who.say('board.tools') })
      .getByRole('button', { name: who.say(`board.tool.${id}`), exact: true });

  /** Takes up a tool and pulls it over the sheet, in parts of it. */
  async function pull(page: Page, who: Visitor, id: string, from: [number, number], to: [number, number]) {
    await tool(page, who, id).click();
    const box = await sheet(page).boundingBox();
    if (box === null) throw new Error('no sheet');
    const at = ([x, y]: [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
    await page.mouse.move(...at(from));
    await page.mouse.down();
    await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2 + 0.05]), { steps: 4 });
    await page.mouse.move(...at(to), { steps: 4 });
    await page.mouse.up();
  }

  test('one opens it, and both draw and write on it; each takes back their own alone', async () => {
    [mine, theirs] = [await clarisse.tab(`/meet/${meeting.id}`), await amina.tab(`/meet/${meeting.id}`)];
    await Promise.all([enters(mine, clarisse), enters(theirs, amina)]);
    const open = (page: Page, who: Visitor) =>
      page.getByRole('button', { name: who.say('meetRoom.board'), exact: true }).first();
    const begin = mine.getByRole('button', { name: clarisse.say('meetRoom.openBoard') });
    await until('the panel is open', begin, () => open(mine, clarisse).click());
    await until('the sheet is there', sheet(mine), () => begin.click());
    await until('the other has it, too', sheet(theirs), () => open(theirs, amina).click());

    await pull(mine, clarisse, 'pen', [0.1, 0.2], [0.4, 0.4]);
    await shapes(theirs, 'pen').waitFor({ state: 'attached', timeout: waitMsMax });
    await pull(theirs, amina, 'box', [0.5, 0.5], [0.8, 0.8]);
    await shapes(mine, 'box').waitFor({ state: 'attached', timeout: waitMsMax });
    await pull(theirs, amina, 'note', [0.6, 0.1], [0.8, 0.3]);
    await theirs.getByRole('textbox', { name: amina.say('board.words') }).fill(`ملاحظة ${tag}`);
    await theirs.keyboard.press('Escape');
    await mine.locator('p.board-words', { hasText: tag }).waitFor({ timeout: waitMsMax });
    // Words of either direction stand where they were put.
    const sheetBox = await sheet(mine).boundingBox();
    const noteBox = await mine.locator('p.board-words', { hasText: tag }).boundingBox();
    const left = ((noteBox?.x ?? 0) - (sheetBox?.x ?? 0)) / (sheetBox?.width ?? 1);
    expect(Math.abs(left - 0.6)).toBeLessThan(0.02);
    for (const page of [mine, theirs]) {
      expect(await violations(page)).toEqual([]);
      expect(await overflows(page)).toEqual([]);
      expect(await rawKeys(page)).toEqual([]);
    }

    await mine.getByRole('button', { name: clarisse.say('board.undo'), exact: true }).click();
    await shapes(theirs, 'pen').waitFor({ state: 'detached', timeout: waitMsMax });
    expect(await shapes(theirs, 'box').count()).toBe(1);
    await mine.getByRole('button', { name: clarisse.say('board.redo'), exact: true }).click();
    await shapes(theirs, 'pen').waitFor({ state: 'attached', timeout: waitMsMax });
  });

  test('by keyboard alone a shape is put down, moved and taken away', async () => {
    await sheet(mine).focus();
    await mine.keyboard.press('5');
    await mine.keyboard.press('Enter');
    await shapes(theirs, 'oval').waitFor({ state: 'attached', timeout: waitMsMax });
    const before = await shapes(theirs, 'oval').getAttribute('d');
    await mine.keyboard.press('ArrowRight');
    await eventually('it has moved', async () => (await shapes(theirs, 'oval').getAttribute('d')) !== before);
    await mine.keyboard.press('Delete');
    await shapes(theirs, 'oval').waitFor({ state: 'detached', timeout: waitMsMax });
  });

  test('it is saved as a picture', async () => {
    const [file] = await Promise.all([
      mine.waitForEvent('download', { timeout: waitMsMax }),
      mine.getByRole('button', { name: clarisse.say('board.picture') }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.png$/);
    const bytes = await readFile(await file.path());
    expect([...bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });

  test('it stays on the page of the meeting, and on a phone it is whole', async () => {
    await mine.goto(`${readReady().url}/meeting/${meeting.id}`);
    const link = mine.getByRole('link', { name: clarisse.say('meetings.board'), exact: true });
    const path = await link.getAttribute('href');
    expect(path).toMatch(/^\/docs\//);
    const phone = await newVisitor(browser, 'phone', { locale: 'ar', width: 360, dark: true });
    await phone.context.addCookies(await amina.context.cookies());
    const page = await phone.tab(path ?? '');
    await shapes(page, 'box').waitFor({ state: 'attached', timeout: waitMsMax });
    await page.locator('p.board-words', { hasText: tag }).waitFor();
    expect(await shapes(page, 'pen').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toEqual([]);
    expect(await rawKeys(page)).toEqual([]);
    await phone.context.close();
  });
});

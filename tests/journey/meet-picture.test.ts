import { randomUUID } from 'node:crypto';
import { demoPeople } from '@parvis/contract/demo';
import type { Meeting } from '@parvis/contract/meet';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { given } from './given.ts';
import { overflows, rawKeys, violations } from './look.ts';
import { actUntil, enters, makeMeeting } from './meet-acts.ts';
import { moves } from './motion.ts';
import { inEveryLook } from './pictures.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

/** Milliseconds for one step: three browsers draw moving pictures without a graphics card. */
const stepMsMax = 300_000;
const pictureMsMax = 120_000;

/** One asks for a recording with a picture, the other agrees; both are then seen on the page of the meeting. */
describe.skipIf(given.noMeetings !== null)('the picture of a recording', { timeout: stepMsMax }, () => {
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
    for (const { context } of [clarisse, amina]) context.setDefaultNavigationTimeout(pictureMsMax);
    meeting = await makeMeeting(clarisse, {
      title: `Image ${randomUUID().slice(0, 8)}`,
      access: 'members',
    });
  });
  afterAll(() => browser?.close());
  beforeEach(({ skip, task, onTestFailed }) => {
    if (broken !== null) skip(`an earlier step failed: ${broken}`);
    onTestFailed(async () => {
      broken = task.name;
      await keepEvidence(task.name);
    });
  });

  /** Chooses a line of the menu of the meeting, as its organiser, until that has led to something. */
  const chooses = (key: string, there: string) =>
    actUntil(
      key,
      mine.getByText(clarisse.say(there)),
      async () => {
        const line = mine.getByRole('menuitem', { name: clarisse.say(key) });
        if (!(await line.isVisible()))
          await mine.getByRole('button', { name: clarisse.say('meetRoom.more') }).click();
        await line.click();
      },
      pictureMsMax,
    );

  test('an organiser asks for it, the other is asked whether they may be seen, and agrees', async () => {
    mine = await clarisse.tab(`/meet/${meeting.id}`);
    theirs = await amina.tab(`/meet/${meeting.id}`);
    await Promise.all([enters(mine, clarisse), enters(theirs, amina)]);
    await mine.locator(`video[aria-label="${amina.name}"]`).waitFor({ timeout: pictureMsMax });
    await chooses('meetScribe.recordPicture', 'meetScribe.agreedPicture');
    const asked = theirs.getByText(amina.say('meetScribe.askedPicture', { name: clarisse.name }));
    await asked.waitFor({ timeout: pictureMsMax });
    expect(await violations(theirs)).toEqual([]);
    expect(await overflows(theirs)).toEqual([]);
    expect(await rawKeys(theirs)).toEqual([]);
    await actUntil(
      'agreed',
      theirs.getByText(amina.say('meetScribe.agreedPicture')),
      () => theirs.getByRole('button', { name: amina.say('meetScribe.agree') }).click(),
      pictureMsMax,
    );
  });

  test('once it is saved, the page of the meeting plays it, and both faces move', async () => {
    // Some seconds of a meeting, from the moment on at which it is recorded.
    await moves(mine.locator(`video[aria-label="${amina.name}"]`), amina.name);
    await eventually('it is being recorded', async () => {
      const answer = await clarisse.ask(`/api/meet/meetings/${meeting.id}/recordings`);
      const { recordings } = (await answer.json()) as { recordings: { state: string }[] };
      return recordings[0]?.state === 'on';
    });
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    await chooses('meetScribe.recordStop', 'meetScribe.saving');
    const page = await clarisse.tab(`/meeting/${meeting.id}`);
    const film = page.locator('.kept-film video');
    await eventually(
      'the film is there',
      async () => {
        if (await film.isVisible()) return true;
        await page.reload();
        return film.waitFor({ timeout: 15_000 }).then(
          () => true,
          () => false,
        );
      },
      { msMax: pictureMsMax },
    );
    await film.evaluate(async (node) => {
      const video = node as HTMLVideoElement;
      video.muted = true;
      video.loop = true;
      await video.play();
    });
    await moves(film, 'the meeting');
    expect(await violations(page)).toEqual([]);
    expect(await overflows(page)).toEqual([]);
    expect(await rawKeys(page)).toEqual([]);
  });

  test.skipIf(!given.wantsScreens)('pictures', { timeout: 400_000 }, async () => {
    const english = await signIn(browser, demoPeople.grace);
    for (const who of [clarisse, english, amina]) {
      const page = await who.tab(`/meeting/${meeting.id}`);
      const film = page.locator('.kept-film video');
      await inEveryLook(page, { area: 'meet-picture', locale: who.locale }, async (take) => {
        await film.evaluate((node) => {
          (node as HTMLVideoElement).currentTime = 8;
        });
        await film.scrollIntoViewIfNeeded();
        await take('film');
      });
      await page.close();
    }
  });
});

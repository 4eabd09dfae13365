import { randomUUID } from 'node:crypto';
import { demoPeople } from '@parvis/contract/demo';
import type { Meeting } from '@parvis/contract/meet';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { given, readReady } from './given.ts';
import { actUntil, asksOf, enters, makeMeeting, openMeetingChat } from './meet-acts.ts';
import { overflows, rawKeys, violations } from './look.ts';
import { moves } from './motion.ts';
import { keepEvidence, newVisitor, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
/** Milliseconds for one step: three browsers draw moving pictures without a graphics card. */
const stepMsMax = 300_000;
const guestName = `Aude ${tag}`;

const meetingOf = (who: Visitor, body: object) => makeMeeting(who, { title: `Point ${tag}`, ...body });
const face = (page: Page, name: string) => page.locator(`video[aria-label="${name}"]`);
/** Milliseconds until a picture is there: each browser encodes and decodes on processors that others use, too. */
const pictureMsMax = 120_000;
const sees = (page: Page, name: string) => face(page, name).waitFor({ timeout: pictureMsMax });
const tile = (page: Page, name: string) => page.locator('.meet-tile').filter({ hasText: name });

/** One looks after the meeting, one takes part in Arabic, one comes by the link without an account. */
describe.skipIf(given.noMeetings !== null)('in a meeting', { timeout: stepMsMax }, () => {
  let browser: Browser;
  let clarisse: Visitor;
  let amina: Visitor;
  let guest: Visitor;
  let mine: Page;
  let theirs: Page;
  let stranger: Page;
  let meeting: Meeting;
  let broken: string | null = null;

  beforeAll(async () => {
    browser = await openBrowser();
    [clarisse, amina, guest] = await Promise.all([
      signIn(browser, demoPeople.clarisse),
      signIn(browser, demoPeople.amina),
      newVisitor(browser, guestName),
    ]);
    for (const { context } of [clarisse, amina, guest]) context.setDefaultNavigationTimeout(pictureMsMax);
    meeting = await meetingOf(clarisse, { access: 'members' });
  });
  afterAll(() => browser?.close());
  beforeEach(({ skip, task, onTestFailed }) => {
    if (broken !== null) skip(`an earlier step failed: ${broken}`);
    onTestFailed(async () => {
      broken = task.name;
      await keepEvidence(task.name);
    });
  });

  const people = async (page: Page, who: Visitor) => {
    const panel = page.getByRole('complementary', { name: who.say('meetRoom.people') });
    if (!(await panel.isVisible())) await page.keyboard.press('p');
    await panel.waitFor();
    return panel;
  };
  /** Opens the menu about somebody in the panel of people, and chooses. */
  async function choose(name: string, key: string): Promise<void> {
    const panel = await people(mine, clarisse);
    await panel.getByRole('button', { name: clarisse.say('meetRoom.actsFor', { name }) }).click();
    await mine.getByRole('menuitem', { name: clarisse.say(`meetRoom.${key}`), exact: true }).click();
  }

  /** Asks something of the house about this meeting, as its organiser. */
  async function asks(what: string): Promise<void> {
    const { url } = readReady();
    const answer = await clarisse.context.request.post(`${url}/api/meet/meetings/${meeting.id}/${what}`, {
      data: {},
      headers: { origin: url },
    });
    expect(answer.status()).toBe(200);
  }

  const until = (what: string, there: Locator, act: () => Promise<void>) =>
    actUntil(what, there, act, pictureMsMax);

  test('the door shows oneself, and each sees the other move once both are in', async () => {
    mine = await clarisse.tab(`/meet/${meeting.id}`);
    theirs = await amina.tab(`/meet/${meeting.id}`);
    await sees(mine, clarisse.say('meet.preview'));
    for (const [page, who] of [
      [mine, clarisse],
      [theirs, amina],
    ] as const) {
      await page.getByRole('button', { name: who.say('meetDevices.testSpeaker') }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await overflows(page)).toEqual([]);
      expect(await rawKeys(page)).toEqual([]);
    }
    await Promise.all([enters(mine, clarisse), enters(theirs, amina)]);
    await sees(mine, amina.name);
    await sees(theirs, clarisse.name);
    await moves(face(mine, amina.name), amina.name);
    await moves(face(theirs, clarisse.name), clarisse.name);
    expect(await violations(mine)).toEqual([]);
    expect(await violations(theirs)).toEqual([]);
    expect(await overflows(theirs)).toEqual([]);
    expect(await rawKeys(theirs)).toEqual([]);
  });

  test('a hand that is raised with a key has its place on the other screen, and may be lowered there', async () => {
    const hand = tile(mine, amina.name).locator('.meet-hand');
    const up = theirs.getByRole('button', { name: amina.say('meetRoom.handDown') });
    await until('the hand is up', up, () => theirs.keyboard.press('h'));
    await hand.waitFor();
    const panel = await people(mine, clarisse);
    const lower = clarisse.say('meetRoom.lowerName', { name: amina.name });
    const down = theirs.getByRole('button', { name: amina.say('meetRoom.handUp') });
    await until('the hand is down', down, () => panel.getByRole('button', { name: lower }).click());
    await hand.waitFor({ state: 'detached', timeout: pictureMsMax });
    expect(await violations(mine)).toEqual([]);
  });

  test('who is muted opens the microphone by themselves alone, and is asked to', async () => {
    const tools = theirs.getByRole('toolbar');
    const off = tools.getByRole('button', { name: amina.say('meetRoom.microphoneOff') });
    const on = tools.getByRole('button', { name: amina.say('meetRoom.microphoneOn') });
    await off.waitFor();
    await until('the microphone is off', on, () => choose(amina.name, 'mute'));
    const asked = theirs.locator('.p-toast', {
      hasText: amina.say('meetRoom.askedToSpeak', { name: clarisse.name }),
    });
    const answer = asked.last().getByRole('button', { name: amina.say('meetRoom.microphoneOn') });
    await until('the microphone is on again', off, async () => {
      // What is said in passing passes: on a slow machine it is asked again.
      if (!(await answer.isVisible())) await choose(amina.name, 'askUnmute');
      await answer.click({ timeout: 6_000 });
    });
  });

  test('whose words are taken in the chat reads by whom, and writes again once they are given back', async () => {
    const channelId = await openMeetingChat(clarisse, meeting);
    const panel = theirs.getByRole('complementary', { name: amina.say('meetRoom.chat') });
    await until('the chat is open', panel, () => theirs.keyboard.press('c'));
    const taken = panel.getByText(amina.say('meetRoom.silencedBy', { name: clarisse.name }));
    /** Turns the line of the menu that says whether she may write, unless it says so already. */
    const mayWrite = async (wanted: boolean) => {
      const here = await people(mine, clarisse);
      await here
        .getByRole('button', { name: clarisse.say('meetRoom.actsFor', { name: amina.name }) })
        .click({ timeout: 4_000 });
      const line = mine.getByRole('menuitemcheckbox', {
        name: clarisse.say('meetRoom.mayWrite'),
        exact: true,
      });
      if ((await line.getAttribute('aria-checked')) !== String(wanted)) await line.click({ timeout: 4_000 });
      await mine.keyboard.press('Escape');
      await line.waitFor({ state: 'detached' });
    };
    await until('the words are taken', taken, () => mayWrite(false));
    expect(await violations(theirs)).toEqual([]);
    expect(await overflows(theirs)).toEqual([]);
    const said = { clientId: randomUUID(), body: 'oui' };
    expect((await asksOf(amina, 'POST', `/api/chat/channels/${channelId}/messages`, said)).status()).toBe(
      403,
    );
    const field = panel.locator('.chat-compose');
    await until('the words are back', field, () => mayWrite(true));
    await eventually('the chat is closed', async () => {
      const close = panel.getByRole('button', { name: amina.say('meetRoom.closePanel') });
      await close.click({ timeout: 4_000 }).catch(() => undefined);
      return (await panel.count()) === 0;
    });
  });

  test('somebody without an account waits, is refused, comes again, is let in and marked', async () => {
    stranger = await guest.tab(`/m/${meeting.code}`);
    const name = stranger.getByLabel(guest.say('meet.guest.name'));
    await eventually('the name is taken', async () => {
      await name.fill(guestName);
      return stranger.getByRole('button', { name: guest.say('meet.join'), exact: true }).isEnabled();
    });
    expect(await violations(stranger)).toEqual([]);
    await stranger.getByRole('button', { name: guest.say('meet.join'), exact: true }).click();
    await stranger.getByText(guest.say('meet.waiting')).waitFor();
    await until('the guest is refused', stranger.getByText(guest.say('meet.after.refused')), () =>
      mine.getByRole('button', { name: clarisse.say('meetRoom.refuseName', { name: guestName }) }).click(),
    );

    // A tab that comes anew is somebody who knocks anew.
    await stranger.evaluate(() => sessionStorage.clear());
    await stranger.reload();
    await eventually('the name is taken', async () => {
      await name.fill(guestName);
      return stranger.getByRole('button', { name: guest.say('meet.join'), exact: true }).isEnabled();
    });
    await stranger.getByRole('button', { name: guest.say('meet.join'), exact: true }).click();
    await stranger.getByText(guest.say('meet.waiting')).waitFor();
    const inside = stranger.getByRole('toolbar', { name: guest.say('meetRoom.tools') });
    await until('the guest is let in', inside, () =>
      mine.getByRole('button', { name: clarisse.say('meetRoom.admitName', { name: guestName }) }).click(),
    );
    await sees(mine, guestName);
    await moves(face(mine, guestName), guestName);
    await tile(mine, guestName).getByText(clarisse.say('meetRoom.unverified')).waitFor();
  });

  test('breakout rooms take people apart, and closing them brings everybody back', async () => {
    await mine.getByRole('button', { name: clarisse.say('meetRoom.more') }).click();
    await mine.getByRole('menuitem', { name: clarisse.say('meetRoom.breakouts') }).click();
    await mine.getByRole('button', { name: clarisse.say('meetBreakout.start') }).click();
    const said = (page: Page, who: Visitor, nr: number) => {
      const name = clarisse.say('meetBreakout.roomName', { nr: String(nr) });
      return page.getByText(who.say('meetBreakout.inRoom', { name }));
    };
    const rooms = [1, 2];
    for (const [page, who] of [
      [theirs, amina],
      [stranger, guest],
    ] as const)
      await eventually(`${who.name} is in a room`, async () => {
        const seen = await Promise.all(rooms.map((nr) => said(page, who, nr).isVisible()));
        return seen.some(Boolean);
      });
    await face(theirs, guestName).waitFor({ state: 'detached', timeout: pictureMsMax });
    // Nobody listens in the rooms: it is said there while the meeting is recorded.
    await asks('recordings');
    await theirs.getByText(amina.say('meetScribe.pausedHere')).waitFor({ timeout: pictureMsMax });
    await mine.getByText(clarisse.say('meetScribe.pausedHere')).waitFor({ state: 'detached' });
    expect(await violations(theirs)).toEqual([]);
    await asks('recordings/stop');
    await mine.getByRole('button', { name: clarisse.say('meetRoom.more') }).click();
    await mine.getByRole('menuitem', { name: clarisse.say('meetRoom.breakouts') }).click();
    await mine.getByRole('button', { name: clarisse.say('meetBreakout.closeAll') }).click();
    await mine.keyboard.press('Escape');
    await sees(theirs, guestName);
    await sees(mine, amina.name);
    await moves(face(theirs, guestName), guestName);
  });

  test('who is removed and locked out is told so, the door stays closed, and an organiser may open it again', async () => {
    await until('amina is out', theirs.getByText(amina.say('meet.after.removed')), () =>
      choose(amina.name, 'lockOut'),
    );
    await face(mine, amina.name).waitFor({ state: 'detached', timeout: pictureMsMax });
    await theirs.goto(`${readReady().url}/meet/${meeting.id}`);
    const button = theirs.getByRole('button', { name: amina.say('meet.join'), exact: true });
    const refused = theirs.getByText(amina.say('meet.after.removed'));
    await eventually('the door stays closed', async () => {
      await button.click({ timeout: 4_000 }).catch(() => undefined);
      return refused.isVisible();
    });
    const panel = await people(mine, clarisse);
    const back = panel.getByRole('button', {
      name: clarisse.say('meetRoom.allowBackName', { name: amina.name }),
    });
    await back.waitFor();
    expect(await violations(mine)).toEqual([]);
    await until(
      'amina may come back',
      mine.getByText(clarisse.say('meetRoom.allowedBack', { name: amina.name })),
      () => back.click({ timeout: 4_000 }),
    );
    await back.waitFor({ state: 'detached' });
    await theirs.reload();
    await enters(theirs, amina);
    await sees(mine, amina.name);
  });

  test('the end is the end for everybody', async () => {
    await mine.getByRole('button', { name: clarisse.say('meetRoom.more') }).click();
    await mine.getByRole('menuitem', { name: clarisse.say('meetRoom.endForAll') }).click();
    await stranger.getByText(guest.say('meet.after.ended')).waitFor();
    await mine.getByText(clarisse.say('meet.after.ended')).waitFor();
    await eventually('the way on leads to what is left of it', async () => {
      const way = mine.getByRole('link', { name: clarisse.say('meet.itsPage') });
      await way.click({ timeout: 4_000 }).catch(() => undefined);
      return new URL(mine.url()).pathname === `/meeting/${meeting.id}`;
    });
    await mine.getByRole('heading', { name: meeting.title, level: 1 }).waitFor();
    expect(await mine.getByRole('link', { name: clarisse.say('meetings.join') }).count()).toBe(0);
  });

  test('with another key there is no picture, and it is said; with the right one there is', async () => {
    const sealed = await meetingOf(clarisse, { access: 'members', encrypted: true });
    const [key, wrong] = [randomUUID(), randomUUID()];
    await mine.goto(`${readReady().url}/meet/${sealed.id}#key=${key}`);
    await theirs.goto(`${readReady().url}/meet/${sealed.id}#key=${wrong}`);
    await Promise.all([enters(mine, clarisse), enters(theirs, amina)]);
    await tile(theirs, clarisse.name)
      .getByText(amina.say('meetRoom.sealed'))
      .waitFor({ timeout: pictureMsMax });
    expect(await face(theirs, clarisse.name).count()).toBe(0);

    await theirs.goto('about:blank');
    await theirs.goto(`${readReady().url}/meet/${sealed.id}#key=${key}`);
    await enters(theirs, amina);
    await sees(theirs, clarisse.name);
    await moves(face(theirs, clarisse.name), clarisse.name);
  });
});

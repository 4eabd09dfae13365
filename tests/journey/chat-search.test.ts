import { randomUUID } from 'node:crypto';
import { demoPeople } from '@parvis/contract/demo';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { invite, openSpace } from './acts.ts';
import { eventually } from './eventually.ts';
import { readReady } from './given.ts';
import { overflows, rawKeys, settled, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

/** A word that no other message of the house has, with a tail of letters only: it is one word to every language. */
const tag = randomUUID()
  .replaceAll(/[^a-f]/g, '')
  .slice(0, 6);
const word = `maregraphe${tag}`;
const quay = `quai-${tag}`;
const lock = `écluse-${tag}`;

/** Sends what a service is asked, as this browser would. */
async function send(who: Visitor, path: string, data: object): Promise<{ id: string; seq: number }> {
  const { url } = readReady();
  const answer = await who.context.request.post(url + path, { data, headers: { origin: url } });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  return (await answer.json()) as { id: string; seq: number };
}

const field = (who: Visitor) => who.page.getByRole('combobox', { name: who.say('search.ask') });
const hits = (who: Visitor) =>
  who.page.getByRole('list', { name: who.say('search.tabs.messages') }).getByRole('listitem');

/** Types a question and waits until these messages, newest first, and no others are shown. */
async function expectFound(who: Visitor, question: string, expected: string[]): Promise<void> {
  await field(who).fill(question);
  await eventually(`${who.locale}: ${question} finds ${expected.join(', ') || 'nothing'}`, async () => {
    if (expected.length === 0)
      return who.page.getByText(who.say('search.nothing'), { exact: true }).isVisible();
    const texts = await hits(who).locator('.search-hit-text').allTextContents();
    return texts.map((text) => text.replace(word, '').trim()).join() === expected.join();
  });
}

/** One looks in French, the other in Arabic; a third sees nothing of theirs. */
describe('messages are found', () => {
  let browser: Browser;
  let a: Visitor;
  let b: Visitor;
  let stranger: Visitor;
  const way = { quay: '', lock: '' };

  beforeAll(async () => {
    browser = await openBrowser();
    [a, b, stranger] = await Promise.all([
      signIn(browser, demoPeople.clarisse),
      signIn(browser, demoPeople.amina),
      signIn(browser, demoPeople.oliver),
    ]);
    const space = await openSpace(a.page, a, `Mesures ${tag}`);
    await invite(a.page, a, b.name);
    const spaceId = space.replace('/space/', '');
    const say = (who: Visitor, id: string, text: string) =>
      send(who, `/api/chat/channels/${id}/messages`, { clientId: randomUUID(), body: `${word} ${text}` });
    way.quay = (await send(a, '/api/chat/channels', { spaceId, name: quay })).id;
    way.lock = (await send(a, '/api/chat/channels', { spaceId, name: lock })).id;
    await say(a, way.quay, 'un');
    await say(a, way.quay, 'deux https://parvis.example/crue');
    await say(b, way.lock, 'ثلاثة');
    await say(a, way.lock, 'quatre');
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(`search ${task.name}`));
  });

  test('each operator by its French and its Arabic name', async () => {
    await Promise.all([
      a.page.goto(new URL('/search?tab=messages', a.page.url()).href),
      b.page.goto(new URL('/search?tab=messages', b.page.url()).href),
    ]);
    const deux = 'deux https://parvis.example/crue';
    const all = ['quatre', 'ثلاثة', deux, 'un'];
    await expectFound(a, word, all);
    for (const [french, arabic, expected] of [
      ['de:أمينة', 'من:أمينة', ['ثلاثة']],
      [`dans:${quay}`, `في:${quay}`, [deux, 'un']],
      ["le:aujourd'hui", 'يوم:اليوم', all],
      ['avant:hier', 'قبل:أمس', []],
      ['après:hier', 'بعد:أمس', all],
      ['pendant:2020', 'خلال:٢٠٢٠', []],
      ['avec:lien', 'فيه:رابط', [deux]],
    ] as const) {
      await expectFound(a, `${word} ${french}`, [...expected]);
      await expectFound(b, `${word} ${arabic}`, [...expected]);
    }
    await expectFound(a, `${word} est:à-moi -deux`, ['quatre', 'un']);
    await expectFound(b, `${word} هو:لي`, ['ثلاثة']);
    await expectFound(a, `"${word} quatre" OU "${word} un"`, ['quatre', 'un']);
  });

  test('who is no member finds nothing, and is told of nothing', async () => {
    await stranger.page.goto(new URL('/search?tab=messages', stranger.page.url()).href);
    await expectFound(stranger, word, []);
    await expectFound(stranger, `${word} in:${quay}`, []);
    expect(await stranger.page.getByRole('main').innerText()).not.toContain(lock);
  });

  test('by keyboard: a person is proposed, narrows, and is taken away; a hit opens its message', async () => {
    const { page } = a;
    await field(a).fill(`${word} de:أمي`);
    await page.getByRole('option', { name: b.name }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await eventually(
      'the name is in the question',
      async () => (await field(a).inputValue()) === `${word} de:"${b.name}" `,
    );
    await eventually('one is left', async () => (await hits(a).count()) === 1);
    await page.getByRole('button', { name: a.say('search.dropFilter', { filter: `de ${b.name}` }) }).click();
    await eventually('all are back', async () => (await hits(a).count()) === 4);
    await hits(a).nth(3).getByRole('link').click();
    await page.waitForURL((url) => url.pathname === `/chat/${way.quay}` && url.searchParams.get('m') === '1');
  });

  test('in a channel Ctrl+F looks for messages of that channel; what was looked for is remembered', async () => {
    const { page } = a;
    await page.getByRole('main').getByRole('textbox').waitFor();
    await page.keyboard.press('Control+f');
    await page.waitForURL(/\/search/);
    await page
      .getByRole('button', { name: a.say('search.dropFilter', { filter: `dans ${quay}` }) })
      .waitFor();
    await page.keyboard.type('deux');
    await eventually('it is found there', async () => (await hits(a).count()) === 1);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: a.say('search.clear') }).click();
    await page.getByRole('button', { name: 'deux', exact: true }).click();
    await eventually('it is asked again', async () => (await hits(a).count()) === 1);
  });

  test('the palette knows messages, and leads to everything', async () => {
    const { page } = a;
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: a.say('shell.find') });
    await palette.getByRole('combobox').fill(word.slice(0, -1));
    await palette
      .getByRole('group', { name: a.say('shell.inMessages') })
      .getByRole('option')
      .first()
      .waitFor();
    await page.keyboard.press('Tab');
    await page.waitForURL(
      (url) => url.pathname === '/search' && url.searchParams.get('q') === word.slice(0, -1),
    );
  });

  test('nothing of it breaks in Arabic, in the dark or on a phone, with and without an answer', async () => {
    for (const who of [a, b])
      for (const width of [360, 1280])
        for (const question of ['', `${word} ${who.locale === 'ar' ? 'في' : 'dans'}:${lock} couleur:bleu`]) {
          const { page } = who;
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme: width === 360 ? 'dark' : 'light' });
          await page.goto(new URL(`/search?q=${encodeURIComponent(question)}`, page.url()).href);
          if (question === '') await page.getByRole('heading', { name: who.say('search.help') }).waitFor();
          else await page.getByText('couleur', { exact: true }).waitFor();
          await settled(page);
          expect(await violations(page), `${who.locale} ${width} ${question}`).toEqual([]);
          expect(await overflows(page), `${who.locale} ${width} ${question}`).toEqual([]);
          expect(await rawKeys(page)).toEqual([]);
        }
    expect([...a.complaints, ...b.complaints]).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { demoPeople, demoSpaces } from '@parvis/contract/demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isSignedWith, Receiver } from '../../apps/chat/src/webhook/receiver.kit.ts';
import { readReady } from './given.ts';
import { overflows, rawKeys, violations } from './look.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tag = randomUUID().slice(0, 8);
/** A picture of one pixel. */
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** One manages a channel and one reads it, each on a screen of their own, beside programs. Steps stand on those before. */
describe('programs and a channel', () => {
  let browser: Browser;
  let clarisse: Visitor;
  let samir: Visitor;
  let mine: Page;
  let theirs: Page;
  let apps: Page;
  let channel: string;
  let receiver: Receiver;
  let token: string;

  beforeAll(async () => {
    browser = await openBrowser();
    receiver = await Receiver.start();
    [clarisse, samir] = await Promise.all([
      signIn(browser, demoPeople.clarisse),
      signIn(browser, demoPeople.samir),
    ]);
    mine = await clarisse.tab(`/space/${demoSpaces.estuary.id}`);
    const column = mine.getByRole('navigation', { name: demoSpaces.estuary.name });
    channel = (await column.locator('a[href^="/chat/"]').first().getAttribute('href')) ?? '';
    await mine.goto(readReady().url + channel);
    theirs = await samir.tab(channel);
    for (const page of [mine, theirs]) await page.getByRole('log').waitFor();
  });
  afterAll(async () => {
    receiver?.stop();
    await browser?.close();
  });
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(task.name));
  });

  const say = (key: string) => clarisse.say(key);
  const rowOf = (page: Page, text: string) => page.locator('article').filter({ hasText: text }).last();
  const post = (path: string, body: unknown, bearer?: string) =>
    fetch(path.startsWith('http') ? path : readReady().url + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      },
    });
  /** Fills the dialog that is open, and answers the secret that it then shows. */
  async function made(page: Page, fields: Record<string, string>, label: string): Promise<string> {
    const dialog = page.getByRole('dialog');
    for (const [name, text] of Object.entries(fields))
      await dialog.getByLabel(name, { exact: true }).fill(text);
    await dialog.getByRole('button', { name: say('shell.create') }).click();
    const secret = await dialog.getByLabel(label, { exact: true }).inputValue();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: say('chatApps.kept') }).click();
    return secret;
  }

  test('what a program posts shows on both screens under its name', async () => {
    apps = await clarisse.tab(`${channel}/apps`);
    await apps.getByRole('button', { name: say('chatApps.incomingNew') }).click();
    const address = await made(
      apps,
      { [say('chatApps.name')]: `Supervision ${tag}` },
      say('chatApps.address'),
    );
    const answer = await post(address, { text: `Disque *presque* plein ${tag}` });
    expect(answer.status).toBe(200);
    for (const page of [mine, theirs]) {
      const row = rowOf(page, `plein ${tag}`);
      await row.waitFor();
      expect(await row.innerText()).toContain(`Supervision ${tag}`);
    }
    await apps.reload();
    await apps.getByText(`Supervision ${tag}`).first().waitFor();
    expect(await violations(apps)).toEqual([]);
  });

  test('what happens is told outside, signed, again until it is taken; the log says so', async () => {
    await apps.getByRole('button', { name: say('chatApps.outgoingNew') }).click();
    const fields = { [say('chatApps.name')]: `Billets ${tag}`, [say('chatApps.url')]: receiver.address };
    const secret = await made(apps, fields, say('chatApps.secret'));
    receiver.statuses.push(500, 500);
    const field = theirs.getByRole('main').locator('.chat-surface [role=textbox]');
    await field.click();
    await theirs.keyboard.type(`À traiter ${tag}`);
    await theirs.keyboard.press('Enter');
    await expect.poll(() => receiver.heard.length, { timeout: 40_000 }).toBe(3);
    expect(receiver.heard.every((one) => isSignedWith(secret, one))).toBe(true);
    expect(receiver.heard.at(-1)?.body.data.entry?.message?.body).toBe(`À traiter ${tag}`);
    await apps.getByRole('button', { name: `${say('chatApps.log')} Billets ${tag}` }).click();
    const log = apps.getByRole('dialog');
    await log.locator('[data-state=sent]').first().waitFor();
    expect(await violations(apps)).toEqual([]);
    await apps.keyboard.press('Escape');
  });

  test('a bot writes with its token under its own name, and does nothing that the token is not for', async () => {
    const page = await clarisse.tab('/settings/bots');
    await page.getByRole('button', { name: say('bots.new') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(say('bots.name'), { exact: true }).fill(`Veilleur ${tag}`);
    await dialog.getByRole('button', { name: say('shell.create') }).click();
    await page.getByRole('button', { name: `${say('bots.newToken')} Veilleur ${tag}` }).click();
    token = await made(page, { [say('bots.tokenName')]: 'serveur' }, say('bots.token'));
    expect(await violations(page)).toEqual([]);
    const listed = await clarisse.ask('/api/directory/bots');
    const { bots } = (await listed.json()) as { bots: { id: string; name: string }[] };
    const botId = bots.find(({ name }) => name === `Veilleur ${tag}`)?.id;
    const path = `/api${channel.replace('/chat/', '/chat/channels/')}/messages`;
    const send = () => post(path, { clientId: randomUUID(), body: `Je veille ${tag} :bravo${tag}:` }, token);
    expect((await send()).status).toBe(404);
    const space = `/api/directory/resources/${demoSpaces.estuary.id}/access`;
    const shared = await clarisse.context.request.put(readReady().url + space, {
      data: { subjectKind: 'person', subjectId: botId, role: 'editor' },
      headers: { origin: readReady().url },
    });
    expect(shared.status()).toBe(200);
    expect((await send()).status).toBe(200);
    for (const screen of [mine, theirs]) {
      const row = rowOf(screen, `Je veille ${tag}`);
      await row.waitFor();
      expect(await row.innerText()).toContain(say('shell.bot'));
    }
    const refused = await post('/api/directory/spaces', { name: 'Non' }, token);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      403,
      'scope-missing',
    ]);
  });

  test('an emoji of the house is its picture wherever its name stands', async () => {
    const page = await clarisse.tab('/settings/emoji');
    await page.getByRole('button', { name: say('emoji.new') }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByLabel(say('emoji.picture'), { exact: true })
      .setInputFiles({ name: 'a.gif', mimeType: 'image/gif', buffer: gif });
    await dialog.getByLabel(say('emoji.name'), { exact: true }).fill(`bravo${tag}`);
    await dialog.getByRole('button', { name: say('shell.create') }).click();
    await page.getByText(`:bravo${tag}:`).waitFor();
    expect(await violations(page)).toEqual([]);
    await theirs.reload();
    const picture = rowOf(theirs, `Je veille ${tag}`).getByRole('img', { name: `:bravo${tag}:` });
    await picture.waitFor();
    expect(await picture.evaluate((node: HTMLImageElement) => node.naturalWidth)).toBe(1);
  });

  test('a command of a program is typed like a message and answered to one alone; /aide lists it', async () => {
    await apps.reload();
    await apps.getByRole('button', { name: say('chatApps.commandNew') }).click();
    const word = `meteo-${tag}`;
    const fields = { [say('chatApps.word')]: word, [say('chatApps.url')]: receiver.address };
    await made(apps, fields, say('chatApps.secret'));
    receiver.reply = JSON.stringify({ text: `Il fait **beau** ${tag}` });
    const type = async (text: string) => {
      await mine.getByRole('main').locator('.chat-surface [role=textbox]').click();
      await mine.keyboard.type(text);
      await mine.keyboard.press('Enter');
    };
    await type(`/${word} Lyon`);
    const answer = mine.getByRole('region', { name: say('chatApps.onlyYou') });
    await answer.getByText('beau', { exact: true }).waitFor();
    await type('/aide');
    await answer.getByText(`/${word}`).waitFor();
    expect(await violations(mine)).toEqual([]);
    expect(await theirs.getByText(`beau ${tag}`).count()).toBe(0);
  });

  test('the pages of programs fit a phone', async () => {
    for (const [path, ready] of [
      [`${channel}/apps`, 'h2'],
      ['/settings/bots', 'h1'],
      ['/settings/emoji', 'h1'],
    ] as const) {
      const page = await clarisse.tab(path);
      await page.setViewportSize({ width: 360, height: 780 });
      await page.locator(`main ${ready}`).first().waitFor();
      expect(await overflows(page)).toEqual([]);
      expect(await rawKeys(page)).toEqual([]);
      await page.close();
    }
    expect(clarisse.complaints).toEqual([]);
  });
});

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listSpaces } from '@parvis/contract/directory';
import { demoPeople, demoSpaces } from '@parvis/contract/demo';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { editorOf, makeInSpace, saved, textOf, uploadTo, writeMessage } from './acts.ts';
import { eventually } from './eventually.ts';
import { Network } from './network.ts';
import { keepEvidence, openBrowser, signIn, type Visitor } from './visitor.ts';

const tooLong = 'n'.repeat(10_000);
const turned = `Rapport \u202Efdp.exe`;
const hostile = `<script>window.hacked=1</script><img src=x onerror="window.hacked=1"> '); drop table message; --`;
const fileBytes = 48 * 1024 * 1024;
/** The first request carries 32 MiB: the cut falls into the middle of it. */
const bytesBeforeTheCut = 20 * 1024 * 1024;

const tag = randomUUID().slice(0, 8);
const spacePath = `/space/${demoSpaces.estuary.id}`;

describe('bad input and bad networks, in the browser', () => {
  let browser: Browser;
  const network = new Network();
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bad-'));
  /** Somebody whose cable can be pulled, and a colleague whose cable holds. */
  let cut: Visitor;
  let steady: Visitor;

  beforeAll(async () => {
    browser = await openBrowser();
    const proxy = await network.open();
    [cut, steady] = await Promise.all([
      signIn(browser, demoPeople.samir, { proxy }),
      signIn(browser, demoPeople.nadia),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await network.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(task.name));
  });

  async function openChannel(visitor: Visitor): Promise<Page> {
    const page = await visitor.tab(spacePath);
    await page
      .getByRole('navigation', { name: demoSpaces.estuary.name })
      .locator('a[href^="/chat/"]')
      .first()
      .click();
    await page.waitForURL(/\/chat\//);
    await page.getByRole('log').waitFor();
    return page;
  }

  test.each([demoPeople.yanis, demoPeople.grace, demoPeople.leila])(
    'names that cannot be are refused with a sentence in the language of $username',
    async (person) => {
      const visitor = await signIn(browser, person);
      const spaces = async () =>
        listSpaces.output.parse(await (await visitor.ask(listSpaces.path)).json()).spaces.length;
      const before = await spaces();
      await visitor.page.getByRole('button', { name: visitor.say('shell.newSpace') }).click();
      const dialog = visitor.page.getByRole('dialog', { name: visitor.say('shell.newSpace') });
      const name = dialog.getByLabel(visitor.say('shell.spaceName'));
      for (const [typed, says] of [
        [tooLong, 'problems.field-too-long'],
        [turned, 'problems.field-forbidden-characters'],
      ] as const) {
        await name.fill(typed);
        await dialog.getByRole('button', { name: visitor.say('shell.create') }).click();
        await dialog.getByRole('alert').getByText(visitor.say(says)).waitFor();
        expect(await name.getAttribute('aria-invalid')).toBe('true');
        // What was typed stays, to be mended.
        expect(await name.inputValue()).toBe(typed);
      }
      expect(await spaces()).toBe(before);
      await visitor.context.close();
    },
  );

  test('markup and SQL in a message are text, for the sender and for others', async () => {
    const [mine, theirs] = [await openChannel(cut), await openChannel(steady)];
    const text = `${hostile} ${tag}`;
    await writeMessage(mine, text);
    await theirs.getByRole('log').getByText(text, { exact: true }).waitFor();
    await writeMessage(theirs, `et ensuite ${tag}`);
    await mine.getByRole('log').getByText(`et ensuite ${tag}`).waitFor();
    await theirs.reload();
    await theirs.getByRole('log').getByText(text, { exact: true }).waitFor();
    for (const page of [mine, theirs]) {
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
      await page.close();
    }
  });

  test('markup in the name of a document is text in lists, titles and the switcher', async () => {
    const page = await cut.tab(spacePath);
    const name = `<b onclick=1>${tag}</b> " ' & %00`;
    await makeInSpace(page, cut, 'document', name);
    await editorOf(page, name).waitFor();
    expect(await page.title()).toContain(name);
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: cut.say('shell.find') });
    await palette.getByRole('combobox').fill(tag);
    await palette.getByRole('option').getByText(name, { exact: true }).waitFor();
    await page.close();
  });

  test('an upload that is cut in the middle goes on where it was, and the bytes are right', {
    timeout: 180_000,
  }, async () => {
    const name = `coupure-${tag}.bin`;
    const bytes = randomBytes(fileBytes);
    writeFileSync(join(folder, name), bytes);
    const page = await cut.tab(`/drive/${demoSpaces.estuary.id}`);
    const offsets: number[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
    });
    network.cutAfter(bytesBeforeTheCut);
    await uploadTo(page, cut, join(folder, name));
    const row = page.getByRole('table').getByRole('link', { name });
    await row.waitFor({ timeout: 120_000 });
    expect(network.cuts).toBe(1);
    // Zero first; after the cut, where the server was, which is not at the end of any request.
    expect(offsets[0]).toBe(0);
    expect(offsets[1]).toBeGreaterThan(0);
    expect(offsets[1]).toBeLessThan(32 * 1024 * 1024);
    await row.click();
    await page.getByText(createHash('sha256').update(bytes).digest('hex')).waitFor();
    await page.close();
  });

  test('a message written without a network says that it waits, and leaves when the network is back', async () => {
    const [mine, theirs] = [await openChannel(cut), await openChannel(steady)];
    network.cut();
    await mine.getByText(cut.say('chat.reconnecting')).waitFor();
    await writeMessage(mine, `hors ligne ${tag}`);
    const row = mine.getByRole('article').filter({ hasText: `hors ligne ${tag}` });
    await row.getByText(cut.say('chat.sending')).waitFor();
    expect(await theirs.getByText(`hors ligne ${tag}`).count()).toBe(0);
    network.mend();
    await theirs.getByRole('log').getByText(`hors ligne ${tag}`).waitFor({ timeout: 60_000 });
    await eventually(
      'it no longer waits',
      async () => (await row.getByText(cut.say('chat.sending')).count()) === 0,
    );
    expect(await row.count()).toBe(1);
    await mine.close();
    await theirs.close();
  });

  test('a document written without a network counts what waits, then says saved, and others see it', async () => {
    const mine = await cut.tab(spacePath);
    const name = `Sans réseau ${tag}`;
    const path = await makeInSpace(mine, cut, 'document', name);
    await editorOf(mine, name).click();
    await mine.keyboard.type('avant');
    await saved(mine, cut);
    network.cut();
    await mine.getByText(cut.say('docs.offline')).waitFor();
    await mine.keyboard.type(' pendant', { delay: 40 });
    const sign = mine.getByRole('status').filter({ hasText: /\d+ modifications? en attente/ });
    await sign.waitFor();
    expect(Number(/\d+/.exec(await sign.innerText())?.[0])).toBeGreaterThan(0);
    network.mend();
    await eventually('it is saved', () => saved(mine, cut), { msMax: 60_000 });
    const theirs = await steady.tab(path);
    await editorOf(theirs, name).getByText('avant pendant').waitFor();
    expect(await textOf(editorOf(theirs, name))).toBe('avant pendant');
    await mine.close();
    await theirs.close();
  });
});

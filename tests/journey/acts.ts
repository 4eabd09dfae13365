import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';
import type { Visitor } from './visitor.ts';

/** Language and direction in which a page stands. */
export function cameIn(page: Page): Promise<{ lang: string; dir: string }> {
  return page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));
}

/** Milliseconds after which a person presses again a button that has not answered, and after which they give up. */
const patienceMs = 4_000;
const pressingMsMax = 60_000;

/** Acts again until what it leads to is there, or one gives up. */
async function againUntil(opened: Locator, act: () => Promise<void>): Promise<void> {
  const end = Date.now() + pressingMsMax;
  while (Date.now() < end) {
    await act();
    const there = await opened.waitFor({ timeout: patienceMs }).then(
      () => true,
      () => false,
    );
    if (there) return;
  }
  await opened.waitFor();
}

const press = (button: Locator) => button.click({ timeout: patienceMs }).catch(() => undefined);

/** Presses until what the button opens is there: a page that has just come may not hear the first press. */
export function pressUntil(button: Locator, opened: Locator): Promise<void> {
  return againUntil(opened, async () => {
    // A button that has opened its menu would close it again.
    const heard = await button.getAttribute('aria-expanded', { timeout: patienceMs }).catch(() => null);
    if (heard !== 'true') await press(button);
  });
}

/** Chooses in the menu of a button until what that opens is there: a second press may have closed the menu meanwhile. */
export function chooseUntil(button: Locator, entry: Locator, opened: Locator): Promise<void> {
  return againUntil(opened, async () => {
    if (!(await entry.isVisible())) await press(button);
    await press(entry);
  });
}

/** Opens a space with the "+" of the rail and answers the path of its front page. */
export async function openSpace(page: Page, who: Visitor, name: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: who.say('shell.newSpace') });
  await pressUntil(page.getByRole('button', { name: who.say('shell.newSpace') }), dialog);
  await dialog.getByLabel(who.say('shell.spaceName')).fill(name);
  await dialog.getByRole('button', { name: who.say('shell.create') }).click();
  await page.waitForURL(/\/space\//);
  return new URL(page.url()).pathname;
}

/** Invites somebody on the front page of a space, and leaves the dialog by keyboard. */
export async function invite(page: Page, who: Visitor, name: string): Promise<void> {
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog', { name: who.say('space.members') });
  await pressUntil(main.getByRole('button', { name: who.say('space.invite') }), dialog);
  await dialog.getByRole('combobox', { name: who.say('space.whom') }).fill(name);
  await page.getByRole('option', { name }).click();
  await dialog.getByRole('button', { name: who.say('space.invite'), exact: true }).click();
  await dialog.getByRole('button', { name: `${who.say('space.remove')} ${name}` }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

/** Makes a thing with the "+" of a space, on a page of that space, and answers the path of where one lands. */
export async function makeInSpace(
  page: Page,
  who: Visitor,
  kind: 'document' | 'meeting',
  name: string,
): Promise<string> {
  const entry = page.getByRole('menuitem', { name: who.say(`shell.newThing.${kind}`) });
  const dialog = page.getByRole('dialog', { name: who.say(`shell.newThing.${kind}`) });
  await chooseUntil(page.getByRole('button', { name: who.say('shell.new') }), entry, dialog);
  await dialog.getByLabel(who.say('shell.name')).fill(name);
  await dialog.getByRole('button', { name: who.say('shell.create') }).click();
  await page.waitForURL(kind === 'document' ? /\/docs\// : /\/meet\//);
  return new URL(page.url()).pathname;
}

/** Writes in the channel that is open and sends with Enter. */
export async function writeMessage(page: Page, text: string): Promise<void> {
  const field = page.getByRole('main').getByRole('textbox');
  await field.fill(text);
  await field.press('Enter');
}

export function editorOf(page: Page, documentName: string): Locator {
  return page.getByRole('textbox', { name: documentName, exact: true });
}

/** Goes to the end of the text, and waits until the editor knows of it: a key in the same instant is not what people do. */
export async function endOfDocument(page: Page): Promise<void> {
  await page.keyboard.press('Control+End');
  await caretRests(page);
}

/** Begins a new line at the end of the text. */
export async function newLineAtEnd(page: Page): Promise<void> {
  await endOfDocument(page);
  await page.keyboard.press('Enter');
  await caretRests(page);
}

/** Resolves when the page has told its parts where the caret went: it does so in a task of its own, after the key. */
export function caretRests(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))),
  );
}

/** The text that stands in an editor, block by block, without the names at the carets of others. */
export function textOf(editor: Locator): Promise<string> {
  return editor.evaluate((node) => {
    const copy = node.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.docs-caret')) caret.remove();
    return [...copy.querySelectorAll('.bn-inline-content')]
      .map((block) => block.textContent ?? '')
      .join('\n')
      .trim();
  });
}

/** Whose carets are drawn in the document. */
export function carets(page: Page): Promise<string[]> {
  return page.locator('.docs-caret').allTextContents();
}

/** Waits until the document says that all is on the server's disk. */
export async function saved(page: Page, who: Visitor): Promise<boolean> {
  await page.getByRole('status').getByText(who.say('docs.saved'), { exact: true }).waitFor();
  return true;
}

/** Chooses a file with the button of a folder. */
export async function uploadTo(page: Page, who: Visitor, file: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: who.say('drive.upload'), exact: true }).click(),
  ]);
  await chooser.setFiles(file);
}

/** From now on the page notes when it first shows a text. */
export async function watchFor(page: Page, text: string): Promise<void> {
  await page.evaluate((wanted) => {
    const look = () => {
      if (!document.body.innerText.includes(wanted) || 'seenAt' in window) return;
      Object.assign(window, { seenAt: Date.now() });
      watch.disconnect();
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });
    look();
  }, text);
}

/** When a page that watches first showed its text, in milliseconds since the epoch. */
export function whenSeen(page: Page, text: string): Promise<number> {
  return eventually(`${page.url()} says "${text}"`, () =>
    page.evaluate(() => (window as unknown as { seenAt?: number }).seenAt ?? 0),
  );
}

/** The SHA-256 of a file, in lower-case hexadecimal, without holding it in memory. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

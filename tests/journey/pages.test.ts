import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { demoPeople, demoSpaces } from '@parvis/contract/demo';
import { listChannels } from '@parvis/contract/chat';
import { listFolder } from '@parvis/contract/drive';
import { listChildren } from '@parvis/contract/directory';
import { Locale } from '@parvis/contract/shape';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cameIn } from './acts.ts';
import { given } from './given.ts';
import { overflows, rawKeys, settled, violations } from './look.ts';
import { keepEvidence, newVisitor, openBrowser, signIn, type Visitor } from './visitor.ts';

const [phone, desk] = [
  { width: 360, height: 780 },
  { width: 1440, height: 900 },
];
/** Each size and each scheme once. */
const asked = [
  [desk, 'light'],
  [phone, 'dark'],
] as const;
/** In one language rules are asked for in both; in the others in one, since a language changes lengths and direction. */
const ruled = { fr: asked, en: [asked[0]], ar: [asked[1]] } as const;
/** Pictures of the other two are made for whoever wants to look at them. */
const looks = given.wantsScreens ? ([...asked, [desk, 'dark'], [phone, 'light']] as const) : asked;
/** Milliseconds for a page and a panel of it to be there, on a machine that is busy with much else. */
const readyMsMax = 60_000;
const pictureBytesMax = 300_000;
const pictureFile = 'docs/pictures/home.png';
/** The space whose people write in the language. */
const spaceOf = { fr: demoSpaces.estuary, en: demoSpaces.harbour, ar: demoSpaces.observatory } as const;

interface Place {
  readonly name: string;
  /** Who looks: the one who has come in, or somebody at the door. */
  readonly guest?: boolean;
  readonly path: (ids: Ids) => string;
  /** What must be there before the page is looked at. */
  readonly ready?: string;
  readonly act?: (page: Page, visitor: Visitor) => Promise<void>;
  /** The page itself answers 404. */
  readonly missing?: boolean;
  /** It shows what waiting looks like. */
  readonly showsBusy?: boolean;
}
type Ids = Record<'space' | 'channel' | 'document' | 'folder' | 'file' | 'meeting', string>;

const places: readonly Place[] = [
  { name: 'sign-in', guest: true, path: () => '/sign-in', ready: 'h1' },
  {
    name: 'login-form',
    guest: true,
    path: () => '/sign-in',
    act: (page, visitor) => page.getByRole('link', { name: visitor.say('signIn.enter') }).click(),
    ready: '#kc-login',
  },
  { name: 'home', path: () => '/', ready: 'main h1' },
  { name: 'space', path: ({ space }) => `/space/${space}`, ready: 'main h2' },
  { name: 'channel', path: ({ channel }) => `/chat/${channel}`, ready: 'article' },
  {
    name: 'channel-about',
    path: ({ channel }) => `/chat/${channel}?panel=about`,
    ready: '.p-side [role=tabpanel], .p-side dl',
  },
  { name: 'channel-pins', path: ({ channel }) => `/chat/${channel}?panel=pins`, ready: '.p-side .p-empty' },
  { name: 'messages', path: () => '/messages', ready: 'main h1' },
  { name: 'threads', path: () => '/threads', ready: 'main h1' },
  { name: 'saved', path: () => '/saved', ready: 'main .p-empty' },
  { name: 'scheduled', path: () => '/scheduled', ready: 'main .p-empty' },
  { name: 'inbox', path: () => '/inbox', ready: 'main h1' },
  { name: 'search', path: () => '/search', ready: '.search-help' },
  { name: 'search-all', path: () => '/search?q=a', ready: '.search-part' },
  { name: 'search-nothing', path: () => '/search?q=zzyzx', ready: '.search-found .p-empty' },
  { name: 'document', path: ({ document }) => `/docs/${document}`, ready: '.bn-editor[contenteditable]' },
  {
    name: 'document-outline',
    path: ({ document }) => `/docs/${document}?panel=outline`,
    ready: '.p-side h2',
  },
  {
    name: 'document-comments',
    path: ({ document }) => `/docs/${document}?panel=comments`,
    ready: '.p-side h2',
  },
  {
    name: 'document-history',
    path: ({ document }) => `/docs/${document}?panel=history`,
    ready: '.p-side h2',
  },
  { name: 'documents', path: () => '/docs', ready: 'main h1' },
  { name: 'documents-templates', path: () => '/docs?list=templates', ready: 'main li' },
  { name: 'documents-found', path: () => '/docs?q=a', ready: '.docs-hits li' },
  { name: 'tasks', path: () => '/tasks', ready: 'main h1' },
  { name: 'folder', path: ({ folder }) => `/drive/${folder}`, ready: 'main h1' },
  { name: 'files', path: ({ space }) => `/drive/${space}`, ready: '[role=table]' },
  { name: 'file', path: ({ file }) => `/drive/${file}`, ready: 'main h1' },
  { name: 'meetings', path: () => '/meetings', ready: 'main h1' },
  { name: 'meetings-week', path: () => '/meetings?view=week', ready: 'main h2' },
  { name: 'meeting', path: ({ meeting }) => `/meeting/${meeting}`, ready: 'main h1' },
  { name: 'lobby', path: ({ meeting }) => `/meet/${meeting}`, ready: 'video' },
  { name: 'people', path: () => '/people', ready: 'main h1' },
  { name: 'groups', path: () => '/people?view=groups', ready: 'main h1' },
  { name: 'settings', path: () => '/settings', ready: 'main h1' },
  { name: 'settings-bots', path: () => '/settings/bots', ready: 'main h1' },
  { name: 'settings-emoji', path: () => '/settings/emoji', ready: 'main h1' },
  { name: 'retention', path: () => '/retention', ready: 'main h1' },
  { name: 'status', path: () => '/status', ready: 'main h1' },
  { name: 'trash', path: () => '/trash', ready: 'main h1' },
  { name: 'parts', path: () => '/parts', ready: 'h1', showsBusy: true },
  { name: 'not-found', path: () => '/nowhere', ready: 'main', missing: true },
  { name: 'offline', path: () => '/offline', ready: 'main' },
];

/** Ids of things of each kind in the space of a language, as the person who came in may see them. */
async function idsIn(visitor: Visitor): Promise<Ids> {
  const space = spaceOf[visitor.locale].id;
  const get = async (path: string) => (await visitor.ask(path)).json();
  const below = async (id: string) =>
    listChildren.output.parse(await get(`/api/directory/resources/${id}/children`)).resources;
  const here = await below(space);
  const folders = here.filter(({ kind }) => kind === 'folder').map(({ id }) => id);
  for (const id of folders)
    folders.push(...(await below(id)).filter(({ kind }) => kind === 'folder').map((one) => one.id));
  const entries = await Promise.all(
    [space, ...folders].map(
      async (id) => listFolder.output.parse(await get(`/api/drive/folders/${id}`)).entries,
    ),
  );
  const file =
    entries.flat().find((entry) => entry.file?.mediaType.startsWith('image/')) ??
    entries.flat().find((entry) => entry.file);
  const { channels } = listChannels.output.parse(await get(`/api/chat/spaces/${space}/channels`));
  const first = (wanted: string) => here.find(({ kind }) => kind === wanted)?.id ?? `no-${wanted}`;
  return {
    space,
    channel: channels[0]?.id ?? 'no-channel',
    document: first('document'),
    folder: folders[0] ?? 'no-folder',
    file: file?.id ?? 'no-file',
    meeting: first('meeting'),
  };
}

describe.each(Locale.options)('every page in %s', (locale) => {
  let browser: Browser;
  let inside: Visitor;
  let outside: Visitor;
  let ids: Ids;
  const folder = join(given.screensFolder, locale);

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    browser = await openBrowser();
    inside = await signIn(browser, { ...demoPeople.ines, locale });
    outside = await newVisitor(browser, 'nobody', { locale });
    // The language is a choice of the person: here, at this browser.
    await Promise.all(
      [inside, outside].map(async (visitor) => {
        const page = visitor === inside ? visitor.page : await visitor.tab('/sign-in');
        await page.goto(new URL(`/language/${locale}?to=/offline`, page.url()).href);
        await page.setViewportSize(desk);
      }),
    );
    ids = await idsIn(inside);
  });
  afterAll(() => browser?.close());
  beforeEach(({ task, onTestFailed }) => {
    onTestFailed(() => keepEvidence(`${locale} ${task.name}`));
  });

  test.for(places)('$name', async ({ name, guest, path, ready, act, missing, showsBusy }, { skip }) => {
    const visitor = guest ? outside : inside;
    const { page } = visitor;
    if (name === 'parts' && (await visitor.ask('/parts')).status() === 404)
      skip('the page of all parts is off in this house (PARVIS_PARTS)');
    visitor.complaints.length = 0;
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(new URL(path(ids), page.url()).href);
    await act?.(page, visitor);
    if (ready) await page.locator(ready).first().waitFor({ timeout: readyMsMax });
    await settled(page, { showsBusy });
    expect(await cameIn(page)).toEqual({ lang: locale, dir: locale === 'ar' ? 'rtl' : 'ltr' });
    const wrong: Record<string, string[]> = {};
    for (const [size, scheme] of looks) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: scheme });
      await settled(page, { showsBusy });
      const look = `${size.width} ${scheme}`;
      await page.screenshot({
        path: join(folder, `${name}-${scheme}-${size.width}.png`),
        animations: 'disabled',
      });
      wrong[`${look} overflow`] = await overflows(page);
      if (ruled[locale].some(([one, other]) => one === size && other === scheme))
        wrong[`${look} axe`] = await violations(page);
    }
    await page.setViewportSize(desk);
    wrong.keys = await rawKeys(page);
    const own = `the server responded with a status of 404 (Not Found) ${page.url()}`;
    wrong.console = visitor.complaints.filter((one) => !(missing && one.endsWith(own)));
    expect(Object.entries(wrong).filter(([, list]) => list.length > 0)).toEqual([]);
  });
});

test.runIf(given.pictures)('the picture of the README is renewed', async () => {
  const browser = await openBrowser();
  const visitor = await signIn(browser, demoPeople.clarisse);
  await visitor.page.setViewportSize(desk);
  await settled(visitor.page);
  mkdirSync('docs/pictures', { recursive: true });
  await visitor.page.screenshot({ path: pictureFile, animations: 'disabled' });
  await browser.close();
  expect(statSync(pictureFile).size).toBeLessThan(pictureBytesMax);
});

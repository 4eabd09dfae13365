import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DemoPerson, demoName, demoPassword } from '@parvis/contract/demo';
import type { Locale } from '@parvis/contract/shape';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { given, readReady } from './given.ts';
import { sentence } from './sentences.ts';

/** Milliseconds within which a page does what was asked of it, on two busy processors. */
export const actMsMax = 30_000;
const loginMsMax = 60_000;

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: given.chromium, headless: true, args: browserArguments });
}

/** A frame that came in on a socket of a page, and when (milliseconds since the epoch). */
export interface Heard {
  readonly at: number;
  readonly page: Page;
  readonly payload: Buffer;
}

/** Somebody at a browser of their own. What pages say to the console and hear on sockets is kept. */
export class Visitor {
  readonly context: BrowserContext;
  readonly locale: Locale;
  readonly name: string;
  /** Errors of the console, of scripts and of the content security policy, each with the address of its page. */
  readonly complaints: string[] = [];
  readonly heard: Heard[] = [];
  #page: Page | undefined;

  constructor(context: BrowserContext, locale: Locale, name: string) {
    this.context = context;
    this.locale = locale;
    this.name = name;
    context.setDefaultTimeout(actMsMax);
    context.on('page', (page) => this.#listen(page));
    visitors.add(this);
    context.on('close', () => visitors.delete(this));
  }

  #listen(page: Page): void {
    const complain = (text: string) => this.complaints.push(`${page.url()}: ${text}`);
    page.on('pageerror', (error) => complain(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complain(`${message.text()} ${message.location().url}`.trim());
    });
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        this.heard.push({ at: Date.now(), page, payload: Buffer.from(payload) });
      }),
    );
  }

  /** The tab opened first. */
  get page(): Page {
    if (!this.#page) throw new Error(`${this.name} has not come in`);
    return this.#page;
  }

  async tab(path = '/'): Promise<Page> {
    const page = await this.context.newPage();
    this.#page ??= page;
    await page.goto(readReady().url + path);
    return page;
  }

  say(key: string, values?: Record<string, string>): string {
    return sentence(this.locale, key, values);
  }

  /** Asks a service as this browser would, with its cookies. */
  ask(path: string) {
    return this.context.request.get(readReady().url + path, { maxRedirects: 0 });
  }
}

const visitors = new Set<Visitor>();

interface Looks {
  locale?: Locale;
  width?: number;
  dark?: boolean;
  /** A proxy between this browser and the house. */
  proxy?: { server: string; bypass: string };
}

export async function newVisitor(
  browser: Browser,
  name: string,
  { locale = 'fr', width = 1280, dark = false, proxy }: Looks = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    locale: { fr: 'fr-FR', en: 'en-GB', ar: 'ar' }[locale],
    viewport: { width, height: width < 600 ? 780 : 900 },
    colorScheme: dark ? 'dark' : 'light',
    permissions: ['camera', 'microphone'],
    ...(proxy ? { proxy } : {}),
  });
  return new Visitor(context, locale, name);
}

/** Comes in as people do: the door, the form of the identity provider (stand-in or Keycloak), the first page. */
export async function signIn(browser: Browser, person: DemoPerson, looks: Looks = {}): Promise<Visitor> {
  const visitor = await newVisitor(browser, demoName(person), { locale: person.locale, ...looks });
  const page = await visitor.tab('/');
  await page.getByRole('link', { name: visitor.say('signIn.enter') }).click();
  await page.locator('#username').fill(person.username);
  await page.locator('#password').fill(demoPassword);
  await page.locator('#kc-login').click();
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor({ timeout: loginMsMax });
  return visitor;
}

/** What every open page looked like and complained of, for whoever has to find out why a test failed. */
export async function keepEvidence(testName: string): Promise<void> {
  const folder = join(given.resultsFolder, testName.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80));
  mkdirSync(folder, { recursive: true });
  for (const visitor of visitors) {
    const words = visitor.name.replaceAll(/\s+/g, '-');
    writeFileSync(join(folder, `${words}-console.log`), visitor.complaints.join('\n'));
    for (const [index, page] of visitor.context.pages().entries()) {
      await page
        .screenshot({ path: join(folder, `${words}-${index}.png`), timeout: 10_000 })
        .catch((error: Error) => writeFileSync(join(folder, `${words}-${index}.txt`), error.message));
    }
  }
}

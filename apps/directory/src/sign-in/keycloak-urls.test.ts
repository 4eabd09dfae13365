import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSpace, endGuest, getSpace, inviteGuest, listSpaces } from '@parvis/contract/directory';
import { demoPassword, demoPeople, demoSpaces } from '@parvis/contract/demo';
import { call } from '@parvis/contract/call';
import type { GivenTo, Operation, OutputOf } from '@parvis/contract/operation';
import { aHouse, type House } from '@parvis/testing/house';
import { freePort } from '@parvis/testing/ports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { directory } from '../service.ts';
import { Browser } from './browser.kit.ts';
import { Renewal } from './renewal.ts';

/** What these tests use of the embedded identity provider; apps do not import one another. */
interface Answer {
  readonly url: string;
  readonly status: number;
  readonly text: string;
}
interface Visitor {
  open(url: string): Promise<Answer>;
  submit(page: Answer, fields: Record<string, string>): Promise<Answer>;
}
interface Parts {
  startIdentity(options: object): Promise<{ issuer: string; close(): Promise<void> }>;
  Browser: new (place: object, language?: string) => Visitor;
}

let house: House;
let issuer: { issuer: string; close(): Promise<void> };
let portalUrl: string;
let parts: Parts;
let folder: string;

beforeAll(async () => {
  const root = new URL('../../../../', import.meta.url);
  const at = (path: string) => import(new URL(path, root).href) as Promise<Parts>;
  parts = {
    ...(await at('apps/identity/src/identity.ts')),
    ...(await at('apps/identity/src/testing/browser.ts')),
  };
  const realmOf = async (name: string) =>
    JSON.parse(await readFile(new URL(`infra/keycloak/${name}`, root), 'utf8')) as { users: object[] };
  const [realm, people] = [await realmOf('parvis-realm.json'), await realmOf('parvis-demo-people.json')];
  const credentials = [{ type: 'password', value: demoPassword, temporary: false }];
  const users = [...realm.users, ...people.users.map((user) => ({ ...user, credentials }))];
  const [port, directoryPort] = [await freePort(), await freePort()];
  folder = await mkdtemp(join(tmpdir(), 'parvis-identity-'));
  portalUrl = `http://127.0.0.1:${port}`;
  issuer = await parts.startIdentity({
    port,
    host: '127.0.0.1',
    publicUrl: portalUrl,
    realm: { ...realm, users },
    clientSecret: 'portal-secret-of-this-test',
    directorySecret: 'directory-secret-of-this-test',
    backchannelUrl: `http://127.0.0.1:${directoryPort}/auth/backchannel-logout`,
    dataFolder: folder,
    demo: true,
  });
  house = await aHouse([directory], {
    PARVIS_PUBLIC_URL: portalUrl,
    PARVIS_OIDC_ISSUER: issuer.issuer,
    PARVIS_OIDC_CLIENT_SECRET: 'portal-secret-of-this-test',
    DIRECTORY_ADMIN_CLIENT_SECRET: 'directory-secret-of-this-test',
    DIRECTORY_SESSION_KEY: 'k'.repeat(40),
    DIRECTORY_PORT: String(directoryPort),
    DIRECTORY_SEED: 'demo',
  });
  // Its own look, which comes by itself, would take from these tests what they make due.
  await renewal().onModuleDestroy();
});
afterAll(async () => {
  await house?.stop();
  await issuer?.close();
  await rm(folder, { recursive: true, force: true });
});

const renewal = () => house.served('directory').app.get(Renewal, { strict: false });
const visitor = () => new parts.Browser({ portalUrl, issuer: issuer.issuer });

/** Signs in through the provider's form; `more` fills what is asked after the password. */
async function signIn(
  username: string,
  password: string,
  { away = visitor(), more }: { away?: Visitor; more?: Record<string, string> } = {},
): Promise<{ browser: Browser; away: Visitor; landed: string | null }> {
  const browser = new Browser(house);
  const to = (await browser.go('/auth/login?to=/home&lang=fr')).headers.get('location') as string;
  let page = await away.open(to);
  if (!page.url.startsWith(`${portalUrl}/auth/callback`))
    page = await away.submit(page, { username, password });
  if (more) page = await away.submit(page, more);
  const back = new URL(page.url);
  const landed = (await browser.go(`${back.pathname}${back.search}`)).headers.get('location');
  return { browser, away, landed };
}

const as = <T extends Operation>(browser: Browser, op: T, input: GivenTo<T>): Promise<OutputOf<T>> =>
  call(op, input, {
    base: house.urlOf('directory'),
    headers: { cookie: browser.cookies, origin: portalUrl },
  });

test('the ministry’s people sign in through the form and are who the house knows already', async () => {
  const { browser, landed } = await signIn(demoPeople.amina.username, demoPassword);
  expect(landed).toBe('/home');
  const me = await browser.me();
  expect(me).toMatchObject({ person: { id: demoPeople.amina.id }, locale: 'ar', administrator: false });
  const { spaces } = await as(browser, listSpaces, {});
  expect(spaces.map(({ id }) => id)).toContain(demoSpaces.observatory.id);
  const administrator = await signIn(demoPeople.ines.username, demoPassword);
  expect((await administrator.browser.me()).administrator).toBe(true);
});

test('tokens are renewed again and again with the provider’s rotating refresh tokens', async () => {
  const { browser } = await signIn(demoPeople.yanis.username, demoPassword);
  for (const _ of [1, 2, 3]) {
    await house.db.query(
      "update directory.renewal set due_at = now() - interval '1 s', renewed_at = now() - interval '1 h'",
    );
    expect(await renewal().renewDue()).toBeGreaterThan(0);
    await browser.me();
  }
});

test('signing out in one place ends every session of that sign-in, by back-channel logout', async () => {
  const first = await signIn(demoPeople.samir.username, demoPassword);
  const second = await signIn(demoPeople.samir.username, demoPassword, { away: first.away });
  await second.browser.me();
  const cookies = first.browser.cookies;
  const out = await first.browser.go('/auth/logout', { method: 'POST', headers: { origin: portalUrl } });
  const page = await first.away.open(out.headers.get('location') as string);
  expect(page.url).toBe(`${portalUrl}/sign-in`);
  await first.browser.gone(cookies);
  await second.browser.gone();
});

test('a guest comes in with the first password, chooses their own, and is out when the sponsor says so', async () => {
  const { browser: clarisse } = await signIn(demoPeople.clarisse.username, demoPassword);
  const space = await as(clarisse, createSpace, { name: 'Concertation' });
  const email = 'hugo.perrin@diguesvives.example';
  const { person, firstPassword } = await as(clarisse, inviteGuest, {
    id: space.id,
    email,
    name: 'Hugo Perrin',
    organisation: 'Les Digues vives',
    endsAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const own = 'a-password-of-their-own-7';
  const form = { 'password-new': own, 'password-confirm': own };
  const guest = await signIn(email, firstPassword ?? '', { more: form });
  expect(guest.landed).toBe('/home');
  expect((await guest.browser.me()).person).toMatchObject({
    id: person.id,
    kind: 'guest',
    name: 'Hugo Perrin',
  });
  await as(guest.browser, getSpace, { id: space.id });
  await as(clarisse, endGuest, { id: person.id });
  await guest.browser.gone();
  await expect
    .poll(async () => {
      const away = visitor();
      const to = (await new Browser(house).go('/auth/login')).headers.get('location') as string;
      return (await away.submit(await away.open(to), { username: email, password: own })).url;
    })
    .not.toContain('/auth/callback');
});

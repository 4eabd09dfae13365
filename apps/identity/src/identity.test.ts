import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startIdentity } from './identity.ts';
import {
  ask,
  Browser,
  directoryAdmin,
  listenForLogout,
  redeem,
  refresh,
  signedIn,
} from './testing/browser.ts';
import { aStandIn, demoRealm, type StandIn } from './testing/stand-in.ts';

/** What only the stand-in promises; what it shares with Keycloak is in journey.test.ts. */
describe('the stand-in for Keycloak', () => {
  let place: StandIn;
  let password: string;
  let ear: Awaited<ReturnType<typeof listenForLogout>>;

  beforeAll(async () => {
    ear = await listenForLogout(0);
    place = await aStandIn(ear.port, { waitIncrementSeconds: 9 });
    ({ password } = await demoRealm());
  });
  afterAll(async () => {
    await place?.close();
    await ear?.close();
  });

  test('a restart keeps the signing key, the session and the refresh token', async () => {
    const certs = async () => (await fetch(`${place.issuer}/protocol/openid-connect/certs`)).text();
    const { tokens, browser } = await signedIn(place, 'ines.marchand', password);
    const before = await certs();
    await place.restart();
    expect(await certs()).toBe(before);
    const next = await refresh(place, tokens.refresh_token);
    expect(next.status).toBe(200);
    expect(new URL((await browser.open(ask(place).url)).url).searchParams.get('code')).toBeTruthy();
  });

  test('a form that was open during a restart still works', async () => {
    const asked = ask(place);
    const browser = new Browser(place);
    const form = await browser.open(asked.url);
    await place.restart();
    const done = await browser.submit(form, { username: 'samir.kaddour', password });
    const { status } = await redeem(
      place,
      String(new URL(done.url).searchParams.get('code')),
      asked.verifier,
    );
    expect(status).toBe(200);
  });

  test.each([
    ['fr', 'ltr', 'Mot de passe', 'Se connecter'],
    ['en', 'ltr', 'Password', 'Sign in'],
    ['ar', 'rtl', 'كلمة المرور', 'الدخول'],
  ])('the page speaks %s', async (language, direction, label, button) => {
    const { text, headers } = await new Browser(place, 'de').open(ask(place, { ui_locales: language }).url);
    expect(text).toContain(`<html lang="${language}" dir="${direction}">`);
    for (const id of ['username', 'password']) {
      expect(text.match(new RegExp(`<label for="${id}">`, 'g'))).toHaveLength(1);
      expect(text.match(new RegExp(`<input[^>]* id="${id}"`, 'g'))).toHaveLength(1);
    }
    expect(text).toContain(`<label for="password">${label}</label>`);
    expect(text).toMatch(new RegExp(`id="kc-login"[^>]*>${button}<`));
    expect(text).toMatch(/<title>[^<]+ · Parvis<\/title>/);
    expect(text).toContain('Keycloak');
    expect(text).toMatch(/id="username"[^>]*autocomplete="username"[^>]*autofocus/);
    expect(text).toContain('autocomplete="current-password"');
    expect(text).not.toMatch(/<script|style="/);
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('without a wish of the client the browser decides, and the switch overrules both', async () => {
    const browser = new Browser(place, 'ar-DZ,ar;q=0.9,fr;q=0.5');
    const page = await browser.open(ask(place).url);
    expect(page.text).toContain('<html lang="ar"');
    const link = /<a href="([^"]*kc_locale=en)"/.exec(page.text)?.[1];
    expect((await browser.open(new URL(String(link), page.url).href)).text).toContain('<html lang="en"');
  });

  test('an error is tied to its fields, and what was typed is shown as text', async () => {
    const browser = new Browser(place);
    const form = await browser.open(ask(place).url);
    const name = '"><script>alert(1)</script>';
    const { text } = await browser.submit(form, { username: name, password: 'x' });
    expect(text).toMatch(/id="password"[^>]*aria-invalid="true" aria-describedby="input-error"/);
    expect(text).toMatch(/id="input-error" role="alert">[^<]+/);
    expect(text).not.toContain('<script');
  });

  test('after five wrong tries the page says how long to wait, and then lets in', async () => {
    const browser = new Browser(place, 'en');
    let page = await browser.open(ask(place).url);
    for (let tries = 0; tries < 5; tries += 1) {
      page = await browser.submit(page, { username: 'oliver.hartley', password: `wrong ${tries}` });
    }
    page = await browser.submit(page, { username: 'oliver.hartley', password });
    expect(page.status).toBe(429);
    expect(page.text).toMatch(/Too many tries in a row.*in \d seconds?\./);
    const code = async () => {
      page = await browser.submit(page, { username: 'oliver.hartley', password });
      return new URL(page.url).searchParams.get('code');
    };
    await expect.poll(code, { interval: 500 }).toBeTruthy();
  });

  test('parallel guesses count one by one', async () => {
    const browsers = Array.from({ length: 9 }, () => new Browser(place));
    const forms = await Promise.all(browsers.map((browser) => browser.open(ask(place).url)));
    const pages = await Promise.all(
      browsers.map(async (browser, index) => {
        const form = forms[index];
        if (!form) throw new Error('no form');
        return browser.submit(form, { username: 'leila.trabelsi', password: `guess ${index}` });
      }),
    );
    expect(pages.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(pages.filter(({ status }) => status === 429)).toHaveLength(4);
  });

  test("a form from somewhere else, or of somebody else's visit, is not taken", async () => {
    const [mine, theirs] = [new Browser(place), new Browser(place)];
    const form = await mine.open(ask(place).url);
    const other = await theirs.open(ask(place).url);
    const csrf = String(/name="csrf" value="([^"]+)"/.exec(other.text)?.[1]);
    const refused = await mine.submit(form, { username: 'grace.okafor', password, csrf });
    expect(refused.status).toBe(400);
    const stolen = await theirs.submit(form, { username: 'grace.okafor', password });
    expect(stolen.status).toBe(400);
    expect(stolen.text).toContain('href="');
  });

  test('sign-out without a hint asks first, then ends the session', async () => {
    const { browser, tokens } = await signedIn(place, 'grace.okafor', password);
    const question = await browser.open(`${place.issuer}/protocol/openid-connect/logout`);
    expect(question.text).toContain('id="kc-logout"');
    expect((await refresh(place, tokens.refresh_token)).status).toBe(200);
    await browser.submit(question, { csrf: String(/name="csrf" value="([^"]+)"/.exec(question.text)?.[1]) });
    expect((await browser.open(ask(place).url)).text).toContain('id="kc-login"');
  });

  test('another person signing in at the same browser ends the first session everywhere', async () => {
    const first = await signedIn(place, 'yanis.benali', password);
    const form = await first.browser.open(ask(place, { prompt: 'login' }).url);
    const done = await first.browser.submit(form, { username: 'nadia.haddad', password });
    expect(new URL(done.url).searchParams.get('code')).toBeTruthy();
    expect((await refresh(place, first.tokens.refresh_token)).body.error).toBe('invalid_grant');
  });

  test('a garbled, oversize or mistyped request is refused with a clear status', async () => {
    const admin = await directoryAdmin(place);
    expect((await admin('POST', '', { username: '' })).status).toBe(400);
    expect((await admin('POST', '', { username: 'x', email: 'not an address' })).status).toBe(400);
    expect((await admin('POST', '', { username: 'x'.repeat(10_000) })).status).toBe(400);
    expect((await admin('POST', '', { username: 'x', filler: 'x'.repeat(100_000) })).status).toBe(413);
    const odd = { username: 'x@y.example', email: 'x@y.example', groups: ['/no-such-group'] };
    expect((await admin('POST', '', odd)).status).toBe(404);
    expect((await fetch(`${place.options.publicUrl}/admin/realms/parvis/users`)).status).toBe(401);
    expect((await fetch(`${place.options.publicUrl}/nowhere`)).status).toBe(404);
    expect((await fetch(`${place.issuer}/look/../../secret`)).status).toBe(404);
    expect((await fetch(`${place.issuer}/look/css/sign-in.css`)).status).toBe(200);
  });

  test('addresses that go out are the public ones, whatever host was asked', async () => {
    const response = await fetch(`${place.identity.url}/realms/parvis/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    });
    expect(await response.text()).not.toContain('evil.example');
  });

  test('people with public passwords are refused where no demonstration was asked for', async () => {
    const start = startIdentity({ ...place.options, port: 0, demo: false });
    await expect(start).rejects.toThrow('known passwords');
  });

  test('a realm setting without a value stops the start and names itself', async () => {
    const realm = { ...(place.options.realm as object), displayName: '${PARVIS_UNHEARD_OF}' };
    await expect(startIdentity({ ...place.options, port: 0, realm })).rejects.toThrow('PARVIS_UNHEARD_OF');
  });

  test('the realm in the tree holds no secret and no account', async () => {
    const text = await readFile(
      new URL('../../../infra/keycloak/parvis-realm.json', import.meta.url),
      'utf8',
    );
    const realm = JSON.parse(text) as { clients: { secret?: string }[]; users: { credentials?: unknown }[] };
    for (const { secret } of realm.clients) expect(secret ?? '${').toMatch(/^\$\{/);
    for (const { credentials } of realm.users) expect(credentials).toBeUndefined();
  });

  test('no secret and no password is readable in the store', async () => {
    const { readdir } = await import('node:fs/promises');
    for (const name of await readdir(place.options.dataFolder)) {
      const content = await readFile(`${place.options.dataFolder}/${name}`);
      expect(content.includes(password)).toBe(false);
      expect(content.includes(place.clientSecret)).toBe(false);
      expect(content.includes(createHash('sha256').update(password).digest())).toBe(false);
    }
  });
});

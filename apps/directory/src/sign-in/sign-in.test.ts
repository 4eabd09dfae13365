import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aDirectory, type DirectoryHouse } from '../directory.kit.ts';
import { aMember, Browser, publicUrl } from './browser.kit.ts';
import { LoginCookies } from './login-cookie.ts';

let at: DirectoryHouse;

beforeAll(async () => {
  at = await aDirectory();
});
afterAll(() => at?.stop());
beforeEach(() => {
  at.issuer.account = aMember();
  at.issuer.idToken = (claims) => claims;
  at.issuer.refusesRefresh = false;
  at.issuer.isAway = false;
});

describe('signing in', () => {
  test('leads to the identity provider with a code flow, PKCE, state, nonce and the language', async () => {
    const response = await new Browser(at.house).go('/auth/login?to=/home&lang=ar');
    expect(response.status).toBe(303);
    const asked = new URL(response.headers.get('location') as string).searchParams;
    expect(asked.get('response_type')).toBe('code');
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(asked.get('state')?.length).toBeGreaterThan(20);
    expect(asked.get('nonce')?.length).toBeGreaterThan(20);
    expect(asked.get('ui_locales')).toBe('ar');
    expect(asked.get('scope')).toContain('openid');
  });

  test('opens a session whose cookie scripts cannot read, and lands where the person wanted', async () => {
    const browser = new Browser(at.house);
    const response = await browser.go(
      await browser.approved(`/auth/login?to=${encodeURIComponent('/spaces/a%3Fb?c=d#e')}`),
    );
    expect(response.headers.get('location')).toBe('/spaces/a%3Fb?c=d#e');
    const [line] = response.headers.getSetCookie().filter((one) => one.startsWith('parvis='));
    expect(line).toMatch(/^parvis=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    const me = await browser.me();
    expect(me.person).toMatchObject({ name: 'Inès Marchand', kind: 'member' });
    expect(me.locale).toBe('ar');
  });

  test('keeps neither the cookie nor the tokens readable in the database', async () => {
    const browser = new Browser(at.house);
    await browser.signIn();
    const rows = await at.house.db.query<{ text: string }>('select s::text as text from access.session s');
    const cookie = browser.jar.get('parvis') as string;
    expect(rows.length).toBeGreaterThan(0);
    for (const { text } of rows) {
      expect(text).not.toContain(cookie);
      // A JWT's first part; what is sealed has no dot.
      expect(text).not.toMatch(/eyJ[\w-]+\./);
    }
  });

  test('the same account is the same person, with what changed at the identity provider', async () => {
    const first = new Browser(at.house);
    await first.signIn();
    const { person } = await first.me();
    at.issuer.account = { ...at.issuer.account, name: 'Inès M.', realm_access: { roles: ['administrator'] } };
    const second = new Browser(at.house);
    await second.signIn();
    const me = await second.me();
    expect(me.person).toMatchObject({ id: person.id, name: 'Inès M.' });
    expect(me.administrator).toBe(true);
  });

  test('four first sign-ins of one person at once make one person', async () => {
    const browsers = [1, 2, 3, 4].map(() => new Browser(at.house));
    const paths = await Promise.all(browsers.map((one) => one.approved()));
    const landed = await Promise.all(browsers.map((one, index) => one.go(paths[index] as string)));
    expect(landed.map((one) => one.headers.get('location'))).toEqual(['/home', '/home', '/home', '/home']);
    const people = await Promise.all(browsers.map(async (one) => (await one.me()).person.id));
    expect(new Set(people).size).toBe(1);
  });

  test('signing in again in one browser ends its earlier session', async () => {
    const browser = new Browser(at.house);
    await browser.signIn();
    const before = browser.cookies;
    await browser.signIn();
    await browser.gone(before);
    await browser.me();
  });

  test('a name that disguises itself or never ends is cut to a name of ours', async () => {
    at.issuer.account = aMember({ name: `\u202eadmin${'x'.repeat(10_000)}` });
    const browser = new Browser(at.house);
    await browser.signIn();
    const { person } = await browser.me();
    expect(person.name.startsWith('admin')).toBe(true);
    expect(person.name.length).toBe(200);
  });
});

describe('a sign-in that is not to be trusted is refused', () => {
  const refused = async (browser: Browser, path: string) => {
    const response = await browser.go(path);
    expect(response.status).toBe(303);
    expect(browser.signedIn).toBe(false);
    expect(response.headers.getSetCookie().some((line) => line.startsWith('parvis='))).toBe(false);
    return response.headers.get('location');
  };

  test('no state', async () => {
    const browser = new Browser(at.house);
    const path = (await browser.approved()).replace(/state=[^&]+/, '');
    expect(await refused(browser, path)).toBe('/sign-in?problem=login-expired');
  });

  test('another state', async () => {
    const browser = new Browser(at.house);
    const path = (await browser.approved()).replace(/state=..../, 'state=AAAA');
    expect(await refused(browser, path)).toBe('/sign-in?problem=login-expired');
  });

  test("one person's state with another sign-in's code: the verifier does not fit", async () => {
    const browser = new Browser(at.house);
    const one = new URLSearchParams((await browser.approved()).split('?')[1]);
    const two = new URLSearchParams((await browser.approved()).split('?')[1]);
    const mixed = new URLSearchParams({ code: two.get('code') ?? '', state: one.get('state') ?? '' });
    expect(await refused(browser, `/auth/callback?${mixed}`)).toBe('/sign-in?problem=login-refused');
  });

  test('another nonce, or none', async () => {
    at.issuer.idToken = (claims) => ({ ...claims, nonce: 'not-the-one' });
    const browser = new Browser(at.house);
    expect(await refused(browser, await browser.approved())).toBe('/sign-in?problem=login-refused');
    at.issuer.idToken = ({ nonce: _, ...claims }) => claims;
    expect(await refused(browser, await browser.approved())).toBe('/sign-in?problem=login-refused');
  });

  test('a token for another client, of another issuer, or too old', async () => {
    for (const wrong of [{ aud: 'somebody-else' }, { iss: 'https://evil.example' }, { exp: 1, iat: 0 }]) {
      at.issuer.idToken = (claims) => ({ ...claims, ...wrong });
      const browser = new Browser(at.house);
      expect(await refused(browser, await browser.approved())).toBe('/sign-in?problem=login-refused');
    }
  });

  test('a token whose signature is not the issuer’s', async () => {
    const sign = at.issuer.sign.bind(at.issuer);
    at.issuer.sign = (claims) => sign(claims, 'stranger');
    const browser = new Browser(at.house);
    const path = await browser.approved();
    const where = await refused(browser, path).finally(() => {
      at.issuer.sign = sign;
    });
    expect(where).toBe('/sign-in?problem=login-refused');
  });

  test('a callback played again, also at the same time', async () => {
    const browser = new Browser(at.house);
    const path = await browser.approved();
    const stolen = new Browser(at.house);
    for (const [name, value] of browser.jar) stolen.jar.set(name, value);
    const [one, two] = await Promise.all([browser.go(path), stolen.go(path)]);
    const where = [one.headers.get('location'), two.headers.get('location')].sort();
    expect(where).toEqual(['/home', '/sign-in?problem=login-expired']);
  });

  test('a callback in another browser', async () => {
    const path = await new Browser(at.house).approved();
    expect(await refused(new Browser(at.house), path)).toBe('/sign-in?problem=login-expired');
  });

  test('a forged or altered sign-in cookie', async () => {
    const browser = new Browser(at.house);
    const path = await browser.approved();
    const [name, value] = [...browser.jar][0] as [string, string];
    browser.jar.set(name, `${value.slice(0, 30)}${value[30] === 'A' ? 'B' : 'A'}${value.slice(31)}`);
    expect(await refused(browser, path)).toBe('/sign-in?problem=login-expired');
  });

  test('one that took too long, though its cookie is genuine', async () => {
    const logins = new LoginCookies('k'.repeat(40), publicUrl);
    const begun = { state: 's'.repeat(43), nonce: 'n', verifier: 'v'.repeat(43), to: '/', locale: null };
    const where = async (state: string, until: number) => {
      const browser = new Browser(at.house);
      const [line] = logins.keep({ ...begun, state, until }, undefined);
      const [name, value] = String(line).split(';', 1).join().split(/=(.*)/s) as [string, string];
      browser.jar.set(name, value);
      return refused(browser, `/auth/callback?code=unknown&state=${state}`);
    };
    expect(await where('s'.repeat(43), Date.now() - 1)).toBe('/sign-in?problem=login-expired');
    // In time, it gets as far as the identity provider, which does not know the code.
    expect(await where('t'.repeat(43), Date.now() + 60_000)).toBe('/sign-in?problem=login-refused');
  });

  test('the person said no, or the provider reports an error', async () => {
    const browser = new Browser(at.house);
    const state = new URLSearchParams((await browser.approved()).split('?')[1]).get('state');
    const path = `/auth/callback?error=access_denied&state=${state}`;
    expect(await refused(browser, path)).toBe('/sign-in?problem=login-refused');
  });

  test('neither member nor invited guest, disabled, or past the end', async () => {
    at.issuer.account = aMember({ realm_access: { roles: ['guest'] } });
    const browser = new Browser(at.house);
    expect(await refused(browser, await browser.approved())).toBe('/sign-in?problem=not-invited');
    const guest = await at.house.person({ kind: 'guest' });
    await at.house.db.query('update access.person set disabled_at = now() where subject_id = $1', [
      guest.person.id,
    ]);
    at.issuer.account = aMember({ sub: guest.person.oidcSub, email: guest.person.email });
    expect(await refused(browser, await browser.approved())).toBe('/sign-in?problem=access-ended');
  });

  test('an address that was not verified does not become the invited person, a verified one does', async () => {
    const guest = await at.house.person({ kind: 'guest', oidcSub: null });
    const account = { email: guest.person.email, realm_access: { roles: ['guest'] } };
    at.issuer.account = aMember({ ...account, email_verified: false });
    const browser = new Browser(at.house);
    expect(await refused(browser, await browser.approved())).toBe('/sign-in?problem=not-invited');
    at.issuer.account = aMember(account);
    expect(await browser.signIn()).toBe('/home');
    expect((await browser.me()).person.id).toBe(guest.person.uid);
  });

  test('a re-used address does not open its former holder’s things', async () => {
    const holder = await at.house.person();
    at.issuer.account = aMember({ email: holder.person.email });
    const browser = new Browser(at.house);
    expect(await refused(browser, await browser.approved())).toBe('/sign-in?problem=account-changed');
  });

  test('the provider is away: said so, and well again once it is back', async () => {
    const browser = new Browser(at.house);
    const path = await browser.approved();
    at.issuer.isAway = true;
    expect(await refused(browser, path)).toBe('/sign-in?problem=identity-unavailable');
    at.issuer.isAway = false;
    expect(await browser.signIn()).toBe('/home');
  });

  test('open redirects lead home', async () => {
    const wanted = [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/.//evil.example',
      '/x/..//evil.example',
      'javascript:alert(1)',
      '/auth/logout',
      'home',
    ];
    for (const to of wanted) {
      const browser = new Browser(at.house);
      expect(await browser.signIn(`/auth/login?to=${encodeURIComponent(to)}`), to).toBe('/');
    }
  });
});

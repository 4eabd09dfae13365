import { randomUUID } from 'node:crypto';
import { listSessions } from '@parvis/access/sessions';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aDirectory, type DirectoryHouse } from '../directory.kit.ts';
import { directory } from '../service.ts';
import { aMember, Browser, publicUrl } from './browser.kit.ts';
import { Renewal } from './renewal.ts';

let at: DirectoryHouse;

beforeAll(async () => {
  at = await aDirectory();
  // Its own look, which comes by itself, would take from these tests what they make due.
  await renewal().onModuleDestroy();
});
afterAll(() => at?.stop());
const renewal = () => at.house.served('directory').app.get(Renewal, { strict: false });
beforeEach(() => {
  at.issuer.account = aMember();
  at.issuer.idToken = (claims) => claims;
  at.issuer.refusesRefresh = false;
  at.issuer.isAway = false;
});

describe('a session', () => {
  test('a forged, truncated or ended cookie is no session', async () => {
    for (const cookie of ['parvis=AAAA', `parvis=${'A'.repeat(43)}`, "parvis=' or 1=1 --", 'parvis=']) {
      const response = await fetch(`${at.house.urlOf('directory')}/api/directory/me`, {
        headers: { cookie },
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: 'no-session' });
    }
  });

  test('signing out ends it here and goes on to end it at the provider', async () => {
    const browser = new Browser(at.house);
    await browser.signIn();
    const before = browser.cookies;
    const response = await browser.go('/auth/logout', { method: 'POST', headers: { origin: publicUrl } });
    expect(response.status).toBe(303);
    const away = new URL(response.headers.get('location') as string);
    expect(away.href.startsWith(`${at.issuer.url}/logout?`)).toBe(true);
    expect(away.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    expect(away.searchParams.get('post_logout_redirect_uri')).toBe(`${publicUrl}/sign-in`);
    expect(browser.signedIn).toBe(false);
    await browser.gone(before);
  });

  test('another site cannot sign anybody out', async () => {
    const browser = new Browser(at.house);
    await browser.signIn();
    const headers = { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' };
    const response = await browser.go('/auth/logout', { method: 'POST', headers, body: 'a=b' });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'foreign-origin' });
    await browser.me();
  });

  test('a plain form may sign out, and twice is no error', async () => {
    const browser = new Browser(at.house);
    await browser.signIn();
    const headers = { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' };
    for (const _ of [1, 2]) {
      const response = await browser.go('/auth/logout', { method: 'POST', headers, body: '' });
      expect(response.status).toBe(303);
    }
  });
});

describe('back-channel logout', () => {
  const tell = (token: string) =>
    fetch(`${at.house.urlOf('directory')}/auth/backchannel-logout`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ logout_token: token }),
    });

  test('ends the session that it names, and no other', async () => {
    const browser = new Browser(at.house);
    await browser.signIn();
    const { sub, sid } = at.issuer.account as { sub: string; sid: string };
    at.issuer.account = { ...at.issuer.account, sid: randomUUID() };
    const other = new Browser(at.house);
    await other.signIn();
    const token = await at.issuer.sign(at.issuer.logoutClaims({ sub, sid }), 'issuer', 'logout+jwt');
    expect((await tell(token)).status).toBe(200);
    await browser.gone();
    await other.me();
    // By person: all of them.
    expect((await tell(await at.issuer.sign(at.issuer.logoutClaims({ sub })))).status).toBe(200);
    await other.gone();
  });

  test('a token that is forged, not for us, misused or played again ends nothing', async () => {
    const browser = new Browser(at.house);
    await browser.signIn();
    const named = { sid: at.issuer.account['sid'] as string };
    const claims = at.issuer.logoutClaims(named);
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
    const { events: _, ...eventless } = claims;
    const { iat: __, ...ageless } = claims;
    const wrong = [
      none,
      'garbage',
      await at.issuer.sign(claims, 'stranger'),
      await at.issuer.sign({ ...claims, aud: 'somebody-else' }),
      await at.issuer.sign({ ...claims, iss: 'https://evil.example' }),
      await at.issuer.sign({ ...claims, nonce: 'n' }),
      await at.issuer.sign({ ...claims, iat: Math.floor(Date.now() / 1000) - 3_600 }),
      await at.issuer.sign(eventless),
      await at.issuer.sign(ageless),
      await at.issuer.sign({ ...claims, sid: undefined }),
      await at.issuer.sign(claims, 'issuer', 'at+jwt'),
    ];
    for (const token of wrong) expect((await tell(token)).status).toBe(400);
    await browser.me();
    const unused = await at.issuer.sign(at.issuer.logoutClaims({ sid: randomUUID() }));
    expect((await tell(unused)).status).toBe(200);
    const again = await tell(unused);
    expect(again.status).toBe(400);
    expect(await again.json()).toMatchObject({ code: 'bad-logout-token' });
  });
});

describe('silent renewal', () => {
  const due = () =>
    at.house.db.query(
      "update directory.renewal set due_at = now() - interval '1 s', renewed_at = now() - interval '1 h'",
    );
  const renew = () => renewal().renewDue();

  test('takes over what changed at the provider, again and again', async () => {
    const browser = new Browser(at.house);
    await browser.signIn();
    for (const name of ['Once', 'Twice']) {
      at.issuer.account = { ...at.issuer.account, name };
      await due();
      expect(await renew()).toBeGreaterThan(0);
      await expect.poll(async () => (await browser.me()).person.name).toBe(name);
    }
  });

  test('a refused renewal, or a role that was taken away, ends the session', async () => {
    const browser = new Browser(at.house);
    await browser.signIn();
    at.issuer.refusesRefresh = true;
    await due();
    await renew();
    await browser.gone();
    at.issuer.refusesRefresh = false;
    await browser.signIn();
    at.issuer.account = { ...at.issuer.account, realm_access: { roles: [] } };
    await due();
    await renew();
    await browser.gone();
  });

  test('a provider that is away ends nothing', async () => {
    const browser = new Browser(at.house);
    await browser.signIn();
    at.issuer.isAway = true;
    await due();
    await renew();
    await browser.me();
    at.issuer.isAway = false;
    await due();
    await renew();
    await browser.me();
  });

  test('a session that nobody uses is not kept alive', async () => {
    const browser = new Browser(at.house);
    await browser.signIn();
    await at.house.db.query(
      "update directory.renewal set due_at = now() - interval '1 s', renewed_at = now() + interval '1 h'",
    );
    expect(await renew()).toBe(0);
    const { person } = await browser.me();
    const [row] = await at.house.db.query<{ id: number }>(
      'select subject_id as id from access.person where uid = $1',
      [person.id],
    );
    expect(await listSessions(at.house.db, row?.id as number)).toHaveLength(1);
  });
});

test('on https every cookie is bound to this host and never sent in the clear', async () => {
  const origin = 'https://parvis.example';
  const { url, close } = await at.house.another(directory, { PARVIS_PUBLIC_URL: origin });
  try {
    const login = await fetch(`${url}/auth/login?to=/home`, { redirect: 'manual' });
    const [kept] = login.headers.getSetCookie();
    expect(kept).toMatch(
      /^__Host-parvis-login-[^=]+=[^;]+; Path=\/; Max-Age=900; HttpOnly; SameSite=Lax; Secure$/,
    );
    const away = await fetch(login.headers.get('location') as string, { redirect: 'manual' });
    const back = away.headers.get('location') as string;
    expect(back.startsWith(`${origin}/auth/callback?`)).toBe(true);
    const cookie = kept?.split(';')[0] as string;
    const headers = { cookie };
    const done = await fetch(url + back.slice(origin.length), { redirect: 'manual', headers });
    expect(done.headers.get('location')).toBe('/home');
    expect(done.headers.getSetCookie().at(-1)).toMatch(
      /^__Host-parvis=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/,
    );
  } finally {
    await close();
  }
});

import { randomBytes } from 'node:crypto';
import { processEnvironment } from '@parvis/server/settings';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ask,
  Browser,
  hasLocked,
  directoryAdmin,
  listenForLogout,
  type Place,
  redeem,
  refresh,
  signedIn,
  signInThroughForm,
  unsigned,
  verified,
} from './testing/browser.ts';
import { aStandIn, demoRealm } from './testing/stand-in.ts';

/** The same promises, kept by the stand-in and by real Keycloak (when PARVIS_KEYCLOAK_URL says where it runs). */
describeIdentity('the stand-in', async (backchannelPort) => {
  const standIn = await aStandIn(backchannelPort);
  return { place: standIn, close: () => standIn.close() };
});

const keycloakUrl = processEnvironment.PARVIS_KEYCLOAK_URL;
if (keycloakUrl) {
  describeIdentity('Keycloak', async (backchannelPort) => ({
    place: {
      issuer: `${keycloakUrl}/realms/parvis`,
      portalUrl: String(processEnvironment.PARVIS_PUBLIC_URL),
      clientSecret: String(processEnvironment.PARVIS_PORTAL_CLIENT_SECRET),
      directorySecret: String(processEnvironment.PARVIS_DIRECTORY_CLIENT_SECRET),
      backchannelPort,
    },
    close: async () => {},
  }));
} else {
  test.skip('Keycloak: skipped because PARVIS_KEYCLOAK_URL is not set', () => {});
}

function describeIdentity(
  name: string,
  start: (backchannelPort: number) => Promise<{ place: Place; close: () => Promise<void> }>,
): void {
  describe(name, () => {
    let place: Place;
    let password: string;
    let ear: Awaited<ReturnType<typeof listenForLogout>>;
    let close: () => Promise<void>;

    beforeAll(async () => {
      const url = name === 'Keycloak' ? processEnvironment.PARVIS_BACKCHANNEL_URL : undefined;
      ear = await listenForLogout(Number(url ? new URL(url).port : 0));
      ({ place, close } = await start(ear.port));
      ({ password } = await demoRealm());
    });
    afterAll(async () => {
      await close?.();
      await ear?.close();
    });

    test("discovery names Keycloak's addresses", async () => {
      const response = await fetch(`${place.issuer}/.well-known/openid-configuration`);
      const found = (await response.json()) as Record<string, unknown>;
      const at = (path: string) => `${place.issuer}/protocol/openid-connect/${path}`;
      expect(found).toMatchObject({
        issuer: place.issuer,
        authorization_endpoint: at('auth'),
        token_endpoint: at('token'),
        userinfo_endpoint: at('userinfo'),
        jwks_uri: at('certs'),
        end_session_endpoint: at('logout'),
        revocation_endpoint: at('revoke'),
        introspection_endpoint: at('token/introspect'),
        backchannel_logout_supported: true,
        backchannel_logout_session_supported: true,
      });
      expect(found.code_challenge_methods_supported).toContain('S256');
    });

    test('a person signs in through the form and the tokens say who they are', async () => {
      const { tokens, claims, nonce } = await signedIn(place, 'amina.bensalem', password);
      expect(claims).toMatchObject({
        iss: place.issuer,
        aud: 'parvis-portal',
        nonce,
        sub: '5eed0000-0000-4000-8000-000000000006',
        preferred_username: 'amina.bensalem',
        name: 'أمينة بنسالم',
        email: 'amina.bensalem@littoral.example',
        email_verified: true,
        locale: 'ar',
        sid: expect.any(String) as string,
        realm_access: { roles: expect.arrayContaining(['member']) as string[] },
      });
      const access = await verified(place, tokens.access_token);
      expect([access.aud].flat()).toContain('parvis-api');
      expect(access).toMatchObject({ typ: 'Bearer', azp: 'parvis-portal', sub: claims.sub });
      const about = await fetch(`${place.issuer}/protocol/openid-connect/userinfo`, {
        headers: { authorization: `Bearer ${tokens.access_token}` },
      });
      expect(await about.json()).toMatchObject({ sub: claims.sub, locale: 'ar', name: 'أمينة بنسالم' });
    });

    test('an e-mail address is as good as a user name', async () => {
      const { claims } = await signedIn(place, 'Grace.Okafor@littoral.example', password);
      expect(claims).toMatchObject({ preferred_username: 'grace.okafor', locale: 'en' });
    });

    test('a second client request in the same browser asks for no password', async () => {
      const { browser } = await signedIn(place, 'yanis.benali', password);
      const again = await browser.open(ask(place).url);
      expect(new URL(again.url).searchParams.get('code')).toBeTruthy();
    });

    test.each([
      ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
      ['plain PKCE', { code_challenge_method: 'plain' }],
    ])('%s is refused', async (_name, over) => {
      const end = await new Browser(place).open(ask(place, over).url);
      expect(new URL(end.url).searchParams.get('error')).toBe('invalid_request');
    });

    test('a foreign redirect address is refused without going there', async () => {
      const end = await new Browser(place).open(ask(place, { redirect_uri: 'https://evil.example/' }).url);
      expect(end.status).toBe(400);
      expect(end.url).toContain(place.issuer);
    });

    test('a code works once, and not without its verifier', async () => {
      const first = await signInThroughForm(place, 'samir.kaddour', password);
      const wrong = await redeem(place, String(first.code), 'x'.repeat(43));
      expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
      const { code, verifier } = await signInThroughForm(place, 'samir.kaddour', password);
      expect((await redeem(place, String(code), verifier)).status).toBe(200);
      expect(await redeem(place, String(code), verifier)).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      });
    });

    test('a refresh token rotates, and its second use is refused', async () => {
      const { tokens } = await signedIn(place, 'nadia.haddad', password);
      const next = await refresh(place, tokens.refresh_token);
      expect(next.status).toBe(200);
      expect(next.body.refresh_token).not.toBe(tokens.refresh_token);
      expect(await refresh(place, tokens.refresh_token)).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      });
    });

    test('sign-out tells the directory by a signed token and ends the refresh token', async () => {
      const { tokens, claims, browser } = await signedIn(place, 'clarisse.leguen', password);
      const end = new URL(`${place.issuer}/protocol/openid-connect/logout`);
      end.search = String(
        new URLSearchParams({
          id_token_hint: tokens.id_token,
          post_logout_redirect_uri: `${place.portalUrl}/`,
          state: 'kept',
        }),
      );
      const done = await browser.open(end.href);
      expect(done.url).toBe(`${place.portalUrl}/?state=kept`);
      const told = () => Promise.all(ear.heard.map((token) => verified(place, token)));
      await expect.poll(told).toContainEqual(
        expect.objectContaining({
          iss: place.issuer,
          sub: claims.sub,
          sid: claims.sid,
          events: expect.objectContaining({
            'http://schemas.openid.net/event/backchannel-logout': {},
          }) as object,
        }),
      );
      expect((await refresh(place, tokens.refresh_token)).body.error).toBe('invalid_grant');
      const about = await fetch(`${place.issuer}/protocol/openid-connect/userinfo`, {
        headers: { authorization: `Bearer ${tokens.access_token}` },
      });
      expect(about.status).toBe(401);
      expect((await browser.open(ask(place).url)).text).toContain('id="kc-login"');
    });

    test('sign-out never leads to a foreign address', async () => {
      const { tokens, browser } = await signedIn(place, 'leila.trabelsi', password);
      const query = new URLSearchParams({
        id_token_hint: tokens.id_token,
        post_logout_redirect_uri: 'https://evil.example/',
      });
      const end = await browser.open(`${place.issuer}/protocol/openid-connect/logout?${query}`);
      expect(end.status).toBe(400);
      expect((await refresh(place, tokens.refresh_token)).status).toBe(200);
    });

    test('a wrong name and a wrong password get the same answer', async () => {
      const errors = [];
      for (const username of ['youssef.almansouri', `nobody-${randomBytes(4).toString('hex')}`]) {
        const { done, code } = await signInThroughForm(place, username, 'not the password');
        expect(code).toBeNull();
        errors.push(/id="input-error[^>]*>([^<]+)/.exec(done.text)?.[1]?.trim());
      }
      expect(errors[0]).toBeTruthy();
      expect(errors[1]).toBe(errors[0]);
    });

    test('after five wrong tries even the right password must wait', async () => {
      const asked = ask(place);
      const browser = new Browser(place);
      let page = await browser.open(asked.url);
      for (let tries = 0; tries < 5; tries += 1) {
        page = await browser.submit(page, { username: 'oliver.hartley', password: `wrong ${tries}` });
      }
      if (name === 'Keycloak') await hasLocked(place, '5eed0000-0000-4000-8000-000000000009');
      page = await browser.submit(page, { username: 'oliver.hartley', password });
      expect(page.text).toContain('id="kc-login"');
    });

    test('an unsigned token opens nothing', async () => {
      const forged = unsigned({
        iss: place.issuer,
        sub: '5eed0000-0000-4000-8000-000000000001',
        aud: 'parvis-api',
        typ: 'Bearer',
        exp: Math.floor(Date.now() / 1000) + 600,
        resource_access: { 'realm-management': { roles: ['manage-users'] } },
      });
      const about = await fetch(`${place.issuer}/protocol/openid-connect/userinfo`, {
        headers: { authorization: `Bearer ${forged}` },
      });
      expect(about.status).toBe(401);
      const admin = await directoryAdmin(place);
      expect((await admin('GET', '', undefined, forged)).status).toBe(401);
    });

    test("a person's own token opens no door of the administrators", async () => {
      const { tokens } = await signedIn(place, 'ines.marchand', password);
      const admin = await directoryAdmin(place);
      expect((await admin('GET', '', undefined, tokens.access_token)).status).toBe(403);
    });

    test('a guest is created, must choose a password, and is gone when closed', async () => {
      const admin = await directoryAdmin(place);
      const email = `invite-${randomBytes(4).toString('hex')}@association.example`;
      const guest = {
        username: email,
        email,
        emailVerified: true,
        firstName: 'Rémi',
        enabled: true,
        groups: ['/guests'],
      };
      const created = await admin('POST', '', { ...guest, attributes: { locale: ['fr'] } });
      expect(created.status).toBe(201);
      const id = String(created.location).split('/').at(-1);
      expect((await admin('POST', '', guest)).status).toBe(409);
      const found = await admin('GET', `?email=${encodeURIComponent(email)}&exact=true`);
      expect(found.body).toMatchObject([{ id, email, enabled: true }]);
      const temporary = randomBytes(12).toString('base64url');
      const reset = await admin('PUT', `/${id}/reset-password`, {
        type: 'password',
        temporary: true,
        value: temporary,
      });
      expect(reset.status).toBe(204);

      const asked = ask(place);
      const browser = new Browser(place);
      let page = await browser.submit(await browser.open(asked.url), {
        username: email,
        password: temporary,
      });
      expect(page.text).toContain('id="password-new"');
      const chosen = 'une phrase bien à moi';
      page = await browser.submit(page, { 'password-new': 'court', 'password-confirm': 'court' });
      expect(page.text).toContain('id="password-new"');
      page = await browser.submit(page, { 'password-new': chosen, 'password-confirm': chosen });
      const { body } = await redeem(
        place,
        String(new URL(page.url).searchParams.get('code')),
        asked.verifier,
      );
      expect(await verified(place, body.id_token)).toMatchObject({
        sub: id,
        email,
        realm_access: { roles: expect.arrayContaining(['guest']) as string[] },
      });

      const signedInAgain = await signedIn(place, email, chosen);
      expect((await admin('PUT', `/${id}`, { enabled: false })).status).toBe(204);
      expect((await refresh(place, signedInAgain.tokens.refresh_token)).body.error).toBe('invalid_grant');
      expect((await signInThroughForm(place, email, chosen)).code).toBeNull();
      expect((await admin('DELETE', `/${id}`)).status).toBe(204);
      expect((await admin('GET', `/${id}`)).status).toBe(404);
    });
  });
}

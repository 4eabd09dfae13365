import type { IncomingMessage, ServerResponse } from 'node:http';
import type { House } from './house.ts';
import { notice, renderPage, signOutForm } from './page.ts';
import { paths } from './provider.ts';
import { answerPage, formOf } from './requests.ts';
import type { SessionRow } from './sessions.ts';
import { csrfFor, csrfMatches } from './sign-in.ts';
import { languageFor, languages } from './words.ts';

const sessionCookie = 'parvis_identity';

/**
 * `GET /realms/<realm>/protocol/openid-connect/logout`. With an `id_token_hint` of ours the session ends at once, as
 * in Keycloak; without one the person is asked first, since any page could have sent them here.
 */
export async function signOut(
  house: House,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const form = request.method === 'POST' ? await formOf(request) : new URLSearchParams();
  const given = (name: string) => form.get(name) ?? url.searchParams.get(name);
  const page = pageFor(house, request, response, url, given('ui_locales'));
  const hint = given('id_token_hint');
  const claims = hint ? house.tokens.read(hint, { expiredToo: true }) : null;
  const clientId = claims
    ? String(Array.isArray(claims.aud) ? claims.aud[0] : claims.aud)
    : given('client_id');
  const target = given('post_logout_redirect_uri');
  if ((hint && !claims) || (target && !allowedTarget(house, clientId, target))) {
    page.notice('refused', 400);
    return;
  }
  const session = sessionOf(house, request, claims?.sid);
  const confirmed = claims?.sid || csrfMatches(house, `logout ${session?.jti ?? ''}`, form.get('csrf'));
  if (session && !confirmed) {
    page.ask(csrfFor(house, `logout ${session.jti}`));
    return;
  }
  if (session) await house.sessions.end(session);
  response.appendHeader('set-cookie', `${sessionCookie}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`);
  if (!target) {
    page.notice('signedOut', 200);
    return;
  }
  const state = given('state');
  const next = new URL(target);
  if (state) next.searchParams.set('state', state);
  response.writeHead(302, { location: next.href, 'cache-control': 'no-store' }).end();
}

/** The session that the id token names; only without a hint the one of this browser. */
function sessionOf(house: House, request: IncomingMessage, sid: string | undefined): SessionRow | null {
  if (sid) return house.sessions.bySid(sid);
  const cookie = new RegExp(`(?:^|;\\s*)${sessionCookie}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1];
  return cookie ? house.sessions.byCookie(cookie) : null;
}

/** Keycloak's rules: addresses separated by `##`, a `*` only at the end. */
function allowedTarget(house: House, clientId: string | null, target: string): boolean {
  const client = house.realm.clients.find((one) => one.clientId === clientId);
  const wanted = URL.parse(target);
  if (!client || !wanted) return false;
  const allowed = client.attributes['post.logout.redirect.uris']?.split('##') ?? [];
  return allowed.some((one) =>
    one.endsWith('/*')
      ? wanted.href.startsWith(new URL(one.slice(0, -1)).href)
      : wanted.href === URL.parse(one)?.href,
  );
}

function pageFor(
  house: House,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  uiLocales: string | null,
) {
  const wishes = [url.searchParams.get('kc_locale'), uiLocales, request.headers['accept-language']];
  const language = languageFor(wishes, house.realm.defaultLocale);
  const words = languages[language];
  const render = (title: string, body: string, status: number) =>
    answerPage(response, renderPage({ language, title, body, switchTo: null, base: house.base }), { status });
  return {
    ask: (csrf: string) => {
      const action = `${house.base}${paths.end_session}${url.search}`;
      render(words.signOutTitle, signOutForm({ words, action, csrf }), 200);
    },
    notice: (which: 'signedOut' | 'refused', status: number) => {
      const title = words[`${which}Title`];
      render(
        title,
        notice(words, title, words[`${which}Why`], 'post_logout_redirect_uri', house.home),
        status,
      );
    },
  };
}

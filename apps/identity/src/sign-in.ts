import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Interaction } from 'oidc-provider';
import type { House } from './house.ts';
import { newPasswordForm, notice, renderPage, signInForm } from './page.ts';
import { type Person, updatePassword } from './people.ts';
import { paths } from './provider.ts';
import { addressOf, answerPage, formOf } from './requests.ts';
import { type Language, languageFor, languages, waitWords } from './words.ts';

/** Ties a form to what it was made for: nobody without our key can make one. */
export function csrfFor(house: House, what: string): string {
  return createHmac('sha256', house.cookieKey).update(`form\n${what}`).digest('base64url');
}

export function csrfMatches(house: House, what: string, given: string | null): boolean {
  const expected = Buffer.from(csrfFor(house, what));
  const actual = Buffer.from(given ?? '');
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** One person at the door: the interaction, in whose language, and where its form goes. */
interface Visit {
  readonly house: House;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly interaction: Interaction;
  readonly language: Language;
  readonly action: string;
}

/** `GET` and `POST /realms/<realm>/login-actions/authenticate/<uid>`: the sign-in form and the new-password form. */
export async function signIn(
  house: House,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const interaction = await house.provider.interactionDetails(request, response).catch(() => null);
  if (!interaction || !url.pathname.endsWith(`/${interaction.uid}`)) {
    expired(house, request, response, url);
    return;
  }
  const visit = { house, request, response, interaction, ...placeOf(house, interaction, request, url) };
  if (request.method === 'POST') await take(visit);
  else await show(visit);
}

function placeOf(house: House, interaction: Interaction, request: IncomingMessage, url: URL) {
  const own = url.searchParams.get('kc_locale');
  const wishes = [own, String(interaction.params.ui_locales ?? ''), request.headers['accept-language']];
  const path = `${house.base}${paths.authenticate}/${interaction.uid}`;
  return {
    language: languageFor(wishes, house.realm.defaultLocale),
    action: own ? `${path}?kc_locale=${encodeURIComponent(own)}` : path,
  };
}

async function show(visit: Visit): Promise<void> {
  const pending = await pendingPerson(visit);
  if (pending) showNewPassword(visit, pending);
  else showSignIn(visit, { username: String(visit.interaction.params.login_hint ?? '') });
}

async function take(visit: Visit): Promise<void> {
  const form = await formOf(visit.request);
  if (!csrfMatches(visit.house, visit.interaction.uid, form.get('csrf'))) {
    showSignIn(visit, { status: 400 });
    return;
  }
  const pending = await pendingPerson(visit);
  if (pending) await takeNewPassword(visit, pending, form);
  else await takePassword(visit, form);
}

async function takePassword(visit: Visit, form: URLSearchParams): Promise<void> {
  const { house, language } = visit;
  const username = (form.get('username') ?? '').slice(0, 255);
  const password = (form.get('password') ?? '').slice(0, 1024);
  const account = house.people.byName(username)?.id ?? username.trim().toLowerCase();
  const address = addressOf(visit.request);
  const wait = house.throttle.begin(account, address);
  if (wait > 0) {
    const error = languages[language].locked.replace('{wait}', waitWords(language, wait));
    showSignIn(visit, { username, error, status: 429 });
    return;
  }
  const person = await house.people.signIn(username, password);
  if (!person) {
    showSignIn(visit, { username, error: languages[language].wrong });
    return;
  }
  house.throttle.succeed(account, address);
  if (!person.requiredActions.includes(updatePassword)) {
    await finish(visit, person);
    return;
  }
  const lifeSeconds = visit.house.realm.accessCodeLifespanLogin;
  await house.pending.upsert(visit.interaction.uid, { accountId: person.id }, lifeSeconds);
  showNewPassword(visit, person);
}

async function takeNewPassword(visit: Visit, person: Person, form: URLSearchParams): Promise<void> {
  const { house, language } = visit;
  const words = languages[language];
  const wanted = form.get('password-new') ?? '';
  const problem = house.people.passwordProblem(person, wanted);
  let error = problem ? words[problem].replace('{count}', String(house.people.rules.lengthMin)) : undefined;
  if (!error && wanted !== form.get('password-confirm')) error = words['not-equal'];
  if (!error && (await house.people.isPassword(person, wanted))) error = words['same-as-before'];
  if (error) {
    showNewPassword(visit, person, error);
    return;
  }
  await house.people.setPassword(person, wanted, false);
  await house.pending.destroy(visit.interaction.uid);
  await finish(visit, person);
}

/** Somebody else's session in this browser ends first, everywhere, instead of being taken over. */
async function finish(visit: Visit, person: Person): Promise<void> {
  const { house, interaction, request, response } = visit;
  const earlier = interaction.session?.uid ? house.sessions.byUid(interaction.session.uid) : null;
  if (earlier?.accountId && earlier.accountId !== person.id) {
    await house.sessions.end(earlier);
    delete interaction.session?.uid;
    await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
  }
  const login = { accountId: person.id, amr: ['pwd'], remember: false };
  // A program of the person's own is let in only when the person is there (RFC 8252 §8.6): they just were.
  const result = { login, consent: {} };
  await house.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function pendingPerson({ house, interaction }: Visit): Promise<Person | null> {
  const pending = await house.pending.find(interaction.uid);
  const person = pending ? house.people.byId(String(pending.accountId)) : null;
  return person?.enabled ? person : null;
}

function showSignIn(visit: Visit, given: { username?: string; error?: string; status?: number }): void {
  const { house, interaction, language, action } = visit;
  const body = signInForm({
    words: languages[language],
    action,
    csrf: csrfFor(house, interaction.uid),
    username: given.username ?? '',
    demo: house.demo,
    ...(given.error && { error: given.error }),
  });
  answer(visit, languages[language].signInTitle, body, given.status ?? 200);
}

function showNewPassword(visit: Visit, person: Person, error?: string): void {
  const { house, interaction, language, action } = visit;
  const body = newPasswordForm({
    words: languages[language],
    action,
    csrf: csrfFor(house, interaction.uid),
    name: [person.firstName, person.lastName].filter(Boolean).join(' ') || person.username,
    username: person.username,
    lengthMin: house.people.rules.lengthMin,
    ...(error && { error }),
  });
  answer(visit, languages[language].newPasswordTitle, body, 200);
}

/** The form leads through us to the client's own address, which the policy must name. */
function answer(
  { house, interaction, language, response }: Visit,
  title: string,
  body: string,
  status: number,
): void {
  const target = URL.parse(String(interaction.params.redirect_uri ?? ''))?.origin;
  const switchTo = `${house.base}${paths.authenticate}/${interaction.uid}`;
  const html = renderPage({ language, title, body, switchTo, base: house.base });
  answerPage(response, html, { status, formTargets: target && target !== 'null' ? [target] : [] });
}

function expired(house: House, request: IncomingMessage, response: ServerResponse, url: URL): void {
  const wishes = [url.searchParams.get('kc_locale'), request.headers['accept-language']];
  const language = languageFor(wishes, house.realm.defaultLocale);
  const words = languages[language];
  const body = notice(words, words.expiredTitle, words.expiredWhy, '', house.home);
  answerPage(
    response,
    renderPage({ language, title: words.expiredTitle, body, switchTo: null, base: house.base }),
    {
      status: 400,
    },
  );
}

import { type Language, languages, type Words } from './words.ts';

interface Page {
  readonly language: Language;
  readonly title: string;
  readonly body: string;
  /** Address of this page without its language, for the switch; null where a switch makes no sense. */
  readonly switchTo: string | null;
  /** `/realms/<realm>`: where the style sheet is served. */
  readonly base: string;
}

const mark =
  '<svg class="mark" viewBox="0 0 28 28" aria-hidden="true"><path d="M8 15v-4.500a6 6 0 0 1 12 0V15"/><path d="M3 18.500h22"/><path d="M14 22v3M8.500 22 6.500 25M19.500 22l2 3"/></svg>';
const shield =
  '<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.500 20.500 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.500-1.200 6.240-2.720a1.170 1.170 0 0 1 1.520 0C14.510 3.810 17 5 19 5a1 1 0 0 1 1 1z"/><path d="m9 12 2 2 4-4"/></svg>';

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function renderPage({ language, title, body, switchTo, base }: Page): string {
  const words = languages[language];
  return `<!doctype html>
<html lang="${language}" dir="${words.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escape(title)} · Parvis</title>
<link rel="icon" href="${base}/look/img/favicon.svg">
<link rel="stylesheet" href="${base}/look/css/sign-in.css">
</head>
<body>
<a class="skip" href="#main">${escape(words.skip)}</a>
<div class="door">
<div class="room">
<header class="top">${mark}<span>Parvis</span>${switchTo === null ? '' : languageSwitch(language, switchTo)}</header>
<main id="main" class="in">${body}</main>
<footer class="foot"><span class="ok">${shield}${escape(words.kept)}</span><span>${escape(words.standIn)}</span></footer>
</div>
<div class="floor" aria-hidden="true"></div>
</div>
</body>
</html>`;
}

function languageSwitch(current: Language, address: string): string {
  const links = Object.entries(languages).map(([tag, { ownName }]) => {
    const here = tag === current ? ' aria-current="true"' : '';
    const href = `${address}${address.includes('?') ? '&' : '?'}kc_locale=${tag}`;
    return `<a href="${escape(href)}" lang="${tag}" hreflang="${tag}"${here}>${ownName}</a>`;
  });
  return `<nav class="seg" aria-label="${escape(languages[current].language)}">${links.join('')}</nav>`;
}

interface FormState {
  readonly words: Words;
  readonly action: string;
  readonly csrf: string;
  readonly error?: string;
}

export function signInForm(state: FormState & { username: string; demo: boolean }): string {
  const { words, error, username } = state;
  const problem = errorLine(error);
  const wrong = error ? ' aria-invalid="true" aria-describedby="input-error"' : '';
  const [nameFocus, passwordFocus] = username ? ['', ' autofocus'] : [' autofocus', ''];
  return `<h1>${escape(words.hello)}</h1><p>${escape(words.promise)}</p>
<form id="kc-form-login" method="post" action="${escape(state.action)}">${hidden('csrf', state.csrf)}
<div class="field"><label for="username">${escape(words.username)}</label>
<input class="input" id="username" name="username" type="text" dir="auto" value="${escape(username)}" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="255"${wrong}${nameFocus}></div>
<div class="field"><label for="password">${escape(words.password)}</label>
<input class="input" id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024"${wrong}${passwordFocus}>${problem}</div>
<button class="btn main-act big" id="kc-login" name="login" type="submit">${escape(words.signIn)}</button>
</form>${state.demo ? `<p class="note">${escape(words.demo)}</p>` : ''}`;
}

export function newPasswordForm(
  state: FormState & { name: string; username: string; lengthMin: number },
): string {
  const { words, error } = state;
  const described = error ? 'input-error' : 'password-help';
  const wrong = error ? ' aria-invalid="true"' : '';
  const count = String(state.lengthMin);
  const input = (id: string, label: string, extra: string) =>
    `<div class="field"><label for="${id}">${escape(label)}</label>
<input class="input" id="${id}" name="${id}" type="password" autocomplete="new-password" required maxlength="1024" aria-describedby="${described}"${wrong}${extra}>`;
  return `<h1 class="smaller">${escape(words.newPasswordTitle)}</h1><p>${say(words.newPasswordWhy, 'name', state.name)}</p>
<form id="kc-passwd-update-form" method="post" action="${escape(state.action)}">${hidden('csrf', state.csrf)}
<input type="text" name="username" value="${escape(state.username)}" autocomplete="username" readonly hidden>
${input('password-new', words.newPassword, ' autofocus')}<span class="help" id="password-help">${escape(words.newPasswordHelp.replace('{count}', count))}</span></div>
${input('password-confirm', words.confirmPassword, '')}${errorLine(error)}</div>
<button class="btn main-act big" id="kc-submit" type="submit">${escape(words.save)}</button>
</form>`;
}

export function signOutForm({ words, action, csrf }: FormState): string {
  return `<h1 class="smaller">${escape(words.signOutTitle)}</h1><p>${escape(words.signOutWhy)}</p>
<form id="kc-logout-confirm" method="post" action="${escape(action)}">${hidden('csrf', csrf)}
<button class="btn main-act big" id="kc-logout" type="submit">${escape(words.signOut)}</button></form>`;
}

/** A page that only tells something and leads back. */
export function notice(words: Words, title: string, text: string, name: string, home: string): string {
  return `<h1 class="smaller">${escape(title)}</h1><p>${say(text, 'name', name)}</p>
<a class="btn main-act big" href="${escape(home)}">${escape(words.back)}</a>`;
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escape(value)}">`;
}

function errorLine(error: string | undefined): string {
  return error ? `<span class="err" id="input-error" role="alert">${escape(error)}</span>` : '';
}

/** A name in a sentence keeps its own direction. */
function say(sentence: string, placeholder: string, value: string): string {
  return escape(sentence).replace(`{${placeholder}}`, `<bdi>${escape(value)}</bdi>`);
}

import { assembleRealm } from '../infra/keycloak/assemble.mjs';
import { Visitor } from './portal-visitor.mjs';

/** The first person of the demo ministry: `{ username, password }`. */
export function demoPerson() {
  const person = assembleRealm({ demo: true }).users.find(({ credentials }) => credentials?.length > 0);
  if (!person) throw new Error('the demo ministry has nobody');
  return { username: person.username, password: person.credentials[0].value };
}

/** A visitor who has come in through the form. */
export async function signedIn(url) {
  const visitor = new Visitor(url);
  const { username, password } = demoPerson();
  await visitor.signIn(username, password);
  return visitor;
}

function firstLink(html, kind, page) {
  const href = new RegExp(`href="(/${kind}/[^"?#]+)"`).exec(html)?.[1];
  if (!href) throw new Error(`${page} leads to no /${kind}/`);
  return href;
}

/**
 * The pages that people spend their day on, found by following links from the first one.
 * @returns {Promise<{name: string, path: string}[]>}
 */
export async function pagesOf(visitor) {
  const home = await visitor.visit('/');
  const space = firstLink(home.text, 'space', 'the first page');
  const { text } = await visitor.visit(space);
  return [
    { name: 'home', path: '/' },
    { name: 'space', path: space },
    { name: 'channel', path: firstLink(text, 'chat', space) },
    { name: 'document', path: firstLink(text, 'docs', space) },
    { name: 'folder', path: firstLink(text, 'drive', space) },
  ];
}

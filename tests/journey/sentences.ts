import { existsSync, readFileSync } from 'node:fs';
import type { Locale } from '@parvis/contract/shape';

const sources = new URL('../../apps/portal/src/', import.meta.url);
const read = new Map<string, unknown>();

function domainOf(locale: Locale, domain: string): unknown {
  // `signIn` is a folder; `docsComments` stands in docs/comments.
  const inside = domain.replaceAll(/[A-Z]/g, (letter) => `/${letter.toLowerCase()}`);
  const folder = existsSync(new URL(domain, sources)) ? domain : inside;
  const file = new URL(`${folder}/messages.${locale}.json`, sources);
  if (!read.has(file.href)) read.set(file.href, JSON.parse(readFileSync(file, 'utf8')));
  return read.get(file.href);
}

/**
 * The sentence that people read, by domain and key (`shell.newThing.document`): what is looked for on the page is what
 * is written for its language, never a copy of it. `{name}` is replaced; sentences with plurals are not for this.
 */
export function sentence(locale: Locale, key: string, values: Record<string, string> = {}): string {
  const [domain = '', ...path] = key.split('.');
  let found: unknown = domainOf(locale, domain);
  for (const name of path) found = (found as Record<string, unknown> | undefined)?.[name];
  if (typeof found !== 'string') throw new Error(`There is no sentence ${key} in ${locale}.`);
  if (found.includes(', plural,')) throw new Error(`${key} has several forms.`);
  return found.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `{${name}}`);
}

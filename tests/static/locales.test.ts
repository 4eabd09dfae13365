import { expect, test } from 'vitest';
import { files, read, readJson } from './tree.ts';

/** Three languages, equal in all. */
const locales = ['fr', 'en', 'ar'] as const;

type Texts = Map<string, string>;

/** Texts by their path: `room.leave` and so on. */
function flatten(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null)
    throw new Error(`${path} is neither a text nor a group of texts`);
  return Object.entries(value).flatMap(([key, one]) => flatten(one, path ? `${path}.${key}` : key));
}

function properties(text: string): [string, string][] {
  return text.split(/\r?\n/).flatMap((line) => {
    const found = /^([\w.-]+)\s*=\s*(.*)$/.exec(line);
    return found ? [[found[1] as string, found[2] as string] as [string, string]] : [];
  });
}

/** Names of the values that a text is given: `{name}` and `{count, plural, …}`, not the words inside a branch. */
function valuesIn(text: string): string[] {
  const names = new Set<string>();
  const pattern = /\{\s*(\w+)\s*(?:,\s*(plural|select|selectordinal|number|date|time)\b)?/g;
  for (const [whole, name, kind] of text.matchAll(pattern)) {
    if (kind || text.includes(`${whole}}`)) names.add(name as string);
  }
  // A branch of one word, `other {fichiers}`, looks like a value: branches follow a selector.
  for (const [, word] of text.matchAll(/(?:=\d+|zero|one|two|few|many|other|\w+)\s*\{\s*(\w+)\s*\}/g)) {
    if (new RegExp(`\\{\\s*${word}\\s*,`).test(text) === false && /plural|select/.test(text))
      names.delete(word as string);
  }
  return [...names].sort();
}

const keyed: { name: string; of: (locale: string) => Texts }[] = [
  ...files
    .filter((path) => path.endsWith('.fr.json'))
    .map((path) => ({
      name: path,
      of: (locale: string) => new Map(flatten(readJson(path.replace('.fr.json', `.${locale}.json`)))),
    })),
  ...files
    .filter((path) => path.endsWith('_fr.properties'))
    .map((path) => ({
      name: path,
      of: (locale: string) => new Map(properties(read(path.replace('_fr.', `_${locale}.`)))),
    })),
];

test('every group of texts was found', () => {
  expect(keyed.length).toBeGreaterThan(8);
  expect(
    files.some((path) => path.startsWith('infra/keycloak/theme') && path.endsWith('_fr.properties')),
  ).toBe(true);
});

test.each(keyed)('$name says the same in three languages', ({ of }) => {
  const [fr, ...others] = locales.map((locale) => of(locale)) as [Texts, ...Texts[]];
  for (const other of others) expect([...other.keys()].sort()).toEqual([...fr.keys()].sort());
  for (const locale of locales) {
    for (const [key, text] of of(locale)) expect(text.trim(), `${locale} ${key}`).not.toBe('');
  }
});

test.each(keyed)('$name takes the same values in three languages', ({ of }) => {
  const fr = of('fr');
  for (const locale of ['en', 'ar']) {
    for (const [key, text] of of(locale)) {
      const given = valuesIn(fr.get(key) ?? '');
      expect({ [`${locale} ${key}`]: valuesIn(text) }).toEqual({ [`${locale} ${key}`]: given });
    }
  }
});

import type { Locale } from '@parvis/contract/shape';
import { folded } from './folded.ts';

/** Groups of signs, in the order of the tables. */
export const groups = [
  'smileys',
  'people',
  'nature',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const;
export type Group = (typeof groups)[number];

export interface Sign {
  /** As it stands in a text: characters, or `:name:` of one that the house made. */
  readonly sign: string;
  /** Whether it can be shown in a tone of skin. */
  readonly toned: boolean;
  /** In the language of the page. */
  readonly name: string;
  /** Null for one that the house made. */
  readonly group: Group | null;
  /** Words that find it, in the language of the page and in English, folded. */
  readonly words: readonly string[];
  /** Its whole names: in the language of the page, in English, and the short one that people type. */
  readonly names: readonly string[];
  /** Path of the picture of one that the house made. */
  readonly picture?: string;
}

/** The tones of skin; the first is none. */
export const tones = ['', '🏻', '🏼', '🏽', '🏾', '🏿'] as const;

type Table = { default: readonly string[] };
const tables: Record<'signs' | Locale, () => Promise<Table>> = {
  signs: () => import('./signs.json'),
  fr: () => import('./fr.json'),
  en: () => import('./en.json'),
  ar: () => import('./ar.json'),
};

const loaded = new Map<Locale, Promise<readonly Sign[]>>();

/** All signs, with their names in a language; fetched once. */
export function allSigns(locale: Locale): Promise<readonly Sign[]> {
  const known = loaded.get(locale);
  if (known !== undefined) return known;
  const asked = read(locale);
  loaded.set(locale, asked);
  // Without a network it is asked for again the next time.
  asked.catch(() => loaded.delete(locale));
  return asked;
}

async function read(locale: Locale): Promise<Sign[]> {
  const [signs, own, english] = await Promise.all([tables.signs(), tables[locale](), tables.en()]);
  const lines = (table: Table, index: number) => (table.default[index] ?? '').split('\n');
  return groups.flatMap((group, index) => {
    const [ownLines, englishLines] = [lines(own, index), lines(english, index)];
    return lines(signs, index).map((sign, place): Sign => {
      const words = (ownLines[place] ?? '').split('|');
      const english = (englishLines[place] ?? '').split('|');
      const more = locale === 'en' ? [] : english;
      return {
        sign: sign.replace(/\+$/, ''),
        toned: sign.endsWith('+'),
        name: words[0] ?? '',
        group,
        words: [...words, ...more].map(folded),
        names: [words[0] ?? '', ...english.slice(0, 2)].map(folded),
      };
    });
  });
}

/**
 * Signs for a text: each of its words must begin a word of the sign; those whose name begins with the text come first.
 */
export function findSigns(signs: readonly Sign[], text: string, limit: number): Sign[] {
  const wanted = folded(text.replaceAll(':', ''))
    .split(/[\s_]+/)
    .filter(Boolean);
  if (wanted.length === 0) return [];
  const whole = wanted.join(' ');
  const rank = ({ names }: Sign) => {
    if (names.includes(whole) || names.includes(wanted.join('_'))) return 0;
    return names.some((name) => name.startsWith(whole)) ? 1 : 2;
  };
  return signs
    .filter(({ words }) =>
      wanted.every((want) =>
        words.some(
          (word) => word.startsWith(want) || word.split(/[\s_]/).some((one) => one.startsWith(want)),
        ),
      ),
    )
    .map((sign, place) => ({ sign, place, rank: rank(sign) }))
    .sort((one, other) => one.rank - other.rank || one.place - other.place)
    .slice(0, limit)
    .map(({ sign }) => sign);
}

/** The sign in a tone of skin. */
export function inTone({ sign, toned }: Pick<Sign, 'sign' | 'toned'>, tone: string): string {
  if (!toned || tone === '') return sign;
  const [first = ''] = sign;
  return `${first}${tone}${sign.slice(first.length).replace(/^\ufe0f/, '')}`;
}

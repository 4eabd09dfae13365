'use client';
import type { Locale } from '@parvis/contract/shape';
import { useLocale } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { houseEmoji } from '../../emoji/house-emoji.ts';
import { keepRecent, keepTone, keptTone, recentSigns } from './chosen.ts';
import { folded } from './folded.ts';
import { allSigns, findSigns, type Group, groups, inTone, type Sign } from './signs.ts';

/** Signs shown for a search. */
const foundMax = 90;

export type Shelf = 'recent' | 'house' | Group;

/** The signs that this house made, as those of the tables. */
async function houseSigns(): Promise<Sign[]> {
  return [...(await houseEmoji())].map(([name, picture]) => ({
    sign: `:${name}:`,
    name: `:${name}:`,
    toned: false,
    group: null,
    words: [folded(name)],
    names: [folded(name)],
    picture,
  }));
}

/** What the picker shows: a shelf, or what was found for a text, in the chosen tone. */
export function useSigns() {
  const locale = useLocale() as Locale;
  const [all, setAll] = useState<readonly Sign[] | 'failed' | null>(null);
  const [house, setHouse] = useState<readonly Sign[]>([]);
  const [shelf, setShelf] = useState<Shelf>('recent');
  const [text, setText] = useState('');
  const [tone, setTone] = useState(keptTone);
  useEffect(() => {
    let current = true;
    allSigns(locale).then(
      (signs) => current && setAll(signs),
      () => current && setAll('failed'),
    );
    void houseSigns().then((signs) => current && setHouse(signs));
    return () => {
      current = false;
    };
  }, [locale]);
  const shown = useMemo(() => {
    if (shelf === 'house' && text.trim() === '') return house;
    if (all === null || all === 'failed') return [];
    if (text.trim() !== '') return findSigns([...house, ...all], text, foundMax);
    if (shelf !== 'recent') return all.filter(({ group }) => group === shelf);
    // A sign that this browser remembers may be in a tone, which no table has, or taken away since.
    return recentSigns().flatMap((sign): Sign[] => {
      const known = [...house, ...all].find((one) => one.sign === sign);
      if (known !== undefined) return [known];
      if (sign.startsWith(':')) return [];
      return [{ sign, name: sign, toned: false, group: 'symbols', words: [], names: [] }];
    });
  }, [all, house, shelf, text]);
  const shelves: readonly Shelf[] = ['recent', ...(house.length > 0 ? (['house'] as const) : []), ...groups];
  return {
    state: all === null ? 'loading' : all === 'failed' ? 'failed' : 'ready',
    shown: shown.map((one) => ({ ...one, drawn: inTone(one, tone) })),
    shelves,
    shelf,
    toShelf: (next: Shelf) => {
      setText('');
      setShelf(next);
    },
    text,
    search: setText,
    tone,
    toTone: (next: string) => {
      keepTone(next);
      setTone(next);
    },
    remember: keepRecent,
  } as const;
}

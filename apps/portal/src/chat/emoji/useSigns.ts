'use client';
import type { Locale } from '@parvis/contract/shape';
import { useLocale } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { keepRecent, keepTone, keptTone, recentSigns } from './chosen.ts';
import { allSigns, findSigns, type Group, groups, inTone, type Sign } from './signs.ts';

/** Signs shown for a search. */
const foundMax = 90;

export type Shelf = 'recent' | Group;
export const shelves: readonly Shelf[] = ['recent', ...groups];

/** What the picker shows: a shelf, or what was found for a text, in the chosen tone. */
export function useSigns() {
  const locale = useLocale() as Locale;
  const [all, setAll] = useState<readonly Sign[] | 'failed' | null>(null);
  const [shelf, setShelf] = useState<Shelf>('recent');
  const [text, setText] = useState('');
  const [tone, setTone] = useState(keptTone);
  useEffect(() => {
    let current = true;
    allSigns(locale).then(
      (signs) => current && setAll(signs),
      () => current && setAll('failed'),
    );
    return () => {
      current = false;
    };
  }, [locale]);
  const shown = useMemo(() => {
    if (all === null || all === 'failed') return [];
    if (text.trim() !== '') return findSigns(all, text, foundMax);
    if (shelf !== 'recent') return all.filter(({ group }) => group === shelf);
    // A sign that this browser remembers may be one of a place, which no table has.
    return recentSigns().map(
      (sign): Sign =>
        all.find((one) => one.sign === sign) ?? {
          sign,
          name: sign,
          toned: false,
          group: 'symbols',
          words: [],
          names: [],
        },
    );
  }, [all, shelf, text]);
  return {
    state: all === null ? 'loading' : all === 'failed' ? 'failed' : 'ready',
    shown: shown.map((one) => ({ ...one, drawn: inTone(one, tone) })),
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

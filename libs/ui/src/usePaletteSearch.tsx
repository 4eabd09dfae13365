'use client';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';

export interface PaletteItem {
  id: string;
  label: ReactNode;
  /** What kind of thing it is, where it is. */
  note?: ReactNode;
  icon?: ReactNode;
  /** Instead of the square with the icon: a face, a paving stone. */
  picture?: ReactNode;
  shortcut?: string;
  /** It has an address: Ctrl+Enter opens it in a new tab. */
  href?: string;
}

export interface PaletteGroup {
  id: string;
  title: ReactNode;
  items: readonly PaletteItem[];
}

/** Finds groups for a text; the signal is aborted when nobody waits for the answer any more. */
export type SearchPalette = (text: string, signal: AbortSignal) => Promise<readonly PaletteGroup[]>;

/** Typing faster than this asks once. */
const pauseMs = 90;

interface Answer {
  /** The text it answers. */
  text: string;
  groups: readonly PaletteGroup[];
  state: 'done' | 'failed';
}

export interface PaletteSearch {
  text: string;
  groups: readonly PaletteGroup[];
  current: PaletteItem | undefined;
  count: number;
  state: 'searching' | 'done' | 'failed';
  ask: (text: string) => void;
  point: (item: PaletteItem) => void;
  /** By so many lines; around the ends unless `around` is false. */
  move: (lines: number, around?: boolean) => void;
}

/**
 * The state of a palette. The last results stay while new ones are on their way, so that nothing flickers; an answer to
 * an older text is dropped. The first line is always chosen, so that Enter does what is seen first.
 */
export function usePaletteSearch(recent: readonly PaletteGroup[], search: SearchPalette): PaletteSearch {
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<Answer>({ text: '', groups: [], state: 'done' });
  const [chosen, setChosen] = useState<string | undefined>();
  const latest = useRef(search);
  useEffect(() => {
    latest.current = search;
  }, [search]);
  const asked = text.trim();
  useEffect(() => {
    if (asked === '') return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      latest.current(asked, stop.signal).then(
        (groups) => !stop.signal.aborted && setAnswer({ text: asked, groups, state: 'done' }),
        () => !stop.signal.aborted && setAnswer({ text: asked, groups: [], state: 'failed' }),
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [asked]);

  const groups = (asked === '' ? recent : answer.groups).filter((group) => group.items.length > 0);
  const items = groups.flatMap((group) => group.items);
  const place = Math.max(
    0,
    items.findIndex((item) => item.id === chosen),
  );
  return {
    text,
    groups,
    current: items[place],
    count: items.length,
    state: asked === '' ? 'done' : answer.text === asked ? answer.state : 'searching',
    ask: (next) => {
      setText(next);
      setChosen(undefined);
    },
    point: (item) => setChosen(item.id),
    move: (lines, around = true) => {
      if (items.length === 0) return;
      const next = place + lines;
      const to = around
        ? (next + items.length) % items.length
        : Math.min(items.length - 1, Math.max(0, next));
      setChosen(items[to]?.id);
    },
  };
}

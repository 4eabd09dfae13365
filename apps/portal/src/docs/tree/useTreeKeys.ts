'use client';
import { type KeyboardEvent, useRef, useState } from 'react';
import { searchKey } from './search-key.ts';
import type { Row } from './usePages.ts';

/** Milliseconds within which typed letters are one word. */
const wordMs = 700;

function focusOn(list: HTMLElement, id: string | undefined): void {
  list.querySelector<HTMLElement>(`[data-tree-id="${id}"]`)?.focus();
}

/** The keys of a tree: one line of it is in the order of Tab, arrows go from line to line, letters find a title. */
export function useTreeKeys(
  rows: readonly Row[],
  open: ReadonlySet<string>,
  toggle: (id: string, to?: boolean) => void,
  current: string | undefined,
) {
  const [focused, setFocused] = useState<string | null>(null);
  const typed = useRef({ word: '', at: 0 });
  const ids = rows.map(({ page }) => page.id);
  const tabStop = [focused, current].find((id) => id != null && ids.includes(id)) ?? ids[0];

  /** Opens and goes in, or closes and goes out: which arrow is which depends on the direction of the page. */
  function sideways(row: Row, at: number, inwards: boolean): string | undefined {
    const isOpen = open.has(row.page.id);
    if (inwards) {
      if (!row.page.hasPages) return undefined;
      if (isOpen) return rows[at + 1]?.parentId === row.page.id ? ids[at + 1] : undefined;
      toggle(row.page.id, true);
    } else {
      if (!isOpen || !row.page.hasPages) return ids.includes(row.parentId) ? row.parentId : undefined;
      toggle(row.page.id, false);
    }
    return undefined;
  }
  function found(key: string, at: number): string | undefined {
    const now = Date.now();
    const word = (now - typed.current.at < wordMs ? typed.current.word : '') + key;
    typed.current = { word, at: now };
    const from = word.length > 1 ? at : at + 1;
    const order = [...rows.slice(from), ...rows.slice(0, from)];
    return order.find(({ page }) => searchKey(page.title).startsWith(searchKey(word)))?.page.id;
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const id = (event.target as HTMLElement).dataset.treeId;
    const at = ids.indexOf(id ?? '');
    const row = rows[at];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    let next: string | undefined;
    if (event.key === 'ArrowDown') next = ids[at + 1];
    else if (event.key === 'ArrowUp') next = ids[at - 1];
    else if (event.key === 'Home') next = ids[0];
    else if (event.key === 'End') next = ids.at(-1);
    else if (event.key === 'ArrowRight') next = sideways(row, at, !rtl);
    else if (event.key === 'ArrowLeft') next = sideways(row, at, rtl);
    else if (event.key.length === 1 && event.key !== ' ') next = found(event.key, at);
    else return;
    event.preventDefault();
    if (next === undefined) return;
    setFocused(next);
    focusOn(event.currentTarget, next);
  }
  return { tabStop, onKeyDown };
}

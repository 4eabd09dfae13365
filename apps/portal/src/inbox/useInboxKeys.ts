'use client';
import { type RefObject, useEffect, useEffectEvent } from 'react';

interface Acts {
  done(id: string): void;
  unread(id: string): void;
}

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const typing = 'input, textarea, select, [contenteditable], [role="dialog"] *, [role="menu"] *';

/**
 * The inbox by keyboard: j and k (or the arrows) from line to line, e puts away, u marks as unread. Enter opens, as with
 * any link. After a line left, the next one has the focus.
 */
export function useInboxKeys(list: RefObject<HTMLElement | null>, acts: Acts): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
    if (target.closest(typing) !== null || list.current === null) return;
    const rows = [...list.current.querySelectorAll<HTMLElement>('[data-item]')];
    const at = rows.findIndex((row) => row.contains(target));
    const step = steps[key];
    if (step !== undefined) {
      const arrow = key.startsWith('Arrow');
      // Elsewhere on the page arrows scroll.
      if (arrow && at < 0) return;
      event.preventDefault();
      focusRow(rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]);
      return;
    }
    const id = rows[at]?.dataset.item;
    if (id === undefined) return;
    if (key === 'e') {
      focusRow(rows[at + 1] ?? rows[at - 1]);
      acts.done(id);
    } else if (key === 'u') acts.unread(id);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

function focusRow(row: HTMLElement | undefined): void {
  const open = row?.querySelector<HTMLElement>('.inbox-open');
  open?.focus();
  open?.scrollIntoView({ block: 'nearest' });
}

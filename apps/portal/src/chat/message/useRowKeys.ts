'use client';
import type { Message } from '@parvis/contract/chat-entry';
import type { KeyboardEvent, RefObject } from 'react';
import { actsFor } from './acts.ts';
import type { Here } from './here.ts';
import { keyOf } from './keys.ts';

/** Messages that Page Up and Page Down pass. */
const pageStep = 10;

interface Given {
  readonly log: RefObject<HTMLElement | null>;
  readonly messages: readonly Message[];
  readonly here: Here;
  readonly onMenu: (message: Message) => void;
}

/**
 * The keys of a list of messages: arrows walk them, one letter does what the menu offers, Escape goes back to writing. A
 * key that belongs to something inside of a message (a button, a field) is left to it.
 */
export function useRowKeys({ log, messages, here, onMenu }: Given) {
  function move(from: HTMLElement, by: number) {
    const rows = [...(log.current?.querySelectorAll<HTMLElement>('article') ?? [])];
    const to = rows.indexOf(from) + by;
    if (to >= rows.length && by === 1) here.write();
    else rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
  }
  return function onKeyDown(event: KeyboardEvent) {
    const row = (event.target as HTMLElement).closest<HTMLElement>('article');
    if (row === null || event.defaultPrevented || event.nativeEvent.isComposing) return;
    const inside = row !== event.target;
    if (event.key === 'Escape') {
      if (inside) row.focus();
      else here.write();
      event.preventDefault();
      // One step back at a time: the panel around it stays open.
      event.stopPropagation();
      return;
    }
    if (inside || event.ctrlKey || event.metaKey || event.altKey) return;
    const message = messages.find(({ seq }) => String(seq) === row.dataset.seq);
    const step = {
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: -pageStep,
      PageDown: pageStep,
      Home: -Number.MAX_SAFE_INTEGER,
      End: Number.MAX_SAFE_INTEGER,
    }[event.key];
    if (step !== undefined) move(row, step);
    else if (message === undefined) return;
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey) || keyOf(event) === 'm')
      onMenu(message);
    else {
      const act = actsFor(message, here).find(({ keys }) => keys?.includes(keyOf(event)));
      if (act === undefined) return;
      act.act(message, here);
    }
    event.preventDefault();
  };
}

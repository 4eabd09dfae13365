'use client';
import { useCallback, useEffect, useState } from 'react';
import type { DocumentConnection } from '../connection.ts';
import type { Present } from '../useHere.ts';

/** Milliseconds between two words about where one reads, while one scrolls. */
const tellMs = 250;
/** Pixels above and below within which a colleague's caret is left where it is. */
const edgePx = 120;
/** What one does oneself, and with which following ends. */
const ownMoves = ['wheel', 'touchmove', 'pointerdown'] as const;

interface State {
  user?: { id?: unknown };
  cursor?: unknown;
  /** The id of the block at the top of the window. */
  top?: unknown;
}

const scroller = () => document.querySelector<HTMLElement>('#main > .p-scroll');
const blockOf = (id: string) =>
  document.querySelector<HTMLElement>(`.bn-block-outer[data-id="${CSS.escape(id)}"]`);

/** Tells the others which block stands at the top of this window. */
function useTellTop(connection: DocumentConnection | null, alone: boolean) {
  useEffect(() => {
    const box = scroller();
    if (connection === null || box === null || alone) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const { left, top, width } = box.getBoundingClientRect();
      const found = document
        .elementFromPoint(left + width / 2, top + edgePx)
        ?.closest('.bn-block-outer[data-id]');
      connection.awareness.setLocalStateField('top', found?.getAttribute('data-id') ?? null);
    };
    const later = () => {
      timer ??= setTimeout(tell, tellMs);
    };
    box.addEventListener('scroll', later, { passive: true });
    return () => {
      box.removeEventListener('scroll', later);
      clearTimeout(timer);
    };
  }, [connection, alone]);
}

/** Shows what a colleague looks at: their caret when they write, else the block at the top of their window. */
function showWhere(connection: DocumentConnection, personId: string, clients: readonly number[]): void {
  const states = connection.awareness.getStates() as Map<number, State>;
  for (const client of clients) {
    const state = states.get(client);
    if (state?.user?.id !== personId) continue;
    const box = scroller()?.getBoundingClientRect();
    const caret = document.querySelector<HTMLElement>(`.docs-caret[data-person="${CSS.escape(personId)}"]`);
    if (caret !== null && state.cursor !== null && state.cursor !== undefined) {
      const { top } = caret.getBoundingClientRect();
      if (box !== undefined && (top < box.top + edgePx || top > box.bottom - edgePx))
        caret.scrollIntoView({ block: 'center' });
    } else if (typeof state.top === 'string') blockOf(state.top)?.scrollIntoView({ block: 'start' });
  }
}

/** Following a colleague: my window goes where theirs is, until I move by myself, press Escape, or they leave. */
export function useFollow(connection: DocumentConnection | null, here: readonly Present[]) {
  const [id, setId] = useState<string | null>(null);
  const stop = useCallback(() => setId(null), []);
  useTellTop(connection, here.length === 0);
  const followed = here.find((one) => one.id === id) ?? null;
  if (id !== null && followed === null) setId(null);
  useEffect(() => {
    if (connection === null || id === null) return;
    const { awareness } = connection;
    const look = ({ added = [], updated = [] }: { added?: number[]; updated?: number[] }) =>
      // Their caret is drawn first.
      requestAnimationFrame(() => showWhere(connection, id, [...added, ...updated]));
    const onKey = (event: KeyboardEvent) => {
      const alone = ['Control', 'Shift', 'Alt', 'Meta', 'Tab'].includes(event.key);
      if (!alone) stop();
    };
    const main = document.querySelector<HTMLElement>('#main .docs-page');
    awareness.on('change', look);
    look({ added: [...awareness.getStates().keys()] });
    document.addEventListener('keydown', onKey);
    for (const move of ownMoves) main?.addEventListener(move, stop, { passive: true });
    return () => {
      awareness.off('change', look);
      document.removeEventListener('keydown', onKey);
      for (const move of ownMoves) main?.removeEventListener(move, stop);
    };
  }, [connection, id, stop]);
  return { followed, follow: setId, stop };
}

'use client';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Pixels from an edge at which more is asked for, before anybody sees the end of what is there. */
const nearPx = 900;
/** Pixels from the end within which one is at the end. */
const endPx = 24;

interface Given {
  /** Changes whenever rows come or go. */
  readonly rows: unknown;
  readonly older: boolean;
  readonly newer: boolean;
  readonly onOlder: () => Promise<void>;
  readonly onNewer: () => Promise<void>;
}

interface Anchor {
  readonly id: string;
  readonly top: number;
}

/** The first row that one sees, and where. */
function anchorOf(log: HTMLElement): Anchor | null {
  const { top } = log.getBoundingClientRect();
  for (const row of log.querySelectorAll<HTMLElement>('article[id]')) {
    const box = row.getBoundingClientRect();
    if (box.bottom > top + 1) return { id: row.id, top: box.top - top };
  }
  return null;
}

/** Asks for what lies before or after, one page at a time. */
function useMore(latest: RefObject<Given>) {
  const [loading, setLoading] = useState<'older' | 'newer' | null>(null);
  const busy = useRef(false);
  const more = useCallback(
    async (side: 'older' | 'newer') => {
      if (busy.current) return;
      busy.current = true;
      setLoading(side);
      try {
        await (side === 'older' ? latest.current.onOlder() : latest.current.onNewer());
      } catch {
        // Whoever scrolls on asks again.
      } finally {
        busy.current = false;
        setLoading(null);
      }
    },
    [latest],
  );
  return { loading, more };
}

/**
 * Where one reads in a list that is laid from its end: it stays there when rows come before or after, when a picture
 * arrives, when the window changes; at the end it stays at the end. More rows are asked for as an edge comes near.
 */
export function usePlace(log: RefObject<HTMLElement | null>, given: Given) {
  const anchor = useRef<Anchor | null>(null);
  const atEnd = useRef(true);
  const latest = useRef(given);
  latest.current = given;
  const [away, setAway] = useState(false);

  const { loading, more } = useMore(latest);

  const look = useCallback(() => {
    const node = log.current;
    if (node === null) return;
    // Laid from the end: 0 is the end, and further up is below 0.
    const fromEnd = -node.scrollTop;
    const fromStart = node.scrollHeight - node.clientHeight - fromEnd;
    atEnd.current = fromEnd <= endPx && !latest.current.newer;
    anchor.current = anchorOf(node);
    setAway(fromEnd > node.clientHeight / 2 || latest.current.newer);
    if (latest.current.older && fromStart < nearPx) void more('older');
    else if (latest.current.newer && fromEnd < nearPx) void more('newer');
  }, [log, more]);

  const stay = useCallback(() => {
    const node = log.current;
    if (node === null) return;
    if (atEnd.current) node.scrollTop = 0;
    else if (anchor.current !== null) {
      const row = document.getElementById(anchor.current.id);
      if (row === null) return;
      const moved = row.getBoundingClientRect().top - node.getBoundingClientRect().top - anchor.current.top;
      if (Math.abs(moved) >= 1) node.scrollTop += moved;
    }
  }, [log]);

  const { rows } = given;
  useLayoutEffect(stay, [stay, rows]);
  useEffect(look, [look, rows, loading]);
  useEffect(() => {
    const node = log.current;
    const feed = node?.firstElementChild;
    if (node === null || feed === null || feed === undefined) return;
    const watch = new ResizeObserver(stay);
    watch.observe(feed);
    watch.observe(node);
    return () => watch.disconnect();
  }, [log, stay]);

  /** Shows a row in the middle; answers whether it is there. */
  const seek = useCallback(
    (id: string): boolean => {
      const row = document.getElementById(id);
      if (row === null || log.current?.contains(row) !== true) return false;
      atEnd.current = false;
      row.scrollIntoView({ block: 'center' });
      anchor.current = anchorOf(log.current);
      return true;
    },
    [log],
  );
  const toEnd = useCallback(() => {
    atEnd.current = true;
    if (log.current) log.current.scrollTop = 0;
  }, [log]);
  return { look, seek, toEnd, away, loading, more, isAtEnd: () => atEnd.current };
}

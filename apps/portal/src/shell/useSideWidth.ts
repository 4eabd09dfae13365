'use client';
import { useEffect, useState } from 'react';

/** Pixels that a panel beside a page may be wide, and is at first. */
export const sideWidth = { min: 280, rest: 348, max: 640 };

/**
 * How wide the panel beside a page is, as a property of the page that the frame of panes reads.
 * @param key under which this browser keeps what was chosen
 */
export function useSideWidth(key: string): { now: number; change: (px: number) => void } {
  const [now, setNow] = useState(() => Number(localStorage.getItem(key) ?? sideWidth.rest) || sideWidth.rest);
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--side-now', `${now}px`);
    return () => void style.removeProperty('--side-now');
  }, [now]);
  function change(px: number) {
    setNow(px);
    localStorage.setItem(key, String(px));
  }
  return { now, change };
}

'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef } from 'react';
import { notices } from './notices.ts';

/** Milliseconds over which the pages of many people ask again after one change. */
const spreadMs = 200;

/** Calls back when one of these things, or what lies in it, changed elsewhere. */
export function useNotices(
  ids: readonly string[],
  heard: (changed: ReadonlySet<string>, begun: boolean) => void,
): void {
  const tell = useEffectEvent(heard);
  const key = ids.join(' ');
  useEffect(() => {
    if (key === '') return;
    return notices.watch(key.split(' '), (changed, begun) => tell(changed, begun));
  }, [key]);
}

/** Asks the server for the page again when one of these things changed elsewhere. */
export function useFresh(ids: readonly string[]): void {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useNotices(ids, (_, begun) => {
    // A whole page is not asked for twice each time it comes.
    if (begun) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => router.refresh(), Math.random() * spreadMs);
  });
}

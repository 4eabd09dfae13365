'use client';
import { useSyncExternalStore } from 'react';

let unread: number | null = null;
const listeners = new Set<() => void>();

/** Says in how many threads something is new, for the entry of the columns. */
export function tellThreads(next: number): void {
  unread = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** In how many threads something is new; null until it is known. */
export function useUnreadThreads(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => unread,
    () => null,
  );
}

'use client';
import { useSyncExternalStore } from 'react';

/** Whether this tab hears the house: `unknown` until the page is idle and has asked. */
export type LineState = 'unknown' | 'open' | 'lost';

let state: LineState = 'unknown';
const listeners = new Set<() => void>();

export function tellLineState(next: LineState): void {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** `offline`: this device has no network. `lost`: it has one, and the house does not answer. */
export function useLine(): 'fine' | 'offline' | 'lost' {
  return useSyncExternalStore(
    subscribe,
    () => (navigator.onLine ? (state === 'lost' ? 'lost' : 'fine') : 'offline'),
    () => 'fine',
  );
}

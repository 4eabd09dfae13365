'use client';
import { presencePageMax } from '@parvis/contract/limits';
import type { PersonPresence } from '@parvis/contract/presence';
import { useEffect, useSyncExternalStore } from 'react';

/** How many parts of the page show each person. */
const shown = new Map<string, number>();
const known = new Map<string, PersonPresence>();
const listeners = new Set<() => void>();
let askFor: (people: string[]) => void = () => undefined;
let asking: ReturnType<typeof setTimeout> | undefined;

/** Milliseconds whose changes of what is shown are asked for together. */
const gatherMs = 150;

function askSoon(): void {
  asking ??= setTimeout(() => {
    asking = undefined;
    askFor([...shown.keys()].slice(0, presencePageMax));
  }, gatherMs);
}

/** Says who is here. */
export function tellPresence(people: readonly PersonPresence[]): void {
  for (const one of people) known.set(one.id, one);
  for (const listener of listeners) listener();
}

/** From now on `ask` is called with the people that the page shows, at once and when they change. */
export function watchWith(ask: (people: string[]) => void): () => void {
  askFor = ask;
  if (shown.size > 0) askSoon();
  return () => {
    askFor = () => undefined;
    known.clear();
    for (const listener of listeners) listener();
  };
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether somebody is here and what they say of themselves; undefined until it is known. */
export function usePresence(id: string): PersonPresence | undefined {
  useEffect(() => {
    shown.set(id, (shown.get(id) ?? 0) + 1);
    askSoon();
    return () => {
      const left = (shown.get(id) ?? 1) - 1;
      if (left > 0) shown.set(id, left);
      else shown.delete(id);
    };
  }, [id]);
  return useSyncExternalStore(
    subscribe,
    () => known.get(id),
    () => undefined,
  );
}

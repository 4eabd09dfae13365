'use client';
import type { InboxItem } from '@parvis/contract/notify';
import { useEffect, useSyncExternalStore } from 'react';

let unread: number | null = null;
const counters = new Set<() => void>();
const hearers = new Set<(fresh: readonly InboxItem[]) => void>();

/** Says how much is unread now, and what came in. Until this is said for the first time, pages show what was rendered. */
export function tellInbox(count: number | null, fresh: readonly InboxItem[] = []): void {
  unread = count;
  for (const listener of counters) listener();
  if (count !== null) for (const hear of hearers) hear(fresh);
}

const subscribe = (listener: () => void) => {
  counters.add(listener);
  return () => counters.delete(listener);
};

/** How much of the inbox is unread: live, or as the server rendered it. */
export function useInboxUnread(rendered: number): number {
  return useSyncExternalStore(
    subscribe,
    () => unread ?? rendered,
    () => rendered,
  );
}

/** Calls `hear` when the inbox changed, here or on another screen; with what is new in it. Keep `hear` the same. */
export function useInboxNews(hear: (fresh: readonly InboxItem[]) => void): void {
  useEffect(() => {
    hearers.add(hear);
    return () => {
      hearers.delete(hear);
    };
  }, [hear]);
}

const alerted = new Set<(items: readonly InboxItem[]) => void>();

/** Says what may make itself heard. */
export function tellAlerts(items: readonly InboxItem[]): void {
  for (const hear of alerted) hear(items);
}

/** Calls `hear` with what may make itself heard; returns the way to stop. */
export function hearAlerts(hear: (items: readonly InboxItem[]) => void): () => void {
  alerted.add(hear);
  return () => {
    alerted.delete(hear);
  };
}

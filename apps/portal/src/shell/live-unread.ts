'use client';
import { useSyncExternalStore } from 'react';

/** What is unread in one channel that this tab follows. */
export interface Unread {
  readonly spaceId: string | null;
  readonly unread: number;
}

let channels: ReadonlyMap<string, Unread> | null = null;
const listeners = new Set<() => void>();

/** Says what is unread now; until this is said for the first time, the page shows what the server rendered. */
export function tellUnread(next: ReadonlyMap<string, Unread> | null): void {
  channels = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether something is unread in a space: live, or as the server rendered it. */
export function useUnreadInSpace(spaceId: string, rendered: boolean): boolean {
  return useSyncExternalStore(
    subscribe,
    () =>
      channels === null
        ? rendered
        : [...channels.values()].some((one) => one.spaceId === spaceId && one.unread > 0),
    () => rendered,
  );
}

/** Whether something is unread in a conversation, which is in no space. */
export function useUnreadDirect(rendered: boolean): boolean {
  return useSyncExternalStore(
    subscribe,
    () =>
      channels === null
        ? rendered
        : [...channels.values()].some((one) => one.spaceId === null && one.unread > 0),
    () => rendered,
  );
}

/** How many messages are unread in a channel: live, or as the server rendered it. */
export function useUnreadInChannel(channelId: string, rendered: number): number {
  return useSyncExternalStore(
    subscribe,
    () => channels?.get(channelId)?.unread ?? rendered,
    () => rendered,
  );
}

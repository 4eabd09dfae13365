import type { Message } from '@parvis/contract/chat-entry';
import { useSyncExternalStore } from 'react';

/** What a person wants to do about a message that is wrong. */
export interface Asked {
  readonly kind: 'report' | 'hide' | 'unhide';
  readonly message: Pick<Message, 'channelId' | 'seq'>;
}

let asked: Asked | null = null;
const listeners = new Set<() => void>();

/** Asks, from the menu of a message; whatever shows the channel answers. */
export function ask(next: Asked | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useAsked(): Asked | null {
  return useSyncExternalStore(
    subscribe,
    () => asked,
    () => null,
  );
}

import type { Message } from '@parvis/contract/chat-entry';

/** What a message was asked to be, by its menu. */
export interface Asking {
  readonly what: 'save' | 'forward';
  readonly message: Message;
}

const hearers = new Set<(asking: Asking) => void>();

/** Asks whoever shows dialogs on this page. */
export function askAbout(asking: Asking): void {
  for (const hear of hearers) hear(asking);
}

export function onAsking(hear: (asking: Asking) => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

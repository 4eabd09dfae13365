import type { Channel } from '@parvis/contract/chat';
import type { Message } from '@parvis/contract/chat-entry';
import type { Person } from '@parvis/contract/shape';
import type { ShowPanel } from '../panel/usePanel.ts';

/** Where a message stands, who looks at it, and what can be done there. It stays the same object while the page does. */
export interface Here {
  readonly channel: Channel;
  readonly me: Person;
  readonly mayWrite: boolean;
  /** The list is that of a thread. */
  readonly inThread: boolean;
  /** The name of somebody of the channel; undefined of who has left. */
  readonly nameOf: (id: string) => string | undefined;
  readonly show: ShowPanel;
  readonly react: (message: Message, emoji: string, on: boolean) => void;
  /** Opens the picker of signs beside the message. */
  readonly pick: (message: Message) => void;
  readonly quote: (message: Message) => void;
  readonly edit: (message: Message | null) => void;
  /** Resolves when the new text is stored; rejects after saying why it is not. */
  readonly save: (message: Message, body: string) => Promise<void>;
  readonly remove: (message: Message) => void;
  /** Opens the earlier texts of a message, or the question whether to delete it. */
  readonly ask: (kind: 'history' | 'remove', message: Message) => void;
  readonly pin: (message: Message, on: boolean) => void;
  /** From this message on the channel is unread to me. */
  readonly unread: (message: Message) => void;
  readonly copyLink: (message: Message) => void;
  /** Puts the focus back to where one writes. */
  readonly write: () => void;
}

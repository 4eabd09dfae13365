import type { Message } from '@parvis/contract/chat-entry';
import type { IconShape } from '@parvis/ui/Icon';
import { Bookmark, Forward, Link2 } from 'lucide-react';
import { askAbout } from '../saved/asking.ts';
import { moderationActs } from '../moderation/acts.ts';
import type { Here } from './here.ts';

/** Something that can be done with a message: a line of its menu, perhaps a button above it and a key. */
export interface MessageAct {
  readonly id: string;
  /** Its words, by their whole name: `chatMessage.acts.reply`. */
  readonly words: string;
  readonly icon: IconShape;
  /** Groups are parted by a line, in this order. */
  readonly group: 'answer' | 'keep' | 'own' | 'care';
  /** Keys that do it while the message has the focus, lower case; the first is shown. */
  readonly keys?: readonly string[];
  /** It has a button above the message, beside the menu. */
  readonly quick?: true;
  readonly danger?: true;
  readonly shown: (message: Message, here: Here) => boolean;
  readonly act: (message: Message, here: Here) => void;
}

/** What can be done with a message, in the order of the menu. A domain adds a line; what it does stands in its own folder. */
export const acts: readonly MessageAct[] = [
  {
    id: 'save',
    words: 'chatSaved.save',
    icon: Bookmark,
    group: 'keep',
    keys: ['s'],
    shown: ({ deletedAt, hidden }) => deletedAt === null && !hidden,
    act: (message) => askAbout({ what: 'save', message }),
  },
  {
    id: 'forward',
    words: 'chatForward.forward',
    icon: Forward,
    group: 'keep',
    keys: ['f'],
    shown: ({ deletedAt, hidden }) => deletedAt === null && !hidden,
    act: (message) => askAbout({ what: 'forward', message }),
  },
  {
    id: 'copyLink',
    words: 'chatMessage.acts.copyLink',
    icon: Link2,
    group: 'keep',
    keys: ['c'],
    shown: () => true,
    act: (message, here) => here.copyLink(message),
  },
  ...moderationActs,
];

/** What may be done with a message here, in order. */
export function actsFor(message: Message, here: Here): MessageAct[] {
  return acts.filter((act) => act.shown(message, here));
}

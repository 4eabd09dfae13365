import type { Message } from '@parvis/contract/chat-entry';
import type { IconShape } from '@parvis/ui/Icon';
import {
  Bookmark,
  Forward,
  History,
  Link2,
  MailOpen,
  MessageSquareReply,
  Pencil,
  Pin,
  PinOff,
  Quote,
  SmilePlus,
  Trash2,
} from 'lucide-react';
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

const stands = (message: Message) => message.deletedAt === null && !message.hidden;
const mine = (message: Message, here: Here) => message.sender.id === here.me.id && message.via === null;
const mayPin = (message: Message, here: Here) => stands(message) && here.channel.abilities.comment;

/** What can be done with a message, in the order of the menu. A domain adds a line; what it does stands in its own folder. */
export const acts: readonly MessageAct[] = [
  {
    id: 'react',
    words: 'chatMessage.acts.react',
    icon: SmilePlus,
    group: 'answer',
    keys: ['+'],
    quick: true,
    shown: (message, here) => stands(message) && here.channel.abilities.comment,
    act: (message, here) => here.pick(message),
  },
  {
    id: 'reply',
    words: 'chatMessage.acts.reply',
    icon: MessageSquareReply,
    group: 'answer',
    keys: ['r', 't'],
    quick: true,
    shown: (message, here) => !here.inThread && (here.mayWrite || message.thread !== null),
    act: (message, here) => here.show('thread', message.threadSeq ?? message.seq),
  },
  {
    id: 'quote',
    words: 'chatMessage.acts.quote',
    icon: Quote,
    group: 'answer',
    keys: ['q'],
    quick: true,
    shown: (message, here) => here.mayWrite && stands(message),
    act: (message, here) => here.quote(message),
  },
  {
    id: 'pin',
    words: 'chatMessage.acts.pin',
    icon: Pin,
    group: 'keep',
    keys: ['p'],
    shown: (message, here) => mayPin(message, here) && message.pinnedBy === null,
    act: (message, here) => here.pin(message, true),
  },
  {
    id: 'unpin',
    words: 'chatMessage.acts.unpin',
    icon: PinOff,
    group: 'keep',
    keys: ['p'],
    shown: (message, here) => mayPin(message, here) && message.pinnedBy !== null,
    act: (message, here) => here.pin(message, false),
  },
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
    id: 'unread',
    words: 'chatMessage.acts.unread',
    icon: MailOpen,
    group: 'keep',
    keys: ['u'],
    // An answer that only its thread shows has no place in the channel, and words of one's own are never new.
    shown: (message, here) => !here.inThread && message.inChannel && message.sender.id !== here.me.id,
    act: (message, here) => here.unread(message),
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
  {
    id: 'history',
    words: 'chatMessage.acts.history',
    icon: History,
    group: 'keep',
    keys: ['h'],
    shown: (message) => stands(message) && message.editedAt !== null,
    act: (message, here) => here.ask('history', message),
  },
  {
    id: 'edit',
    words: 'chatMessage.acts.edit',
    icon: Pencil,
    group: 'own',
    keys: ['e'],
    shown: (message, here) => stands(message) && mine(message, here) && here.mayWrite,
    act: (message, here) => here.edit(message),
  },
  {
    id: 'delete',
    words: 'chatMessage.acts.delete',
    icon: Trash2,
    group: 'own',
    keys: ['delete'],
    danger: true,
    shown: (message, here) => stands(message) && (mine(message, here) || here.channel.abilities.manage),
    act: (message, here) => here.ask('remove', message),
  },
  ...moderationActs,
];

/** What may be done with a message here, in order. */
export function actsFor(message: Message, here: Here): MessageAct[] {
  return acts.filter((act) => act.shown(message, here));
}

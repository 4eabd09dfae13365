import { Eye, EyeOff, Flag } from 'lucide-react';
import type { MessageAct } from '../message/acts.ts';
import { ask } from './asked.ts';

/** What can be done about a message that is wrong: by anybody, and by who manages the channel. */
export const moderationActs: readonly MessageAct[] = [
  {
    id: 'report',
    words: 'chatModeration.acts.report',
    icon: Flag,
    group: 'care',
    shown: (message, here) =>
      message.sender.id !== here.me.id && message.deletedAt === null && !message.hidden,
    act: (message) => ask({ kind: 'report', message }),
  },
  {
    id: 'hide',
    words: 'chatModeration.acts.hide',
    icon: EyeOff,
    group: 'care',
    shown: (message, here) => here.channel.abilities.manage && message.deletedAt === null && !message.hidden,
    act: (message) => ask({ kind: 'hide', message }),
  },
  {
    id: 'unhide',
    words: 'chatModeration.acts.unhide',
    icon: Eye,
    group: 'care',
    shown: (message, here) => here.channel.abilities.manage && message.deletedAt === null && message.hidden,
    act: (message) => ask({ kind: 'unhide', message }),
  },
];

import type { OwnCommand } from '@parvis/contract/chat-command';
import type { Locale } from '@parvis/contract/shape';
import { folded } from '../emoji/folded.ts';

/** Commands that this page answers; the English word is understood in every language. */
const offered = [
  'help',
  'me',
  'topic',
  'invite',
  'leave',
  'mute',
  'remind',
  'poll',
  'meet',
  'status',
  'dnd',
  'search',
] as const satisfies OwnCommand[];
export type Offered = (typeof offered)[number];

/** Those that only a channel has: a conversation has its people and no topic, and one does not leave it. */
const ofChannelsAlone: readonly Offered[] = ['topic', 'invite', 'leave'];

/** How they are called in each language. */
const words: Record<Locale, Record<Offered, string>> = {
  fr: {
    help: 'aide',
    me: 'moi',
    topic: 'sujet',
    invite: 'inviter',
    leave: 'quitter',
    mute: 'sourdine',
    remind: 'rappel',
    poll: 'sondage',
    meet: 'réunion',
    status: 'statut',
    dnd: 'silence',
    search: 'chercher',
  },
  en: {
    help: 'help',
    me: 'me',
    topic: 'topic',
    invite: 'invite',
    leave: 'leave',
    mute: 'mute',
    remind: 'remind',
    poll: 'poll',
    meet: 'meet',
    status: 'status',
    dnd: 'dnd',
    search: 'search',
  },
  ar: {
    help: 'مساعدة',
    me: 'أنا',
    topic: 'موضوع',
    invite: 'دعوة',
    leave: 'مغادرة',
    mute: 'كتم',
    remind: 'تذكير',
    poll: 'استطلاع',
    meet: 'اجتماع',
    status: 'حالة',
    dnd: 'هدوء',
    search: 'بحث',
  },
};

/** Where a command is typed. */
export type Where = 'channel' | 'conversation';

/** The commands with their words in a language, in the order of the list. */
export function commandsIn(locale: Locale, where: Where): { command: Offered; word: string }[] {
  return offered
    .filter((command) => where === 'channel' || !ofChannelsAlone.includes(command))
    .map((command) => ({ command, word: words[locale][command] }));
}

export interface Typed {
  /** One of the page's own, or null for a program's. */
  readonly own: Offered | null;
  readonly word: string;
  readonly args: string;
}

const shape = /^\/([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}-]*)(?:[ \u00a0]+([\s\S]*))?$/u;

/** Whether a word is that of a command, in a language or in English, with or without its accents. */
export function isWordOf(command: Offered, word: string, locale: Locale): boolean {
  const typed = folded(word);
  return [command, words[locale][command], words.en[command]].some((one) => folded(one) === typed);
}

/** The command that a text is, or null: a path such as `/etc/hosts`, or a text that only begins with a slash, is none. */
export function commandOf(body: string, locale: Locale): Typed | null {
  const found = shape.exec(body.trim().replace(/^\\\//, '/'));
  if (found === null) return null;
  const word = (found[1] ?? '').toLowerCase().normalize('NFC');
  const own = offered.find((one) => isWordOf(one, word, locale));
  return { own: own ?? null, word, args: (found[2] ?? '').trim() };
}

import type { OwnCommand } from '@parvis/contract/chat-command';
import type { Locale } from '@parvis/contract/shape';

/** Commands that this page answers; the English word is understood in every language. */
const offered = [
  'help',
  'me',
  'topic',
  'invite',
  'leave',
  'meet',
  'poll',
  'search',
] as const satisfies OwnCommand[];
export type Offered = (typeof offered)[number];

/** How they are called in each language. */
const words: Record<Locale, Record<Offered, string>> = {
  fr: {
    help: 'aide',
    me: 'moi',
    topic: 'sujet',
    invite: 'inviter',
    leave: 'quitter',
    meet: 'réunion',
    poll: 'sondage',
    search: 'chercher',
  },
  en: {
    help: 'help',
    me: 'me',
    topic: 'topic',
    invite: 'invite',
    leave: 'leave',
    meet: 'meet',
    poll: 'poll',
    search: 'search',
  },
  ar: {
    help: 'مساعدة',
    me: 'أنا',
    topic: 'موضوع',
    invite: 'دعوة',
    leave: 'مغادرة',
    meet: 'اجتماع',
    poll: 'استطلاع',
    search: 'بحث',
  },
};

/** The commands with their words in a language, in the order of the list. */
export function commandsIn(locale: Locale): { command: Offered; word: string }[] {
  return offered.map((command) => ({ command, word: words[locale][command] }));
}

export interface Typed {
  /** One of the page's own, or null for a program's. */
  readonly own: Offered | null;
  readonly word: string;
  readonly args: string;
}

const shape = /^\/([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}-]*)(?:[ \u00a0]+([\s\S]*))?$/u;

/** The command that a text is, or null: a path such as `/etc/hosts`, or a text that only begins with a slash, is none. */
export function commandOf(body: string, locale: Locale): Typed | null {
  const found = shape.exec(body.trim().replace(/^\\\//, '/'));
  if (found === null) return null;
  const word = (found[1] ?? '').toLowerCase().normalize('NFC');
  const own = offered.find((one) => one === word || words[locale][one] === word || words.en[one] === word);
  return { own: own ?? null, word, args: (found[2] ?? '').trim() };
}

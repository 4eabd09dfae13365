import { call } from '@parvis/contract/call';
import { type Channel, getChannel } from '@parvis/contract/chat';
import { addToChannel, changeChannel, leaveChannel, placeChannel } from '@parvis/contract/chat-channel';
import type { Message, MessageExtras } from '@parvis/contract/chat-entry';
import { mentionsIn } from '@parvis/contract/chat-mention';
import { saveMessage } from '@parvis/contract/chat-saved';
import { findMentionable } from '@parvis/contract/chat-write';
import { reactionLengthMax as signLengthMax, statusLengthMax } from '@parvis/contract/limits';
import { changeNotifySettings } from '@parvis/contract/notify-settings';
import { setStatus } from '@parvis/contract/presence';
import type { Locale } from '@parvis/contract/shape';
import { exactTime } from '@parvis/ui/format';
import { folded } from '../emoji/folded.ts';
import { huddleOf } from '../huddle/start.ts';
import { askAbout } from '../saved/asking.ts';
import type { Offered } from './commands.ts';
import { momentAndWords, momentSaid } from './when-said.ts';

/** What a command may use of the page that it was typed on. */
export interface Doing {
  readonly channel: Channel;
  readonly locale: Locale;
  /** The last message that the channel shows. */
  readonly last: Message | undefined;
  readonly send: (body: string, extras?: MessageExtras) => void;
  /** Goes to another page. */
  readonly go: (way: string) => void;
  /** The page is read again: something on it is another. */
  readonly refresh: () => void;
  /** Says a sentence of the domain `chatApps` to this person. */
  readonly tell: (key: Told, values?: Record<string, string>) => void;
  readonly show: (what: 'help' | 'poll') => void;
}
export type Told =
  | 'invited'
  | 'inviteWhom'
  | 'pollHow'
  | 'muted'
  | 'heard'
  | 'reminded'
  | 'remindHow'
  | 'statusSet'
  | 'statusGone'
  | 'statusLong'
  | 'quiet'
  | 'quietOver'
  | 'quietHow';

type Act = (args: string, doing: Doing) => unknown;

/** Minutes of quiet for who does not say how long. */
const quietMinutes = 60;
const ending = /^(?:off|stop|end|fin|non|ايقاف|انهاء|لا)$/;

/** What each command of the house does. What a service refuses is thrown. */
export const houseCommands: Record<Offered, Act> = {
  help: (_, { show }) => show('help'),
  me: (args, { send }) => args !== '' && send(`_${args}_`),
  async topic(args, { channel, refresh }) {
    await call(changeChannel, { id: channel.id, topic: args });
    refresh();
  },
  async invite(args, { channel, tell, refresh, locale }) {
    const people = await meant(channel.id, args);
    if (people.length === 0) return tell('inviteWhom');
    const { added } = await call(addToChannel, { id: channel.id, personIds: people.map(({ id }) => id) });
    const names = (added.length > 0 ? added : people).map(({ name }) => name);
    tell('invited', { name: new Intl.ListFormat(locale).format(names) });
    refresh();
  },
  async leave(_, { channel, go, refresh }) {
    await call(leaveChannel, { id: channel.id });
    go(channel.spaceId === null ? '/' : `/space/${channel.spaceId}`);
    refresh();
  },
  async mute(_, { channel, tell, refresh }) {
    // As it is now, and not as it was when the page was drawn.
    const before = await call(getChannel, { id: channel.id });
    const { muted } = await call(placeChannel, { id: channel.id, muted: !before.muted });
    tell(muted ? 'muted' : 'heard');
    refresh();
  },
  async remind(args, { last, tell, locale }) {
    if (last === undefined) return tell('remindHow');
    if (args === '') return askAbout({ what: 'save', message: last });
    const { at, words } = momentAndWords(args, new Date());
    if (at === null || words !== '') return tell('remindHow');
    await call(saveMessage, { id: last.channelId, seq: last.seq, remindAt: at.toISOString() });
    tell('reminded', { time: exactTime(at, locale) });
  },
  poll(args, { send, show, tell }) {
    if (args === '') return show('poll');
    const [question = '', ...options] = args.split('|').map((one) => one.trim());
    if (question === '' || options.length < 2) return tell('pollHow');
    send('', { poll: { question, options, multiple: false, anonymous: false, closesAt: null } });
  },
  async meet(args, { channel, go }) {
    go(`/meet/${await huddleOf(channel, args)}`);
  },
  async status(args, { tell }) {
    const { emoji, text } = signAndWords(args);
    if (text.length > statusLengthMax) return tell('statusLong', { max: String(statusLengthMax) });
    const status = emoji === '' && text === '' ? null : { emoji: emoji || '💬', text, until: null };
    await call(setStatus, { status });
    if (status === null) tell('statusGone');
    else tell('statusSet', { status: `${status.emoji} ${text}`.trim() });
  },
  async dnd(args, { tell, locale }) {
    const over = ending.test(folded(args));
    const at = args === '' ? new Date(Date.now() + quietMinutes * 60_000) : momentSaid(args, new Date());
    if (!over && at === null) return tell('quietHow');
    await call(changeNotifySettings, { quietUntil: over || at === null ? null : at.toISOString() });
    if (over || at === null) tell('quietOver');
    else tell('quiet', { time: exactTime(at, locale) });
  },
  search: (args, { go }) => go(args === '' ? '/search' : `/search?q=${encodeURIComponent(args)}`),
};

/** The people whom a text names: by `@`, or the one whose name it is. */
async function meant(channelId: string, text: string): Promise<{ id: string; name: string }[]> {
  const named = mentionsIn(text).flatMap(({ id, kind, name }) =>
    kind === 'person' && id !== null ? [{ id, name }] : [],
  );
  if (named.length > 0) return named;
  const q = text.replace(/^@/, '').trim();
  const { people } = q === '' ? { people: [] } : await call(findMentionable, { id: channelId, q });
  const found = people.map(({ person }) => person);
  const exact = found.filter(({ name }) => folded(name) === folded(q));
  return exact.length === 1 ? exact : found.length === 1 ? found : [];
}

/** A text with a sign of its own before it: `🌴 Vacances`. */
function signAndWords(text: string): { emoji: string; text: string } {
  const [, first = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  const isSign =
    /^[\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(first) && first.length <= signLengthMax;
  return isSign ? { emoji: first, text: rest } : { emoji: '', text };
}

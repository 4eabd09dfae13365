import { call } from '@parvis/contract/call';
import { listCommands } from '@parvis/contract/chat-command';
import { findMentionable } from '@parvis/contract/chat-write';
import type { Locale } from '@parvis/contract/shape';
import { houseEmoji } from '../../emoji/house-emoji.ts';
import { commandsIn, isWordOf, type Offered, type Where } from '../apps/commands.ts';
import { keptTone } from '../emoji/chosen.ts';
import { folded } from '../emoji/folded.ts';
import { allSigns, findSigns, inTone } from '../emoji/signs.ts';
import type { Asked } from './asked.ts';
import type { MentionAttrs } from './schema.ts';

/** A line of the list under an `@`, a `:` or a `/`. */
export type Proposal =
  | {
      readonly kind: 'mention';
      readonly mention: MentionAttrs;
      readonly note: 'outside' | 'group' | 'channel' | 'here' | null;
    }
  | {
      readonly kind: 'emoji';
      /** What stands in the message: the sign, or the name of one of this house. */
      readonly text: string;
      readonly name: string;
      /** Path of the picture of one of this house. */
      readonly picture: string | null;
    }
  | {
      readonly kind: 'command';
      readonly word: string;
      /** One of the house, or null for a program's. */
      readonly own: Offered | null;
      /** What a program says of its own. */
      readonly hint: string;
      /** All that may be typed for it, folded. */
      readonly typed: readonly string[];
      /** It stands there whole: Enter gives it. */
      readonly whole: boolean;
    };

/** Lines shown at once; the commands are all shown. */
const shownMax = 8;
const houseShownMax = 3;

interface Wanted {
  readonly sign: Asked['sign'];
  readonly text: string;
  readonly channelId: string;
  readonly where: Where;
  readonly locale: Locale;
}

/** What may stand for a text behind its sign. @throws Refusal when the server does not answer */
export function find({ sign, text, channelId, where, locale }: Wanted): Promise<Proposal[]> {
  switch (sign) {
    case '@':
      return mentions(channelId, text);
    case ':':
      return emoji(text, locale);
    case '/':
      return commands(channelId, text, where, locale);
  }
}

async function mentions(channelId: string, text: string): Promise<Proposal[]> {
  const { people, groups } = await call(findMentionable, { id: channelId, q: text });
  const wide = (['channel', 'here'] as const).filter((kind) => kind.startsWith(text.toLowerCase()));
  return [
    ...people.map(
      ({ person, sees }): Proposal => ({
        kind: 'mention',
        mention: { kind: 'person', id: person.id, name: person.name },
        note: sees ? null : 'outside',
      }),
    ),
    ...groups.map(
      ({ id, name }): Proposal => ({
        kind: 'mention',
        mention: { kind: 'group', id, name },
        note: 'group',
      }),
    ),
    ...wide.map(
      (kind): Proposal => ({
        kind: 'mention',
        mention: { kind, id: null, name: kind },
        note: kind,
      }),
    ),
  ].slice(0, shownMax);
}

/** Signs by any of their words, after those that this house made itself. */
async function emoji(text: string, locale: Locale): Promise<Proposal[]> {
  const [house, signs] = await Promise.all([houseEmoji(), allSigns(locale).catch(() => [])]);
  const wanted = folded(text);
  const own = [...house]
    .filter(([name]) => folded(name).includes(wanted))
    .slice(0, houseShownMax)
    .map(([name, picture]): Proposal => ({ kind: 'emoji', text: `:${name}:`, name, picture }));
  const tone = keptTone();
  const common = findSigns(signs, text, shownMax - own.length).map(
    (one): Proposal => ({ kind: 'emoji', text: inTone(one, tone), name: one.name, picture: null }),
  );
  return [...own, ...common];
}

/** Milliseconds after which the programs of a channel are asked for again. */
const programsMs = 30_000;
let programs: { channelId: string; at: number; asked: Promise<{ word: string; hint: string }[]> } | null =
  null;

/** Commands that programs answer in a channel; without an answer there are none. */
function programsOf(channelId: string): Promise<{ word: string; hint: string }[]> {
  const now = Date.now();
  if (programs === null || programs.channelId !== channelId || now - programs.at > programsMs) {
    const asked = call(listCommands, { id: channelId }).then(
      (answer) => answer.commands,
      () => [],
    );
    programs = { channelId, at: now, asked };
  }
  return programs.asked;
}

async function commands(channelId: string, text: string, where: Where, locale: Locale): Promise<Proposal[]> {
  const begun = folded(text);
  const own = commandsIn(locale, where).map(
    ({ command, word }): Extract<Proposal, { kind: 'command' }> => ({
      kind: 'command',
      word,
      own: command,
      hint: '',
      typed: [folded(word), command],
      whole: isWordOf(command, text, locale),
    }),
  );
  const others = (await programsOf(channelId)).map(
    ({ word, hint }): Extract<Proposal, { kind: 'command' }> => ({
      kind: 'command',
      word,
      own: null,
      hint,
      typed: [folded(word)],
      whole: word === text.toLowerCase(),
    }),
  );
  return [...own, ...others]
    .filter(({ typed }) => typed.some((word) => word.startsWith(begun)))
    .sort((one, other) => Number(other.whole) - Number(one.whole));
}

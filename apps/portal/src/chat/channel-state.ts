import type { ChatHearing } from '@parvis/contract/chat';
import type { Entry, Message, Notice } from '@parvis/contract/chat-entry';
import type { Person } from '@parvis/contract/shape';
import type { Outgoing } from './outbox.ts';

export interface Waiting extends Outgoing {
  /** A stable code when the server refused it; it stays until the person sends it again or drops it. */
  readonly refused?: string;
}

/** What is shown of a channel: a run of what it shows without holes, and what is on its way. */
export interface ChannelState {
  readonly messages: readonly Message[];
  /** What happened to the channel, by position: who joined, what it was renamed to. */
  readonly notices: readonly Notice[];
  /** Everything of the log up to here was taken. */
  readonly cursor: number;
  /** Whether the channel shows more before the first of it, and after the last. */
  readonly older: boolean;
  readonly newer: boolean;
  /** Messages that came while the run ended before the end of the log. */
  readonly missed: number;
  /**
   * States heard of messages outside the run, by position: answers that only their thread shows, and what changed
   * further up, so that a page that was read before the change does not bring the old state back.
   */
  readonly beside: ReadonlyMap<number, Message>;
  readonly waiting: readonly Waiting[];
  readonly lastSeq: number;
  readonly typing: readonly { person: Person; until: number }[];
  readonly gone: boolean;
}

export type ChannelEvent =
  | { t: 'heard'; hearing: ChatHearing; channelId: string; now: number }
  | { t: 'older'; page: ChannelPage }
  | { t: 'newer'; page: ChannelPage }
  | { t: 'newest'; page: ChannelPage }
  | { t: 'around'; page: ChannelPage }
  /** From this browser, without the network: shown unless something later stands there. */
  | { t: 'kept'; page: ChannelPage }
  | { t: 'changed'; message: Message }
  | { t: 'wrote'; outgoing: Outgoing }
  | { t: 'dropped'; clientId: string }
  | { t: 'tick'; now: number };

/** A page as `listMessages` gives it. */
export interface ChannelPage {
  readonly messages: readonly Message[];
  readonly notices: readonly Notice[];
  readonly lastSeq: number;
  readonly older: boolean;
  readonly newer: boolean;
}

/** Messages of the run that is kept and drawn; what lies further away is asked for again. */
const runSizeMax = 240;

/** States of messages outside of the run that are remembered. */
const besideSizeMax = 500;

/** Milliseconds a "… is writing" stays after the last sign. */
const typingMs = 4_000;

/** The later of two states of one message. */
function later(known: Message | undefined, other: Message): Message {
  return known && known.changedSeq > other.changedSeq ? known : other;
}

function merged<T extends { readonly seq: number }>(known: readonly T[], more: readonly T[]): readonly T[] {
  const bySeq = new Map(known.map((one) => [one.seq, one]));
  for (const one of more) bySeq.set(one.seq, one);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** New entries are taken only when they continue the run; a hole is filled from the server first (see useChannel). */
export function continues(state: ChannelState, entries: readonly Entry[]): boolean {
  const first = entries[0]?.seq;
  return first === undefined || first <= state.cursor + 1;
}

/**
 * Takes the messages of a page, each in its latest state. A page that reaches the end of the log goes on with what was
 * heard since it was read: entries are taken without a hole, so nothing is missing between the two.
 */
function taken(state: ChannelState, page: ChannelPage): readonly Message[] {
  const heardOf = [...state.messages, ...state.beside.values()];
  const known = new Map(heardOf.map((one) => [one.seq, one]));
  const messages = page.messages.map((message) => later(known.get(message.seq), message));
  if (page.newer) return messages;
  return merged(
    messages,
    heardOf.filter(({ seq, inChannel }) => inChannel && seq > page.lastSeq),
  );
}

/** Shows a page instead of what is shown. */
function withOnly(state: ChannelState, page: ChannelPage): ChannelState {
  const messages = taken(state, page);
  const stored = new Set(messages.map((message) => message.clientId));
  const { older, newer, lastSeq } = page;
  const since = newer ? [] : state.notices.filter(({ seq }) => seq > lastSeq);
  const notices = merged(page.notices, since);
  const waiting = state.waiting.filter((one) => !stored.has(one.clientId));
  return { ...state, messages, notices, older, newer, missed: newer ? state.missed : 0, waiting };
}

/** Joins a page before or after what is shown; what then lies too far on the other side is dropped. */
function joined(state: ChannelState, page: ChannelPage, side: 'older' | 'newer'): ChannelState {
  const all = merged(state.messages, taken(state, page));
  const messages = side === 'older' ? all.slice(0, runSizeMax) : all.slice(-runSizeMax);
  const cut = messages.length < all.length;
  const older = side === 'older' ? page.older : cut || state.older;
  const newer = side === 'newer' ? page.newer : cut || state.newer;
  const [from, to] = [messages[0]?.seq ?? 0, messages.at(-1)?.seq ?? 0];
  const notices = merged(state.notices, page.notices).filter(
    ({ seq }) => (!older || seq >= from) && (!newer || seq <= to),
  );
  return { ...state, messages, notices, older, newer, missed: newer ? state.missed : 0 };
}

/** Takes entries that continue the run. A message that is shown is replaced by its later state. */
function withEntries(state: ChannelState, entries: readonly Entry[], lastSeq: number): ChannelState {
  const shown = new Map(state.messages.map((message) => [message.seq, message]));
  const beside = new Map([...state.beside].slice(-besideSizeMax));
  const came = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.message] : []));
  let { missed } = state;
  for (const entry of entries) {
    if (entry.kind === 'notice') continue;
    const { message } = entry;
    const isNew = entry.kind === 'message' && message.inChannel && message.seq > state.cursor;
    if (isNew && state.newer) missed += 1;
    const of = (isNew && !state.newer) || shown.has(message.seq) ? shown : beside;
    of.set(message.seq, later(of.get(message.seq), message));
  }
  const stored = new Set(came.map((message) => message.clientId));
  const senders = new Set(came.map((message) => message.sender.id));
  return {
    ...state,
    messages: [...shown.values()].sort((a, b) => a.seq - b.seq),
    notices: merged(
      state.notices,
      entries.flatMap((entry) => (entry.kind === 'notice' && !state.newer ? [entry] : [])),
    ),
    missed,
    beside,
    cursor: Math.max(state.cursor, entries.at(-1)?.seq ?? 0),
    waiting: state.waiting.filter((one) => !stored.has(one.clientId)),
    typing: state.typing.filter((one) => !senders.has(one.person.id)),
    lastSeq: Math.max(state.lastSeq, lastSeq),
  };
}

function heard(state: ChannelState, event: Extract<ChannelEvent, { t: 'heard' }>): ChannelState {
  const { hearing } = event;
  if (!('channelId' in hearing) || hearing.channelId !== event.channelId) return state;
  switch (hearing.t) {
    case 'entries':
      return withEntries(state, hearing.entries, hearing.lastSeq);
    case 'typing':
      return {
        ...state,
        typing: [
          ...state.typing.filter((one) => one.person.id !== hearing.person.id),
          { person: hearing.person, until: event.now + typingMs },
        ],
      };
    case 'gone':
      return { ...state, gone: true, messages: [], typing: [] };
    case 'refused':
      // Without a client id it speaks of the channel itself: it is not there for this person.
      if (hearing.clientId === undefined) {
        return hearing.code === 'not-found' ? { ...state, gone: true, messages: [], typing: [] } : state;
      }
      return {
        ...state,
        waiting: state.waiting.map((one) =>
          one.clientId === hearing.clientId ? { ...one, refused: hearing.code } : one,
        ),
      };
    default:
      return state;
  }
}

/** Every change of what is shown, as a function without side effects. */
export function nextState(state: ChannelState, event: ChannelEvent): ChannelState {
  switch (event.t) {
    case 'heard':
      return heard(state, event);
    case 'older':
    case 'newer':
      return joined(state, event.page, event.t);
    case 'newest': {
      const cursor = Math.max(state.cursor, event.page.lastSeq);
      return withOnly({ ...state, cursor, lastSeq: cursor }, event.page);
    }
    case 'around':
      return withOnly(state, event.page);
    case 'kept': {
      const { lastSeq } = event.page;
      return lastSeq > state.cursor ? withOnly({ ...state, cursor: lastSeq, lastSeq }, event.page) : state;
    }
    case 'changed': {
      const { message } = event;
      const messages = state.messages.map((one) => (one.seq === message.seq ? later(one, message) : one));
      return { ...state, messages };
    }
    case 'wrote': {
      const others = state.waiting.filter((one) => one.clientId !== event.outgoing.clientId);
      const isStored = state.messages.some((message) => message.clientId === event.outgoing.clientId);
      return isStored ? state : { ...state, waiting: [...others, event.outgoing] };
    }
    case 'dropped':
      return { ...state, waiting: state.waiting.filter((one) => one.clientId !== event.clientId) };
    case 'tick': {
      const typing = state.typing.filter((one) => one.until > event.now);
      return typing.length === state.typing.length ? state : { ...state, typing };
    }
  }
}

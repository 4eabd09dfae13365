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
  /** Whether the channel shows more before the first of it. */
  readonly older: boolean;
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
  | { t: 'newest'; page: ChannelPage }
  | { t: 'wrote'; outgoing: Outgoing }
  | { t: 'dropped'; clientId: string }
  | { t: 'tick'; now: number };

/** A page as `listMessages` gives it. */
export interface ChannelPage {
  readonly messages: readonly Message[];
  readonly notices: readonly Notice[];
  readonly lastSeq: number;
  readonly older: boolean;
}

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

/** Joins a page to what is shown, or shows it instead. */
function withPage(state: ChannelState, page: ChannelPage, instead = false): ChannelState {
  const known = new Map([...state.messages, ...state.beside.values()].map((one) => [one.seq, one]));
  const fresh = page.messages.map((message) => later(known.get(message.seq), message));
  const stored = new Set(fresh.map((message) => message.clientId));
  return {
    ...state,
    messages: instead ? fresh : merged(state.messages, fresh),
    notices: instead ? page.notices : merged(state.notices, page.notices),
    waiting: state.waiting.filter((one) => !stored.has(one.clientId)),
    older: page.older,
  };
}

/** Takes entries that continue the run. A message that is shown is replaced by its later state. */
function withEntries(state: ChannelState, entries: readonly Entry[], lastSeq: number): ChannelState {
  const shown = new Map(state.messages.map((message) => [message.seq, message]));
  const beside = new Map(state.beside);
  const came = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.message] : []));
  for (const entry of entries) {
    if (entry.kind === 'notice') continue;
    const { message } = entry;
    const isNew = entry.kind === 'message' && message.inChannel && message.seq > state.cursor;
    const of = isNew || shown.has(message.seq) ? shown : beside;
    of.set(message.seq, later(of.get(message.seq), message));
  }
  const stored = new Set(came.map((message) => message.clientId));
  const senders = new Set(came.map((message) => message.sender.id));
  return {
    ...state,
    messages: [...shown.values()].sort((a, b) => a.seq - b.seq),
    notices: merged(
      state.notices,
      entries.flatMap((entry) => (entry.kind === 'notice' ? [entry] : [])),
    ),
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
      return withPage(state, event.page);
    case 'newest': {
      const cursor = Math.max(state.cursor, event.page.lastSeq);
      return withPage({ ...state, cursor, lastSeq: cursor }, event.page, true);
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

import type { ChatHearing, Message } from '@parvis/contract/chat';
import type { Person } from '@parvis/contract/shape';
import type { Outgoing } from './outbox.ts';

export interface Waiting extends Outgoing {
  /** A stable code when the server refused it; it stays until the person sends it again or drops it. */
  readonly refused?: string;
}

/** What is shown of a channel: a run of its log without holes, and what is on its way. */
export interface ChannelState {
  readonly messages: readonly Message[];
  readonly waiting: readonly Waiting[];
  readonly lastSeq: number;
  readonly typing: readonly { person: Person; until: number }[];
  readonly gone: boolean;
}

export type ChannelEvent =
  | { t: 'heard'; hearing: ChatHearing; channelId: string; now: number }
  | { t: 'older'; messages: readonly Message[] }
  | { t: 'newest'; messages: readonly Message[]; lastSeq: number }
  | { t: 'wrote'; outgoing: Outgoing }
  | { t: 'dropped'; clientId: string }
  | { t: 'tick'; now: number };

/** Milliseconds a "… is writing" stays after the last sign. */
const typingMs = 4_000;

function merged(known: readonly Message[], more: readonly Message[]): readonly Message[] {
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of more) bySeq.set(message.seq, message);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** New entries are shown only when they continue the run; a hole is filled from the server first (see useChannel). */
export function continues(state: ChannelState, messages: readonly Message[]): boolean {
  const last = state.messages.at(-1)?.seq ?? 0;
  const first = messages[0]?.seq;
  return first === undefined || state.messages.length === 0 || first <= last + 1;
}

function withMessages(state: ChannelState, more: readonly Message[], lastSeq: number): ChannelState {
  const stored = new Set(more.map((message) => message.clientId));
  const senders = new Set(more.map((message) => message.sender.id));
  return {
    ...state,
    messages: merged(state.messages, more),
    waiting: state.waiting.filter((one) => !stored.has(one.clientId)),
    typing: state.typing.filter((one) => !senders.has(one.person.id)),
    lastSeq: Math.max(state.lastSeq, lastSeq),
  };
}

function heard(state: ChannelState, event: Extract<ChannelEvent, { t: 'heard' }>): ChannelState {
  const { hearing } = event;
  if (!('channelId' in hearing) || hearing.channelId !== event.channelId) return state;
  switch (hearing.t) {
    case 'messages':
      return withMessages(state, hearing.messages, hearing.lastSeq);
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
      return withMessages(state, event.messages, state.lastSeq);
    case 'newest':
      return withMessages({ ...state, messages: [] }, event.messages, event.lastSeq);
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

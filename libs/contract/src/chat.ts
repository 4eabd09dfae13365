import { z } from 'zod';
import { Draft } from './chat-draft.ts';
import {
  Entry,
  Message,
  messageExtras,
  SentText,
  carriesSomething,
  emptyMessage,
  Notice,
  Seq,
} from './chat-entry.ts';
import { channelFields, OpenKind, Topic } from './chat-place.ts';
import { followedChannelsMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Name, PageInput, Person, Resource } from './shape.ts';

export const chatCodes = [
  'bad-frame',
  'too-many-channels',
  'resume',
  'read-only-channel',
  'chat-silenced',
  'frame-too-large',
  'client-id-reused',
  'too-many-mentions',
  'too-many-marks',
  'no-such-thread',
  'no-such-quote',
  'no-such-file',
] as const;

export const Channel = Resource.extend({
  kind: z.literal('channel'),
  ...channelFields,
  lastSeq: Seq,
  readSeq: Seq,
  /** Messages of the channel so far; answers that only a thread shows, changes and notices are not counted. */
  lastNr: Seq,
  /** How many of them lie before `readSeq`: what is unread is the difference. */
  readNr: Seq,
  /** Unread messages that mention this person, one of their groups or everybody. */
  mentions: z.int(),
  /** An organiser of a meeting whose chat it is took my words in it, until that is over. */
  silenced: z.boolean(),
});
export type Channel = z.infer<typeof Channel>;

export const createChannel = operation('POST', '/api/chat/channels', {
  who: 'member',
  summary: 'Open a channel in a space',
  input: z.object({
    spaceId: Id,
    name: Name,
    channelKind: OpenKind.default('public'),
    topic: Topic.default(''),
    forEveryone: z.boolean().default(true),
  }),
  output: Channel,
});
export const listChannels = operation('GET', '/api/chat/spaces/:id/channels', {
  who: 'signed-in',
  scope: 'channels:read',
  summary: 'The channels of a space that I may see',
  input: ByIdInput,
  output: z.object({ channels: z.array(Channel) }),
});
export const listUnread = operation('GET', '/api/chat/unread', {
  who: 'signed-in',
  scope: 'channels:read',
  summary: 'Channels with messages that I have not read',
  input: z.object({}),
  output: z.object({
    channels: z.array(
      z.object({ channelId: Id, spaceId: Id.nullable(), unread: z.int(), mentions: z.int() }),
    ),
    /** Channels that stand in my column, the liveliest first: what comes in those that are not muted counts for me. */
    joined: z.array(
      z.object({ channelId: Id, spaceId: Id.nullable(), muted: z.boolean(), hidden: z.boolean() }),
    ),
    /** Threads that I follow with answers that are new to me, and those answers that mention me. */
    threads: z.object({ unread: z.int(), mentions: z.int() }),
  }),
});
export const getChannel = operation('GET', '/api/chat/channels/:id', {
  who: 'signed-in',
  scope: 'channels:read',
  summary: 'One channel',
  input: ByIdInput,
  output: Channel,
});
export const listMessages = operation('GET', '/api/chat/channels/:id/messages', {
  who: 'signed-in',
  scope: 'chat:read',
  summary: 'A page of a channel, in order: the newest, or before, after or around a position',
  input: PageInput.extend({
    id: Id,
    before: z.coerce.number().int().min(1).optional(),
    after: z.coerce.number().int().min(0).optional(),
    around: z.coerce.number().int().min(1).optional(),
  }),
  output: z.object({
    /** What the channel shows, each as it is now. */
    messages: z.array(Message),
    /** What happened between them. */
    notices: z.array(Notice),
    /** Follow from here: everything up to it is in the page, or older, or newer than the page. */
    lastSeq: Seq,
    /** Whether there is more before the page, and after it. */
    older: z.boolean(),
    newer: z.boolean(),
  }),
});
export const postMessage = operation('POST', '/api/chat/channels/:id/messages', {
  who: 'signed-in',
  scope: 'chat:write',
  summary: 'Send a message; the same client id again gives the same message',
  input: z
    .object({ id: Id, clientId: Id, body: SentText, ...messageExtras })
    .refine(carriesSomething, emptyMessage),
  output: Message,
});
export const markRead = operation('PUT', '/api/chat/channels/:id/read', {
  who: 'signed-in',
  scope: 'chat:read',
  summary: 'I have read up to here; never goes back',
  input: z.object({ id: Id, seq: Seq }),
  output: Done,
});

export const markUnread = operation('PUT', '/api/chat/channels/:id/unread', {
  who: 'signed-in',
  summary: 'From this message on the channel is unread to me, on all my devices',
  input: z.object({ id: Id, seq: z.int().min(1) }),
  output: Done,
});

/** What a client may say on `/ws/chat`. */
export const ChatSaying = z.discriminatedUnion('t', [
  /** Follow channels from a position: entries after `after` are sent, then what comes. */
  z.object({
    t: z.literal('follow'),
    channels: z.array(z.object({ id: Id, after: Seq })).max(followedChannelsMax),
  }),
  z.object({ t: z.literal('leave'), channelId: Id }),
  z
    .object({ t: z.literal('send'), channelId: Id, clientId: Id, body: SentText, ...messageExtras })
    .refine(carriesSomething, emptyMessage),
  z.object({ t: z.literal('typing'), channelId: Id }),
  z.object({ t: z.literal('read'), channelId: Id, seq: Seq }),
  z.object({ t: z.literal('ping') }),
]);
export type ChatSaying = z.infer<typeof ChatSaying>;

/** What the server says on `/ws/chat`. */
export const ChatHearing = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ready'), person: Person }),
  /**
   * Entries in order, without a hole after what this socket was given before. One may come again: drop what is not
   * above the last `seq` taken. `lastSeq` is the channel's last position that the server knows of, `nr` the count of
   * the channel's messages up to the last of these entries.
   */
  z.object({ t: z.literal('entries'), channelId: Id, entries: z.array(Entry), lastSeq: Seq, nr: Seq }),
  /**
   * Too many were missed: fetch the newest page instead. What is after `lastSeq` goes on coming on this socket: keep
   * it aside until the page is there.
   */
  z.object({ t: z.literal('reset'), channelId: Id, lastSeq: Seq, nr: Seq }),
  /** A message of this client is stored. Comes before or after the `entries` that show it. */
  z.object({ t: z.literal('stored'), clientId: Id, channelId: Id, seq: z.int() }),
  z.object({ t: z.literal('typing'), channelId: Id, person: Person }),
  /** This person has read up to here (`nr` messages), on this or another device. */
  z.object({ t: z.literal('read'), channelId: Id, seq: Seq, nr: Seq }),
  /** This person wants to read again from after `seq`, where `nr` messages lie before; `unread` come after it. */
  z.object({ t: z.literal('unread'), channelId: Id, seq: Seq, nr: Seq, unread: z.int() }),
  /** A channel that was not there for this person before: a conversation, or one that they were put into. */
  z.object({ t: z.literal('joined'), channelId: Id }),
  /** Where this person stands in a thread, changed on this or another device. */
  z.object({
    t: z.literal('thread'),
    channelId: Id,
    threadSeq: Seq,
    following: z.boolean(),
    readSeq: Seq,
  }),
  /** What this person has begun to write, from another device. */
  z.object({ t: z.literal('draft'), draft: Draft }),
  /** The channel is no longer there for this person. Drop what is on the screen. */
  z.object({ t: z.literal('gone'), channelId: Id }),
  /**
   * A saying was not taken. With `clientId`: that send is not stored; `unavailable` and `too-many-requests` are worth
   * sending again with the same client id. `not-found` with `channelId` only: as `gone`.
   */
  z.object({ t: z.literal('refused'), code: z.string(), clientId: Id.optional(), channelId: Id.optional() }),
  z.object({ t: z.literal('pong') }),
]);
export type ChatHearing = z.infer<typeof ChatHearing>;
export const chatHearings = ChatHearing.options.map(({ shape }) => shape.t.value);

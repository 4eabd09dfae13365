import { z } from 'zod';
import { channelFields, OpenKind, Topic } from './chat-place.ts';
import { followedChannelsMax, messageLengthMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Name, PageInput, Person, Resource } from './shape.ts';

export const chatCodes = [
  'bad-frame',
  'too-many-channels',
  'resume',
  'read-only-channel',
  'frame-too-large',
  'client-id-reused',
] as const;

/** Half of a character: no UTF-8 exists for it, so the sender's screen and the stored text would differ. */
const loneSurrogate = /\p{Surrogate}/u;

/** Text of a message: anything a person can type, but not empty and without NUL (PostgreSQL cannot hold it). */
export const MessageText = z
  .string()
  .max(messageLengthMax, { error: 'too-long' })
  .refine((text) => text.trim().length > 0, { error: 'required' })
  .refine((text) => !text.includes('\u0000') && !loneSurrogate.test(text), { error: 'forbidden-characters' });

/** Position in a channel's log: dense, from 1, given in the transaction that stores the entry. */
export const Seq = z.int().min(0);

export const Message = z.object({
  channelId: Id,
  seq: z.int().min(1),
  /** Chosen by the sender's client, unique for ever for that sender: sending again gives the same message. */
  clientId: Id,
  sender: Person,
  body: z.string(),
  at: Instant,
});
export type Message = z.infer<typeof Message>;

export const Channel = Resource.extend({
  kind: z.literal('channel'),
  ...channelFields,
  lastSeq: Seq,
  readSeq: Seq,
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
  summary: 'The channels of a space that I may see',
  input: ByIdInput,
  output: z.object({ channels: z.array(Channel) }),
});
export const listUnread = operation('GET', '/api/chat/unread', {
  who: 'signed-in',
  summary: 'Channels with messages that I have not read',
  input: z.object({}),
  output: z.object({
    channels: z.array(z.object({ channelId: Id, spaceId: Id.nullable(), unread: z.int() })),
  }),
});
export const getChannel = operation('GET', '/api/chat/channels/:id', {
  who: 'signed-in',
  summary: 'One channel',
  input: ByIdInput,
  output: Channel,
});
export const listMessages = operation('GET', '/api/chat/channels/:id/messages', {
  who: 'signed-in',
  summary: 'A page of a channel, in order: the newest, or before or after a position',
  input: PageInput.extend({
    id: Id,
    before: z.coerce.number().int().min(1).optional(),
    after: z.coerce.number().int().min(0).optional(),
  }),
  output: z.object({ messages: z.array(Message), lastSeq: Seq }),
});
export const postMessage = operation('POST', '/api/chat/channels/:id/messages', {
  who: 'signed-in',
  summary: 'Send a message; the same client id again gives the same message',
  input: z.object({ id: Id, clientId: Id, body: MessageText }),
  output: Message,
});
export const markRead = operation('PUT', '/api/chat/channels/:id/read', {
  who: 'signed-in',
  summary: 'I have read up to here; never goes back',
  input: z.object({ id: Id, seq: Seq }),
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
  z.object({ t: z.literal('send'), channelId: Id, clientId: Id, body: MessageText }),
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
   * above the last `seq` on the screen. `lastSeq` is the channel's last position that the server knows of.
   */
  z.object({ t: z.literal('messages'), channelId: Id, messages: z.array(Message), lastSeq: Seq }),
  /**
   * Too many were missed: fetch the newest page instead. What is after `lastSeq` goes on coming on this socket: keep
   * it aside until the page is there.
   */
  z.object({ t: z.literal('reset'), channelId: Id, lastSeq: Seq }),
  /** A message of this client is stored. Comes before or after the `messages` that shows it. */
  z.object({ t: z.literal('stored'), clientId: Id, channelId: Id, seq: z.int() }),
  z.object({ t: z.literal('typing'), channelId: Id, person: Person }),
  /** This person has read up to here, on this or another device. */
  z.object({ t: z.literal('read'), channelId: Id, seq: Seq }),
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

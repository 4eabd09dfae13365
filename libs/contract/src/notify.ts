import { z } from 'zod';
import { inboxMarkSizeMax, presencePageMax } from './limits.ts';
import { operation } from './operation.ts';
import { PersonPresence } from './presence.ts';
import { Done, Id, Instant, PageInput, Person, ResourceKind } from './shape.ts';

/**
 * Why something is in an inbox. In channels: `mention` names me, `group` a group of mine, `everybody` the channel or
 * those who are here, `direct` is written to me alone, `reply` is in a thread that I follow, `message` is anything in a
 * channel that I want to hear all of. In documents: `comment`, `named`, `assigned`. Of meetings: `invited`, held at another
 * time or with other words, cancelled, begins in ten minutes, or has begun without me; what was kept of one that I was in: a recording that is
 * whole, one of which a part is missing (`recording-cut`), or, to its organisers, that nothing is left of it (`recording-failed`). `hook-disabled`: a webhook of mine was switched off.
 */
export const InboxKind = z.enum([
  'mention',
  'group',
  'everybody',
  'direct',
  'reply',
  'message',
  'comment',
  'named',
  'assigned',
  'access-asked',
  'access-answered',
  'reminder',
  'invited',
  'meeting-changed',
  'meeting-cancelled',
  'meeting-soon',
  'meeting-started',
  'recording-saved',
  'recording-cut',
  'recording-failed',
  'transcript-ready',
  'minutes-ready',
  'hook-disabled',
]);
export type InboxKind = z.infer<typeof InboxKind>;

/** One line of my inbox. There is no text in it: who shows it asks the owner of the thing, with my right. */
export const InboxItem = z.object({
  id: Id,
  kind: InboxKind,
  /** Who did it last; null when nobody did (a reminder), or they were erased. */
  by: Person.nullable(),
  /** What it is about; null when I am told of a thing that I may not see (a request that was refused). */
  thing: z.object({ id: Id, kind: ResourceKind, title: z.string(), spaceId: Id.nullable() }).nullable(),
  /** Position in the channel, and of the root of the thread. */
  seq: z.int().nullable(),
  threadSeq: z.int().nullable(),
  /** The conversation or the block of a document; the instant at which a meeting begins soon or was to begin; the webhook. */
  place: z.string().nullable(),
  /** How many of the same came together since I last read one. */
  count: z.int(),
  /** Whether what I asked for was given; null for what is no answer. */
  given: z.boolean().nullable(),
  at: Instant,
  read: z.boolean(),
  done: z.boolean(),
});
export type InboxItem = z.infer<typeof InboxItem>;

export const InboxShow = z.enum(['open', 'unread', 'done']);
export type InboxShow = z.infer<typeof InboxShow>;

export const listInbox = operation('GET', '/api/notify/inbox', {
  who: 'signed-in',
  summary: 'What I am to hear of, newest first: what is not done, only what is unread, or what is done',
  input: PageInput.extend({
    show: InboxShow.default('open'),
    /** Items before this one, which is the last of the page before. */
    before: Id.optional(),
  }),
  output: z.object({ items: z.array(InboxItem), unread: z.int(), more: z.boolean() }),
});
export const countInbox = operation('GET', '/api/notify/inbox/count', {
  who: 'signed-in',
  summary: 'How much in my inbox is unread',
  input: z.object({}),
  output: z.object({ unread: z.int() }),
});
export const markInbox = operation('POST', '/api/notify/inbox/mark', {
  who: 'signed-in',
  summary:
    'Mark things of my inbox as read, unread, done or to do; without ids all that are open. Others are passed over',
  input: z.object({
    ids: z.array(Id).max(inboxMarkSizeMax).optional(),
    as: z.enum(['read', 'unread', 'done', 'open']),
  }),
  output: z.object({ unread: z.int() }),
});
export const readThing = operation('POST', '/api/notify/inbox/read-thing', {
  who: 'signed-in',
  summary:
    'I have opened this thing: what my inbox says of it is read. Channels do it by their own read position',
  input: z.object({ id: Id }),
  output: Done,
});

/** The socket for what is mine alone: the inbox, and who is here. */
export const notifyPath = '/ws/notify';

/** What a client may say on {@link notifyPath}. */
export const NotifySaying = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ping') }),
  /** Whether anybody touches this screen; it begins as one that is touched. */
  z.object({ t: z.literal('idle'), idle: z.boolean() }),
  /** The people whom this screen shows, in place of those named before. */
  z.object({ t: z.literal('watch'), people: z.array(Id).max(presencePageMax) }),
]);
export type NotifySaying = z.infer<typeof NotifySaying>;

/** What the server says on {@link notifyPath}. */
export const NotifyHearing = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ready'), unread: z.int() }),
  /**
   * My inbox changed. `fresh` came in or grew; `alert` are those of them for which a screen that is not looked at may
   * make itself heard. Without `fresh` something was read or done, here or elsewhere.
   */
  z.object({ t: z.literal('inbox'), unread: z.int(), fresh: z.array(InboxItem), alert: z.array(Id) }),
  /** Who is here, of the people whom this screen shows and may. Whoever is not named is not known. */
  z.object({ t: z.literal('presence'), people: z.array(PersonPresence) }),
  z.object({ t: z.literal('pong') }),
]);
export type NotifyHearing = z.infer<typeof NotifyHearing>;
export const notifyHearings = NotifyHearing.options.map(({ shape }) => shape.t.value);

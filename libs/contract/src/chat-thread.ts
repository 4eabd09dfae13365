import { z } from 'zod';
import { Channel } from './chat.ts';
import { Message, Seq } from './chat-entry.ts';
import { OfMessage } from './chat-message.ts';
import { threadListLengthMax } from './limits.ts';
import { operation } from './operation.ts';
import { Id, PageInput } from './shape.ts';

/** Where a person stands in a thread. */
const place = {
  /** New answers are told to me, and stand among my threads. */
  following: z.boolean(),
  /** Answers after it are new to me. */
  readSeq: Seq,
};
export const ThreadPlace = z.object({ channelId: Id, threadSeq: Seq, ...place });
export type ThreadPlace = z.infer<typeof ThreadPlace>;

export const MyThread = ThreadPlace.extend({
  root: Message,
  /** The last few answers, in order. */
  latest: z.array(Message),
  unread: z.int(),
  mentions: z.int(),
});
export type MyThread = z.infer<typeof MyThread>;

const path = '/api/chat/channels/:id/messages/:seq' as const;

export const listAnswers = operation('GET', `${path}/answers`, {
  who: 'signed-in',
  scope: 'chat:read',
  summary: 'A thread: the message and the answers after a position, or the newest before one, in order',
  input: PageInput.extend({
    ...OfMessage.shape,
    after: z.coerce.number().int().min(0).optional(),
    before: z.coerce.number().int().min(1).optional(),
  }),
  output: z.object({
    root: Message,
    answers: z.array(Message),
    ...place,
    /** Whether there is more before the page, and after it. */
    older: z.boolean(),
    newer: z.boolean(),
    /** The end of the channel's log when it was read: what follows comes after it. */
    lastSeq: Seq,
  }),
});
export const followThread = operation('PUT', `${path}/following`, {
  who: 'signed-in',
  summary: 'Follow a thread, or no longer',
  input: OfMessage.extend({ on: z.boolean() }),
  output: ThreadPlace,
});
export const markThreadRead = operation('PUT', `${path}/read`, {
  who: 'signed-in',
  summary: 'I have read a thread up to here; never goes back',
  input: OfMessage.extend({ upTo: Seq }),
  output: ThreadPlace,
});
export const listMyThreads = operation('GET', '/api/chat/threads', {
  who: 'signed-in',
  summary: 'The threads that I follow: those with something new first, then the newest',
  input: PageInput.extend({
    /** How many to pass over. */
    skip: z.coerce.number().int().min(0).max(threadListLengthMax).default(0),
  }),
  output: z.object({
    threads: z.array(MyThread),
    /** The channels that they are in. */
    channels: z.array(Channel),
    more: z.boolean(),
  }),
});

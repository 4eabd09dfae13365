import { z } from 'zod';
import {
  markPileSizeMax,
  messageFileListSizeMax,
  messageLengthMax,
  pollOptionLengthMax,
  pollSizeMax,
  pollSizeMin,
  pollQuestionLengthMax,
} from './limits.ts';
import { Id, Instant, Person } from './shape.ts';

/** Half of a character: no UTF-8 exists for it, so the sender's screen and the stored text would differ. */
const loneSurrogate = /\p{Surrogate}/u;
/** More marks on one character than any script needs: they would be painted over the lines above and below. */
const markPile = new RegExp(`\\p{M}{${markPileSizeMax + 1}}`, 'u');

/**
 * Text of a message, as Markdown: anything a person can type, but not empty and without NUL (PostgreSQL cannot hold
 * it). Whom it mentions is read from it by `mentionsIn`.
 */
export const MessageText = z
  .string()
  .max(messageLengthMax, { error: 'too-long' })
  .refine((text) => text.trim().length > 0, { error: 'required' })
  .refine((text) => !text.includes('\u0000') && !loneSurrogate.test(text), { error: 'forbidden-characters' })
  .refine((text) => !markPile.test(text), { error: 'too-many-marks' });

/** Position in a channel's log: dense, from 1, given in the transaction that stores the entry. */
export const Seq = z.int().min(0);

/** `channel` is everybody in the channel, `here` those of them who are present; both have no id. */
export const MentionKind = z.enum(['person', 'group', 'channel', 'here']);
export const Mention = z.object({ kind: MentionKind, id: Id.nullable(), name: z.string() });
export type Mention = z.infer<typeof Mention>;

export const MessageFile = z.object({ id: Id, name: z.string(), type: z.string(), bytes: z.int() });

/** A message that this one answers or passes on. Its text is there when every reader of this channel may read it. */
export const Quote = z.object({
  channelId: Id,
  seq: Seq,
  sender: Person.nullable(),
  at: Instant.nullable(),
  /** Null: ask for the message itself, which answers only those who may read it. */
  body: z.string().nullable(),
});
export type Quote = z.infer<typeof Quote>;

/** A text that may be missing: something else is sent. `carriesSomething` holds the rest. */
export const SentText = z.union([z.literal(''), MessageText]);

const PollLine = (lengthMax: number) =>
  z
    .string()
    .trim()
    .min(1, { error: 'required' })
    .max(lengthMax, { error: 'too-long' })
    .refine((text) => !text.includes('\u0000') && !loneSurrogate.test(text), {
      error: 'forbidden-characters',
    });
/** A question as it is asked. */
export const PollGiven = z.object({
  question: PollLine(pollQuestionLengthMax),
  options: z.array(PollLine(pollOptionLengthMax)).min(pollSizeMin).max(pollSizeMax),
  multiple: z.boolean().default(false),
  /** Nobody learns who chose what, the one who asked included. */
  anonymous: z.boolean().default(false),
  closesAt: Instant.nullable().default(null),
});

/** What a message may carry besides its text, as its sender gives it. */
export const messageExtras = {
  /** The message that this one answers; it is shown in that thread. */
  threadSeq: z.int().min(1).optional(),
  /** An answer that the channel shows too. */
  inChannel: z.boolean().optional(),
  quote: z.object({ channelId: Id, seq: z.int().min(1) }).optional(),
  /** Files of drive that were put below the channel. */
  files: z.array(Id).max(messageFileListSizeMax).optional(),
  poll: PollGiven.optional(),
};
const MessageExtras = z.object(messageExtras);
export type MessageExtras = z.infer<typeof MessageExtras>;

/** Whether there is anything in a message: a text, or what stands without one. */
export function carriesSomething({ body, files, poll, quote }: MessageExtras & { body: string }): boolean {
  return body !== '' || (files?.length ?? 0) > 0 || poll !== undefined || quote !== undefined;
}
/** The refusal of an empty message, as of any other field. */
export const emptyMessage = { error: 'required', path: ['body'] };

export const Poll = z.object({
  question: z.string(),
  options: z.array(z.object({ id: z.string(), text: z.string(), votes: z.int(), people: z.array(Id) })),
  multiple: z.boolean(),
  anonymous: z.boolean(),
  closesAt: Instant.nullable(),
  closedAt: Instant.nullable(),
});
export const Preview = z.object({
  url: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  site: z.string().nullable(),
  image: z.string().nullable(),
});
/** Through what a message came, when nobody typed it. */
export const Via = z.object({ id: Id, kind: z.enum(['webhook', 'bot', 'command']), name: z.string() });

/** `people` are those who reacted first, up to `reactionPeopleMax`; `count` is all of them. */
export const MessageReaction = z.object({ emoji: z.string(), count: z.int(), people: z.array(Id) });
/** The answers to a message; `people` are the first few who answered. */
export const ThreadSummary = z.object({
  replies: z.int(),
  lastSeq: Seq,
  lastAt: Instant,
  people: z.array(Person),
});

/**
 * A message as it is now. A client keeps the one with the highest `changedSeq`: then it does not matter in what order
 * pages and entries arrive, nor how often.
 */
export const Message = z.object({
  channelId: Id,
  seq: z.int().min(1),
  /** Chosen by the sender's client, unique for ever for that sender: sending again gives the same message. */
  clientId: Id,
  sender: Person,
  at: Instant,
  /** Empty once it is deleted or hidden. */
  body: z.string(),
  /** The message that this one answers. */
  threadSeq: Seq.nullable(),
  /** Whether the channel itself shows it; false for an answer that only its thread shows. */
  inChannel: z.boolean(),
  editedAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
  hidden: z.boolean(),
  pinnedBy: Person.nullable(),
  reactions: z.array(MessageReaction),
  thread: ThreadSummary.nullable(),
  mentions: z.array(Mention),
  files: z.array(MessageFile),
  quote: Quote.nullable(),
  poll: Poll.nullable(),
  previews: z.array(Preview),
  via: Via.nullable(),
  /** The entry that last changed it; its own `seq` when nothing has. */
  changedSeq: z.int().min(1),
});
export type Message = z.infer<typeof Message>;

export const ChangeWhy = z.enum([
  'edited',
  'deleted',
  'reacted',
  'pinned',
  'voted',
  'hidden',
  'replied',
  'previewed',
]);
export type ChangeWhy = z.infer<typeof ChangeWhy>;

export const NoticeWhat = z.enum([
  'joined',
  'left',
  'added',
  'removed',
  'renamed',
  'topic',
  'archived',
  'restored',
  'meeting',
]);
export type NoticeWhat = z.infer<typeof NoticeWhat>;

const entry = {
  seq: z.int().min(1),
  at: Instant,
  /** Who did it. */
  by: Person,
};
export const Notice = z.object({
  ...entry,
  kind: z.literal('notice'),
  what: NoticeWhat,
  /** Whom it happened to, when that is not who did it. */
  people: z.array(Person),
  /** The new name, the new topic. */
  text: z.string().nullable(),
  meetingId: Id.nullable(),
});
export type Notice = z.infer<typeof Notice>;

/** One line of a channel's log. A change carries its whole message: applying it twice is harmless. */
export const Entry = z.discriminatedUnion('kind', [
  z.object({ ...entry, kind: z.literal('message'), message: Message }),
  z.object({ ...entry, kind: z.literal('change'), why: ChangeWhy, message: Message }),
  Notice,
]);
export type Entry = z.infer<typeof Entry>;

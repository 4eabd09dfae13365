import { z } from 'zod';
import { channelDescriptionLengthMax, lineLengthMax, slowMsMax } from './limits.ts';
import { Instant, line, Person } from './shape.ts';

/** What people open in a space: for all of it, for who was invited, for all to read and managers to write. */
export const OpenKind = z.enum(['public', 'private', 'announcements']);
/** Any channel; `direct` is the one conversation of two people, `group` that of three to nine. Both are in no space. */
export const ChannelKind = z.enum([...OpenKind.options, 'direct', 'group']);
export type ChannelKind = z.infer<typeof ChannelKind>;

/** The line under a channel's name; nothing is a topic too. */
export const Topic = z.union([z.literal(''), line(lineLengthMax)]);
/** What a channel is for: several lines. */
export const ChannelDescription = z
  .string()
  .trim()
  .max(channelDescriptionLengthMax, { error: 'too-long' })
  .refine((text) => !text.includes('\u0000') && !/\p{Surrogate}/u.test(text), {
    error: 'forbidden-characters',
  });
/** Seconds between two messages of one person; 0 is no slow mode. */
export const SlowSeconds = z
  .int()
  .min(0)
  .max(slowMsMax / 1_000);

/** What the person who asks made of a channel in their own column, and what is set for all. */
export const channelFields = {
  /** A conversation is a private one. */
  channelKind: OpenKind,
  /** What a conversation is; null for channels. */
  conversation: z.enum(['direct', 'group']).nullable(),
  topic: z.string(),
  description: z.string(),
  /** Since then nobody writes in it. */
  archivedAt: Instant.nullable(),
  /** It stands in the column of every reader who did not leave it. */
  forEveryone: z.boolean(),
  /** It stands in my column. Readers of a public channel are not all in it; those of all other kinds are. */
  joined: z.boolean(),
  starred: z.boolean(),
  /** I want to hear nothing of it: nothing in it counts as unread for me. */
  muted: z.boolean(),
  /** Out of my column until something new comes. */
  hidden: z.boolean(),
  slowSeconds: SlowSeconds,
  /** Days after which its messages are removed; null is the rule of the house. */
  retentionDays: z.int().nullable(),
  /** Of a direct or group conversation: the others, by name. Empty for channels. */
  people: z.array(Person),
};

import { z } from 'zod';
import { ChannelKind } from './chat-place.ts';
import { exportChannelsMax, retentionDaysMax } from './limits.ts';
import { operation } from './operation.ts';
import { Done, Id, Instant, Line, Nothing, Person } from './shape.ts';

export const chatRetentionCodes = [
  'hold-released',
  'export-not-ready',
  'too-many-exports',
  'retention-by-house',
] as const;

/** How long the house keeps messages where a channel says nothing else. */
export const ChatPolicy = z.object({
  /** Days; null is for ever. */
  retentionDays: z.int().min(1).max(retentionDaysMax).nullable(),
  /** Whether those who manage a channel may set days of their own for it. */
  managersChoose: z.boolean(),
});
export type ChatPolicy = z.infer<typeof ChatPolicy>;

export const getChatPolicy = operation('GET', '/api/chat/policy', {
  who: 'administrator',
  summary: 'How long messages are kept',
  input: Nothing,
  output: ChatPolicy,
});
export const setChatPolicy = operation('PUT', '/api/chat/policy', {
  who: 'administrator',
  summary: 'Set how long messages are kept',
  input: ChatPolicy,
  output: ChatPolicy,
});
export const applyRetention = operation('POST', '/api/chat/retention/run', {
  who: 'administrator',
  summary: 'Remove now what the rules remove each night',
  input: Nothing,
  output: Done,
});

const HeldChannel = z.object({ id: Id, title: z.string() });
/** Keeps what a channel holds, or what a person wrote, whatever is edited, deleted or due to be removed. */
export const Hold = z.object({
  id: Id,
  channel: HeldChannel.nullable(),
  person: Person.nullable(),
  reason: z.string(),
  placedBy: Person.nullable(),
  placedAt: Instant,
  releasedAt: Instant.nullable(),
});
export type Hold = z.infer<typeof Hold>;

export const listHolds = operation('GET', '/api/chat/holds', {
  who: 'administrator',
  summary: 'Legal holds, those that stand first',
  input: Nothing,
  output: z.object({ holds: z.array(Hold) }),
});
export const placeHold = operation('POST', '/api/chat/holds', {
  who: 'administrator',
  summary: 'Place a legal hold on a channel or on what a person writes',
  input: z
    .object({
      heldChannelId: Id.nullable().default(null),
      heldPersonId: Id.nullable().default(null),
      reason: Line,
    })
    .refine((given) => (given.heldChannelId === null) !== (given.heldPersonId === null), {
      error: 'invalid',
      path: ['heldChannelId'],
    }),
  output: Hold,
});
export const releaseHold = operation('DELETE', '/api/chat/holds/:holdId', {
  who: 'administrator',
  summary: 'End a legal hold; what only it kept is removed in the next night',
  input: z.object({ holdId: Id }),
  output: Hold,
});

/** A channel as an administrator names it for a hold or an export: without a word of what is in it. */
export const ChannelOfHouse = z.object({
  id: Id,
  title: z.string(),
  channelKind: ChannelKind,
  space: z.string().nullable(),
});
export type ChannelOfHouse = z.infer<typeof ChannelOfHouse>;
export const findChannelsOfHouse = operation('GET', '/api/chat/house/channels', {
  who: 'administrator',
  summary: 'Channels of the house by name, for holds and exports',
  input: z.object({ named: z.string().trim().max(200, { error: 'too-long' }).default('') }),
  output: z.object({ channels: z.array(ChannelOfHouse) }),
});

export const ChatExport = z.object({
  id: Id,
  reason: z.string(),
  channels: z.array(HeldChannel),
  person: Person.nullable(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** From 0 to 1. */
  progress: z.number(),
  bytes: z.number().nullable(),
  askedBy: Person.nullable(),
  askedAt: Instant,
  expiresAt: Instant,
});
export type ChatExport = z.infer<typeof ChatExport>;

export const listChatExports = operation('GET', '/api/chat/exports', {
  who: 'administrator',
  summary: 'Exports for legal discovery, the newest first',
  input: Nothing,
  output: z.object({ exports: z.array(ChatExport) }),
});
export const startChatExport = operation('POST', '/api/chat/exports', {
  who: 'administrator',
  summary:
    'Export channels, or the channels in which a person wrote, as Mattermost reads them, with their files',
  input: z
    .object({
      heldChannelIds: z.array(Id).max(exportChannelsMax).default([]),
      heldPersonId: Id.nullable().default(null),
      reason: Line,
    })
    .refine((given) => given.heldChannelIds.length > 0 !== (given.heldPersonId !== null), {
      error: 'invalid',
      path: ['heldChannelIds'],
    }),
  output: ChatExport,
});
export const dropChatExport = operation('DELETE', '/api/chat/exports/:exportId', {
  who: 'administrator',
  summary: 'Drop an export and its file',
  input: z.object({ exportId: Id }),
  output: Done,
});

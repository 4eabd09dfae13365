import { z } from 'zod';
import { addressLengthMax, hookPartsSizeMax, messageLengthMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Name, Person } from './shape.ts';

/** Codes of integrations, besides the common ones. */
export const chatHookCodes = [
  'too-many-hooks',
  'hook-address-bad',
  'hook-address-refused',
  'hook-off',
  'hook-owner-gone',
  'command-unknown',
  'command-taken',
  'command-failed',
] as const;

/** What a webhook can be told of; `test` is sent by hand. */
export const hookEvents = ['message', 'edit', 'delete', 'reaction', 'member'] as const;
export const HookEvent = z.enum(hookEvents);
export type HookEvent = z.infer<typeof HookEvent>;

/** The address of a program outside. Where it leads is checked by the service. */
export const HookAddress = z
  .string()
  .trim()
  .max(addressLengthMax, { error: 'too-long' })
  .regex(/^https?:\/\/[^\s/]+/i, { error: 'invalid' });

export const IncomingHook = z.object({
  id: Id,
  name: z.string(),
  /** Whose rights it posts with. */
  by: Person.nullable(),
  createdAt: Instant,
  usedAt: Instant.nullable(),
  /** Messages that came through it. */
  count: z.int(),
});
export type IncomingHook = z.infer<typeof IncomingHook>;

export const OutgoingHook = z.object({
  id: Id,
  name: z.string(),
  url: z.string(),
  events: z.array(HookEvent),
  /** Whether it is told of all channels of the space that its owner sees, or of this one. */
  wholeSpace: z.boolean(),
  by: Person.nullable(),
  createdAt: Instant,
  /** `off` by hand; `disabled` by itself, after too many days without an answer. */
  state: z.enum(['on', 'off', 'disabled']),
  /** Since when nothing has been taken; null when all is well. */
  failingSince: Instant.nullable(),
  /** Until when what is sent is signed with the secret before, too. */
  oldSecretUntil: Instant.nullable(),
  waiting: z.int(),
});
export type OutgoingHook = z.infer<typeof OutgoingHook>;

export const Command = z.object({
  id: Id,
  word: z.string(),
  hint: z.string(),
  url: z.string(),
  by: Person.nullable(),
  createdAt: Instant,
});
export type Command = z.infer<typeof Command>;

const OfHook = ByIdInput.extend({ hookId: Id });

export const listHooks = operation('GET', '/api/chat/channels/:id/hooks', {
  who: 'member',
  summary: 'The integrations of a channel, for those who manage it',
  input: ByIdInput,
  output: z.object({
    incoming: z.array(IncomingHook),
    outgoing: z.array(OutgoingHook),
    commands: z.array(Command),
    /** Whether a webhook may be told of the whole space. */
    mayWholeSpace: z.boolean(),
  }),
});

export const createIncomingHook = operation('POST', '/api/chat/channels/:id/hooks/in', {
  who: 'member',
  summary: 'Make an address to which programs post; it is told this once',
  input: ByIdInput.extend({ name: Name }),
  output: z.object({ hook: IncomingHook, path: z.string() }),
});
export const renewIncomingHook = operation('POST', '/api/chat/channels/:id/hooks/in/:hookId/address', {
  who: 'member',
  summary: 'Give a webhook a new address and make it mine; the old one ends at once',
  input: OfHook,
  output: z.object({ hook: IncomingHook, path: z.string() }),
});
export const deleteIncomingHook = operation('DELETE', '/api/chat/channels/:id/hooks/in/:hookId', {
  who: 'member',
  summary: 'Take an address back, at once',
  input: OfHook,
  output: Done,
});

/** Parts of Slack's messages that carry text; everything else in them is left aside. */
const SlackText = z.union([z.string(), z.object({ text: z.string().optional() })]);
const SlackBlock = z.object({
  type: z.string().optional(),
  text: SlackText.optional(),
  fields: z.array(SlackText).max(hookPartsSizeMax).optional(),
  elements: z
    .array(z.object({ text: SlackText.optional() }))
    .max(hookPartsSizeMax)
    .optional(),
});
const SlackAttachment = z.object({
  pretext: z.string().optional(),
  title: z.string().optional(),
  title_link: z.string().optional(),
  text: z.string().optional(),
  fallback: z.string().optional(),
  fields: z
    .array(z.object({ title: z.string().optional(), value: z.string().optional() }))
    .max(hookPartsSizeMax)
    .optional(),
  footer: z.string().optional(),
});
export type SlackBlock = z.infer<typeof SlackBlock>;
export type SlackAttachment = z.infer<typeof SlackAttachment>;

export const postByHook = operation('POST', '/api/chat/hooks/:hookId/:secret', {
  who: 'anyone',
  summary: 'Post a message through a webhook: Markdown in `text`, or what programs send to Slack',
  input: z.object({
    hookId: Id,
    secret: z.string().min(1).max(100),
    text: z
      .string()
      .max(messageLengthMax * 2, { error: 'too-long' })
      .optional(),
    /** Sending again with the same one gives the same message. */
    clientId: Id.optional(),
    attachments: z.array(SlackAttachment).max(hookPartsSizeMax).optional(),
    blocks: z.array(SlackBlock).max(hookPartsSizeMax).optional(),
  }),
  /** `ok` is what clients of Slack look for. */
  output: z.object({ ok: z.literal(true), seq: z.int() }),
});

export const createOutgoingHook = operation('POST', '/api/chat/channels/:id/hooks/out', {
  who: 'member',
  summary: 'Have a program told of what happens; the secret it checks signatures with is told this once',
  input: ByIdInput.extend({
    name: Name,
    url: HookAddress,
    events: z.array(HookEvent).min(1, { error: 'required' }).max(hookEvents.length, { error: 'too-long' }),
    wholeSpace: z.boolean().default(false),
  }),
  output: z.object({ hook: OutgoingHook, secret: z.string() }),
});
export const changeOutgoingHook = operation('PATCH', '/api/chat/channels/:id/hooks/out/:hookId', {
  who: 'member',
  summary: 'Change what a webhook is told and where, switch it off, or on again',
  input: OfHook.extend({
    url: HookAddress.optional(),
    events: z.array(HookEvent).min(1, { error: 'required' }).max(hookEvents.length).optional(),
    on: z.boolean().optional(),
  }),
  output: OutgoingHook,
});
export const renewHookSecret = operation('POST', '/api/chat/channels/:id/hooks/out/:hookId/secret', {
  who: 'member',
  summary: 'Make a new secret; for a day what is sent is signed with the old one too',
  input: OfHook,
  output: z.object({ hook: OutgoingHook, secret: z.string() }),
});
export const deleteOutgoingHook = operation('DELETE', '/api/chat/channels/:id/hooks/out/:hookId', {
  who: 'member',
  summary: 'Remove a webhook and its deliveries',
  input: OfHook,
  output: Done,
});
export const testOutgoingHook = operation('POST', '/api/chat/channels/:id/hooks/out/:hookId/test', {
  who: 'member',
  summary: 'Send a test, so that the log shows whether the address answers',
  input: OfHook,
  output: Done,
});

/** One event on its way to a webhook; its text is read from the log when it is sent, and kept nowhere else. */
export const Delivery = z.object({
  id: Id,
  event: z.union([HookEvent, z.literal('test')]),
  channelTitle: z.string().nullable(),
  seq: z.int().nullable(),
  state: z.enum(['waiting', 'sent', 'failed']),
  attempts: z.int(),
  /** What the last attempt was answered: a status, or why there was none. */
  status: z.int().nullable(),
  problem: z.string().nullable(),
  /** Milliseconds that the last attempt took. */
  tookMs: z.int().nullable(),
  at: Instant,
  /** When it was sent or given up, and when it is tried next. */
  doneAt: Instant.nullable(),
  nextAt: Instant.nullable(),
});
export type Delivery = z.infer<typeof Delivery>;
export const listDeliveries = operation('GET', '/api/chat/channels/:id/hooks/out/:hookId/deliveries', {
  who: 'member',
  summary: 'What a webhook was told, the newest first',
  input: OfHook,
  output: z.object({ deliveries: z.array(Delivery) }),
});
export const deliverAgain = operation(
  'POST',
  '/api/chat/channels/:id/hooks/out/:hookId/deliveries/:deliveryId/again',
  {
    who: 'member',
    summary: 'Send an event again, under its old id',
    input: OfHook.extend({ deliveryId: Id }),
    output: Done,
  },
);

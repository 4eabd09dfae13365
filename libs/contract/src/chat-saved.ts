import { z } from 'zod';
import { Message } from './chat-entry.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, PageInput } from './shape.ts';

export const chatSavedCodes = ['too-many-saved'] as const;

const OfMessage = ByIdInput.extend({ seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const path = '/api/chat/channels/:id/messages/:seq/saved' as const;

/** A message that a person wants to come back to. */
export const Saved = z.object({
  channelId: Id,
  channelTitle: z.string(),
  seq: z.int(),
  /** As it is now. */
  message: Message,
  savedAt: Instant,
  remindAt: Instant.nullable(),
  /** The time of the reminder has come. */
  due: z.boolean(),
  doneAt: Instant.nullable(),
});
export type Saved = z.infer<typeof Saved>;

export const listSaved = operation('GET', '/api/chat/saved', {
  who: 'signed-in',
  summary: 'Messages that I saved: to do (reminders that are due first), or done; those that I may still see',
  input: PageInput.extend({ list: z.enum(['open', 'done']).default('open') }),
  output: z.object({ saved: z.array(Saved), due: z.int() }),
});
/** Positions alone, for the marks in a channel. */
export const listSavedOf = operation('GET', '/api/chat/channels/:id/saved', {
  who: 'signed-in',
  summary: 'Which messages of a channel I saved',
  input: ByIdInput,
  output: z.object({ seqs: z.array(z.int()) }),
});
export const saveMessage = operation('PUT', path, {
  who: 'signed-in',
  summary:
    'Save a message for later, with or without a reminder; again to change the reminder or to reopen it',
  input: OfMessage.extend({ remindAt: Instant.nullable().default(null) }),
  output: Done,
});
export const finishSaved = operation('PUT', `${path}/done`, {
  who: 'signed-in',
  summary: 'A saved message is done',
  input: OfMessage,
  output: Done,
});
export const unsaveMessage = operation('DELETE', path, {
  who: 'signed-in',
  summary: 'A message is no longer saved',
  input: OfMessage,
  output: Done,
});

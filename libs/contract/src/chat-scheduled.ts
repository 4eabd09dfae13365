import { z } from 'zod';
import { messageExtras, MessageText } from './chat-entry.ts';
import { scheduledPageMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Nothing } from './shape.ts';

export const chatScheduledCodes = ['time-out-of-range', 'too-many-scheduled'] as const;

/** A message that waits for its time. It is sent with the right that its writer holds then. */
export const Scheduled = z.object({
  id: Id,
  channelId: Id,
  channelTitle: z.string(),
  body: z.string(),
  threadSeq: z.int().nullable(),
  sendAt: Instant,
  /** Why it was not sent when its time came; null while it waits. It stays until it is changed or thrown away. */
  failed: z.string().nullable(),
});
export type Scheduled = z.infer<typeof Scheduled>;

export const listScheduled = operation('GET', '/api/chat/scheduled', {
  who: 'signed-in',
  summary: 'My messages that wait for their time, the next first',
  input: Nothing,
  output: z.object({ scheduled: z.array(Scheduled).max(scheduledPageMax) }),
});
export const scheduleMessage = operation('POST', '/api/chat/channels/:id/scheduled', {
  who: 'signed-in',
  summary: 'Send a message at a later time; the same client id again gives the same one',
  input: ByIdInput.extend({ clientId: Id, body: MessageText, sendAt: Instant, ...messageExtras }),
  output: Scheduled,
});
export const changeScheduled = operation('PATCH', '/api/chat/scheduled/:scheduledId', {
  who: 'signed-in',
  summary: 'Change the text or the time of a message that waits',
  input: z.object({ scheduledId: Id, body: MessageText.optional(), sendAt: Instant.optional() }),
  output: Scheduled,
});
export const cancelScheduled = operation('DELETE', '/api/chat/scheduled/:scheduledId', {
  who: 'signed-in',
  summary: 'Throw away a message that waits',
  input: z.object({ scheduledId: Id }),
  output: Done,
});
export const sendScheduledNow = operation('POST', '/api/chat/scheduled/:scheduledId/send', {
  who: 'signed-in',
  summary: 'Send a message that waits now',
  input: z.object({ scheduledId: Id }),
  output: Done,
});

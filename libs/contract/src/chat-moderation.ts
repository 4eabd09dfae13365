import { z } from 'zod';
import { Message } from './chat-entry.ts';
import { OfMessage } from './chat-message.ts';
import { ChannelKind } from './chat-place.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, LineOrNothing, Nothing, Person } from './shape.ts';

export const ReportReason = z.enum(['spam', 'insult', 'confidential', 'illegal', 'other']);
export type ReportReason = z.infer<typeof ReportReason>;
export const reportReasons = ReportReason.options;

/** A message that somebody found wrong, as it was then, for whoever decides about it. */
export const Report = z.object({
  id: Id,
  channel: z.object({ id: Id, title: z.string(), channelKind: ChannelKind }),
  seq: z.int(),
  sender: Person.nullable(),
  /** What it said when it was reported. */
  body: z.string(),
  reporter: Person.nullable(),
  reason: ReportReason,
  note: z.string(),
  at: Instant,
  state: z.enum(['open', 'hidden', 'dismissed']),
  decidedBy: Person.nullable(),
  decidedAt: Instant.nullable(),
});
export type Report = z.infer<typeof Report>;

const Decision = z.enum(['hide', 'dismiss']);

export const reportMessage = operation('POST', '/api/chat/channels/:id/messages/:seq/report', {
  who: 'signed-in',
  summary: 'Tell those who manage a channel (of a conversation: the administrators) that a message is wrong',
  input: OfMessage.extend({ reason: ReportReason, note: LineOrNothing }),
  output: Done,
});
export const listReports = operation('GET', '/api/chat/channels/:id/reports', {
  who: 'signed-in',
  summary: 'What was reported in a channel that I manage, open ones first',
  input: ByIdInput,
  output: z.object({ reports: z.array(Report) }),
});
export const decideReport = operation('POST', '/api/chat/channels/:id/reports/:reportId', {
  who: 'member',
  summary: 'Hide a reported message, or leave it',
  input: z.object({ id: Id, reportId: Id, decision: Decision }),
  output: Report,
});
export const hideMessage = operation('PUT', '/api/chat/channels/:id/messages/:seq/hidden', {
  who: 'member',
  summary: 'Hide a message from all who read the channel',
  input: OfMessage,
  output: Message,
});
export const unhideMessage = operation('DELETE', '/api/chat/channels/:id/messages/:seq/hidden', {
  who: 'member',
  summary: 'Show a hidden message again',
  input: OfMessage,
  output: Message,
});
/** Conversations have no managers: what is reported in them reaches the administrators, and of it that message only. */
export const listHouseReports = operation('GET', '/api/chat/reports', {
  who: 'administrator',
  summary: 'What was reported in direct and group conversations',
  input: Nothing,
  output: z.object({ reports: z.array(Report) }),
});
export const decideHouseReport = operation('POST', '/api/chat/reports/:reportId', {
  who: 'administrator',
  summary: 'Hide a message that was reported in a conversation, or leave it',
  input: z.object({ reportId: Id, decision: Decision }),
  output: Report,
});

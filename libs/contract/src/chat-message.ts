import { z } from 'zod';
import { Message, MessageText } from './chat-entry.ts';
import { Emoji } from './doc-comments.ts';
import { operation } from './operation.ts';
import { ByIdInput, Id, Instant } from './shape.ts';

/** Codes of what is done to a message that stands. */
export const chatMessageCodes = ['too-many-reactions', 'too-many-pins'] as const;

/** A message by its place: the channel's id and the position in its log. */
export const OfMessage = z.object({ id: Id, seq: z.coerce.number().int().min(1) });

/** An emoji of the house by its name, as it is typed. */
const CustomEmoji = z.string().regex(/^:[\p{Ll}\p{Lo}\p{M}\p{N}_+-]{2,32}:$/u, { error: 'invalid' });
export const MessageEmoji = z.union([Emoji, CustomEmoji], { error: 'invalid' });

const path = '/api/chat/channels/:id/messages/:seq' as const;

export const getMessage = operation('GET', path, {
  who: 'signed-in',
  scope: 'chat:read',
  summary: 'One message as it is now',
  input: OfMessage,
  output: Message,
});
export const editMessage = operation('PATCH', path, {
  who: 'signed-in',
  scope: 'chat:write',
  summary: 'Change my message; what it said before is kept and can be read',
  input: OfMessage.extend({ body: MessageText }),
  output: Message,
});
export const deleteMessage = operation('DELETE', path, {
  who: 'signed-in',
  scope: 'chat:write',
  summary: 'Delete my message, or as a manager any; its place stays and says so',
  input: OfMessage,
  output: Message,
});
export const listRevisions = operation('GET', `${path}/revisions`, {
  who: 'signed-in',
  scope: 'chat:read',
  summary: 'What a message said before it was edited, oldest first',
  input: OfMessage,
  output: z.object({ revisions: z.array(z.object({ body: z.string(), until: Instant })) }),
});
export const reactToMessage = operation('PUT', `${path}/reactions`, {
  who: 'signed-in',
  scope: 'reactions:write',
  summary: 'Add or take back my reaction to a message',
  input: OfMessage.extend({ emoji: MessageEmoji, on: z.boolean() }),
  output: Message,
});
export const pinMessage = operation('PUT', `${path}/pin`, {
  who: 'signed-in',
  summary: 'Pin a message for the whole channel, or unpin it',
  input: OfMessage.extend({ on: z.boolean() }),
  output: Message,
});
export const listPins = operation('GET', '/api/chat/channels/:id/pins', {
  who: 'signed-in',
  scope: 'chat:read',
  summary: 'The pinned messages of a channel, the last pinned first',
  input: ByIdInput,
  output: z.object({ messages: z.array(Message) }),
});

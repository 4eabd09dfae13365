import { z } from 'zod';
import { Message } from './chat-entry.ts';
import { pollSizeMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput } from './shape.ts';

export const chatPollCodes = ['poll-closed', 'no-such-option', 'one-option-only'] as const;

const OfPoll = ByIdInput.extend({ seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const path = '/api/chat/channels/:id/messages/:seq/poll' as const;
const OptionId = z.string().regex(/^[0-9]{1,2}$/, { error: 'invalid' });

export const votePoll = operation('PUT', `${path}/vote`, {
  who: 'signed-in',
  summary: 'My choices in a poll, in place of those before; none takes the vote back',
  input: OfPoll.extend({ options: z.array(OptionId).max(pollSizeMax) }),
  output: Message,
});
/** Of an anonymous poll nobody else learns who chose what. */
export const getMyVote = operation('GET', `${path}/vote`, {
  who: 'signed-in',
  summary: 'What I chose in a poll',
  input: OfPoll,
  output: z.object({ options: z.array(z.string()) }),
});
export const closePoll = operation('POST', `${path}/close`, {
  who: 'signed-in',
  summary: 'Close a poll: who asked may, and managers of the channel',
  input: OfPoll,
  output: Message,
});

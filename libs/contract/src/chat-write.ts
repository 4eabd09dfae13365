import { z } from 'zod';
import { mentionablePeopleMax } from './limits.ts';
import { operation } from './operation.ts';
import { ByIdInput, Id, Person, SearchText } from './shape.ts';

export const findMentionable = operation('GET', '/api/chat/channels/:id/mentionable', {
  who: 'signed-in',
  summary:
    'People and groups to mention in a channel, by a part of their name; those who see the channel first',
  input: ByIdInput.extend({
    q: SearchText,
    limit: z.coerce.number().int().min(1).max(mentionablePeopleMax).default(8),
  }),
  output: z.object({
    people: z.array(z.object({ person: Person, sees: z.boolean() })),
    groups: z.array(z.object({ id: Id, name: z.string() })),
  }),
});

import { z } from 'zod';
import { Channel } from './chat.ts';
import { directPeopleMax, pageSizeMax } from './limits.ts';
import { operation } from './operation.ts';
import { Id, Nothing, Person, SearchText } from './shape.ts';

export const openDirect = operation('POST', '/api/chat/direct', {
  who: 'signed-in',
  summary: 'The conversation with one person or several: the one there is, or a new one',
  input: z.object({
    /** The others; whoever asks is in it by asking. */
    personIds: z
      .array(Id)
      .min(1)
      .max(directPeopleMax - 1),
  }),
  output: Channel,
});
export const listDirect = operation('GET', '/api/chat/direct', {
  who: 'signed-in',
  summary: 'My direct and group conversations, the liveliest first',
  input: Nothing,
  output: z.object({ channels: z.array(Channel) }),
});
export const findDirectPeople = operation('GET', '/api/chat/direct/people', {
  who: 'signed-in',
  summary: 'People whom I may write to: for guests their sponsor and those of their channels',
  input: z.object({
    q: SearchText.default(''),
    limit: z.coerce.number().int().min(1).max(pageSizeMax).default(20),
  }),
  output: z.object({ people: z.array(Person) }),
});

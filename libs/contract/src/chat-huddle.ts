import { z } from 'zod';
import { operation } from './operation.ts';
import { ByIdInput, Id } from './shape.ts';

const path = '/api/chat/channels/:id/huddle' as const;

export const getHuddle = operation('GET', path, {
  who: 'signed-in',
  summary: 'The meeting that was last started from a channel; whether it is still held, the meetings know',
  input: ByIdInput,
  output: z.object({ meetingId: Id.nullable() }),
});
export const sayHuddle = operation('PUT', path, {
  who: 'signed-in',
  summary:
    'Say in a channel that a meeting was started from it; the answer is another when somebody was faster',
  input: ByIdInput.extend({
    meetingId: Id,
    /** The last one that the caller knows of. */
    lastKnown: Id.nullable(),
  }),
  output: z.object({ meetingId: Id }),
});

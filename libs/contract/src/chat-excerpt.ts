import { z } from 'zod';
import { excerptListSizeMax } from './limits.ts';
import { operation } from './operation.ts';
import { Id } from './shape.ts';

export const readExcerpts = operation('POST', '/api/chat/excerpts', {
  who: 'signed-in',
  summary: 'The beginnings of messages by their place; those that I may not see are left out',
  input: z.object({
    of: z.array(z.object({ channelId: Id, seq: z.int().min(1) })).max(excerptListSizeMax),
  }),
  output: z.object({
    /** Plain text, on one line, cut. */
    excerpts: z.array(z.object({ channelId: Id, seq: z.int(), text: z.string() })),
  }),
});

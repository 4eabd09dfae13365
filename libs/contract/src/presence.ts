import { z } from 'zod';
import { reactionLengthMax, statusLengthMax } from './limits.ts';
import { operation } from './operation.ts';
import { Id, Instant, LineOrNothing } from './shape.ts';

/** What a person says of themselves, until they take it back or it ends. */
export const Status = z.object({
  emoji: z.string().max(reactionLengthMax),
  text: z.string(),
  until: Instant.nullable(),
});
export type Status = z.infer<typeof Status>;
/** As it may be given. */
const GivenStatus = Status.extend({ text: LineOrNothing.pipe(z.string().max(statusLengthMax)) });

/** `online` is at a screen, `away` has one open and does not touch it, `busy` wants quiet now, `offline` has none. */
export const PresenceState = z.enum(['online', 'away', 'busy', 'offline']);
export const PersonPresence = z.object({ id: Id, state: PresenceState, status: Status.nullable() });
export type PersonPresence = z.infer<typeof PersonPresence>;

export const getStatus = operation('GET', '/api/notify/status', {
  who: 'signed-in',
  summary: 'What I say of myself now',
  input: z.object({}),
  output: z.object({ status: Status.nullable() }),
});
export const setStatus = operation('PUT', '/api/notify/status', {
  who: 'signed-in',
  summary: 'Say something of myself, or take it back with null',
  input: z.object({ status: GivenStatus.nullable() }),
  output: z.object({ status: Status.nullable() }),
});

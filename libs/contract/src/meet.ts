import { z } from 'zod';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Name, Nothing, Person, Resource } from './shape.ts';

export const meetCodes = ['meetings-off', 'meeting-full', 'meeting-ended'] as const;

export const Meeting = Resource.extend({
  kind: z.literal('meeting'),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  present: z.array(Person),
});
export type Meeting = z.infer<typeof Meeting>;

export const createMeeting = operation('POST', '/api/meet/meetings', {
  who: 'member',
  summary: 'Open a meeting in a space',
  input: z.object({ spaceId: Id, title: Name }),
  output: Meeting,
});
export const listMeetings = operation('GET', '/api/meet/spaces/:id/meetings', {
  who: 'signed-in',
  summary: 'The meetings of a space, open ones first',
  input: ByIdInput,
  output: z.object({ meetings: z.array(Meeting) }),
});
export const getMeeting = operation('GET', '/api/meet/meetings/:id', {
  who: 'signed-in',
  summary: 'One meeting and who is in it',
  input: ByIdInput,
  output: Meeting,
});
export const joinMeeting = operation('POST', '/api/meet/meetings/:id/join', {
  who: 'signed-in',
  summary: 'Ask for a short-lived LiveKit token, signed after access and capacity are checked',
  input: ByIdInput,
  output: z.object({ path: z.string(), token: z.string(), identity: z.string(), expiresAt: Instant }),
});
export const endMeeting = operation('POST', '/api/meet/meetings/:id/end', {
  who: 'signed-in',
  summary: 'End a meeting for everybody',
  input: ByIdInput,
  output: Done,
});
export const getMeetStatus = operation('GET', '/api/meet/status', {
  who: 'signed-in',
  summary: 'Whether meetings can be held now, and if not why',
  input: Nothing,
  output: z.object({ state: z.enum(['ready', 'preparing', 'off']) }),
});

import { z } from 'zod';
import { AttendeeKind, Meeting, MeetingCode, MeetingEntry, MeetingPass } from './meet.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Name } from './shape.ts';

/** Where somebody at the door stands. With `admitted` comes what opens the room. */
export const Admission = z.object({
  state: z.enum(['waiting', 'admitted', 'refused', 'removed', 'locked', 'full', 'ended']),
  meetingId: Id,
  title: z.string(),
  encrypted: z.boolean(),
  entry: MeetingEntry.nullable(),
});
export type Admission = z.infer<typeof Admission>;

export const getMeetingByCode = operation('GET', '/api/meet/codes/:code', {
  who: 'anyone',
  summary: 'The meeting behind a code, as its door shows it; wrong guesses are counted',
  input: z.object({ code: MeetingCode }),
  output: z.object({
    meetingId: Id,
    title: z.string(),
    encrypted: z.boolean(),
    /** Whether whoever comes without an account has to wait. */
    waits: z.boolean(),
    locked: z.boolean(),
    endedAt: Instant.nullable(),
    startsAt: Instant.nullable(),
  }),
});
export const knockMeeting = operation('POST', '/api/meet/knocks', {
  who: 'signed-in',
  summary: 'Ask to be let in by the code, as oneself',
  input: z.object({ code: MeetingCode }),
  output: Admission,
});
export const knockAsGuest = operation('POST', '/api/meet/guest-knocks', {
  who: 'anyone',
  summary: 'Ask to be let in by the code, without an account and under a name that nobody checks',
  input: z.object({ code: MeetingCode, name: Name }),
  output: Admission.extend({ pass: MeetingPass }),
});
export const getAdmission = operation('POST', '/api/meet/meetings/:id/admission', {
  who: 'anyone',
  summary: 'Where I stand at the door, by my session or by the pass of my knock; admitted brings a token',
  input: ByIdInput.extend({ pass: MeetingPass.optional() }),
  output: Admission,
});
export const stopKnocking = operation('POST', '/api/meet/meetings/:id/admission/stop', {
  who: 'anyone',
  summary: 'Go away from the door',
  input: ByIdInput.extend({ pass: MeetingPass.optional() }),
  output: Done,
});

/** Somebody at the door. */
export const Knock = z.object({
  id: Id,
  name: z.string(),
  kind: AttendeeKind,
  organisation: z.string().nullable(),
  at: Instant,
});
export type Knock = z.infer<typeof Knock>;

export const listWaiting = operation('GET', '/api/meet/meetings/:id/waiting', {
  who: 'signed-in',
  summary: 'Who waits at the door, longest first; for organisers',
  input: ByIdInput,
  output: z.object({ waiting: z.array(Knock) }),
});
export const admit = operation('POST', '/api/meet/meetings/:id/admit', {
  who: 'signed-in',
  summary: 'Let somebody in who waits; for organisers',
  input: ByIdInput.extend({ knockId: Id }),
  output: Done,
});
export const admitAll = operation('POST', '/api/meet/meetings/:id/admit-all', {
  who: 'signed-in',
  summary: 'Let everybody in who waits; for organisers',
  input: ByIdInput,
  output: z.object({ admitted: z.int() }),
});
export const refuse = operation('POST', '/api/meet/meetings/:id/refuse', {
  who: 'signed-in',
  summary: 'Send somebody away who waits; for organisers',
  input: ByIdInput.extend({ knockId: Id }),
  output: Done,
});

/** Path of a meeting's socket: `/ws/meet/<id>`. */
export const meetPath = '/ws/meet';

/** What a client says on it. Whoever has no session says who they are first, by the pass of their knock. */
export const MeetSaying = z.discriminatedUnion('t', [
  z.object({ t: z.literal('pass'), pass: MeetingPass }),
  z.object({ t: z.literal('ping') }),
]);
export type MeetSaying = z.infer<typeof MeetSaying>;

/** What the server says on it. */
export const MeetHearing = z.discriminatedUnion('t', [
  /** The meeting as it is now; on coming in and whenever something of it changed. */
  z.object({ t: z.literal('state'), meeting: Meeting }),
  /** Something of what is kept of it has changed: its recordings, its transcript or its minutes. */
  z.object({ t: z.literal('kept') }),
  /** Who waits, for organisers; on coming in and whenever it changed. */
  z.object({ t: z.literal('waiting'), waiting: z.array(Knock) }),
  /** For somebody at the door: where they stand now. `admitted` is followed by asking `getAdmission` for the token. */
  z.object({ t: z.literal('admission'), state: Admission.shape.state }),
  z.object({ t: z.literal('pong') }),
]);
export type MeetHearing = z.infer<typeof MeetHearing>;
export const meetHearings = MeetHearing.options.map(({ shape }) => shape.t.value);

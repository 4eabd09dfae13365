import { z } from 'zod';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, Name, Nothing, Person, Resource } from './shape.ts';

export const meetCodes = [
  'meetings-off',
  'meeting-full',
  'meeting-ended',
  'meeting-locked',
  'meeting-removed',
  'must-knock',
  'not-in-meeting',
  'breakouts-open',
  'breakouts-closed',
  'role-fixed',
] as const;

/**
 * Who comes in without waiting: `open` whoever knows the code, without an account too; `members` staff who know the
 * code and whoever the meeting was shared with; `invited` those alone whom it was shared with by name or group.
 * Everybody else who knows the code knocks and waits for an organiser.
 */
export const MeetingAccess = z.enum(['open', 'members', 'invited']);
export type MeetingAccess = z.infer<typeof MeetingAccess>;

/** What somebody is in one meeting: an organiser lets in and moderates, a listener neither speaks nor is seen. */
export const MeetingRole = z.enum(['organiser', 'participant', 'listener']);
export type MeetingRole = z.infer<typeof MeetingRole>;
export const meetingRoles = MeetingRole.options;

/** `anonymous` came by the code without an account: nobody has checked the name. */
export const AttendeeKind = z.enum(['member', 'guest', 'anonymous', 'bot']);
export type AttendeeKind = z.infer<typeof AttendeeKind>;

/** Ten letters in the groups of `abc-defg-hij`, to be said and typed; capitals, spaces and missing dashes do not matter. */
export const MeetingCode = z
  .string()
  .max(40)
  .transform((text) => text.toLowerCase().replace(/[^a-z]/g, ''))
  .refine((letters) => letters.length === 10, { error: 'invalid' })
  .transform((letters) => `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`);

/** What a guest without an account is given instead of a session: it opens one meeting for a day. */
export const MeetingPass = z.string().min(20).max(100);

/** When it is held: now or next, else when it was held last. The whole plan is that of `getPlan`. */
export const MeetingSchedule = z.object({
  startsAt: Instant,
  endsAt: Instant,
  /** IANA name of the wall by which the hour was agreed. */
  timeZone: z.string(),
  repeats: z.boolean(),
});
export type MeetingSchedule = z.infer<typeof MeetingSchedule>;

export const RecordingState = z.object({
  state: z.enum(['off', 'asked', 'on', 'saving']),
  by: z.string().nullable(),
  since: Instant.nullable(),
  /** The picture is recorded besides the voices. */
  picture: z.boolean().optional(),
});
export type RecordingState = z.infer<typeof RecordingState>;

export const CaptionsState = z.object({
  state: z.enum(['off', 'on', 'unavailable']),
  languages: z.array(z.string().max(20)),
  /** What those who agree say is also kept. */
  transcript: z.boolean().optional(),
});
export type CaptionsState = z.infer<typeof CaptionsState>;

export const Meeting = Resource.extend({
  kind: z.literal('meeting'),
  code: z.string(),
  access: MeetingAccess,
  locked: z.boolean(),
  /** The browsers hold the key; the house cannot read what is said. Chosen at birth. */
  encrypted: z.boolean(),
  /** Of the person who asked. */
  myRole: MeetingRole,
  schedule: MeetingSchedule.nullable(),
  /** The channel that it was started from, else one of its own, once somebody opened it. */
  channelId: Id.nullable(),
  /** The document beside the video, once somebody opened one. */
  notesId: Id.nullable(),
  /** The board beside the video, a document of the form `board`, once somebody opened one. */
  boardId: Id.nullable(),
  recording: RecordingState,
  captions: CaptionsState,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** People of the house in it now, breakout rooms included. */
  present: z.array(Person),
  /** How many more came without an account. */
  anonymous: z.int(),
  /** How many wait to be let in; 0 for whoever may not let in. */
  waiting: z.int(),
});
export type Meeting = z.infer<typeof Meeting>;

/** What a browser needs to come into a room of LiveKit: `path` is on the one origin. */
export const MeetingEntry = z.object({
  path: z.string(),
  token: z.string(),
  identity: z.string(),
  expiresAt: Instant,
});
export type MeetingEntry = z.infer<typeof MeetingEntry>;

export const createMeeting = operation('POST', '/api/meet/meetings', {
  who: 'member',
  summary:
    'Open a meeting: in a space, from a channel or a document (for those who see it), or, with none, of one’s own',
  input: z.object({
    spaceId: Id.optional(),
    /** Its people may come, and it is the chat of the meeting. */
    channelId: Id.optional(),
    /** Its readers may come, and it is the notes of the meeting. The channel wins over it, and it over the space. */
    documentId: Id.optional(),
    title: Name,
    access: MeetingAccess.default('members'),
    encrypted: z.boolean().default(false),
  }),
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
export const changeMeeting = operation('PATCH', '/api/meet/meetings/:id', {
  who: 'signed-in',
  summary: 'Change whom a meeting lets in without waiting; for organisers',
  input: ByIdInput.extend({ access: MeetingAccess }),
  output: Meeting,
});
export const setMeetingNotes = operation('PUT', '/api/meet/meetings/:id/notes', {
  who: 'signed-in',
  summary: 'Name the document beside the video; the first that was named stays',
  input: ByIdInput.extend({ documentId: Id }),
  output: Meeting,
});
export const setMeetingBoard = operation('PUT', '/api/meet/meetings/:id/board', {
  who: 'signed-in',
  summary: 'Name the board beside the video; the first that was named stays',
  input: ByIdInput.extend({ documentId: Id }),
  output: Meeting,
});
export const setMeetingChat = operation('PUT', '/api/meet/meetings/:id/chat', {
  who: 'signed-in',
  summary: 'Name the channel that is the chat of a meeting; the first that was named stays',
  input: ByIdInput.extend({ channelId: Id }),
  output: Meeting,
});
export const joinMeeting = operation('POST', '/api/meet/meetings/:id/join', {
  who: 'signed-in',
  summary: 'Ask for a short-lived LiveKit token, signed after access, lock and capacity are checked',
  input: ByIdInput,
  output: MeetingEntry,
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

/** One stay of somebody in a meeting. */
export const Stay = z.object({
  /** Of a person, or of a guest without an account, who is another each time. */
  who: Id,
  name: z.string(),
  kind: AttendeeKind,
  organisation: z.string().nullable(),
  joinedAt: Instant,
  /** Null while they are in it. */
  leftAt: Instant.nullable(),
});
export type Stay = z.infer<typeof Stay>;
export const listStays = operation('GET', '/api/meet/meetings/:id/stays', {
  who: 'signed-in',
  summary: 'Who was in a meeting, from when to when, in the order of their coming',
  input: ByIdInput,
  output: z.object({ stays: z.array(Stay) }),
});

import { z } from 'zod';
import { breakoutMsMax, breakoutListSizeMax, meetingPeopleMax, spokenLengthMax } from './limits.ts';
import { CaptionsState, MeetingEntry, MeetingPass, MeetingRole, RecordingState } from './meet.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, line, Name } from './shape.ts';

/**
 * What is true in the room, as JSON in LiveKit's metadata of it: a copy of the rows in the database that every client
 * in the room is given by LiveKit. A participant's attributes say who they are: `id` (of a person or of a guest without
 * an account), `kind`, `role`, `organisation`, `hand` (an instant, absent when it is down), `breakout` (a number, absent
 * in the main room), `may` (what they may send: words of {@link MeetingSource} with a comma between) and `chat` (who took
 * their words in the chat, absent while they may write). Nobody but the
 * server writes any of it, and nobody but the server and its bots sends data.
 */
export const RoomState = z.object({
  locked: z.boolean(),
  recording: RecordingState,
  captions: CaptionsState,
  /** Raised hands, the first first. */
  hands: z.array(z.object({ who: Id, name: z.string(), at: Instant })),
  breakouts: z
    .object({
      /** When everybody is back. */
      closesAt: Instant.nullable(),
      /** When people were asked to come back before that. */
      calledBackAt: Instant.nullable(),
      rooms: z.array(z.object({ nr: z.int(), name: z.string(), people: z.array(Id) })),
    })
    .nullable(),
});
export type RoomState = z.infer<typeof RoomState>;

/** What one may send into a room. */
export const MeetingSource = z.enum(['camera', 'microphone', 'screen']);
export type MeetingSource = z.infer<typeof MeetingSource>;
export const meetingSources = MeetingSource.options;

/** Topic of the data messages of the server, each a {@link RoomNotice} as JSON. */
export const roomTopic = 'parvis';

export const Reaction = z.enum(['👍', '👏', '❤️', '😂', '😮', '🎉']);
export const reactions = Reaction.options;

/** What the server says in a room and nobody keeps. */
export const RoomNotice = z.discriminatedUnion('t', [
  z.object({ t: z.literal('reaction'), who: Id, name: z.string(), reaction: Reaction }),
  /** Somebody asks this participant to open their microphone: their own act, or none. */
  z.object({ t: z.literal('ask-unmute'), by: z.string() }),
  z.object({ t: z.literal('muted'), by: z.string() }),
  /** An organiser says something to all breakout rooms. */
  z.object({ t: z.literal('announcement'), by: z.string(), text: z.string() }),
]);
export type RoomNotice = z.infer<typeof RoomNotice>;

const OfSomebody = ByIdInput.extend({ who: Id });
/** By one's session, or by the pass of a guest without an account. */
const OfMyself = ByIdInput.extend({ pass: MeetingPass.optional() });

export const muteParticipant = operation('POST', '/api/meet/meetings/:id/mute', {
  who: 'signed-in',
  summary: 'Switch off what somebody sends; they may switch it on again. For organisers',
  input: OfSomebody.extend({ source: MeetingSource.default('microphone') }),
  output: Done,
});
export const muteAll = operation('POST', '/api/meet/meetings/:id/mute-all', {
  who: 'signed-in',
  summary: 'Switch off every microphone but those of organisers; for organisers',
  input: ByIdInput,
  output: Done,
});
export const askToUnmute = operation('POST', '/api/meet/meetings/:id/ask-to-unmute', {
  who: 'signed-in',
  summary: 'Ask somebody to open their microphone; for organisers',
  input: OfSomebody,
  output: Done,
});
export const removeParticipant = operation('POST', '/api/meet/meetings/:id/remove', {
  who: 'signed-in',
  summary: 'Take somebody out, for good if `lockOut`; for organisers',
  input: OfSomebody.extend({ lockOut: z.boolean().default(false) }),
  output: Done,
});
export const allowBack = operation('POST', '/api/meet/meetings/:id/allow-back', {
  who: 'signed-in',
  summary: 'Take back a lock-out; for organisers',
  input: OfSomebody,
  output: Done,
});
export const listLockedOut = operation('GET', '/api/meet/meetings/:id/locked-out', {
  who: 'signed-in',
  summary: 'Who may not come back; for organisers',
  input: ByIdInput,
  output: z.object({ people: z.array(z.object({ who: Id, name: z.string() })) }),
});
export const setParticipantRole = operation('PUT', '/api/meet/meetings/:id/role', {
  who: 'signed-in',
  summary: 'Make somebody an organiser, a participant or a listener, at once; for organisers',
  input: OfSomebody.extend({ meetingRole: MeetingRole }),
  output: Done,
});
export const setPermissions = operation('PUT', '/api/meet/meetings/:id/permissions', {
  who: 'signed-in',
  summary: 'Say what somebody may send, and whether they may write in the chat, at once; for organisers',
  input: OfSomebody.extend({
    camera: z.boolean(),
    microphone: z.boolean(),
    screen: z.boolean(),
    /** Whether they may write in the meeting's chat until it is over; left out, it stays as it was. */
    chat: z.boolean().optional(),
  }),
  output: Done,
});
export const lockMeeting = operation('PUT', '/api/meet/meetings/:id/lock', {
  who: 'signed-in',
  summary: 'Let nobody new in, or let people in again; whoever was in it may come back. For organisers',
  input: ByIdInput.extend({ locked: z.boolean() }),
  output: Done,
});
export const raiseHand = operation('POST', '/api/meet/meetings/:id/hand/raise', {
  who: 'anyone',
  summary: 'Raise my hand; the server says when it was, so that hands have an order',
  input: OfMyself,
  output: Done,
});
export const lowerHand = operation('POST', '/api/meet/meetings/:id/hand/lower', {
  who: 'anyone',
  summary: 'Lower my hand, or as an organiser that of another, or all',
  input: OfMyself.extend({ who: z.union([Id, z.literal('all')]).optional() }),
  output: Done,
});
export const sendReaction = operation('POST', '/api/meet/meetings/:id/reactions', {
  who: 'anyone',
  summary: 'Show a reaction to everybody in the room that I am in; a few in a second at most',
  input: OfMyself.extend({ reaction: Reaction }),
  output: Done,
});

const RoomNr = z.coerce.number().int().min(1).max(breakoutListSizeMax);

export const openBreakouts = operation('POST', '/api/meet/meetings/:id/breakouts', {
  who: 'signed-in',
  summary:
    'Open rooms beside the meeting, with their people, for some minutes or until closed; for organisers',
  input: ByIdInput.extend({
    rooms: z
      .array(z.object({ name: Name, people: z.array(Id).max(meetingPeopleMax).default([]) }))
      .min(1)
      .max(breakoutListSizeMax),
    minutes: z
      .int()
      .min(1)
      .max(breakoutMsMax / 60_000)
      .nullable()
      .default(null),
  }),
  output: Done,
});
export const enterBreakout = operation('POST', '/api/meet/meetings/:id/breakouts/:nr/enter', {
  who: 'anyone',
  summary: 'A token for the breakout room that I belong to; organisers may enter each',
  input: OfMyself.extend({ nr: RoomNr }),
  output: MeetingEntry,
});
export const moveToBreakout = operation('PUT', '/api/meet/meetings/:id/breakouts/:nr', {
  who: 'signed-in',
  summary: 'Say that somebody belongs to another breakout room; their client follows. For organisers',
  input: OfSomebody.extend({ nr: RoomNr }),
  output: Done,
});
export const callBack = operation('POST', '/api/meet/meetings/:id/breakouts/call-back', {
  who: 'signed-in',
  summary: 'Ask everybody to come back; the rooms close a minute later. For organisers',
  input: ByIdInput,
  output: Done,
});
export const closeBreakouts = operation('POST', '/api/meet/meetings/:id/breakouts/close', {
  who: 'signed-in',
  summary: 'Close the breakout rooms now; for organisers',
  input: ByIdInput,
  output: Done,
});
export const sayToBreakouts = operation('POST', '/api/meet/meetings/:id/breakouts/say', {
  who: 'signed-in',
  summary: 'Show a line of text in every breakout room; for organisers',
  input: ByIdInput.extend({ text: line(spokenLengthMax) }),
  output: Done,
});

import { z } from 'zod';
import {
  addressLengthMax,
  invitedListSizeMax,
  meetingDescriptionLengthMax,
  meetingMsMax,
  meetingLinePageMax,
  mailLengthMax,
  occurrenceListSizeMax,
  zoneLengthMax,
} from './limits.ts';
import { MeetingAccess } from './meet.ts';
import { operation } from './operation.ts';
import { ByIdInput, Done, Id, Instant, LineOrNothing, Name, Nothing, Person } from './shape.ts';

export const meetScheduleCodes = [
  'meeting-time-past',
  'repeat-too-long',
  'repeat-empty',
  'occurrence-past',
] as const;

/** A day and hour by the clock on the wall of {@link TimeZone}: `2026-11-25T09:30`. */
export const WallTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, { error: 'invalid' })
  .refine((text) => isDay(text.slice(0, 10)), { error: 'invalid' });
export const Day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'invalid' })
  .refine(isDay, { error: 'invalid' });

/** A name of the tz database, such as `Africa/Tunis`. */
export const TimeZone = z
  .string()
  .max(zoneLengthMax, { error: 'too-long' })
  .refine(isZone, { error: 'invalid' });

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
function isZone(name: string): boolean {
  try {
    // An offset (`+01:00`) is no place: it knows no summer.
    return /^[A-Za-z]/.test(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone);
  } catch {
    return false;
  }
}

/** How a meeting comes again. It always has an end. Days are 1 (Monday) to 7; only weeks name them. */
export const Repeat = z.object({
  every: z.enum(['day', 'weekday', 'week', 'month']),
  /** Every second week is 2. */
  step: z.int().min(1).max(12).default(1),
  days: z.array(z.int().min(1).max(7)).max(7).default([]),
  /** The last day on which it may begin, by the wall of its time zone. */
  until: Day,
});
export type Repeat = z.infer<typeof Repeat>;
/** As it is answered: nothing is left out. */
const { step, days } = Repeat.shape;
const WholeRepeat = Repeat.extend({ step: step.unwrap(), days: days.unwrap() });

export const MeetingAnswer = z.enum(['yes', 'maybe', 'no']);
export type MeetingAnswer = z.infer<typeof MeetingAnswer>;

const Minutes = z
  .int()
  .min(5)
  .max(meetingMsMax / 60_000);
const Description = z
  .string()
  .trim()
  .max(meetingDescriptionLengthMax, { error: 'too-long' })
  .refine((text) => !text.includes('\u0000') && text.isWellFormed(), { error: 'forbidden-characters' });
const Outsider = z.object({
  address: z.email({ error: 'invalid' }).max(mailLengthMax, { error: 'too-long' }),
  name: LineOrNothing,
});
const Invited = {
  people: z.array(Id).max(invitedListSizeMax).default([]),
  groups: z.array(Id).max(invitedListSizeMax).default([]),
  /** People without an account, who come by the link. */
  outsiders: z.array(Outsider).max(invitedListSizeMax).default([]),
};
const When = {
  starts: WallTime,
  minutes: Minutes,
  timeZone: TimeZone,
  repeat: Repeat.nullable().default(null),
};

/** One who is invited: a person, a group, or an address outside. */
export const InvitedOne = z.object({
  person: Person.nullable(),
  group: z.object({ id: Id, name: z.string() }).nullable(),
  outsider: z.object({ address: z.string(), name: z.string() }).nullable(),
  answer: MeetingAnswer.nullable(),
});
export type InvitedOne = z.infer<typeof InvitedOne>;

/** One time at which a meeting is held. */
export const Occurrence = z.object({
  id: Id,
  startsAt: Instant,
  endsAt: Instant,
  /** Moved away from its rule. */
  moved: z.boolean(),
  cancelled: z.boolean(),
});
export type Occurrence = z.infer<typeof Occurrence>;

export const MeetingPlan = z.object({
  meetingId: Id,
  title: z.string(),
  description: z.string(),
  organiser: Person.nullable(),
  /** Where the rule stands now; that of the times to come. */
  starts: WallTime,
  minutes: z.int(),
  timeZone: z.string(),
  repeat: WholeRepeat.nullable(),
  /** The same rule as RFC 5545 writes it. */
  rule: z.string().nullable(),
  invited: z.array(InvitedOne),
  /** What I answered; null when I did not, or am not invited. */
  answer: MeetingAnswer.nullable(),
  amInvited: z.boolean(),
  mayChange: z.boolean(),
  cancelled: z.boolean(),
  occurrences: z.array(Occurrence).max(occurrenceListSizeMax),
});
export type MeetingPlan = z.infer<typeof MeetingPlan>;

/** A meeting in a list of mine: one time of a scheduled one, or one that was simply begun. */
export const MeetingLine = z.object({
  meetingId: Id,
  occurrenceId: Id.nullable(),
  title: z.string(),
  space: z.object({ id: Id, name: z.string() }).nullable(),
  organiser: Person.nullable(),
  startsAt: Instant,
  /** Null while one that was simply begun goes on. */
  endsAt: Instant.nullable(),
  repeats: z.boolean(),
  moved: z.boolean(),
  cancelled: z.boolean(),
  answer: MeetingAnswer.nullable(),
  amInvited: z.boolean(),
  present: z.array(Person),
  mayChange: z.boolean(),
});
export type MeetingLine = z.infer<typeof MeetingLine>;

export const scheduleMeeting = operation('POST', '/api/meet/scheduled', {
  who: 'member',
  summary:
    'Schedule a meeting, once or again and again, in a space or for those invited alone; letters go out',
  input: z.object({
    /** Without space and channel only those invited may see the meeting. */
    spaceId: Id.nullable().default(null),
    /** The channel for whose people it is, and where they write. It wins over the space. */
    channelId: Id.nullable().default(null),
    /** The document for whose readers it is, and which is its notes. It wins over the space. */
    documentId: Id.nullable().default(null),
    access: MeetingAccess.default('members'),
    encrypted: z.boolean().default(false),
    title: Name,
    description: Description.default(''),
    ...When,
    ...Invited,
  }),
  output: MeetingPlan,
});
export const getPlan = operation('GET', '/api/meet/meetings/:id/plan', {
  who: 'signed-in',
  summary:
    'When a meeting is held, who is invited and what they answered; `not-found` for one that was simply begun',
  input: ByIdInput,
  output: MeetingPlan,
});
export const changePlan = operation('PATCH', '/api/meet/meetings/:id/plan', {
  who: 'signed-in',
  summary:
    'Change a scheduled meeting: its words, who is invited (whole lists), and all times that are still to come',
  input: ByIdInput.extend({
    title: Name.optional(),
    description: Description.optional(),
    when: z.object(When).optional(),
    invited: z.object(Invited).optional(),
  }),
  output: MeetingPlan,
});
export const moveOccurrence = operation('POST', '/api/meet/occurrences/:occurrenceId/move', {
  who: 'signed-in',
  summary: 'Hold a meeting at another time: this once, or this and all that follow',
  input: z.object({
    occurrenceId: Id,
    starts: WallTime,
    minutes: Minutes,
    which: z.enum(['this', 'following']),
  }),
  output: MeetingPlan,
});
export const cancelOccurrence = operation('POST', '/api/meet/occurrences/:occurrenceId/cancel', {
  who: 'signed-in',
  summary: 'Cancel a meeting: this once, this and all that follow, or altogether',
  input: z.object({ occurrenceId: Id, which: z.enum(['this', 'following', 'all']) }),
  output: MeetingPlan,
});
export const answerMeeting = operation('POST', '/api/meet/meetings/:id/answer', {
  who: 'signed-in',
  summary: 'Say whether I come',
  input: ByIdInput.extend({ answer: MeetingAnswer }),
  output: Done,
});
export const listMyMeetings = operation('GET', '/api/meet/mine', {
  who: 'signed-in',
  summary:
    'Meetings that I may see and that lie between two instants, in their order; and those that go on now',
  input: z.object({ since: Instant, until: Instant }),
  output: z.object({ meetings: z.array(MeetingLine).max(meetingLinePageMax), now: z.array(MeetingLine) }),
});

export const getCalendarFeed = operation('GET', '/api/meet/calendar-feed', {
  who: 'signed-in',
  summary: 'Whether I have a secret address under which calendars read my meetings',
  input: Nothing,
  output: z.object({ since: Instant.nullable() }),
});
export const makeCalendarFeed = operation('POST', '/api/meet/calendar-feed', {
  who: 'signed-in',
  summary: 'A new secret address for calendars; the one before ends. It is told this once',
  input: Nothing,
  output: z.object({ path: z.string().max(addressLengthMax), since: Instant }),
});
export const endCalendarFeed = operation('DELETE', '/api/meet/calendar-feed', {
  who: 'signed-in',
  summary: 'End the secret address',
  input: Nothing,
  output: Done,
});

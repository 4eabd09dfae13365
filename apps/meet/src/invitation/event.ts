import { Repeat } from '@parvis/contract/meet-schedule';
import { z } from 'zod';

/** A stretch of a series as letters and calendars are told of it; complete, so that it can be sent at any later time. */
export const CalendarEvent = z.object({
  calendarUid: z.uuid(),
  sequence: z.int(),
  meetingId: z.uuid(),
  title: z.string(),
  description: z.string(),
  /** By the clock on the wall of the zone. */
  starts: z.string(),
  minutes: z.int(),
  zone: z.string(),
  repeat: Repeat.nullable(),
  /** Times that were moved away from the rule. */
  moved: z.array(z.object({ wall: z.string(), startsAt: z.iso.datetime(), endsAt: z.iso.datetime() })),
  /** Times of the rule that are not held. */
  left: z.array(z.string()),
});
export type CalendarEvent = z.infer<typeof CalendarEvent>;

/** Somebody with a mail address, as a letter names them. */
export const Correspondent = z.object({ name: z.string(), address: z.string() });
export type Correspondent = z.infer<typeof Correspondent>;

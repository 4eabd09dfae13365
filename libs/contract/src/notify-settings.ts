import { z } from 'zod';
import { operation } from './operation.ts';
import { ByIdInput, Id, Instant } from './shape.ts';

/** What of a channel I want to hear: everything, what is addressed to me, or nothing at all. */
export const Level = z.enum(['all', 'mentions', 'none']);
export type Level = z.infer<typeof Level>;

export const digests = ['off', 'hourly', 'daily'] as const;

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

const minuteOfDay = z.int().min(0).max(1_439);

/** Hours in which nothing makes itself heard. `from` later than `to` goes over midnight; the day is that of `from`. */
export const QuietHours = z.object({
  /** Minutes since midnight, in the person's time zone. */
  from: minuteOfDay,
  to: minuteOfDay,
  /** Days of the week, 1 is Monday, 7 is Sunday. */
  days: z.array(z.int().min(1).max(7)).max(7),
});
export type QuietHours = z.infer<typeof QuietHours>;

export const NotifySettings = z.object({
  /** For channels for which nothing else was chosen. */
  level: z.enum(['all', 'mentions']),
  /** A notice of the operating system while the page is not looked at. */
  desktop: z.boolean(),
  /** To devices that were added, also while no page is open. */
  push: z.boolean(),
  digest: z.enum(digests),
  quietHours: QuietHours.nullable(),
  /** Nothing makes itself heard until then. */
  quietUntil: Instant.nullable(),
  /** Name in the IANA database, for the quiet hours and the hour of the digest. */
  timeZone: z.string().max(60).refine(isTimeZone, { error: 'invalid' }),
});
export type NotifySettings = z.infer<typeof NotifySettings>;

export const getNotifySettings = operation('GET', '/api/notify/settings', {
  who: 'signed-in',
  summary: 'How I want to be told, and what this house can do',
  input: z.object({}),
  output: z.object({
    settings: NotifySettings,
    /** Whether this house sends mail. */
    mail: z.boolean(),
  }),
});
export const changeNotifySettings = operation('PATCH', '/api/notify/settings', {
  who: 'signed-in',
  summary: 'Change how I want to be told; what is left out stays',
  input: NotifySettings.partial(),
  output: NotifySettings,
});
export const listLevels = operation('GET', '/api/notify/levels', {
  who: 'signed-in',
  summary: 'The channels for which I chose a level of my own',
  input: z.object({}),
  output: z.object({ channels: z.array(z.object({ id: Id, title: z.string(), level: Level })) }),
});
export const getLevel = operation('GET', '/api/notify/levels/:id', {
  who: 'signed-in',
  summary: 'What I want to hear of a channel; null where I chose nothing',
  input: ByIdInput,
  output: z.object({ level: Level.nullable(), usual: Level }),
});
export const setLevel = operation('PUT', '/api/notify/levels/:id', {
  who: 'signed-in',
  summary: 'Choose what I want to hear of a channel; null goes back to what is usual',
  input: z.object({ id: Id, level: Level.nullable() }),
  output: z.object({ level: Level.nullable(), usual: Level }),
});

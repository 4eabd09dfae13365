import type { MeetingLine } from '@parvis/contract/meet-schedule';

/** The day of an instant as clocks in the zone show it: `2026-11-25`. */
export function dayOf(at: Date | string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date(at));
}

/** Another day; days are `YYYY-MM-DD`, without a zone. */
export function dayAfter(day: string, count: number): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
  return dayAfter(day, -weekday);
}

/** Meetings by the day on which they begin, days in their order. */
export function byDay(
  lines: readonly MeetingLine[],
  timeZone: string,
): [day: string, lines: MeetingLine[]][] {
  return [...Map.groupBy(lines, ({ startsAt }) => dayOf(startsAt, timeZone))];
}

/** Minutes before its beginning from which a meeting is offered to be joined. */
const joinMinutes = 10;
const minuteMs = 60_000;

/** Where a meeting stands at a moment. */
export function standing(line: MeetingLine, now: Date): 'cancelled' | 'live' | 'soon' | 'over' | 'later' {
  if (line.cancelled) return 'cancelled';
  if (line.present.length > 0) return 'live';
  const [starts, ends] = [
    Date.parse(line.startsAt),
    line.endsAt === null ? Infinity : Date.parse(line.endsAt),
  ];
  if (ends <= now.getTime()) return 'over';
  return starts - joinMinutes * minuteMs <= now.getTime() ? 'soon' : 'later';
}

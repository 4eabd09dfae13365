import type { Repeat } from '@parvis/contract/meet-schedule';
// oxlint-disable-next-line import/default -- a CommonJS package: its default is all of it
import rrule, { type Options } from 'rrule';
import { instantOf, wallMs, wallText } from './zone.ts';

const { RRule } = rrule;
/** What a rule of a calendar is made of, as the library names it. */
function partsOf(repeat: Repeat, starts: string): Partial<Options> {
  const days = [RRule.MO, RRule.TU, RRule.WE, RRule.TH, RRule.FR, RRule.SA, RRule.SU];
  switch (repeat.every) {
    case 'day':
      return { freq: RRule.DAILY, interval: repeat.step };
    case 'weekday':
      return { freq: RRule.WEEKLY, byweekday: days.slice(0, 5) };
    case 'week':
      return {
        freq: RRule.WEEKLY,
        interval: repeat.step,
        wkst: RRule.MO,
        ...(repeat.days.length > 0
          ? { byweekday: days.filter((_, at) => repeat.days.includes(at + 1)) }
          : {}),
      };
    case 'month':
      return { freq: RRule.MONTHLY, interval: repeat.step, ...lastDays(starts) };
  }
}

const safeDay = 28;
/** A month that has no 31st holds the meeting on its last day, instead of not at all. */
function lastDays(starts: string): Partial<Options> {
  const day = Number(starts.slice(8, 10));
  if (day <= safeDay) return {};
  return { bymonthday: Array.from({ length: day - safeDay + 1 }, (_, at) => safeDay + at), bysetpos: -1 };
}

/** The last minute of a day, on the wall. */
const endOf = (day: string) => wallMs(`${day}T23:59`);

/**
 * The walls at which a meeting begins, in order: one without a rule. The rule is counted on the wall and only then
 * looked for in time, so that nine in the morning stays nine in the morning. At most `max + 1`, to see that there are
 * too many.
 */
export function wallsOf(starts: string, repeat: Repeat | null, max: number): string[] {
  if (repeat === null) return [starts];
  const rule = new RRule({
    ...partsOf(repeat, starts),
    dtstart: new Date(wallMs(starts)),
    until: new Date(endOf(repeat.until)),
  });
  return rule.all((_, count) => count <= max).map((date) => wallText(date.getTime()));
}

/** The rule as RFC 5545 writes it, its end in UTC as a rule beside a zone must. */
export function ruleText(repeat: Repeat | null, starts: string, zone: string): string | null {
  if (repeat === null) return null;
  const text = new RRule(partsOf(repeat, starts)).toString().replace(/^RRULE:/, '');
  const until = new Date(instantOf(zone, `${repeat.until}T23:59`))
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, '');
  return `${text};UNTIL=${until}`;
}

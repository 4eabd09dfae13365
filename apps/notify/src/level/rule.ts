import type { InboxKind } from '@parvis/contract/notify';
import type { Level, NotifySettings, QuietHours } from '@parvis/contract/notify-settings';

/** What there is to decide about: why somebody would be told, and how they want to be told now. */
export interface Case {
  readonly kind: InboxKind;
  /** What they chose for this channel; null where they chose nothing, and for what is no channel. */
  readonly level: Level | null;
  readonly settings: Pick<
    NotifySettings,
    'level' | 'desktop' | 'push' | 'quietHours' | 'quietUntil' | 'timeZone'
  >;
  /** Whether they are at a screen of this house now. */
  readonly atScreen: boolean;
  readonly now: Date;
}

/** How somebody is told. What is not kept is not told in any way. */
export interface Verdict {
  /** In the inbox, and counted at the bell. */
  readonly keep: boolean;
  /** By a screen that is open. */
  readonly alert: boolean;
  /** By their devices, while no screen is looked at. */
  readonly push: boolean;
}

const nothing: Verdict = { keep: false, alert: false, push: false };
const minutesPerDay = 1_440;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Day of the week (1 is Monday) and minute of the day, as the clocks show them there. */
export function clockIn(timeZone: string, now: Date): { day: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    day: weekdays.indexOf(part('weekday')) + 1,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

function inHours({ from, to, days }: QuietHours, { day, minute }: { day: number; minute: number }): boolean {
  if (from === to) return days.includes(day);
  if (from < to) return days.includes(day) && minute >= from && minute < to;
  const yesterday = day === 1 ? 7 : day - 1;
  return (minute >= from && days.includes(day)) || (minute < to % minutesPerDay && days.includes(yesterday));
}

/** Whether nothing may make itself heard for this person now: no alert, no push, no mail. */
export function isQuiet(
  settings: Pick<NotifySettings, 'quietHours' | 'quietUntil' | 'timeZone'>,
  now: Date,
): boolean {
  if (settings.quietUntil !== null && new Date(settings.quietUntil) > now) return true;
  return settings.quietHours !== null && inHours(settings.quietHours, clockIn(settings.timeZone, now));
}

/** Channels' messages that are addressed to nobody in particular. */
const forWhoWantsAll = new Set<InboxKind>(['message']);
/** What a channel's level speaks about; a reminder is one's own wish, and documents have no level. */
const ofChannels = new Set<InboxKind>(['mention', 'group', 'everybody', 'direct', 'reply', 'message']);

/** The one place that decides how somebody is told. */
export function decide({ kind, level, settings, atScreen, now }: Case): Verdict {
  if (ofChannels.has(kind)) {
    // What is written to somebody alone is theirs to hear, unless they silenced it.
    const chosen = level ?? settings.level;
    if (chosen === 'none') return nothing;
    if (chosen === 'mentions' && forWhoWantsAll.has(kind)) return nothing;
  }
  const quiet = isQuiet(settings, now);
  return {
    keep: true,
    alert: !quiet && settings.desktop,
    push: !quiet && settings.push && !atScreen,
  };
}

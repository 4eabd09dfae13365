import type { Meeting } from '@parvis/contract/meet';

/** Whether nobody comes into a meeting any more: it ended, and it is held no other time after that. */
export function isOver({ endedAt, schedule }: Pick<Meeting, 'endedAt' | 'schedule'>, now: Date): boolean {
  if (endedAt === null) return false;
  if (schedule === null) return true;
  return Date.parse(schedule.endsAt) <= now.getTime() || Date.parse(schedule.startsAt) <= Date.parse(endedAt);
}

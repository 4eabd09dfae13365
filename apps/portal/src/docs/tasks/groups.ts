import type { Task } from '@parvis/contract/doc-tasks';

export const groupNames = ['overdue', 'today', 'week', 'later', 'undated', 'done'] as const;
export type GroupName = (typeof groupNames)[number];

const weekDays = 7;

/** The day so many days after another, both YYYY-MM-DD. */
function daysAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** Where a task stands on the page of tasks. @param today YYYY-MM-DD */
export function groupOf({ checked, due }: Pick<Task, 'checked' | 'due'>, today: string): GroupName {
  if (checked) return 'done';
  if (due === null) return 'undated';
  if (due < today) return 'overdue';
  if (due === today) return 'today';
  return due <= daysAfter(today, weekDays) ? 'week' : 'later';
}

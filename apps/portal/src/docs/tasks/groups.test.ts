import { expect, test } from 'vitest';
import { groupOf } from './groups.ts';

test.each([
  [{ checked: false, due: '2026-12-30' }, 'overdue'],
  [{ checked: false, due: '2026-12-31' }, 'today'],
  [{ checked: false, due: '2027-01-01' }, 'week'],
  [{ checked: false, due: '2027-01-07' }, 'week'],
  [{ checked: false, due: '2027-01-08' }, 'later'],
  [{ checked: false, due: null }, 'undated'],
  [{ checked: true, due: '2026-12-30' }, 'done'],
] as const)('on the last day of a year %j is %s', (task, group) => {
  expect(groupOf(task, '2026-12-31')).toBe(group);
});

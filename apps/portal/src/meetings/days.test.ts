import type { MeetingLine } from '@parvis/contract/meet-schedule';
import { expect, test } from 'vitest';
import { byDay, dayAfter, dayOf, mondayOf, standing } from './days.ts';

const line = (startsAt: string, endsAt: string | null, more: Partial<MeetingLine> = {}): MeetingLine => ({
  meetingId: '5eed0000-0000-4000-8000-000000000001',
  occurrenceId: null,
  title: 'Comité',
  space: null,
  organiser: null,
  startsAt,
  endsAt,
  repeats: false,
  moved: false,
  cancelled: false,
  answer: null,
  amInvited: false,
  present: [],
  mayChange: false,
  ...more,
});

test('a late meeting belongs to the day of whoever looks', () => {
  const late = line('2026-11-25T23:30:00Z', '2026-11-26T00:30:00Z');
  expect(byDay([late], 'Europe/London').map(([day]) => day)).toEqual(['2026-11-25']);
  expect(byDay([late], 'Europe/Paris').map(([day]) => day)).toEqual(['2026-11-26']);
  expect(dayOf('2026-11-25T23:30:00Z', 'America/New_York')).toBe('2026-11-25');
});

test.each([
  ['2026-11-25', '2026-11-23'],
  ['2026-11-23', '2026-11-23'],
  ['2026-11-29', '2026-11-23'],
  ['2027-01-01', '2026-12-28'],
])('the week of %s begins on %s', (day, monday) => expect(mondayOf(day)).toBe(monday));

test('days go over the ends of months and years', () => {
  expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
  expect(dayAfter('2027-03-01', -1)).toBe('2027-02-28');
});

test.each([
  ['2026-11-25T10:00:00Z', '2026-11-25T11:00:00Z', {}, 'later'],
  ['2026-11-25T09:08:00Z', '2026-11-25T11:00:00Z', {}, 'soon'],
  ['2026-11-25T08:00:00Z', '2026-11-25T11:00:00Z', {}, 'soon'],
  ['2026-11-25T08:00:00Z', '2026-11-25T09:00:00Z', {}, 'over'],
  ['2026-11-25T08:00:00Z', '2026-11-25T11:00:00Z', { cancelled: true }, 'cancelled'],
  [
    '2026-11-25T08:00:00Z',
    null,
    { present: [{ id: '1', name: 'A', kind: 'member', organisation: null }] },
    'live',
  ],
] as const)('from %s to %s, %o, it is %s', (starts, ends, more, says) =>
  expect(standing(line(starts, ends, more as Partial<MeetingLine>), new Date('2026-11-25T09:00:00Z'))).toBe(
    says,
  ),
);

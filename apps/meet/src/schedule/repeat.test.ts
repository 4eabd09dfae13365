import type { Repeat } from '@parvis/contract/meet-schedule';
import { describe, expect, test } from 'vitest';
import { ruleText, wallsOf } from './repeat.ts';
import { clockChanges, instantOf, wallOf } from './zone.ts';

const rule = (every: Repeat['every'], until: string, more: Partial<Repeat> = {}): Repeat => ({
  every,
  step: 1,
  days: [],
  until,
  ...more,
});

/** Past years: their clocks will not be changed any more. */
test.each([
  ['Europe/Paris, winter', 'Europe/Paris', '2025-01-15T09:00', '2025-01-15T08:00:00.000Z'],
  ['Europe/Paris, summer', 'Europe/Paris', '2025-07-15T09:00', '2025-07-15T07:00:00.000Z'],
  [
    'the hour that Paris leaves out goes on by the old clock',
    'Europe/Paris',
    '2025-03-30T02:30',
    '2025-03-30T01:30:00.000Z',
  ],
  [
    'the hour that comes twice in Paris is the first one',
    'Europe/Paris',
    '2025-10-26T02:30',
    '2025-10-26T00:30:00.000Z',
  ],
  ['Casablanca before Ramadan', 'Africa/Casablanca', '2025-02-20T10:00', '2025-02-20T09:00:00.000Z'],
  ['Casablanca in Ramadan', 'Africa/Casablanca', '2025-03-10T10:00', '2025-03-10T10:00:00.000Z'],
  ['Casablanca after Ramadan', 'Africa/Casablanca', '2025-04-10T10:00', '2025-04-10T09:00:00.000Z'],
  ['Tripoli has one clock, in winter', 'Africa/Tripoli', '2025-01-15T10:00', '2025-01-15T08:00:00.000Z'],
  ['and in summer', 'Africa/Tripoli', '2025-07-15T10:00', '2025-07-15T08:00:00.000Z'],
  ['a half hour', 'Asia/Kolkata', '2025-07-15T10:00', '2025-07-15T04:30:00.000Z'],
])('%s', (_, zone, wall, instant) => {
  expect(new Date(instantOf(zone, wall)).toISOString()).toBe(instant);
});

test('the clocks of Casablanca go back for Ramadan and on again, and those of Tripoli never', () => {
  const year = [Date.UTC(2025, 0, 1), Date.UTC(2026, 0, 1)] as const;
  expect(
    clockChanges('Africa/Casablanca', ...year).map(({ at, fromMs, toMs }) => [
      new Date(at).toISOString(),
      (toMs - fromMs) / 3_600_000,
    ]),
  ).toEqual([
    ['2025-02-23T02:00:00.000Z', -1],
    ['2025-04-06T02:00:00.000Z', 1],
  ]);
  expect(clockChanges('Africa/Tripoli', ...year)).toEqual([]);
});

describe('a rule', () => {
  test.each([
    ['Europe/Paris', '2025-03-20T09:00', '2025-04-10'],
    ['Africa/Casablanca', '2025-02-13T09:00', '2025-04-20'],
    ['Africa/Tripoli', '2025-03-20T09:00', '2025-04-10'],
  ])('in %s keeps its hour on the wall while the clocks change', (zone, starts, until) => {
    const walls = wallsOf(starts, rule('week', until), 100);
    expect(walls.length).toBeGreaterThan(3);
    for (const wall of walls) {
      expect(wall).toMatch(/T09:00$/);
      expect(wallOf(zone, instantOf(zone, wall))).toBe(wall);
    }
  });

  test.each([
    ['every second day', rule('day', '2026-11-30', { step: 2 }), ['25', '27', '29']],
    ['from Monday to Friday', rule('weekday', '2026-12-01'), ['25', '26', '27', '30', '01']],
    ['on two days of a week', rule('week', '2026-12-02', { days: [1, 3] }), ['25', '30', '02']],
    ['once where it ends on its first day', rule('day', '2026-11-25'), ['25']],
    ['never where it ends before', rule('day', '2026-11-24'), []],
  ])('comes %s', (_, repeat, days) => {
    expect(wallsOf('2026-11-25T09:30', repeat, 100).map((wall) => wall.slice(8, 10))).toEqual(days);
  });

  test('of the 31st is held on the last day of shorter months', () => {
    expect(
      wallsOf('2027-01-31T09:30', rule('month', '2027-05-31'), 100).map((wall) => wall.slice(5, 10)),
    ).toEqual(['01-31', '02-28', '03-31', '04-30', '05-31']);
  });

  test('says its end in UTC, as a rule beside a zone must', () => {
    expect(ruleText(rule('week', '2026-12-31', { days: [3] }), '2026-11-25T09:30', 'Europe/Paris')).toBe(
      'FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=WE;UNTIL=20261231T225900Z',
    );
  });
});

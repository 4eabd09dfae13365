import type { InboxKind } from '@parvis/contract/notify';
import { expect, test } from 'vitest';
import { type Case, decide, isQuiet } from './rule.ts';
import { usualSettings } from './wishes.ts';

/** A Wednesday, 10:00 in Paris. */
const now = new Date('2026-11-25T09:00:00Z');
const usual: Case = { kind: 'mention', level: null, settings: usualSettings, atScreen: false, now };
const told = (change: Partial<Case>) => {
  const { keep, alert, push } = decide({ ...usual, ...change });
  return [keep && 'keep', alert && 'alert', push && 'push'].filter(Boolean).join(' ');
};

const addressed: InboxKind[] = ['mention', 'group', 'everybody', 'direct', 'reply'];
const elsewhere: InboxKind[] = [
  'comment',
  'named',
  'assigned',
  'access-asked',
  'access-answered',
  'reminder',
  'invited',
  'meeting-changed',
  'meeting-cancelled',
  'meeting-soon',
  'meeting-started',
  'recording-saved',
  'recording-cut',
  'recording-failed',
  'transcript-ready',
  'minutes-ready',
  'hook-disabled',
];

test.each([
  ...addressed.flatMap((kind) => [
    { kind, level: null, says: 'keep alert push' },
    { kind, level: 'all', says: 'keep alert push' },
    { kind, level: 'mentions', says: 'keep alert push' },
    { kind, level: 'none', says: '' },
  ]),
  { kind: 'message', level: null, says: '' },
  { kind: 'message', level: 'all', says: 'keep alert push' },
  { kind: 'message', level: 'mentions', says: '' },
  { kind: 'message', level: 'none', says: '' },
  ...elsewhere.map((kind) => ({ kind, level: null, says: 'keep alert push' })),
] as { kind: InboxKind; level: Case['level']; says: string }[])(
  '$kind at level $level is told by: $says',
  ({ kind, level, says }) => expect(told({ kind, level })).toBe(says),
);

test.each([
  [
    'all of a channel, chosen in general',
    { kind: 'message' as const, settings: { ...usualSettings, level: 'all' as const } },
    'keep alert push',
  ],
  [
    'less of one channel than in general',
    {
      kind: 'message' as const,
      level: 'mentions' as const,
      settings: { ...usualSettings, level: 'all' as const },
    },
    '',
  ],
  ['at a screen: no device is woken', { atScreen: true }, 'keep alert'],
  ['without the desktop', { settings: { ...usualSettings, desktop: false } }, 'keep push'],
  ['without devices', { settings: { ...usualSettings, push: false } }, 'keep alert'],
  [
    'until later: it is kept and silent',
    { settings: { ...usualSettings, quietUntil: '2026-11-25T09:00:01.000Z' } },
    'keep',
  ],
  [
    'after that',
    { settings: { ...usualSettings, quietUntil: '2026-11-25T09:00:00.000Z' } },
    'keep alert push',
  ],
  [
    'in quiet hours',
    { settings: { ...usualSettings, quietHours: { from: 540, to: 660, days: [3] } } },
    'keep',
  ],
  [
    'quiet hours silence reminders, too',
    {
      kind: 'reminder' as const,
      settings: { ...usualSettings, quietHours: { from: 540, to: 660, days: [3] } },
    },
    'keep',
  ],
])('%s', (_, change, says) => expect(told(change)).toBe(says));

const week = [1, 2, 3, 4, 5, 6, 7];
test.each([
  // In Paris: Wednesday.
  ['2026-11-25T18:59:00Z', { from: 1_200, to: 480, days: week }, false],
  ['2026-11-25T19:00:00Z', { from: 1_200, to: 480, days: week }, true],
  ['2026-11-26T06:59:00Z', { from: 1_200, to: 480, days: week }, true],
  ['2026-11-26T07:00:00Z', { from: 1_200, to: 480, days: week }, false],
  // The night of Friday ends on Saturday; that of Saturday is not asked for.
  ['2026-11-28T03:00:00Z', { from: 1_200, to: 480, days: [5] }, true],
  ['2026-11-28T20:00:00Z', { from: 1_200, to: 480, days: [5] }, false],
  ['2026-11-29T03:00:00Z', { from: 1_200, to: 480, days: [5] }, false],
  // From Sunday into Monday.
  ['2026-11-30T03:00:00Z', { from: 1_200, to: 480, days: [7] }, true],
  // All day long.
  ['2026-11-28T11:00:00Z', { from: 0, to: 0, days: [6, 7] }, true],
  ['2026-11-27T11:00:00Z', { from: 0, to: 0, days: [6, 7] }, false],
  // The night in which clocks go back: 02:30 comes twice, and both are night.
  ['2026-10-25T00:30:00Z', { from: 1_320, to: 420, days: week }, true],
  ['2026-10-25T01:30:00Z', { from: 1_320, to: 420, days: week }, true],
])('at %s, quiet %j: %s', (at, quietHours, expected) => {
  expect(isQuiet({ ...usualSettings, quietHours }, new Date(at))).toBe(expected);
});

test('hours are those of the person’s own zone', () => {
  const quietHours = { from: 540, to: 660, days: [3] };
  expect(isQuiet({ quietHours, quietUntil: null, timeZone: 'Europe/Paris' }, now)).toBe(true);
  expect(isQuiet({ quietHours, quietUntil: null, timeZone: 'America/Cayenne' }, now)).toBe(false);
});

import { expect, test } from 'vitest';
import { isOver } from './over.ts';

const now = new Date('2026-11-25T12:00:00Z');
const at = (from: string, until: string) => ({
  startsAt: `2026-11-${from}:00Z`,
  endsAt: `2026-11-${until}:00Z`,
  timeZone: 'UTC',
  repeats: true,
});

test.each([
  ['goes on', null, null, false],
  ['goes on, whatever its times', null, at('24T09:00', '24T10:00'), false],
  ['was ended', '2026-11-25T10:00:00Z', null, true],
  ['was ended and comes again', '2026-11-25T10:00:00Z', at('26T09:00', '26T10:00'), false],
  ['was ended before its time, which has begun', '2026-11-25T10:00:00Z', at('25T11:30', '25T12:30'), false],
  ['was ended within its time', '2026-11-25T11:45:00Z', at('25T11:30', '25T12:30'), true],
  ['was ended after its last time', '2026-11-24T10:05:00Z', at('24T09:00', '24T10:00'), true],
])('a meeting that %s', (_, endedAt, schedule, over) => {
  expect(isOver({ endedAt, schedule }, now)).toBe(over);
});

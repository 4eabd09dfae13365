import type { MeetingPlan } from '@parvis/contract/meet-schedule';
import { expect, test } from 'vitest';
import { addressesIn, draftOf, invitedOf, minutesOf, newDraft, whenOf, withTimes } from './draft.ts';

const zone = 'Europe/Paris';

test('a new one is at the next whole hour, also over midnight', () => {
  expect(whenOf(newDraft('2026-11-25T09:12', zone, null))).toEqual({
    starts: '2026-11-25T10:00',
    minutes: 30,
    timeZone: zone,
    repeat: null,
  });
  expect(whenOf(newDraft('2026-12-31T23:40', zone, null)).starts).toBe('2027-01-01T00:00');
});

test('another beginning takes the end along, another day its weekday', () => {
  const draft = newDraft('2026-11-25T09:12', zone, null);
  const later = withTimes({ ...draft, to: '11:30' }, { from: '23:00' });
  expect([later.to, minutesOf(later)]).toEqual(['00:30', 90]);
  expect(draft.days).toEqual([3]);
  expect(withTimes(draft, { day: '2026-11-27' }).days).toEqual([5]);
  expect(withTimes({ ...draft, days: [1, 3] }, { day: '2026-11-27' }).days).toEqual([1, 3]);
});

test('days are said for weeks alone', () => {
  const draft = newDraft('2026-11-25T09:12', zone, null);
  expect(whenOf({ ...draft, every: 'week', days: [1, 3] }).repeat).toMatchObject({
    every: 'week',
    days: [1, 3],
  });
  expect(whenOf({ ...draft, every: 'month', days: [1, 3] }).repeat).toMatchObject({
    every: 'month',
    days: [],
  });
});

test('addresses are taken however they are parted', () => {
  const text = 'a@x.example, Zoé <zoe@y.example>;\nb@x.example rien';
  expect(addressesIn(text)).toEqual(['a@x.example', 'zoe@y.example', 'b@x.example']);
  const draft = newDraft('2026-11-25T09:12', zone, null);
  expect(invitedOf({ ...draft, addresses: 'a@x.example a@x.example' }).outsiders).toEqual([
    { address: 'a@x.example' },
  ]);
});

test('a series goes on from its next time', () => {
  const at = (day: string) => ({
    id: day,
    startsAt: `${day}T08:00:00Z`,
    endsAt: `${day}T09:00:00Z`,
    moved: false,
    cancelled: false,
  });
  const plan: MeetingPlan = {
    meetingId: '1',
    title: 'Point',
    description: '',
    organiser: null,
    starts: '2026-11-02T09:00',
    minutes: 60,
    timeZone: zone,
    repeat: { every: 'week', step: 1, days: [1], until: '2026-12-28' },
    rule: null,
    invited: [],
    answer: null,
    amInvited: false,
    mayChange: true,
    cancelled: false,
    occurrences: [at('2026-11-02'), at('2026-11-09'), at('2026-11-16')],
  };
  expect(whenOf(draftOf(plan, new Date('2026-11-10T12:00:00Z'), 'members'))).toMatchObject({
    starts: '2026-11-16T09:00',
    minutes: 60,
    repeat: { every: 'week', days: [1] },
  });
});

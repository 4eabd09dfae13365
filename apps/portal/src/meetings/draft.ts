import type { MeetingAccess } from '@parvis/contract/meet';
import type { MeetingPlan, Repeat } from '@parvis/contract/meet-schedule';
import type { Person } from '@parvis/contract/shape';
import { dayAfter } from './days.ts';

/** A space in which a meeting may be held. */
export interface Place {
  readonly id: string;
  readonly title: string;
}

/** What stands in the form of a scheduled meeting. Days are `YYYY-MM-DD`, hours `HH:mm`, on the wall of the zone. */
export interface Draft {
  readonly title: string;
  readonly description: string;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly every: Repeat['every'] | 'never';
  readonly step: number;
  readonly days: readonly number[];
  readonly until: string;
  readonly spaceId: string | null;
  readonly people: readonly Person[];
  readonly groups: readonly { id: string; name: string }[];
  /** Addresses outside as they are typed, with commas, spaces or lines between them. */
  readonly addresses: string;
  readonly access: MeetingAccess;
  readonly encrypted: boolean;
}

const minutesPerDay = 1_440;
const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
const clockOf = (minute: number): string => {
  const part = (value: number) => String(value).padStart(2, '0');
  const inDay = ((minute % minutesPerDay) + minutesPerDay) % minutesPerDay;
  return `${part(Math.floor(inDay / 60))}:${part(inDay % 60)}`;
};

/** Minutes from one hour to the other; an end before the beginning is on the next day. */
export function minutesOf({ from, to }: Pick<Draft, 'from' | 'to'>): number {
  const minutes = minuteOf(to) - minuteOf(from);
  return minutes > 0 ? minutes : minutes + minutesPerDay;
}

/** The day of the week, 1 is Monday. */
export const weekdayOf = (day: string): number => ((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7) + 1;

const usualWeeks = 12;

/** An empty form: the next whole hour, for half an hour. @param wall `2026-11-25T09:12` on the wall of the zone */
export function newDraft(wall: string, zone: string, spaceId: string | null, title = ''): Draft {
  const next = (Number(wall.slice(11, 13)) + 1) * 60;
  const day = next >= minutesPerDay ? dayAfter(wall.slice(0, 10), 1) : wall.slice(0, 10);
  return {
    title,
    description: '',
    day,
    from: clockOf(next),
    to: clockOf(next + 30),
    zone,
    every: 'never',
    step: 1,
    days: [weekdayOf(day)],
    until: dayAfter(day, usualWeeks * 7),
    spaceId,
    people: [],
    groups: [],
    addresses: '',
    access: 'members',
    encrypted: false,
  };
}

/** The form of a meeting that is there. A series goes on from its next time. */
export function draftOf(plan: MeetingPlan, now: Date, access: MeetingAccess): Draft {
  const { starts, minutes, timeZone, repeat, invited, title, description } = plan;
  const next = plan.occurrences.find(
    ({ endsAt, cancelled, moved }) => !cancelled && !moved && new Date(endsAt) > now,
  );
  const day = next === undefined ? starts.slice(0, 10) : dayIn(timeZone, next.startsAt);
  const from = starts.slice(11, 16);
  return {
    title,
    description,
    day,
    from,
    to: clockOf(minuteOf(from) + minutes),
    zone: timeZone,
    every: repeat?.every ?? 'never',
    step: repeat?.step ?? 1,
    days: repeat !== null && repeat.days.length > 0 ? repeat.days : [weekdayOf(day)],
    until: repeat?.until ?? dayAfter(day, usualWeeks * 7),
    spaceId: null,
    people: invited.flatMap(({ person }) => (person === null ? [] : [person])),
    groups: invited.flatMap(({ group }) => (group === null ? [] : [group])),
    addresses: invited.flatMap(({ outsider }) => (outsider === null ? [] : [outsider.address])).join(', '),
    access,
    encrypted: false,
  };
}

function dayIn(timeZone: string, at: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date(at));
}

/** When it is to be held, as the contract wants it. */
export function whenOf(draft: Draft) {
  const { day, from, zone, every, step, days, until } = draft;
  return {
    starts: `${day}T${from}`,
    minutes: minutesOf(draft),
    timeZone: zone,
    repeat: every === 'never' ? null : { every, step, days: every === 'week' ? [...days] : [], until },
  };
}

/** Who is invited. Of what was typed between the addresses, what holds an @ is one. */
export function invitedOf({ people, groups, addresses }: Draft) {
  return {
    people: people.map(({ id }) => id),
    groups: groups.map(({ id }) => id),
    outsiders: [...new Set(addressesIn(addresses))].map((address) => ({ address })),
  };
}
export function addressesIn(text: string): string[] {
  return text.split(/[\s,;<>]+/).filter((part) => part.includes('@'));
}

/** Another beginning takes the end along; another day the weekday that was chosen with it. */
export function withTimes(draft: Draft, change: Partial<Pick<Draft, 'day' | 'from'>>): Draft {
  const next = { ...draft, ...change };
  const to = change.from === undefined ? draft.to : clockOf(minuteOf(next.from) + minutesOf(draft));
  const alone = draft.days.length === 1 && draft.days[0] === weekdayOf(draft.day);
  return {
    ...next,
    to,
    days: alone ? [weekdayOf(next.day)] : draft.days,
    until: next.until < next.day ? next.day : next.until,
  };
}

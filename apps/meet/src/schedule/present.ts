import type { Db } from '@parvis/access/db';
import { peopleByIds } from '@parvis/access/people';
import type { Seen } from '@parvis/access/read';
import { atLeast } from '@parvis/access/roles';
import type { InvitedOne, MeetingAnswer, MeetingPlan } from '@parvis/contract/meet-schedule';
import type { Caller } from '@parvis/server/caller';
import { presentPerson } from '@parvis/server/present';
import { ruleText } from './repeat.ts';
import {
  type InvitedRow,
  invitedTo,
  occurrencesOf,
  peopleInvited,
  type PlanRow,
  stretchesOf,
} from './rows.ts';

/** Whether somebody may change when a meeting is held and who is invited. */
export function mayChange(caller: Caller, seen: Pick<Seen, 'role' | 'ownerId'>): boolean {
  return atLeast(seen.role, 'manager') || seen.ownerId === caller.id;
}

/** A scheduled meeting as its reader sees it. Addresses outside are shown to those who may change the meeting. */
export async function planAsSeen(
  db: Db,
  caller: Caller,
  { seen, plan }: { seen: Seen; plan: PlanRow },
): Promise<MeetingPlan> {
  const stretches = await stretchesOf(db, plan.id);
  const occurrences = await occurrencesOf(db, plan.id);
  const rows = await invitedTo(db, plan.id);
  const people = await peopleInvited(db, plan.id);
  const last = stretches.at(-1);
  if (last === undefined) throw new Error('a scheduled meeting has no times');
  const may = mayChange(caller, seen);
  const answers = await answersOf(db, plan.id);
  return {
    meetingId: plan.uid,
    title: seen.title,
    description: plan.description,
    organiser: (await peopleByIds(db, [plan.organiserId])).map(presentPerson)[0] ?? null,
    starts: last.starts,
    minutes: last.minutes,
    timeZone: last.zone,
    repeat: last.repeat,
    rule: ruleText(last.repeat, last.starts, last.zone),
    invited: await invitedAsSeen(db, rows, { answers, people, may }),
    answer: answers.get(caller.id) ?? null,
    amInvited: people.includes(caller.id),
    mayChange: may,
    cancelled: plan.cancelledAt !== null,
    occurrences: occurrences.map(({ id, startsAt, endsAt, moved, cancelledAt }) => ({
      id,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      moved,
      cancelled: cancelledAt !== null,
    })),
  };
}

async function answersOf(db: Db, meetingId: number): Promise<Map<number, MeetingAnswer>> {
  const rows = await db.query<{ id: number; answer: MeetingAnswer }>(
    'select person_id as id, answer from meet.answer where meeting_id = $1',
    [meetingId],
  );
  return new Map(rows.map(({ id, answer }) => [id, answer]));
}

/** By name first; whoever answered as one of a group stands beside the group. */
async function invitedAsSeen(
  db: Db,
  rows: readonly InvitedRow[],
  known: { answers: Map<number, MeetingAnswer>; people: readonly number[]; may: boolean },
): Promise<InvitedOne[]> {
  const subjects = rows.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId]));
  const named = new Set(subjects);
  const answered = known.people.filter((id) => !named.has(id) && known.answers.has(id));
  const people = new Map(
    (await peopleByIds(db, [...subjects, ...answered])).map((one) => [one.id, presentPerson(one)]),
  );
  const groups = new Map(
    (
      await db.query<{ subject: number; id: string; name: string }>(
        'select subject_id as subject, uid as id, name from access.people_group where subject_id = any($1::int[])',
        [subjects],
      )
    ).map(({ subject, id, name }) => [subject, { id, name }]),
  );
  const ofSubject = (id: number): InvitedOne => ({
    person: people.get(id) ?? null,
    group: groups.get(id) ?? null,
    outsider: null,
    answer: known.answers.get(id) ?? null,
  });
  const outside = rows.flatMap(({ address, name }) => (address === null ? [] : [{ address, name }]));
  return [
    ...[...subjects, ...answered]
      .map(ofSubject)
      .filter(({ person, group }) => person !== null || group !== null),
    ...outside.map((one) => ({
      person: null,
      group: null,
      // An address is its owner's: other guests read a name, or nothing.
      outsider: known.may ? one : { address: '', name: one.name },
      answer: null,
    })),
  ];
}

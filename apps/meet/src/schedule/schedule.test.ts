import { grant } from '@parvis/access/grants';
import { createGroup } from '@parvis/access/groups';
import { createResource } from '@parvis/access/tree';
import {
  answerMeeting,
  cancelOccurrence,
  changePlan,
  getPlan,
  listMyMeetings,
  type MeetingPlan,
  moveOccurrence,
  scheduleMeeting,
} from '@parvis/contract/meet-schedule';
import { createMeeting, getMeeting } from '@parvis/contract/meet';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meet } from '../service.ts';
import { Reminders } from './reminders.ts';

let house: House;
let [owner, guest, stranger] = [] as unknown as [Visitor, Visitor, Visitor];
const zone = 'Europe/Paris';
const dayMs = 86_400_000;
const began = Date.now();
/** A wall at nine, some days from the beginning: midnight may come while these tests run. */
const wall = (days: number, hour = '09:00') =>
  `${new Date(began + days * dayMs).toISOString().slice(0, 10)}T${hour}`;
const day = (days: number) => wall(days).slice(0, 10);
const once = (days = 3) => ({ title: 'Comité', starts: wall(days), minutes: 30, timeZone: zone });
const daily = (days: number, count: number) => ({
  ...once(days),
  repeat: { every: 'day' as const, until: day(days + count - 1) },
});
const open = (plan: MeetingPlan) => plan.occurrences.filter(({ cancelled }) => !cancelled);

beforeAll(async () => {
  house = await aHouse([meet]);
  [owner, guest, stranger] = [await house.person(), await house.person(), await house.person()];
});
afterAll(() => house?.stop());

const happened = (meetingId: string) =>
  house.db.query<{ why: string; people: number[]; at: string | null }>(
    `select detail->>'why' as why, array(select jsonb_array_elements_text(detail->'people')::int) as people,
       detail->>'at' as at from access.happening h join meet.meeting m on m.resource_id = h.resource_id
      where what = 'meeting' and m.uid = $1 order by id`,
    [meetingId],
  );

describe('a scheduled meeting', () => {
  test('is seen by those invited and by nobody else, and goes with the invitation', async () => {
    const plan = await owner.call(scheduleMeeting, { ...once(), people: [guest.person.uid] });
    expect((await guest.call(getPlan, { id: plan.meetingId })).amInvited).toBe(true);
    expect((await guest.call(getMeeting, { id: plan.meetingId })).abilities).toMatchObject({
      comment: true,
      edit: false,
    });
    await expect(stranger.call(getPlan, { id: plan.meetingId })).rejects.toMatchObject({ code: 'not-found' });
    await owner.call(changePlan, { id: plan.meetingId, invited: {} });
    await expect(guest.call(getPlan, { id: plan.meetingId })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('in a space is seen by all of the space', async () => {
    const space = await house.space({ owner, members: [stranger] });
    const plan = await owner.call(scheduleMeeting, { ...once(), spaceId: space.uid });
    expect((await stranger.call(getPlan, { id: plan.meetingId })).mayChange).toBe(false);
    await expect(guest.call(getPlan, { id: plan.meetingId })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('for a channel is for its people, who write there; what lets others in is chosen with it', async () => {
    const space = await house.space({ owner, members: [guest] });
    const channel = await createResource(house.db, {
      kind: 'channel',
      title: 'Cartes',
      ownerId: owner.person.id,
      spaceUid: space.uid,
    });
    const { meetingId: id } = await owner.call(scheduleMeeting, {
      ...once(),
      channelId: channel.uid,
      access: 'invited',
      encrypted: true,
    });
    const seen = await guest.call(getMeeting, { id });
    expect(seen).toMatchObject({ channelId: channel.uid, access: 'invited', encrypted: true });
    expect(seen.schedule).toMatchObject({ timeZone: zone });
    await expect(stranger.call(scheduleMeeting, { ...once(), channelId: channel.uid })).rejects.toMatchObject(
      { code: 'not-found' },
    );
  });

  test('about a document is for its readers, and leads back to it; who only reads it begins none', async () => {
    const [writer, reader] = [await house.person(), await house.person()];
    const space = await house.space({ owner, members: [writer] });
    const text = await createResource(house.db, {
      kind: 'document',
      title: 'Note de cadrage',
      ownerId: owner.person.id,
      spaceUid: space.uid,
      parentUid: space.uid,
    });
    const seat = { resourceUid: text.uid, subjectId: reader.person.id, role: 'reader' as const };
    await grant(house.db, seat, owner.person.id);
    const documentId = text.uid;
    const { meetingId: id } = await writer.call(scheduleMeeting, { ...once(), documentId });
    const held = await writer.call(createMeeting, { documentId, title: 'Note de cadrage' });
    for (const one of [id, held.id])
      expect(await reader.call(getMeeting, { id: one })).toMatchObject({
        notesId: documentId,
        spaceId: space.uid,
        myRole: 'listener',
      });
    await expect(stranger.call(getMeeting, { id: held.id })).rejects.toMatchObject({ code: 'not-found' });
    await expect(reader.call(createMeeting, { documentId, title: 'Non' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await expect(stranger.call(scheduleMeeting, { ...once(), documentId })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('may be changed by its organiser and not by those invited', async () => {
    const plan = await owner.call(scheduleMeeting, { ...once(), people: [guest.person.uid] });
    const refused = { code: 'not-allowed' };
    const id = plan.meetingId;
    const occurrenceId = plan.occurrences[0]?.id ?? '';
    await expect(guest.call(changePlan, { id, title: 'Autre' })).rejects.toMatchObject(refused);
    await expect(guest.call(cancelOccurrence, { occurrenceId, which: 'all' })).rejects.toMatchObject(refused);
    await expect(
      guest.call(moveOccurrence, { occurrenceId, starts: wall(4), minutes: 30, which: 'this' }),
    ).rejects.toMatchObject(refused);
    await expect(stranger.call(cancelOccurrence, { occurrenceId, which: 'all' })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect((await owner.call(changePlan, { id, title: 'Autre' })).title).toBe('Autre');
  });

  test('takes answers of those invited, also through a group', async () => {
    const group = await createGroup(house.db, 'Cartes');
    await house.db.query('insert into access.member (group_id, subject_id) values ($1, $2)', [
      group.id,
      guest.person.id,
    ]);
    const { meetingId: id } = await owner.call(scheduleMeeting, { ...once(), groups: [group.uid] });
    await guest.call(answerMeeting, { id, answer: 'maybe' });
    await guest.call(answerMeeting, { id, answer: 'yes' });
    const seen = await owner.call(getPlan, { id });
    expect(seen.invited.map(({ group: of, person, answer }) => [of?.name ?? person?.id, answer])).toEqual([
      ['Cartes', null],
      [guest.person.uid, 'yes'],
    ]);
    await expect(owner.call(answerMeeting, { id, answer: 'yes' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await expect(stranger.call(answerMeeting, { id, answer: 'yes' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('shows addresses outside to whoever may change it, and a name to the others', async () => {
    const outsiders = [{ address: 'Zoe@elsewhere.example', name: 'Zoé' }];
    const plan = await owner.call(scheduleMeeting, { ...once(), people: [guest.person.uid], outsiders });
    expect(plan.invited.at(-1)?.outsider).toEqual(outsiders[0]);
    const seen = await guest.call(getPlan, { id: plan.meetingId });
    expect(seen.invited.at(-1)?.outsider).toEqual({ address: '', name: 'Zoé' });
  });

  test.each([
    ['in the past', { starts: wall(-3) }, 'meeting-time-past'],
    ['too far ahead', { starts: wall(800) }, 'repeat-too-long'],
    ['too often', { repeat: { every: 'day', until: day(600) } }, 'repeat-too-long'],
    ['never', { repeat: { every: 'day', until: day(1) } }, 'repeat-empty'],
    ['on a day that is none', { starts: '2027-02-30T09:00' }, 'bad-input'],
    ['in a zone that is none', { timeZone: 'Europe/Atlantis' }, 'bad-input'],
    ['in an offset, which is no place', { timeZone: '+01:00' }, 'bad-input'],
  ] as const)('is refused %s', async (_, wrong, code) => {
    await expect(owner.call(scheduleMeeting, { ...once(), ...wrong })).rejects.toMatchObject({ code });
  });
});

describe('a series', () => {
  test('moves once, and then from there on; what was before stays', async () => {
    const plan = await owner.call(scheduleMeeting, daily(2, 5));
    expect(plan.occurrences).toHaveLength(5);
    const [, second, third] = plan.occurrences;
    const moved = await owner.call(moveOccurrence, {
      occurrenceId: second?.id ?? '',
      starts: wall(3, '15:00'),
      minutes: 60,
      which: 'this',
    });
    expect(moved.occurrences.map((one) => one.moved)).toEqual([false, true, false, false, false]);
    const later = await owner.call(moveOccurrence, {
      occurrenceId: third?.id ?? '',
      starts: wall(4, '17:00'),
      minutes: 45,
      which: 'following',
    });
    expect(later.occurrences).toHaveLength(5);
    expect(
      later.occurrences.map(({ startsAt, endsAt }) => (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000),
    ).toEqual([30, 60, 45, 45, 45]);
    expect(later.starts).toBe(wall(4, '17:00'));
  });

  test('loses one time, then all that follow, then itself', async () => {
    const plan = await owner.call(scheduleMeeting, daily(2, 5));
    const at = (number: number) => plan.occurrences[number]?.id ?? '';
    const without = await owner.call(cancelOccurrence, { occurrenceId: at(1), which: 'this' });
    expect(without.occurrences.map((one) => one.cancelled)).toEqual([false, true, false, false, false]);
    const shorter = await owner.call(cancelOccurrence, { occurrenceId: at(3), which: 'following' });
    expect(open(shorter)).toHaveLength(2);
    expect(shorter.repeat?.until).toBe(day(4));
    const none = await owner.call(cancelOccurrence, { occurrenceId: at(0), which: 'following' });
    expect(none.cancelled).toBe(true);
    expect(open(none)).toEqual([]);
    await expect(
      owner.call(moveOccurrence, { occurrenceId: at(0), starts: wall(4), minutes: 30, which: 'this' }),
    ).rejects.toMatchObject({ code: 'meeting-ended' });
  });

  test('takes other times from now on under the same name in calendars', async () => {
    const plan = await owner.call(scheduleMeeting, daily(2, 3));
    const rows = () =>
      house.db.query<{ uid: string; sequence: number }>(
        `select s.calendar_uid as uid, s.sequence from meet.stretch s join meet.meeting m on m.resource_id = s.meeting_id
          where m.uid = $1`,
        [plan.meetingId],
      );
    const [before] = await rows();
    const when = { starts: wall(5, '11:00'), minutes: 20, timeZone: 'Africa/Casablanca', repeat: null };
    const changed = await owner.call(changePlan, { id: plan.meetingId, when });
    expect(changed.occurrences).toHaveLength(1);
    expect(changed.timeZone).toBe('Africa/Casablanca');
    expect(await rows()).toEqual([{ uid: before?.uid, sequence: 1 }]);
  });
});

describe('my meetings', () => {
  const span = (from: number, until: number) => ({
    since: `${day(from)}T00:00:00Z`,
    until: `${day(until)}T00:00:00Z`,
  });

  test('are those that I may see, in their order, within the span that I ask for', async () => {
    const [me, other] = [await house.person(), await house.person()];
    const series = await other.call(scheduleMeeting, { ...daily(10, 4), people: [me.person.uid] });
    const single = await me.call(scheduleMeeting, { ...once(11), title: 'Seul', starts: wall(11, '07:00') });
    await other.call(scheduleMeeting, once(11));
    const { meetings } = await me.call(listMyMeetings, span(10, 12));
    expect(meetings.map(({ meetingId }) => meetingId)).toEqual([
      series.meetingId,
      single.meetingId,
      series.meetingId,
    ]);
    expect(meetings[0]).toMatchObject({ amInvited: true, mayChange: false, repeats: true, answer: null });
    await expect(me.call(listMyMeetings, span(0, 800))).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('that go on are said apart', async () => {
    const me = await house.person();
    const { meetingId, occurrences } = await me.call(scheduleMeeting, once(1));
    await house.db.query(
      `update meet.occurrence set starts_at = now() - interval '5 minutes' where uid = $1`,
      [occurrences[0]?.id],
    );
    const { now } = await me.call(listMyMeetings, span(-1, 2));
    expect(now.map((one) => one.meetingId)).toEqual([meetingId]);
  });
});

describe('people hear', () => {
  test('that they are invited, that it changed, that it is off, and that it begins soon, once', async () => {
    const [no, yes] = [await house.person(), await house.person()];
    const plan = await owner.call(scheduleMeeting, {
      ...daily(2, 2),
      people: [no.person.uid, yes.person.uid],
    });
    const id = plan.meetingId;
    await no.call(answerMeeting, { id, answer: 'no' });
    await owner.call(changePlan, { id, description: 'Ordre du jour' });
    const startsAt = new Date(plan.occurrences[0]?.startsAt ?? 0);
    // It was ended the last time, and is to be held again.
    await house.db.query('update meet.meeting set ended_at = now() where uid = $1', [id]);
    const reminders = house.served('meet').app.get(Reminders, { strict: false });
    await reminders.look(new Date(startsAt.getTime() - 15 * 60_000));
    await reminders.look(new Date(startsAt.getTime() - 9 * 60_000));
    await reminders.look(new Date(startsAt.getTime() - 8 * 60_000));
    expect((await owner.call(getMeeting, { id })).endedAt).toBeNull();
    await owner.call(cancelOccurrence, { occurrenceId: plan.occurrences[1]?.id ?? '', which: 'all' });
    const both = [no.person.id, yes.person.id].toSorted((a, b) => a - b);
    const sorted = (people: number[]) => people.toSorted((a, b) => a - b);
    expect((await happened(id)).map((one) => [one.why, sorted(one.people), one.at])).toEqual([
      ['invited', both, null],
      ['meeting-changed', both, null],
      ['meeting-soon', sorted([yes.person.id, owner.person.id]), startsAt.toISOString()],
      ['meeting-cancelled', both, null],
    ]);
  });
});

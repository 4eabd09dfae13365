import {
  createMeeting,
  changeMeeting,
  endMeeting,
  getMeeting,
  joinMeeting,
  type Meeting,
} from '@parvis/contract/meet';
import { call } from '@parvis/contract/call';
import { codeGuessSizeMax } from '@parvis/contract/limits';
import {
  admit,
  admitAll,
  getAdmission,
  getMeetingByCode,
  knockAsGuest,
  knockMeeting,
  listWaiting,
  type MeetHearing,
  refuse,
  stopKnocking,
} from '@parvis/contract/meet-lobby';
import { lockMeeting, raiseHand } from '@parvis/contract/meet-room';
import type { GivenTo, Operation, OutputOf } from '@parvis/contract/operation';
import { aHouse, type House, opened, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { meet } from '../service.ts';
import { meetingSettings } from '../testing/media-server.ts';

const waitMs = 30_000;

let house: House;
let owner: Visitor;
let member: Visitor;
let colleague: Visitor;
let spaceUid: string;

/** Somebody without an account. */
function asNobody<T extends Operation>(op: T, input: GivenTo<T>): Promise<OutputOf<T>> {
  return call(op, input, { base: house.urlOf('meet') });
}

async function aMeeting(access: Meeting['access'] = 'members'): Promise<Meeting> {
  return owner.call(createMeeting, { spaceId: spaceUid, title: 'Concertation', access });
}

/** A socket to the meeting, and what it heard. */
async function listen(
  socket: Promise<WebSocket>,
): Promise<{ socket: WebSocket; heard: MeetHearing[]; closed: number[] }> {
  const open = await socket;
  const heard: MeetHearing[] = [];
  const closed: number[] = [];
  open.on('message', (data) => heard.push(JSON.parse(String(data)) as MeetHearing));
  open.on('close', (code) => closed.push(code));
  return { socket: open, heard, closed };
}

/** The socket of a browser without a session. */
function unknownSocket(id: string): Promise<WebSocket> {
  const socket = new WebSocket(`${house.urlOf('meet').replace(/^http/, 'ws')}/ws/meet/${id}`, {
    origin: 'http://127.0.0.1:8080',
  });
  return opened(socket).then(() => socket);
}

beforeAll(async () => {
  // No media server: nobody gets further than the door here.
  house = await aHouse([meet], meetingSettings('http://127.0.0.1:1'));
  owner = await house.person();
  member = await house.person();
  colleague = await house.person();
  spaceUid = (await house.space({ owner, members: [member] })).uid;
}, 300_000);
afterAll(() => house?.stop());

describe('a code', () => {
  test('names one meeting, however it is typed', async () => {
    const made = await aMeeting();
    expect(made.code).toMatch(/^[a-z]{3}-[a-z]{4}-[a-z]{3}$/);
    const typed = ` ${made.code.toUpperCase().replaceAll('-', ' ')} `;
    const door = await asNobody(getMeetingByCode, { code: typed });
    expect(door).toMatchObject({ meetingId: made.id, title: 'Concertation', waits: true, locked: false });
  });

  test('that is guessed is not found, and after some guesses not even looked for', async () => {
    const made = await aMeeting();
    const guesser = await house.person();
    for (let guess = 0; guess < codeGuessSizeMax; guess += 1)
      await expect(guesser.call(knockMeeting, { code: 'aaa-aaaa-aaa' })).rejects.toMatchObject({
        code: 'not-found',
      });
    for (const code of ['bbb-bbbb-bbb', made.code])
      await expect(guesser.call(knockMeeting, { code })).rejects.toMatchObject({ code: 'too-many-requests' });
    expect((await member.call(getMeetingByCode, { code: made.code })).meetingId).toBe(made.id);
  });

  test('is counted for an address where nobody is signed in, and across operations', async () => {
    const made = await aMeeting();
    const guess = (code: string) => asNobody(getMeetingByCode, { code });
    for (let count = 0; count < codeGuessSizeMax; count += 1)
      await expect(guess('ccc-cccc-ccc')).rejects.toMatchObject({ code: 'not-found' });
    await expect(asNobody(knockAsGuest, { code: made.code, name: 'Zoé' })).rejects.toMatchObject({
      code: 'too-many-requests',
    });
    // An hour later it is forgotten.
    await house.db.query(`update meet.guess set at = at - interval '1 hour'`);
    expect((await guess(made.code)).meetingId).toBe(made.id);
  });
});

describe('a guest without an account', () => {
  test('waits until an organiser lets them in, and is told so; nobody else may', async () => {
    const made = await aMeeting();
    const { pass, state, entry } = await asNobody(knockAsGuest, { code: made.code, name: 'Zoé' });
    expect([state, entry]).toEqual(['waiting', null]);
    const [waiting] = (await owner.call(listWaiting, { id: made.id })).waiting;
    expect(waiting).toMatchObject({ name: 'Zoé', kind: 'anonymous', organisation: null });
    const knockId = waiting?.id as string;
    await expect(member.call(admit, { id: made.id, knockId })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(colleague.call(admit, { id: made.id, knockId })).rejects.toMatchObject({
      code: 'not-found',
    });
    await owner.call(admit, { id: made.id, knockId });
    // Let in: only the media server is missing.
    await expect(asNobody(getAdmission, { id: made.id, pass })).rejects.toMatchObject({
      code: 'meetings-off',
    });
    expect((await owner.call(listWaiting, { id: made.id })).waiting).toEqual([]);
    await expect(owner.call(admit, { id: made.id, knockId })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('who calls themselves like a colleague is still nobody that was checked', async () => {
    const made = await aMeeting();
    await asNobody(knockAsGuest, { code: made.code, name: member.person.name });
    const { waiting } = await owner.call(listWaiting, { id: made.id });
    expect(waiting).toMatchObject([{ name: member.person.name, kind: 'anonymous' }]);
    const faked = asNobody(knockAsGuest, { code: made.code, name: 'Z\u202eéoZ' });
    await expect(faked).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('has a pass for this meeting alone, for a day, of which the house knows the hash', async () => {
    const [one, other] = [await aMeeting(), await aMeeting()];
    const { pass } = await asNobody(knockAsGuest, { code: one.code, name: 'Zoé' });
    const elsewhere = asNobody(getAdmission, { id: other.id, pass });
    await expect(elsewhere).rejects.toMatchObject({ code: 'not-found' });
    await expect(asNobody(raiseHand, { id: one.id, pass })).rejects.toMatchObject({ code: 'not-found' });
    await expect(asNobody(getAdmission, { id: one.id, pass: 'x'.repeat(32) })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(asNobody(getAdmission, { id: one.id })).rejects.toMatchObject({ code: 'no-session' });
    const rows = await house.db.query('select * from meet.knock');
    expect(JSON.stringify(rows)).not.toContain(pass);
    await house.db.query(`update meet.knock set expires_at = now() - interval '1 second'`);
    await expect(asNobody(getAdmission, { id: one.id, pass })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is sent away, or goes, or has closed the page: then nobody waits', async () => {
    const made = await aMeeting();
    const [sent, went, closed] = await Promise.all(
      ['Ana', 'Bo', 'Chi'].map((name) => asNobody(knockAsGuest, { code: made.code, name })),
    );
    const { waiting } = await owner.call(listWaiting, { id: made.id });
    const idOf = (name: string) => waiting.find((one) => one.name === name)?.id as string;
    await owner.call(refuse, { id: made.id, knockId: idOf('Ana') });
    expect((await asNobody(getAdmission, { id: made.id, pass: sent?.pass })).state).toBe('refused');
    await asNobody(stopKnocking, { id: made.id, pass: went?.pass });
    await house.db.query(`update meet.knock set seen_at = now() - interval '1 minute' where id = $1`, [
      idOf('Chi'),
    ]);
    expect((await owner.call(listWaiting, { id: made.id })).waiting).toEqual([]);
    // Back on the page they wait again.
    expect((await asNobody(getAdmission, { id: made.id, pass: closed?.pass })).state).toBe('waiting');
    expect((await owner.call(listWaiting, { id: made.id })).waiting).toHaveLength(1);
  });

  test('finds a locked or ended meeting closed', async () => {
    const made = await aMeeting('open');
    await owner.call(lockMeeting, { id: made.id, locked: true });
    const knock = () => asNobody(knockAsGuest, { code: made.code, name: 'Zoé' });
    expect((await knock()).state).toBe('locked');
    await owner.call(endMeeting, { id: made.id });
    expect((await knock()).state).toBe('ended');
  });
});

describe('a person', () => {
  test('who knows the code of a meeting for members has a right to it from then on', async () => {
    const made = await aMeeting();
    await expect(colleague.call(getMeeting, { id: made.id })).rejects.toMatchObject({ code: 'not-found' });
    await expect(colleague.call(knockMeeting, { code: made.code })).rejects.toMatchObject({
      code: 'meetings-off',
    });
    expect((await colleague.call(getMeeting, { id: made.id })).myRole).toBe('participant');
  });

  test('of outside knocks, and once let in has a right too', async () => {
    const made = await aMeeting();
    const guest = await house.person({ kind: 'guest', organisation: 'Association Rive' });
    expect((await guest.call(knockMeeting, { code: made.code })).state).toBe('waiting');
    expect((await guest.call(knockMeeting, { code: made.code })).state).toBe('waiting');
    expect((await owner.call(getMeeting, { id: made.id })).waiting).toBe(1);
    expect((await member.call(getMeeting, { id: made.id })).waiting).toBe(0);
    expect((await owner.call(listWaiting, { id: made.id })).waiting).toMatchObject([
      { name: guest.person.name, kind: 'guest', organisation: 'Association Rive' },
    ]);
    expect(await owner.call(admitAll, { id: made.id })).toEqual({ admitted: 1 });
    expect((await guest.call(getMeeting, { id: made.id })).myRole).toBe('participant');
  });

  test('of the space knocks at a meeting for those invited; whom it was shared with does not', async () => {
    const made = await aMeeting();
    await expect(member.call(changeMeeting, { id: made.id, access: 'invited' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await owner.call(changeMeeting, { id: made.id, access: 'invited' });
    await expect(member.call(joinMeeting, { id: made.id })).rejects.toMatchObject({ code: 'must-knock' });
    expect((await member.call(knockMeeting, { code: made.code })).state).toBe('waiting');
    const { grant } = await import('@parvis/access/grants');
    const right = { resourceUid: made.id, subjectId: colleague.person.id, role: 'commenter' } as const;
    await grant(house.db, right, owner.person.id);
    await expect(colleague.call(joinMeeting, { id: made.id })).rejects.toMatchObject({
      code: 'meetings-off',
    });
  });
});

describe('/ws/meet', () => {
  test('tells organisers who waits, and whoever waits that they are let in', async () => {
    const made = await aMeeting();
    const door = await listen(owner.socket(`/ws/meet/${made.id}`));
    await expect.poll(() => door.heard.some(({ t }) => t === 'state'), { timeout: waitMs }).toBe(true);
    const { pass } = await asNobody(knockAsGuest, { code: made.code, name: 'Zoé' });
    const outside = await listen(unknownSocket(made.id));
    outside.socket.send(JSON.stringify({ t: 'pass', pass }));
    await expect
      .poll(() => outside.heard, { timeout: waitMs })
      .toEqual([{ t: 'admission', state: 'waiting' }]);
    await expect
      .poll(() => door.heard.findLast(({ t }) => t === 'waiting'), { timeout: waitMs })
      .toMatchObject({ waiting: [{ name: 'Zoé', kind: 'anonymous' }] });
    await owner.call(admitAll, { id: made.id });
    await expect
      .poll(() => outside.heard.at(-1), { timeout: waitMs })
      .toEqual({ t: 'admission', state: 'admitted' });
    door.socket.close();
    outside.socket.close();
  });

  test('tells a member the meeting and not who waits', async () => {
    const made = await aMeeting();
    const inside = await listen(member.socket(`/ws/meet/${made.id}`));
    await asNobody(knockAsGuest, { code: made.code, name: 'Zoé' });
    await owner.call(lockMeeting, { id: made.id, locked: true });
    const state = () => inside.heard.findLast((one) => one.t === 'state');
    await expect.poll(() => state()?.meeting.locked, { timeout: waitMs }).toBe(true);
    expect(inside.heard.filter(({ t }) => t !== 'state')).toEqual([]);
    inside.socket.close();
  });

  test('is closed to strangers, to wrong passes and to what is no saying', async () => {
    const made = await aMeeting();
    const stranger = await listen(colleague.socket(`/ws/meet/${made.id}`));
    await expect.poll(() => stranger.closed, { timeout: waitMs }).toEqual([4404]);
    const forged = await listen(unknownSocket(made.id));
    forged.socket.send(JSON.stringify({ t: 'pass', pass: 'y'.repeat(32) }));
    await expect.poll(() => forged.closed, { timeout: waitMs }).toEqual([4404]);
    const garbage = await listen(unknownSocket(made.id));
    garbage.socket.send('{');
    await expect.poll(() => garbage.closed, { timeout: waitMs }).toEqual([4400]);
    expect([...stranger.heard, ...forged.heard, ...garbage.heard]).toEqual([]);
  });
});

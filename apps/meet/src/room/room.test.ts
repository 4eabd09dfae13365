import { call } from '@parvis/contract/call';
import { createMeeting, getMeeting, joinMeeting, listStays, type Meeting } from '@parvis/contract/meet';
import { getAdmission, knockAsGuest } from '@parvis/contract/meet-lobby';
import {
  allowBack,
  askToUnmute,
  listLockedOut,
  lockMeeting,
  lowerHand,
  muteAll,
  muteParticipant,
  raiseHand,
  removeParticipant,
  sendReaction,
  setParticipantRole,
  setPermissions,
} from '@parvis/contract/meet-room';
import type { GivenTo, Operation, OutputOf } from '@parvis/contract/operation';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meet } from '../service.ts';
import { InRoom } from '../testing/in-room.ts';
import { livekitBinary, MediaServer, meetingSettings, testKey, testSecret } from '../testing/media-server.ts';

const wait = { timeout: 60_000 };
const binary = livekitBinary();

describe.skipIf(binary === null)('in the room (needs livekit-server)', { timeout: 300_000 }, () => {
  let media: MediaServer;
  let house: House;
  let owner: Visitor;
  let member: Visitor;
  let spaceUid: string;
  const inside: InRoom[] = [];

  function asNobody<T extends Operation>(op: T, input: GivenTo<T>): Promise<OutputOf<T>> {
    return call(op, input, { base: house.urlOf('meet') });
  }
  const aMeeting = (): Promise<Meeting> =>
    owner.call(createMeeting, { spaceId: spaceUid, title: 'Salle', access: 'open' });
  async function come(who: Visitor, made: Meeting): Promise<InRoom> {
    const one = await InRoom.enter(media.url, await who.call(joinMeeting, { id: made.id }));
    inside.push(one);
    return one;
  }
  async function comeAsGuest(made: Meeting, name: string): Promise<InRoom & { pass?: string }> {
    const { pass, entry } = await asNobody(knockAsGuest, { code: made.code, name });
    if (entry === null) throw new Error('an open meeting lets guests in');
    const one = await InRoom.enter(media.url, entry);
    inside.push(one);
    return Object.assign(one, { pass });
  }

  beforeAll(async () => {
    media = await MediaServer.start(binary as string);
    house = await aHouse([meet], { ...meetingSettings(media.url), MEET_PEOPLE_MAX: '3' });
    owner = await house.person();
    member = await house.person();
    spaceUid = (await house.space({ owner, members: [member] })).uid;
  }, 300_000);
  afterAll(async () => {
    for (const one of inside) await one.leave().catch(() => undefined);
    await house?.stop();
    await media?.stop();
  });

  test('others know of somebody what the house says, whatever they call themselves', async () => {
    const made = await aMeeting();
    const here = await come(owner, made);
    const guest = await comeAsGuest(made, member.person.name);
    await expect.poll(() => here.other(guest.identity)?.attributes.kind, wait).toBe('anonymous');
    await come(member, made);
    await expect
      .poll(() => here.other(member.person.uid)?.attributes, wait)
      .toMatchObject({
        id: member.person.uid,
        kind: 'member',
        role: 'participant',
        may: 'camera,microphone,screen',
      });
    // Nobody says of themselves who they are.
    await guest.room.localParticipant
      ?.setAttributes({ kind: 'member', role: 'organiser' })
      .catch(() => undefined);
    await here.speak();
    expect(here.other(guest.identity)?.attributes).toMatchObject({ kind: 'anonymous', role: 'participant' });
    expect(here.other(guest.identity)?.name).toBe(member.person.name);
  });

  test('a fourth is told that it is full, where three are taken', async () => {
    const made = await aMeeting();
    for (const who of [owner, member]) await come(who, made);
    await comeAsGuest(made, 'Zoé');
    expect((await asNobody(knockAsGuest, { code: made.code, name: 'Max' })).state).toBe('full');
    const late = await house.person();
    const { grant } = await import('@parvis/access/grants');
    await grant(
      house.db,
      { resourceUid: spaceUid, subjectId: late.person.id, role: 'editor' },
      owner.person.id,
    );
    await expect(late.call(joinMeeting, { id: made.id })).rejects.toMatchObject({ code: 'meeting-full' });
    // Another browser of somebody who is in it is no other person.
    await member.call(joinMeeting, { id: made.id });
  });

  test('nobody can flood the others: the room takes data from the server alone', async () => {
    const made = await aMeeting();
    const here = await come(owner, made);
    const flooder = await come(member, made);
    const bytes = new TextEncoder().encode(JSON.stringify({ t: 'announcement', by: 'x', text: 'y' }));
    for (let count = 0; count < 20; count += 1)
      await flooder.room.localParticipant?.publishData(bytes, { reliable: true }).catch(() => undefined);
    await member.call(sendReaction, { id: made.id, reaction: '👏' });
    await expect.poll(() => here.notices.length, wait).toBeGreaterThan(0);
    expect(here.notices).toEqual([
      { t: 'reaction', who: member.person.uid, name: member.person.name, reaction: '👏' },
    ]);
    const many = Array.from({ length: 30 }, () => member.call(sendReaction, { id: made.id, reaction: '🎉' }));
    const refused = (await Promise.allSettled(many)).filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(10);
    const away = await aMeeting();
    await expect(member.call(sendReaction, { id: away.id, reaction: '🎉' })).rejects.toMatchObject({
      code: 'not-in-meeting',
    });
  });

  test('hands go up in the order that the server saw, and down by oneself or an organiser', async () => {
    const made = await aMeeting();
    const here = await come(owner, made);
    const guest = await comeAsGuest(made, 'Zoé');
    const pass = guest.pass as string;
    await asNobody(raiseHand, { id: made.id, pass });
    await member.call(raiseHand, { id: made.id });
    await asNobody(raiseHand, { id: made.id, pass });
    const names = () => here.state.hands.map(({ name }) => name);
    await expect.poll(names, wait).toEqual(['Zoé', member.person.name]);
    await expect.poll(() => Boolean(here.other(guest.identity)?.attributes.hand), wait).toBe(true);
    await expect(asNobody(lowerHand, { id: made.id, pass, who: member.person.uid })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await asNobody(lowerHand, { id: made.id, pass });
    await expect.poll(names, wait).toEqual([member.person.name]);
    await owner.call(lowerHand, { id: made.id, who: 'all' });
    await expect.poll(names, wait).toEqual([]);
  });

  test('one or all are muted, and asked to speak; it is their own act to do so', async () => {
    const made = await aMeeting();
    const here = await come(owner, made);
    const other = await come(member, made);
    await Promise.all([here.speak(), other.speak()]);
    const muted = () =>
      [...(here.other(member.person.uid)?.trackPublications.values() ?? [])].map((track) => track.muted);
    await expect.poll(muted, wait).toEqual([false]);
    await expect(member.call(muteAll, { id: made.id })).rejects.toMatchObject({ code: 'not-allowed' });
    await owner.call(muteParticipant, { id: made.id, who: member.person.uid });
    await expect.poll(muted, wait).toEqual([true]);
    await expect.poll(() => other.notices, wait).toEqual([{ t: 'muted', by: owner.person.name }]);
    await owner.call(askToUnmute, { id: made.id, who: member.person.uid });
    await expect.poll(() => other.notices.at(-1), wait).toEqual({ t: 'ask-unmute', by: owner.person.name });
    expect(muted()).toEqual([true]);
    await owner.call(muteAll, { id: made.id });
    expect(
      [...(here.room.localParticipant?.trackPublications.values() ?? [])].map(({ muted: off }) => off),
    ).toEqual([false]);
    const absent = await house.person();
    await expect(owner.call(askToUnmute, { id: made.id, who: absent.person.uid })).rejects.toMatchObject({
      code: 'not-in-meeting',
    });
  });

  test('roles and permissions count at once, and for the next token', async () => {
    const made = await aMeeting();
    const here = await come(owner, made);
    const other = await come(member, made);
    const who = member.person.uid;
    const may = { id: made.id, who, camera: false, microphone: false, screen: true };
    await owner.call(setPermissions, { ...may, chat: false });
    await expect.poll(() => other.attributes.may, wait).toBe('screen');
    await expect.poll(() => other.attributes['chat'], wait).toBe(owner.person.name);
    // A client that knows nothing of the chat leaves it as it is.
    await owner.call(setPermissions, may);
    expect(other.attributes['chat']).toBe(owner.person.name);
    await owner.call(setPermissions, { ...may, chat: true });
    await expect.poll(() => other.attributes['chat'] ?? '', wait).toBe('');
    // The library answers only after some seconds; what counts is what the others are given.
    other.speak().catch(() => undefined);
    await owner.call(setParticipantRole, { id: made.id, who, meetingRole: 'listener' });
    await expect
      .poll(() => here.other(who)?.attributes, wait)
      .toEqual({
        id: who,
        kind: 'member',
        role: 'listener',
      });
    const next = await member.call(joinMeeting, { id: made.id });
    const claims = await new TokenVerifier(testKey, testSecret).verify(next.token);
    expect(claims.video).toMatchObject({
      canPublish: false,
      canPublishData: false,
      canUpdateOwnMetadata: false,
    });
    await owner.call(setParticipantRole, { id: made.id, who, meetingRole: 'organiser' });
    expect((await member.call(getMeeting, { id: made.id })).myRole).toBe('organiser');
    await member.call(lockMeeting, { id: made.id, locked: true });
    await expect.poll(() => here.state.locked, wait).toBe(true);
    expect(here.other(who)?.trackPublications.size).toBe(0);
    // Whoever opened it stays what they are; a guest without an account does not let others in.
    const demoted = member.call(setParticipantRole, {
      id: made.id,
      who: owner.person.uid,
      meetingRole: 'listener',
    });
    await expect(demoted).rejects.toMatchObject({ code: 'role-fixed' });
  });

  test('whoever is locked out is out, and an older token does not bring them back', async () => {
    const made = await aMeeting();
    await come(owner, made);
    const spare = await member.call(joinMeeting, { id: made.id });
    const other = await come(member, made);
    const who = member.person.uid;
    await owner.call(removeParticipant, { id: made.id, who, lockOut: true });
    await expect.poll(() => other.out, wait).toBe(true);
    await expect(member.call(joinMeeting, { id: made.id })).rejects.toMatchObject({
      code: 'meeting-removed',
    });
    await expect(member.call(raiseHand, { id: made.id })).rejects.toMatchObject({ code: 'meeting-removed' });
    const back = await InRoom.enter(media.url, spare).catch(() => null);
    if (back !== null) {
      inside.push(back);
      // Nobody tells of webhooks here: the comparison finds them.
      await expect.poll(() => back.out, wait).toBe(true);
    }
    expect(await owner.call(listLockedOut, { id: made.id })).toEqual({
      people: [{ who, name: member.person.name }],
    });
    await owner.call(allowBack, { id: made.id, who });
    await member.call(joinMeeting, { id: made.id });
  });

  test('a guest who was taken out waits again; one who is locked out does not', async () => {
    const made = await aMeeting();
    await come(owner, made);
    const guest = await comeAsGuest(made, 'Zoé');
    const pass = guest.pass as string;
    const who = guest.attributes.id as string;
    await owner.call(removeParticipant, { id: made.id, who });
    await expect.poll(() => guest.out, wait).toBe(true);
    expect((await asNobody(getAdmission, { id: made.id, pass })).state).toBe('waiting');
  });

  test('whoever was in it comes back into a locked room, others do not', async () => {
    const made = await aMeeting();
    const other = await come(member, made);
    await expect
      .poll(async () => (await owner.call(listStays, { id: made.id })).stays.map(({ who }) => who), wait)
      .toEqual([member.person.uid]);
    await owner.call(lockMeeting, { id: made.id, locked: true });
    await other.leave();
    await member.call(joinMeeting, { id: made.id });
    expect((await asNobody(knockAsGuest, { code: made.code, name: 'Zoé' })).state).toBe('locked');
  });
});

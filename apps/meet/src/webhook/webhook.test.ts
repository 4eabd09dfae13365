import { createMeeting, getMeeting, joinMeeting, listStays, type Meeting } from '@parvis/contract/meet';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meet } from '../service.ts';
import { InRoom } from '../testing/in-room.ts';
import {
  livekitBinary,
  MediaServer,
  meetingSettings,
  signed,
  testKey,
  testSecret,
} from '../testing/media-server.ts';

const wait = { timeout: 60_000 };
const binary = livekitBinary();

let house: House;
let owner: Visitor;
let member: Visitor;
let spaceUid: string;

async function tell(event: object, secret?: string): Promise<number> {
  const { body, authorization } = await signed(event, secret);
  const answer = await fetch(`${house.urlOf('meet')}/api/meet/livekit-webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/webhook+json', authorization },
    body,
  });
  return answer.status;
}

const aMeeting = (): Promise<Meeting> => owner.call(createMeeting, { spaceId: spaceUid, title: 'Présences' });

describe('what the media server says', () => {
  beforeAll(async () => {
    house = await aHouse([meet], meetingSettings('http://127.0.0.1:1'));
    owner = await house.person();
    member = await house.person();
    spaceUid = (await house.space({ owner, members: [member] })).uid;
  }, 300_000);
  afterAll(() => house?.stop());

  const event = (made: Meeting, id: string, name: string, sid: string, at: number) => ({
    id: `${made.id} ${id}`,
    event: name,
    createdAt: String(at),
    room: { name: made.id },
    participant: { identity: `${member.person.uid}.00000000000a`, sid },
  });
  const stays = async (made: Meeting) =>
    (await owner.call(listStays, { id: made.id })).stays.map(({ who, joinedAt, leftAt }) => [
      who,
      Date.parse(joinedAt) / 1000,
      leftAt === null ? null : Date.parse(leftAt) / 1000,
    ]);

  test('replayed or in any order, makes the same list of who came when', async () => {
    const made = await aMeeting();
    const at = 1_800_000_000;
    const happened = [
      event(made, 'a', 'participant_joined', 'PA_1', at),
      event(made, 'b', 'participant_left', 'PA_1', at + 60),
      event(made, 'c', 'participant_joined', 'PA_2', at + 90),
    ];
    for (const one of [...happened, ...happened, ...happened.toReversed()]) expect(await tell(one)).toBe(200);
    const who = member.person.uid;
    expect(await stays(made)).toEqual([
      [who, at, at + 60],
      [who, at + 90, null],
    ]);
    expect((await owner.call(getMeeting, { id: made.id })).present.map(({ id }) => id)).toEqual([who]);
    const other = await aMeeting();
    for (const one of [
      event(other, 'b', 'participant_left', 'PA_1', at + 60),
      event(other, 'a', 'participant_joined', 'PA_1', at),
    ])
      await tell(one);
    expect((await owner.call(getMeeting, { id: other.id })).present).toEqual([]);
  });

  test('is not believed when it is not signed, or about rooms and people that are none of ours', async () => {
    const made = await aMeeting();
    const joined = event(made, 'a', 'participant_joined', 'PA_1', 1_800_000_000);
    expect(await tell(joined, 'another secret, as long as the real one is')).toBe(401);
    expect(await tell({ ...joined, room: { name: 'elsewhere' } })).toBe(200);
    expect(await tell({ ...joined, participant: { identity: 'scribe' } })).toBe(200);
    expect(await stays(made)).toEqual([]);
  });
});

describe.skipIf(binary === null)('with the media server (needs livekit-server)', { timeout: 300_000 }, () => {
  let media: MediaServer;
  const inside: InRoom[] = [];

  beforeAll(async () => {
    // Its events go nowhere: all of them are lost.
    media = await MediaServer.start(binary as string);
    house = await aHouse([meet], meetingSettings(media.url));
    owner = await house.person();
    member = await house.person();
    spaceUid = (await house.space({ owner, members: [member] })).uid;
  }, 300_000);
  afterAll(async () => {
    for (const one of inside) await one.leave().catch(() => undefined);
    await house?.stop();
    await media?.stop();
  });

  async function come(who: Visitor, made: Meeting): Promise<InRoom> {
    const one = await InRoom.enter(media.url, await who.call(joinMeeting, { id: made.id }));
    inside.push(one);
    return one;
  }
  const present = async (made: Meeting) =>
    (await owner.call(getMeeting, { id: made.id })).present.map(({ id }) => id);

  test('lost events are made up for: who is inside is asked of the server', async () => {
    const made = await aMeeting();
    const one = await come(member, made);
    await expect.poll(() => present(made), wait).toEqual([member.person.uid]);
    expect((await owner.call(getMeeting, { id: made.id })).startedAt).not.toBeNull();
    await one.leave();
    await expect.poll(() => present(made), wait).toEqual([]);
  });

  test('killed during a meeting and back, it has the room again, and people come back', async () => {
    const made = await aMeeting();
    await come(member, made);
    await expect.poll(() => present(made), wait).toEqual([member.person.uid]);
    await media.kill();
    await expect(member.call(joinMeeting, { id: made.id })).rejects.toMatchObject({ code: 'meetings-off' });
    await media.run();
    const rooms = new RoomServiceClient(media.url, testKey, testSecret);
    // Before anybody asks for a token: a browser that reconnects finds the room.
    await expect.poll(async () => (await rooms.listRooms([made.id])).length, wait).toBe(1);
    const back = await come(member, made);
    expect(back.state.locked).toBe(false);
    await expect.poll(() => present(made), wait).toEqual([member.person.uid]);
    expect((await owner.call(getMeeting, { id: made.id })).endedAt).toBeNull();
  });
});

import { createMeeting, joinMeeting, type Meeting } from '@parvis/contract/meet';
import {
  callBack,
  closeBreakouts,
  enterBreakout,
  moveToBreakout,
  openBreakouts,
  sayToBreakouts,
} from '@parvis/contract/meet-room';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import type { Served } from '@parvis/server/serve';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meet } from '../service.ts';
import { InRoom } from '../testing/in-room.ts';
import { livekitBinary, MediaServer, meetingSettings, testKey, testSecret } from '../testing/media-server.ts';

const wait = { timeout: 60_000 };
const binary = livekitBinary();

describe.skipIf(binary === null)('breakout rooms (need livekit-server)', { timeout: 300_000 }, () => {
  let media: MediaServer;
  let house: House;
  let again: Served | undefined;
  let owner: Visitor;
  let member: Visitor;
  let other: Visitor;
  let spaceUid: string;
  let rooms: RoomServiceClient;
  const inside: InRoom[] = [];

  const aMeeting = (): Promise<Meeting> =>
    owner.call(createMeeting, { spaceId: spaceUid, title: 'Ateliers' });
  async function enter(entry: { token: string }): Promise<InRoom> {
    const one = await InRoom.enter(media.url, entry);
    inside.push(one);
    return one;
  }
  const open = async (made: Meeting) =>
    (await rooms.listRooms())
      .map(({ name }) => name)
      .filter((name) => name.startsWith(made.id))
      .sort();

  beforeAll(async () => {
    media = await MediaServer.start(binary as string);
    rooms = new RoomServiceClient(media.url, testKey, testSecret);
    house = await aHouse([meet], meetingSettings(media.url));
    owner = await house.person();
    member = await house.person();
    other = await house.person();
    spaceUid = (await house.space({ owner, members: [member, other] })).uid;
  }, 300_000);
  afterAll(async () => {
    for (const one of inside) await one.leave().catch(() => undefined);
    await again?.close();
    await house?.stop();
    await media?.stop();
  });

  test('people are told where they belong, come in there and nowhere else, and are called back', async () => {
    const made = await aMeeting();
    const [here, mine] = [
      await enter(await owner.call(joinMeeting, { id: made.id })),
      await enter(await member.call(joinMeeting, { id: made.id })),
    ];
    const given = [
      { name: 'Rive droite', people: [member.person.uid] },
      { name: 'Rive gauche', people: [other.person.uid] },
    ];
    await expect(member.call(openBreakouts, { id: made.id, rooms: given })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await owner.call(openBreakouts, { id: made.id, rooms: given, minutes: 10 });
    await expect.poll(() => mine.attributes.breakout, wait).toBe('1');
    await expect
      .poll(() => here.state.breakouts?.rooms, wait)
      .toEqual(given.map((room, at) => ({ ...room, nr: at + 1 })));
    await expect(owner.call(openBreakouts, { id: made.id, rooms: given })).rejects.toMatchObject({
      code: 'breakouts-open',
    });
    await expect(member.call(enterBreakout, { id: made.id, nr: 2 })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    const beside = await enter(await member.call(enterBreakout, { id: made.id, nr: 1 }));
    expect(beside.room.name).toBe(`${made.id}.1`);
    await mine.leave();
    // Moved, the browser is told by its attributes.
    await owner.call(moveToBreakout, { id: made.id, who: member.person.uid, nr: 2 });
    await expect.poll(() => beside.attributes.breakout, wait).toBe('2');
    const there = await enter(await member.call(enterBreakout, { id: made.id, nr: 2 }));
    await owner.call(sayToBreakouts, { id: made.id, text: 'Encore deux minutes' });
    await expect
      .poll(() => there.notices, wait)
      .toEqual([{ t: 'announcement', by: owner.person.name, text: 'Encore deux minutes' }]);
    await owner.call(callBack, { id: made.id });
    await expect.poll(() => there.state.breakouts?.calledBackAt, wait).toBeTruthy();
    await owner.call(closeBreakouts, { id: made.id });
    await expect.poll(() => there.out && beside.out, wait).toBe(true);
    await expect.poll(() => here.state.breakouts, wait).toBeNull();
    await expect.poll(() => open(made), wait).toEqual([made.id]);
    await expect(member.call(enterBreakout, { id: made.id, nr: 2 })).rejects.toMatchObject({
      code: 'breakouts-closed',
    });
    await member.call(joinMeeting, { id: made.id });
  });

  test('end by themselves when their time is over, also when the service was away meanwhile', async () => {
    const made = await aMeeting();
    await owner.call(openBreakouts, {
      id: made.id,
      rooms: [{ name: 'Seule', people: [member.person.uid] }],
      minutes: 1,
    });
    const beside = await enter(await member.call(enterBreakout, { id: made.id, nr: 1 }));
    await house.served('meet').close();
    // The minute is over while nobody runs the service.
    await house.db.query(
      `update meet.meeting set breakouts_until = now() - interval '1 second' where uid = $1`,
      [made.id],
    );
    await house.db.query(`update meet_jobs.job set start_after = now() where name = 'close-breakouts'`);
    expect(beside.out).toBe(false);
    again = await house.another(meet);
    await expect.poll(() => beside.out, wait).toBe(true);
    const [row] = await house.db.query<{ at: Date | null }>(
      'select breakouts_at as at from meet.meeting where uid = $1',
      [made.id],
    );
    expect(row?.at).toBeNull();
  });
});

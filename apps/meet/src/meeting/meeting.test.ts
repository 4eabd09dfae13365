import { revoke } from '@parvis/access/grants';
import { createResource } from '@parvis/access/tree';
import {
  createMeeting,
  endMeeting,
  getMeeting,
  getMeetStatus,
  joinMeeting,
  listMeetings,
  setMeetingBoard,
} from '@parvis/contract/meet';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { RoomServiceClient, TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meet } from '../service.ts';
import {
  livekitBinary,
  MediaServer,
  meetingSettings,
  signed,
  testKey,
  testSecret,
} from '../testing/media-server.ts';

let house: House;
let owner: Visitor;
let member: Visitor;
let stranger: Visitor;
let spaceUid: string;

function tell(event: object, using?: string): Promise<Response> {
  return signed(event, using).then(({ body, authorization }) =>
    fetch(`${house.urlOf('meet')}/api/meet/livekit-webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/webhook+json', authorization },
      body,
    }),
  );
}

const seconds = () => Math.floor(Date.now() / 1000);

describe('a meeting', () => {
  beforeAll(async () => {
    house = await aHouse([meet], meetingSettings('http://127.0.0.1:1'));
    owner = await house.person();
    member = await house.person();
    stranger = await house.person();
    spaceUid = (await house.space({ owner, members: [member] })).uid;
  });
  afterAll(() => house.stop());

  test('belongs to its space: members see it, strangers get the answer for what does not exist', async () => {
    const made = await owner.call(createMeeting, { spaceId: spaceUid, title: 'Comité' });
    expect(made.abilities.own).toBe(true);
    expect((await member.call(listMeetings, { id: spaceUid })).meetings.map((one) => one.id)).toEqual([
      made.id,
    ]);
    await expect(stranger.call(getMeeting, { id: made.id })).rejects.toMatchObject({ code: 'not-found' });
    await expect(stranger.call(joinMeeting, { id: made.id })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('has one board, the first that was named by somebody who sees it', async () => {
    const made = await owner.call(createMeeting, { spaceId: spaceUid, title: 'Croquis' });
    const document = (title: string) =>
      createResource(house.db, { kind: 'document', title, ownerId: owner.person.id, parentUid: spaceUid });
    const [first, second] = [await document('A'), await document('B')];
    expect(made.boardId).toBeNull();
    await member.call(setMeetingBoard, { id: made.id, documentId: first.uid });
    const after = await owner.call(setMeetingBoard, { id: made.id, documentId: second.uid });
    expect([after.boardId, after.notesId]).toEqual([first.uid, null]);
    const elsewhere = await house.person();
    await expect(
      elsewhere.call(setMeetingBoard, { id: made.id, documentId: first.uid }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  test('says why it cannot be joined when the media server is away', async () => {
    const made = await owner.call(createMeeting, { spaceId: spaceUid, title: 'Sans serveur' });
    expect(await member.call(getMeetStatus, {})).toEqual({ state: 'preparing' });
    await expect(member.call(joinMeeting, { id: made.id })).rejects.toMatchObject({ code: 'meetings-off' });
  });

  test('may be ended by its owner and not by a member, and is not joined afterwards', async () => {
    const made = await owner.call(createMeeting, { spaceId: spaceUid, title: 'Fin' });
    await expect(member.call(endMeeting, { id: made.id })).rejects.toMatchObject({ code: 'not-allowed' });
    await owner.call(endMeeting, { id: made.id });
    await expect(member.call(joinMeeting, { id: made.id })).rejects.toMatchObject({ code: 'meeting-ended' });
  });

  test('knows who is present from signed webhooks, once each and in any order', async () => {
    const made = await owner.call(createMeeting, { spaceId: spaceUid, title: 'Présences' });
    const identity = `${member.person.uid}.00000000000a`;
    const event = (id: string, name: string) => ({
      id,
      event: name,
      createdAt: String(seconds()),
      room: { name: made.id },
      participant: { identity },
    });
    expect((await tell(event('w1', 'participant_joined'))).status).toBe(200);
    expect((await owner.call(getMeeting, { id: made.id })).present.map((one) => one.id)).toEqual([
      member.person.uid,
    ]);
    expect((await tell(event('w2', 'participant_left'))).status).toBe(200);
    expect((await tell(event('w1', 'participant_joined'))).status).toBe(200);
    const after = await owner.call(getMeeting, { id: made.id });
    expect(after.present).toEqual([]);
    expect(after.startedAt).not.toBeNull();
  });

  test('does not believe a webhook that is not signed with the key', async () => {
    const made = await owner.call(createMeeting, { spaceId: spaceUid, title: 'Faux' });
    const identity = `${member.person.uid}.00000000000b`;
    const forged = {
      id: 'w9',
      event: 'participant_joined',
      createdAt: String(seconds()),
      room: { name: made.id },
      participant: { identity },
    };
    const answer = await tell(forged, 'another secret, as long as the real one is');
    expect(answer.status).toBe(401);
    expect((await owner.call(getMeeting, { id: made.id })).present).toEqual([]);
  });
});

const binary = livekitBinary();

describe.skipIf(binary === null)('a meeting with the media server', () => {
  let media: MediaServer;
  let here: House;

  beforeAll(async () => {
    media = await MediaServer.start(binary as string);
    here = await aHouse([meet], meetingSettings(media.url));
  });

  afterAll(async () => {
    await here?.stop();
    await media?.stop();
  });

  test('is joined with a token of five minutes for that room and that person alone', async () => {
    const [b, a] = [await here.person(), await here.person()];
    const space = await here.space({ owner: b, members: [a] });
    const made = await b.call(createMeeting, { spaceId: space.uid, title: 'Salle' });
    expect(await a.call(getMeetStatus, {})).toEqual({ state: 'ready' });
    const joined = await a.call(joinMeeting, { id: made.id });
    const claims = await new TokenVerifier(testKey, testSecret).verify(joined.token);
    expect(claims.video).toMatchObject({ room: made.id, roomJoin: true, canPublish: true });
    expect(claims.video?.roomAdmin).toBeUndefined();
    expect(claims.sub).toBe(joined.identity);
    expect(joined.identity.startsWith(a.person.uid)).toBe(true);
    expect(new Date(joined.expiresAt).getTime() - Date.now()).toBeLessThanOrEqual(300_000);
  });

  test('a reader of the space may watch but not speak', async () => {
    const [b, guest] = [await here.person(), await here.person()];
    const space = await here.space({ owner: b });
    const { grant } = await import('@parvis/access/grants');
    await grant(here.db, { resourceUid: space.uid, subjectId: guest.person.id, role: 'reader' }, b.person.id);
    const made = await b.call(createMeeting, { spaceId: space.uid, title: 'Écoute' });
    const joined = await guest.call(joinMeeting, { id: made.id });
    const claims = await new TokenVerifier(testKey, testSecret).verify(joined.token);
    expect(claims.video).toMatchObject({ canPublish: false, canSubscribe: true });
  });

  test('ending it closes the room', async () => {
    const b = await here.person();
    const space = await here.space({ owner: b });
    const made = await b.call(createMeeting, { spaceId: space.uid, title: 'Close' });
    await b.call(joinMeeting, { id: made.id });
    const rooms = new RoomServiceClient(here.env.LIVEKIT_URL as string, testKey, testSecret);
    expect((await rooms.listRooms([made.id])).length).toBe(1);
    await b.call(endMeeting, { id: made.id });
    await expect.poll(async () => (await rooms.listRooms([made.id])).length).toBe(0);
  });

  test('whoever is removed from the space is asked out of the room', async () => {
    const [b, a] = [await here.person(), await here.person()];
    const space = await here.space({ owner: b, members: [a] });
    const made = await b.call(createMeeting, { spaceId: space.uid, title: 'Départ' });
    await a.call(joinMeeting, { id: made.id });
    await revoke(here.db, space.uid, a.person.id);
    await expect(a.call(joinMeeting, { id: made.id })).rejects.toMatchObject({ code: 'not-found' });
  });
});

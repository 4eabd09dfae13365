import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createResource } from '@parvis/access/tree';
import { createMeeting, setMeetingChat } from '@parvis/contract/meet';
import { tryConnection } from '@parvis/contract/meet-trial';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meet } from '../service.ts';

const key = 'devkey';
const secret = 'a secret of the tests alone, 32 characters and more';

describe('what stands beside a meeting', () => {
  let house: House;
  let owner: Visitor;
  let member: Visitor;
  let stranger: Visitor;
  let space: Awaited<ReturnType<House['space']>>;
  /** Takes the place of the media server, which is not ours: it only notes what is asked of it. */
  let media: Server;
  const asked: string[] = [];

  beforeAll(async () => {
    media = createServer((request, answer) => {
      void text(request).then((body) => {
        asked.push(`${request.url} ${body}`);
        answer.setHeader('content-type', 'application/json').end('{}');
      });
    });
    await new Promise<void>((listening) => media.listen(0, '127.0.0.1', listening));
    house = await aHouse([meet], {
      LIVEKIT_URL: `http://127.0.0.1:${(media.address() as AddressInfo).port}`,
      LIVEKIT_API_KEY: key,
      LIVEKIT_API_SECRET: secret,
    });
    owner = await house.person();
    member = await house.person();
    stranger = await house.person();
    space = await house.space({ owner, members: [member] });
  });
  afterAll(async () => {
    await house?.stop();
    media?.close();
  });

  test('a connection is tried in a room of one’s own, for one', async () => {
    const entry = await stranger.call(tryConnection, {});
    const claims = await new TokenVerifier(key, secret).verify(entry.token);
    expect(claims.video).toMatchObject({ roomJoin: true, canPublishData: false });
    const room = claims.video?.room ?? '';
    expect(room).toContain(stranger.person.uid);
    const opened = asked.find((one) => one.includes('CreateRoom') && one.includes(room));
    expect(opened).toBeDefined();
    expect((await stranger.call(tryConnection, {})).identity).not.toBe(entry.identity);
  });

  test('the first channel that is named is the chat, and it must be one that the person sees', async () => {
    const made = await owner.call(createMeeting, { spaceId: space.uid, title: 'Comité' });
    const channel = (title: string, ownerId: number) =>
      createResource(house.db, {
        kind: 'channel',
        title,
        parentUid: space.uid,
        spaceUid: space.uid,
        ownerId,
      });
    const [first, second] = [
      await channel('Premier', owner.person.id),
      await channel('Second', owner.person.id),
    ];
    expect((await member.call(setMeetingChat, { id: made.id, channelId: first.uid })).channelId).toBe(
      first.uid,
    );
    expect((await owner.call(setMeetingChat, { id: made.id, channelId: second.uid })).channelId).toBe(
      first.uid,
    );
    const refused = { code: 'not-found' };
    await expect(stranger.call(setMeetingChat, { id: made.id, channelId: first.uid })).rejects.toMatchObject(
      refused,
    );
    await expect(owner.call(setMeetingChat, { id: made.id, channelId: made.id })).rejects.toMatchObject(
      refused,
    );
  });
});

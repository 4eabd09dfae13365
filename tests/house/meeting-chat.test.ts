import { randomUUID } from 'node:crypto';
import { createChannel, getChannel, postMessage } from '@parvis/contract/chat';
import { editMessage } from '@parvis/contract/chat-message';
import { createMeeting, endMeeting, setMeetingChat } from '@parvis/contract/meet';
import { setPermissions } from '@parvis/contract/meet-room';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chat } from '../../apps/chat/src/service.ts';
import { meet } from '../../apps/meet/src/service.ts';

const wait = { timeout: 60_000, interval: 100 };
let house: House;
let [owner, member, other, manager] = [] as unknown as [Visitor, Visitor, Visitor, Visitor];
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([chat, meet]);
  [owner, member, other] = [await house.person(), await house.person(), await house.person()];
  manager = await house.person();
  spaceId = (await house.space({ owner: manager, members: [owner, member, other] })).uid;
}, 120_000);
afterAll(() => house?.stop());

const says = (who: Visitor, id: string) =>
  who.call(postMessage, { id, body: 'Oui.', clientId: randomUUID() });
/** What a send is refused with, or null once it is stored. */
const refusal = (who: Visitor, id: string) =>
  says(who, id).then(
    () => null,
    (error: { code?: string }) => error.code ?? String(error),
  );
const everything = { camera: true, microphone: true, screen: true };

/** A meeting of somebody who manages nothing else, in a channel of the space that is its chat. */
async function held() {
  const channel = await manager.call(createChannel, { spaceId, name: 'Atelier' });
  const meeting = await owner.call(createMeeting, { channelId: channel.id, title: 'Point' });
  const may = (who: Visitor, writes: boolean) =>
    owner.call(setPermissions, { id: meeting.id, who: who.person.uid, ...everything, chat: writes });
  return { id: channel.id, meetingId: meeting.id, may };
}

describe('who may write in the chat of a meeting', () => {
  test('is taken away and given back by an organiser: nothing is written meanwhile, in no way, and all is read', async () => {
    const { id, may } = await held();
    const { seq } = await says(member, id);
    await may(member, false);
    await expect.poll(() => refusal(member, id), wait).toBe('chat-silenced');
    await expect(member.call(editMessage, { id, seq, body: 'Non.' })).rejects.toMatchObject({
      code: 'chat-silenced',
    });
    expect(await member.call(getChannel, { id })).toMatchObject({ silenced: true });
    expect(await refusal(other, id)).toBeNull();
    await may(member, true);
    await expect.poll(() => refusal(member, id), wait).toBeNull();
    expect(await member.call(getChannel, { id })).toMatchObject({ silenced: false });
  });

  test('comes back when the meeting is over, and was never taken in another channel', async () => {
    const { id, meetingId, may } = await held();
    const elsewhere = await manager.call(createChannel, { spaceId, name: 'Ailleurs' });
    await may(member, false);
    await expect.poll(() => refusal(member, id), wait).toBe('chat-silenced');
    expect(await refusal(member, elsewhere.id)).toBeNull();
    await owner.call(endMeeting, { id: meetingId });
    await expect.poll(() => refusal(member, id), wait).toBeNull();
  });

  test('holds for a channel that becomes the chat of the meeting later', async () => {
    const { id: meetingId } = await owner.call(createMeeting, { spaceId, title: 'Plus tard' });
    await owner.call(setPermissions, { id: meetingId, who: member.person.uid, ...everything, chat: false });
    const channel = await manager.call(createChannel, { spaceId, name: 'Ouvert après' });
    expect(await refusal(member, channel.id)).toBeNull();
    await owner.call(setMeetingChat, { id: meetingId, channelId: channel.id });
    await expect.poll(() => refusal(member, channel.id), wait).toBe('chat-silenced');
  });

  test('is not taken from those who manage the channel, nor by those who do not organise', async () => {
    const { id, meetingId, may } = await held();
    await expect(may(manager, false)).rejects.toMatchObject({ code: 'role-fixed' });
    expect(await refusal(manager, id)).toBeNull();
    await expect(
      other.call(setPermissions, { id: meetingId, who: member.person.uid, ...everything, chat: false }),
    ).rejects.toMatchObject({ code: 'not-allowed' });
  });

  test('is told to a socket that is open in the channel, which goes on hearing', async () => {
    const { id, may } = await held();
    await says(other, id);
    const socket = await member.socket('/ws/chat');
    const heard: { t: string; code?: string }[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(String(data)) as { t: string; code?: string }));
    socket.send(JSON.stringify({ t: 'follow', channels: [{ id, after: 0 }] }));
    await expect.poll(() => heard.some(({ t }) => t === 'entries'), wait).toBe(true);
    await may(member, false);
    await expect
      .poll(() => {
        socket.send(JSON.stringify({ t: 'send', channelId: id, clientId: randomUUID(), body: 'Encore.' }));
        return heard.some(({ code }) => code === 'chat-silenced');
      }, wait)
      .toBe(true);
    const before = heard.length;
    await says(other, id);
    await expect.poll(() => heard.slice(before).some(({ t }) => t === 'entries'), wait).toBe(true);
    socket.close();
  });
});

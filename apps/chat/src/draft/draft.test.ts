import { createChannel } from '@parvis/contract/chat';
import { type Draft, listDrafts, putDraft } from '@parvis/contract/chat-draft';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen, type Screen } from '../testing/screen.ts';

let house: House;
let second: Served;
let one: Visitor;
let other: Visitor;
let channel: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  second = await house.another(chat);
  one = await house.person();
  other = await house.person();
  const space = await house.space({ owner: one, members: [other] });
  channel = (await one.call(createChannel, { spaceId: space.uid, name: 'brouillons' })).id;
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

const at = (ms: number) => new Date(Date.now() + ms).toISOString();
const bodies = async (who: Visitor) => (await who.call(listDrafts, {})).drafts.map(({ body }) => body);

test('a draft is there on another device, at another process, and for nobody else', async () => {
  const device = await aScreen(second.url, one.cookie);
  const stranger = await aScreen(second.url, other.cookie);
  const drafts = (screen: Screen) =>
    screen.heard.flatMap((frame) => (frame.t === 'draft' ? [frame.draft.body] : []));
  await one.call(putDraft, { id: channel, body: 'Je propose **', at: at(0) });
  await device.until('the draft', () => device.heard.some(({ t }) => t === 'draft'));
  const heard = device.heard.find((frame) => frame.t === 'draft') as { draft: Draft };
  expect(heard.draft).toMatchObject({ channelId: channel, threadSeq: 0, body: 'Je propose **' });
  expect(await bodies(one)).toEqual(['Je propose **']);
  expect(await bodies(other)).toEqual([]);
  // Notices come in their order: whoever hears of their own was not told of the one before.
  await other.call(putDraft, { id: channel, body: 'à moi', at: at(0) });
  await stranger.until('their own draft', () => drafts(stranger).includes('à moi'));
  expect(drafts(stranger)).toEqual(['à moi']);
  await other.call(putDraft, { id: channel, body: '', at: at(1_000) });
  device.cut();
  stranger.cut();
});

test('the later text stays, whichever arrives last', async () => {
  const [early, late] = [at(1_000), at(2_000)];
  await one.call(putDraft, { id: channel, body: 'tard', at: late });
  expect(await one.call(putDraft, { id: channel, body: 'tôt', at: early })).toMatchObject({ body: 'tard' });
  expect(await bodies(one)).toEqual(['tard']);
});

test('a clock that runs ahead does not keep its draft for ever', async () => {
  await one.call(putDraft, { id: channel, threadSeq: 3, body: 'de demain', at: at(86_400_000) });
  await one.call(putDraft, { id: channel, threadSeq: 3, body: 'maintenant', at: at(90_000) });
  expect(await bodies(one)).toContain('maintenant');
});

test('an empty draft is none, and one of a channel that is gone for the person is not shown', async () => {
  await one.call(putDraft, { id: channel, body: '', at: at(5_000) });
  await one.call(putDraft, { id: channel, threadSeq: 3, body: '', at: at(120_000) });
  expect(await bodies(one)).toEqual([]);
  const space = await house.space({ owner: one, members: [other] });
  const theirs = (
    await one.call(createChannel, { spaceId: space.uid, name: 'fermé', channelKind: 'private' })
  ).id;
  await expect(other.call(putDraft, { id: theirs, body: 'x', at: at(0) })).rejects.toMatchObject({
    code: 'not-found',
  });
});

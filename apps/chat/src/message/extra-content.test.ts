import { createResource } from '@parvis/access/tree';
import { createChannel, postMessage } from '@parvis/contract/chat';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';

let house: House;
let one: Visitor;
let space: string;
let channel: string;

beforeAll(async () => {
  house = await aHouse([chat]);
  one = await house.person();
  space = (await house.space({ owner: one })).uid;
  channel = (await one.call(createChannel, { spaceId: space, name: 'fichiers' })).id;
});
afterAll(() => house?.stop());

const fileBelow = async (parentUid: string, title: string) =>
  (
    await createResource(house.db, {
      kind: 'file',
      title,
      parentUid,
      ownerId: one.person.id,
      meta: { mediaType: 'image/png', sizeBytes: 12 },
    })
  ).uid;
const post = (files: string[], body = '') =>
  one.call(postMessage, { id: channel, clientId: crypto.randomUUID(), body, files });

test('files below the channel are sent with a message, in their order, and need no text', async () => {
  const files = [await fileBelow(channel, 'b.png'), await fileBelow(channel, 'a.png')];
  expect((await post(files)).files).toEqual([
    { id: files[0], name: 'b.png', type: 'image/png', bytes: 12 },
    { id: files[1], name: 'a.png', type: 'image/png', bytes: 12 },
  ]);
});

test('a file that lies elsewhere is not sent, for not all readers of the channel may open it', async () => {
  const elsewhere = await fileBelow(space, 'c.png');
  await expect(post([elsewhere], 'voir')).rejects.toMatchObject({ code: 'no-such-file' });
});

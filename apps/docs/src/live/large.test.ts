import { createDocument } from '@parvis/contract/docs';
import { documentUpdateBytesMax } from '@parvis/contract/limits';
import { aHouse, type House } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docs } from '../service.ts';
import { Editor } from '../testing/editor.ts';

/** Letters of one update, and updates: more together than may wait for a reader who hears of others' writing. */
const letters = documentUpdateBytesMax - 1024;
const updates = 5;

let house: House;

beforeAll(async () => {
  house = await aHouse([docs]);
});
afterAll(() => house?.stop());

test('a document larger than what may wait for a reader is opened by one who reads slowly', async () => {
  const anna = await house.person();
  const spaceId = (await house.space({ owner: anna })).uid;
  const { id } = await anna.call(createDocument, { parentId: spaceId, title: 'Atlas' });
  const options = { url: house.urlOf('docs'), cookie: anna.cookie, documentId: id };
  const writer = await new Editor(options).join();
  for (let nr = 0; nr < updates; nr += 1) {
    writer.type(String(nr).repeat(letters));
    await writer.saved();
  }
  const reader = new Editor(options);
  await reader.open();
  // It takes nothing until all of the document has been written to it.
  reader.socket.pause();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(reader.text.length).toBe(0);
  reader.socket.resume();
  await reader.until('all of it', () => reader.text.length === updates * letters);
  // Whoever has taken it is written to like anybody.
  writer.type('end');
  await reader.until(
    'the end',
    () => reader.text.toString().endsWith('end') || reader.text.toString().startsWith('end'),
  );
  expect(reader.closed).toBeNull();
  writer.destroy();
  reader.destroy();
}, 240_000);

import { createDocument } from '@parvis/contract/docs';
import { documentUpdateBytesMax } from '@parvis/contract/limits';
import { aHouse, type House } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docs } from '../service.ts';
import { Editor } from '../testing/editor.ts';
import { joinMsMax } from './join.ts';

/** Letters of one update, and updates: more together than may wait for a reader who hears of others' writing. */
const letters = documentUpdateBytesMax - 1024;
const updates = 5;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

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
  const whole = updates * letters;
  // At first most of it is what was written since a reading that is kept for those who come at once; then it is one reading.
  for (const [nr, waitMs] of [0, joinMsMax + 500].entries()) {
    await pause(waitMs);
    const reader = new Editor(options);
    await reader.open();
    // It takes nothing until all of the document has been written to it.
    reader.socket.pause();
    await pause(3_000);
    expect(reader.text.length).toBe(0);
    reader.socket.resume();
    await reader.until('all of it', () => reader.text.length === whole + nr);
    // Whoever has taken it is written to like anybody.
    writer.type('.');
    await reader.until('the end', () => reader.text.length === whole + nr + 1);
    expect(reader.closed).toBeNull();
    reader.destroy();
  }
  writer.destroy();
}, 240_000);

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createDocument } from '@parvis/contract/docs';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docs } from '../service.ts';
import { Editor } from '../testing/editor.ts';
import type { Room } from './room.ts';
import { Rooms } from './rooms.ts';

const count = 500;
const together = 25;
let house: House;
let owner: Visitor;

beforeAll(async () => {
  house = await aHouse([docs]);
  owner = await house.person();
});
afterAll(() => house?.stop());

/** Ends what nobody holds any more. */
function collect(): void {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
}

async function until(what: string, isTrue: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not ${what}`);
}

test(`${count} documents that were opened, written and closed leave nothing in the process`, {
  timeout: 300_000,
}, async () => {
  const space = await house.space({ owner });
  const rooms = house.served('docs').app.get(Rooms, { strict: false });
  const held: WeakRef<Room>[] = [];
  const open = rooms.open.bind(rooms);
  rooms.open = async (documentId, uid) => {
    const room = await open(documentId, uid);
    if (room) held.push(new WeakRef(room));
    return room;
  };
  for (let made = 0; made < count; made += together) {
    const editors = await Promise.all(
      Array.from({ length: together }, async (_, index) => {
        const { id } = await owner.call(createDocument, { parentId: space.uid, title: 'Short' });
        const one = await new Editor({
          url: house.urlOf('docs'),
          cookie: owner.cookie,
          documentId: id,
        }).join();
        one.presence.setLocalState({ name: 'Owner' });
        one.type('a few words');
        // Some leave before they hear that it is kept.
        if (index % 3 > 0) await one.saved();
        return one;
      }),
    );
    expect(rooms.size).toBeGreaterThan(0);
    for (const one of editors) one.destroy();
  }
  await until('closed', () => rooms.size === 0);
  expect(held.length).toBe(count);
  await until('forgotten', () => {
    collect();
    return held.every((one) => one.deref() === undefined);
  });
});

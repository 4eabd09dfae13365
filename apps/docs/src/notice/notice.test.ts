import { grant, revoke } from '@parvis/access/grants';
import { trash } from '@parvis/access/moving';
import { rename } from '@parvis/access/tree';
import { noticesPath, ThingsChanged } from '@parvis/contract/doc-list';
import { createDocument } from '@parvis/contract/docs';
import { AccessChanges } from '@parvis/server/changes';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { docs } from '../service.ts';

let house: House;
let ada: Visitor;
let ben: Visitor;
let stranger: Visitor;
let spaceId: string;
let document: string;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  house = await aHouse([docs]);
  [ada, ben, stranger] = [await house.person(), await house.person(), await house.person()];
  spaceId = (await house.space({ owner: ada, members: [ben] })).uid;
  document = (await ada.call(createDocument, { parentId: spaceId, title: 'Note' })).id;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});
afterAll(() => house?.stop());

/** A page that follows these things: what it is told from then on, and how it was closed. */
async function aPage(who: Visitor, ids: string[]) {
  const socket = await who.socket(noticesPath);
  sockets.push(socket);
  const heard: string[][] = [];
  let begun = false;
  socket.on('message', (data) => {
    const { changed } = ThingsChanged.parse(JSON.parse(String(data)));
    if (begun) heard.push(changed);
    begun = true;
  });
  socket.send(JSON.stringify({ follow: ids }));
  await expect.poll(() => begun).toBe(true);
  return { socket, heard };
}

test('a new title, a new page and the trash are told to who follows and may see', async () => {
  const page = await aPage(ben, [document, spaceId]);
  const blind = await aPage(stranger, [document, spaceId]);
  await rename(house.db, document, 'Autre titre');
  await expect.poll(() => new Set(page.heard.flat())).toEqual(new Set([document, spaceId]));
  page.heard.length = 0;
  const made = (await ada.call(createDocument, { parentId: document, title: 'Page' })).id;
  await expect.poll(() => page.heard.flat()).toContain(document);
  page.heard.length = 0;
  await trash(house.db, made, ada.person.id);
  await expect.poll(() => page.heard.flat()).toContain(document);
  expect(blind.heard).toEqual([]);
});

test('of two sayings of a page the last one holds, however much the first one asked for', async () => {
  const others = Array.from({ length: 499 }, () => crypto.randomUUID());
  for (const round of Array.from({ length: 20 }, (_, at) => at)) {
    const { socket, heard } = await aPage(ben, []);
    socket.send(JSON.stringify({ follow: [...others, spaceId] }));
    socket.send(JSON.stringify({ follow: [document] }));
    await expect.poll(() => heard.length).toBe(2);
    await rename(house.db, document, `Titre ${round}`);
    await expect.poll(() => heard.slice(2), { timeout: 30_000 }).toEqual([[document]]);
    socket.terminate();
  }
});

test('who loses the right is told once, and of nothing after, however soon', async () => {
  const changes = house.served('docs').app.get(AccessChanges, { strict: false });
  for (const round of Array.from({ length: 20 }, (_, at) => at)) {
    const wanted = { resourceUid: document, subjectId: stranger.person.id, role: 'reader' as const };
    await grant(house.db, wanted, ada.person.id);
    await changes.settled();
    const page = await aPage(stranger, [document]);
    await revoke(house.db, document, stranger.person.id);
    await expect.poll(() => page.heard, { interval: 1 }).toEqual([[document]]);
    await rename(house.db, document, `Secret ${round}`);
    const witness = await aPage(ben, [document]);
    await rename(house.db, document, `Plus secret ${round}`);
    await expect.poll(() => witness.heard.length).toBeGreaterThan(0);
    expect(page.heard).toEqual([[document]]);
    for (const { socket } of [page, witness]) socket.terminate();
  }
});

test.each([
  'garbage',
  '{"follow":["x"]}',
  '[]',
  `{"follow":${JSON.stringify(Array(501).fill(crypto.randomUUID()))}}`,
])('what is no list of things ends the connection with a reason: %#', async (frame) => {
  const { socket } = await aPage(ben, []);
  const closed = new Promise<[number, string]>((resolve) =>
    socket.on('close', (code, reason) => resolve([code, String(reason)])),
  );
  socket.send(frame);
  expect(await closed).toEqual([4400, 'frame-malformed']);
});

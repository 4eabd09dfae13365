import { createChannel, postMessage } from '@parvis/contract/chat';
import { removeFromSpace } from '@parvis/contract/directory';
import { contentPath } from '@parvis/contract/content-path';
import { uploadsPath } from '@parvis/contract/drive';
import type { Served } from '@parvis/server/serve';
import type { Visitor } from '@parvis/testing/house';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { chat } from '../../apps/chat/src/service.ts';
import { aScreen, type Screen } from '../../apps/chat/src/testing/screen.ts';
import { docs } from '../../apps/docs/src/service.ts';
import { Editor } from '../../apps/docs/src/testing/editor.ts';
import { begin, patch } from '../../apps/drive/src/testing/tus-client.ts';
import { expectRefusal, goodInput, namedOperations, placeFields, send } from './asking.ts';
import { kindOfId } from './kinds.ts';
import { aWholeHouse, type Things, thingsOf, type WholeHouse } from './whole-house.ts';

/** Milliseconds for which nothing may be shown after the end was said. */
const quietMs = 1_000;
/** Milliseconds after which a socket that still stands open is broken. */
const closedMsMax = 60_000;

let whole: WholeHouse;
let owner: Visitor;
let administrator: Visitor;
let leaver: Visitor;
let things: Things;
/** Two processes' worth of each service that holds sockets. */
let chats: string[];
let editors: string[];
const more: Served[] = [];

beforeAll(async () => {
  whole = await aWholeHouse();
  owner = await whole.person();
  administrator = await whole.person({ administrator: true });
  for (const service of [chat, docs]) more.push(await whole.house.another(service));
  chats = [whole.house.urlOf('chat'), more[0]?.url as string];
  editors = [whole.house.urlOf('docs'), more[1]?.url as string];
});
afterAll(async () => {
  for (const served of more) await served.close();
  await whole?.stop();
});
beforeEach(async () => {
  leaver = await whole.person();
  things = await thingsOf(whole, owner, administrator, [leaver]);
});

const removeLeaver = () => owner.call(removeFromSpace, { id: things.space, personId: leaver.person.uid });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const post = (body: string) => owner.call(postMessage, { id: things.channel, clientId: randomUUID(), body });

function anEditor(by: Visitor, url: string | undefined): Promise<Editor> {
  return new Editor({ url: url as string, cookie: by.cookie, documentId: things.document }).join();
}

test('everything in the space is refused at the next request, by every operation', async () => {
  const upload = await begin(leaver, { parentId: things.folder, name: 'en route' }, 10);
  await patch(leaver, upload, 0, Buffer.from('01234'));
  expect((await leaver.fetch(contentPath(things.file))).status).toBe(200);
  await removeLeaver();
  const inSpace = namedOperations.filter(
    ([name, op]) =>
      Object.keys(placeFields).some((field) => field in op.input.shape) ||
      !['session', 'person', 'group', undefined].includes(kindOfId[name]),
  );
  expect(inSpace.length).toBeGreaterThan(25);
  for (const [name, op] of inSpace) {
    const answer = await send(leaver, op, goodInput(name, op, things));
    await expectRefusal(answer.clone(), 404).catch((error: unknown) => {
      throw new Error(`${name}: ${answer.status}`, { cause: error });
    });
  }
  await expectRefusal(await leaver.fetch(contentPath(things.file)), 404);
  const rest = await patch(leaver, upload, 5, Buffer.from('56789'));
  await expectRefusal(rest, 404);
  const id = upload.slice(uploadsPath.length + 1);
  const made = await whole.house.db.query('select file_uid from drive.upload where id = $1', [id]);
  expect(made.filter((row) => (row as { file_uid: string | null }).file_uid !== null)).toEqual([]);
});

test('open chat sockets of both processes show nothing more, and say that the channel is gone', async () => {
  const screens: Screen[] = [];
  for (const url of chats) screens.push(await aScreen(url, leaver.cookie));
  for (const screen of screens) {
    screen.follow(things.channel);
    await screen.until('the first message', () => screen.bodies(things.channel).includes('secret'));
  }
  await removeLeaver();
  // Committed after the removal: not one of them may reach the person, however soon.
  for (let count = 0; count < 20; count += 1) await post(`après ${count}`);
  for (const screen of screens) await screen.until('gone', () => screen.gone.has(things.channel));
  await pause(quietMs);
  for (const screen of screens) {
    const heard = screen.heard.flatMap((one) =>
      one.t === 'entries'
        ? one.entries.flatMap((entry) => (entry.kind === 'message' ? [entry.message.body] : []))
        : [],
    );
    expect(heard.filter((body) => body.startsWith('après'))).toEqual([]);
    expect(screen.afterGone).toBe(0);
    screen.cut();
  }
});

test('open document sockets of both processes show nothing more, and are closed', async () => {
  const writers = [await anEditor(owner, editors[0]), await anEditor(owner, editors[1])] as const;
  const readers = [await anEditor(leaver, editors[0]), await anEditor(leaver, editors[1])];
  writers[0].type('avant');
  for (const one of readers) await one.until('the text', () => one.text.toString() === 'avant');
  const written = readers.map((one) => one.text.toString());
  await removeLeaver();
  for (let count = 0; count < 20; count += 1) writers[count % 2]?.type(` après${count}`);
  for (const one of readers) await one.until('closed', () => one.closed !== null, closedMsMax);
  await pause(quietMs);
  expect(readers.map((one) => one.text.toString())).toEqual(written);
  expect(readers.map((one) => one.closed)).toEqual(
    readers.map(() => ({ code: 4403, reason: 'not-allowed' })),
  );
  for (const one of [...writers, ...readers]) one.destroy();
});

test('what a person writes after they were removed is stored nowhere', async () => {
  const screen = await aScreen(chats[1] as string, leaver.cookie);
  const editor = await anEditor(leaver, editors[1]);
  const known = await anEditor(owner, editors[0]);
  await removeLeaver();
  await expect(screen.send(things.channel, 'encore moi')).rejects.toThrow('not-found');
  editor.type('encore moi');
  await editor.until('closed', () => editor.closed !== null, closedMsMax);
  await pause(300);
  const stored = await whole.house.db.query(`select 1 from chat.message where body = 'encore moi'`);
  expect(stored).toEqual([]);
  expect(known.text.toString()).not.toContain('encore');
  for (const one of [editor, known]) one.destroy();
  screen.cut();
});

test('others in the space notice nothing', async () => {
  const stays = await whole.person();
  const both = await thingsOf(whole, owner, administrator, [leaver, stays]);
  const screen = await aScreen(chats[1] as string, stays.cookie);
  screen.follow(both.channel);
  await owner.call(removeFromSpace, { id: both.space, personId: leaver.person.uid });
  await owner.call(postMessage, { id: both.channel, clientId: randomUUID(), body: 'on continue' });
  await screen.until('the next message', () => screen.bodies(both.channel).includes('on continue'));
  expect(screen.closed).toBeNull();
  expect(screen.holes).toBe(0);
  const elsewhere = await leaver.call(createChannel, { spaceId: things.space, name: 'Reste' });
  expect(elsewhere.title).toBe('Reste');
  screen.cut();
});

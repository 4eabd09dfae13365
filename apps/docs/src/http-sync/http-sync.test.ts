import { randomUUID } from 'node:crypto';
import { grant, revoke } from '@parvis/access/grants';
import { framesType } from '@parvis/contract/doc-sync';
import { createDocument } from '@parvis/contract/docs';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { docs } from '../service.ts';
import { Editor } from '../testing/editor.ts';
import { HttpEditor } from '../testing/http-editor.ts';
import { connectionsMax, HttpSync } from './http-sync.service.ts';

let house: House;
let second: Served;
let anna: Visitor;
let bruno: Visitor;
let spaceId: string;
const made: { destroy(): void }[] = [];

beforeAll(async () => {
  house = await aHouse([docs]);
  second = await house.another(docs);
  anna = await house.person();
  bruno = await house.person();
  spaceId = (await house.space({ owner: anna, members: [bruno] })).uid;
});
afterEach(() => {
  for (const one of made.splice(0)) one.destroy();
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const aDocument = async () => (await anna.call(createDocument, { parentId: spaceId, title: 'Draft' })).id;

function byRequests(who: Visitor, id: string): HttpEditor {
  const editor = new HttpEditor(who, id);
  made.push(editor);
  return editor;
}
function bySocket(who: Visitor, id: string): Editor {
  const editor = new Editor({ url: house.urlOf('docs'), cookie: who.cookie, documentId: id });
  made.push(editor);
  return editor;
}
/** Asks for news until something has come of it, in turn at the addresses. */
async function waited(
  editor: HttpEditor,
  isThere: () => boolean,
  urls: (string | undefined)[] = [undefined],
): Promise<void> {
  for (let nr = 0; nr < 60 && !isThere(); nr += 1) await editor.wait(urls[nr % urls.length]);
  expect(isThere()).toBe(true);
}
const same = (a: Y.Doc, b: Y.Doc) => JSON.stringify(a.toJSON()) === JSON.stringify(b.toJSON());
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

test('one writes by requests and the other by a socket: the same text, and each other’s presence', async () => {
  const id = await aDocument();
  const a = byRequests(anna, id);
  const b = await bySocket(bruno, id).join();
  expect((await a.join()).status).toBe(200);
  expect(a.right).toBe('write');
  a.text.insert(0, 'by request ');
  await a.send();
  await b.until('seen', () => b.text.toString() === 'by request ');
  b.type('by socket');
  await waited(a, () => a.text.toString() === 'by request by socket');
  expect(same(a.doc, b.doc)).toBe(true);

  await a.tell({ name: 'Anna' });
  await b.until('present', () => b.presence.getStates().get(a.doc.clientID)?.name === 'Anna');
  // Requests end and begin; the person stays.
  await pause(200);
  expect(b.presence.getStates().has(a.doc.clientID)).toBe(true);
  b.presence.setLocalState({ name: 'Bruno' });
  await waited(a, () => a.presence.getStates().has(b.doc.clientID));
  expect(a.presence.getStates().get(b.doc.clientID)?.name).toBe('Bruno');
});

test('a request with updates is answered when they are on disk, and nobody sees them before', async () => {
  const id = await aDocument();
  const a = byRequests(anna, id);
  const b = await bySocket(bruno, id).join();
  await a.join();
  const blocker = await house.pool.connect();
  let answered = false;
  let sent: Promise<unknown>;
  try {
    await blocker.query('begin');
    await blocker.query('select from docs.document where uid = $1 for update', [id]);
    a.text.insert(0, 'not yet');
    sent = a.send().then(() => {
      answered = true;
    });
    await pause(400);
    expect(answered).toBe(false);
    expect(b.text.toString()).toBe('');
  } finally {
    await blocker.query('rollback');
    blocker.release();
  }
  await sent;
  expect(a.acked).toBe(1);
  await b.until('seen', () => b.text.toString() === 'not yet');
});

test('requests that reach one process and then the other lose nothing', async () => {
  const id = await aDocument();
  const a = byRequests(anna, id);
  const b = await bySocket(bruno, id).join();
  await a.join();
  const urls = [undefined, second.url];
  for (let i = 0; i < 24; i++) {
    b.type(`<${i}>`);
    a.text.insert(0, `[${i}]`);
    await a.send(urls[i % 2]);
    await (i % 3 === 0 ? a.wait(urls[(i + 1) % 2]) : pause(15));
  }
  await b.saved();
  await waited(a, () => same(a.doc, b.doc), urls);
  expect(a.text.toString()).toContain('<23>');
  expect(same(a.doc, b.doc)).toBe(true);
  expect(a.acked).toBe(24);
});

test('what was written before a connection broke is sent again and stands there once', async () => {
  const id = await aDocument();
  const a = byRequests(anna, id);
  await a.join();
  a.text.insert(0, 'once');
  const stop = new AbortController();
  // The answer is lost, and maybe the request too.
  const lost = anna.fetch(`/api/docs/${id}/sync?client=${a.client}&wait=1`, {
    method: 'POST',
    headers: { 'content-type': framesType },
    signal: stop.signal,
  });
  await pause(50);
  stop.abort();
  await expect(lost).rejects.toThrow();
  await a.join();
  await a.send();
  await a.join();
  await a.send();
  const b = await bySocket(bruno, id).join();
  expect(b.text.toString()).toBe('once');
});

test('strangers, readers and the removed are held to the same rights as on a socket', async () => {
  const id = await aDocument();
  const stranger = byRequests(await house.person(), id);
  const refused = await stranger.join();
  expect([refused.status, await codeOf(refused)]).toEqual([404, 'not-found']);
  expect((await byRequests(anna, randomUUID()).join()).status).toBe(404);

  const reader = await house.person();
  await grant(house.db, { resourceUid: id, subjectId: reader.person.id, role: 'reader' }, anna.person.id);
  const r = byRequests(reader, id);
  await r.join();
  expect(r.right).toBe('read');
  r.text.insert(0, 'forbidden');
  await r.send();
  expect(r.refused).toContain('read-only');
  expect(r.acked).toBe(0);

  const b = await bySocket(bruno, id).join();
  const waiting = r.wait();
  await pause(50);
  await revoke(house.db, id, reader.person.id);
  b.type('secret');
  expect((await waiting).status).not.toBe(500);
  expect([403, 404]).toContain((await r.wait()).status);
  expect(r.text.toString()).not.toContain('secret');
});

test('an ended session ends what waits', async () => {
  const id = await aDocument();
  const leaver = await house.person();
  await grant(house.db, { resourceUid: id, subjectId: leaver.person.id, role: 'editor' }, anna.person.id);
  const a = byRequests(leaver, id);
  await a.join();
  const waiting = a.wait();
  await pause(50);
  await house.db.query('update access.person set disabled_at = now() where subject_id = $1', [
    leaver.person.id,
  ]);
  await house.db.query(`select pg_notify('access', $1)`, [JSON.stringify({ subjects: [leaver.person.id] })]);
  await waiting;
  expect((await a.wait()).status).toBe(401);
});

test('an old text is not merged, and an old editor is told before anything else', async () => {
  const id = await aDocument();
  const a = byRequests(anna, id);
  const answer = await a.join({ epoch: randomUUID() });
  expect([answer.status, await codeOf(answer)]).toEqual([409, 'wrong-epoch']);
  await a.join({ schema: '0' });
  expect(a.refused).toEqual(['schema-too-old']);
  expect(a.right).toBe('read');
});

test('garbage, half frames and other types are refused with a code, and harm nobody', async () => {
  const id = await aDocument();
  const b = await bySocket(bruno, id).join();
  const post = (body: Uint8Array<ArrayBuffer>, type = framesType, query = `client=${randomUUID()}`) =>
    anna.fetch(`/api/docs/${id}/sync?${query}`, { method: 'POST', headers: { 'content-type': type }, body });
  expect((await post(new TextEncoder().encode('{}'), 'application/json')).status).toBe(415);
  for (const bytes of [
    [0x82],
    [0x82, 5, 0],
    [0x82, 127, 0, 0, 0, 0, 255, 255, 255, 255],
    [1, 2, 3],
    [0x82, 0x80],
  ]) {
    const answer = await post(Uint8Array.from(bytes));
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'frame-malformed']);
  }
  expect((await post(new Uint8Array(), framesType, 'client=me')).status).toBe(400);
  expect((await post(new Uint8Array(8 * 1024 ** 2))).status).toBe(413);
  const a = byRequests(anna, id);
  await a.join();
  await a.ask([Uint8Array.of(0, 2, 3, 9, 9, 9), Uint8Array.of(0, 7), Uint8Array.of(1, 200)]);
  expect(a.refused).toEqual(['update-malformed', 'frame-malformed', 'frame-malformed']);
  b.type('unharmed');
  await b.saved();
});

test('one person’s connections are bounded: the silent make room, the waiting do not', async () => {
  const id = await aDocument();
  const many = await house.person();
  await grant(house.db, { resourceUid: id, subjectId: many.person.id, role: 'reader' }, anna.person.id);
  const editors = Array.from({ length: connectionsMax + 2 }, () => byRequests(many, id));
  for (const editor of editors) expect((await editor.join()).status).toBe(200);
  const waiting = editors.slice(2).map((editor) => editor.wait());
  const sync = house.served('docs').app.get(HttpSync, { strict: false });
  for (const deadline = Date.now() + 30_000; sync.busy < waiting.length; await pause(20))
    if (Date.now() > deadline) expect(sync.busy).toBe(waiting.length);
  expect((await byRequests(many, id).join()).status).toBe(429);
  const b = await bySocket(bruno, id).join();
  b.type('news');
  for (const answer of await Promise.all(waiting)) expect(answer.status).toBe(200);
});

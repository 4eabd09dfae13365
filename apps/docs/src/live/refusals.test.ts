import { remove } from '@parvis/access/moving';
import { createDocument, getDocument } from '@parvis/contract/docs';
import { schemaVersion } from '@parvis/document/version';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { docs } from '../service.ts';
import { Editor, type EditorOptions } from '../testing/editor.ts';

let house: House;
let second: Served;
let anna: Visitor;
let bruno: Visitor;
let spaceId: string;
const editors: Editor[] = [];

beforeAll(async () => {
  house = await aHouse([docs]);
  second = await house.another(docs);
  anna = await house.person();
  bruno = await house.person();
  spaceId = (await house.space({ owner: anna, members: [bruno] })).uid;
});
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy();
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function aDocument(): Promise<string> {
  return (await anna.call(createDocument, { parentId: spaceId, title: 'Draft' })).id;
}

function editor(who: Visitor, documentId: string, more: Partial<EditorOptions> = {}): Editor {
  const made = new Editor({ url: house.urlOf('docs'), cookie: who.cookie, documentId, ...more });
  editors.push(made);
  return made;
}

test('malformed, truncated and left-over bytes are refused with a code, and nothing is lost for the others', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  const b = await editor(bruno, id).join();
  const good = (() => {
    const doc = new Y.Doc();
    doc.getText('t').insert(0, 'héllo 😀');
    return Y.encodeStateAsUpdate(doc);
  })();
  const bad = [
    good.subarray(0, good.length - 3),
    Buffer.concat([good, Uint8Array.of(1)]),
    Uint8Array.of(1),
    Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 255),
    new Uint8Array(0),
    Buffer.from('<script>alert(1)</script>'),
  ];
  for (const bytes of bad) a.rawUpdate(bytes);
  await a.until('refused', () => a.refused.length === bad.length);
  expect(new Set(a.refused)).toEqual(new Set(['update-malformed']));
  a.raw(Uint8Array.of(77, 1, 2));
  a.raw('text');
  a.raw(new Uint8Array(0));
  await a.until('refused', () => a.refused.filter((code) => code === 'frame-malformed').length === 3);
  expect(a.waiting).toBe(0);
  a.type('still here');
  await b.until('seen', () => b.text.toString() === 'still here');
});

test('an update that is too long is refused: just above the limit in place, one of 50 MB with a reason', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  const b = await editor(bruno, id).join();
  a.rawUpdate(new Uint8Array(5 * 1024 ** 2 + 1));
  await a.until('refused', () => a.refused.includes('update-too-large'));
  expect(a.closed).toBeNull();
  a.rawUpdate(new Uint8Array(50_000_000));
  await a.until('closed', () => a.closed !== null);
  expect(a.closed).toEqual({ code: 1009, reason: 'update-too-large' });
  expect(a.refused.length).toBeGreaterThan(1);
  b.type('unharmed');
  await b.saved();
});

test('a gap in the clocks is refused and asked for, and the answer brings everything', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  const updates: Uint8Array[] = [];
  const doc = new Y.Doc();
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.getText('t').insert(0, 'one');
  doc.getText('t').insert(3, 'two');
  const b = await editor(bruno, id).join();
  const asked = b.received;
  b.rawUpdate(updates[1] as Uint8Array);
  await b.until('refused and asked', () => b.refused.includes('clock-gap') && b.received > asked);
  Y.applyUpdate(b.doc, updates[0] as Uint8Array);
  Y.applyUpdate(b.doc, updates[1] as Uint8Array);
  await b.saved();
  await a.until('seen', () => a.text.toString() === 'onetwo');
});

test('nobody can speak for another client id, nor fill the others with a long state', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  const b = await editor(bruno, id).join();
  a.presence.setLocalState({ name: 'Anna' });
  await b.until('present', () => b.presence.getStates().has(a.doc.clientID));
  b.rawPresence([{ client: a.doc.clientID, clock: 99, state: { name: 'Mallory' } }]);
  b.rawPresence([{ client: b.doc.clientID, clock: 1, state: { name: 'x'.repeat(5_000) } }]);
  b.rawPresence([{ client: a.doc.clientID, clock: 100, state: null }]);
  await b.until('refused', () => b.refused.length === 3);
  expect(new Set(b.refused)).toEqual(new Set(['presence-refused']));
  await pause(100);
  expect(a.presence.getLocalState()).toEqual({ name: 'Anna' });
  const late = await editor(bruno, id).join();
  await late.until('present', () => late.presence.getStates().get(a.doc.clientID)?.name === 'Anna');
});

test('a local copy of another epoch is not merged; an older schema may only read', async () => {
  const id = await aDocument();
  const { epoch } = await anna.call(getDocument, { id });
  const old = await editor(anna, id, { query: 'epoch=00000000-0000-7000-8000-000000000000' }).open();
  await old.until('closed', () => old.closed !== null);
  expect(old.closed).toEqual({ code: 4409, reason: 'wrong-epoch' });
  expect(old.received).toBe(0);
  expect(old.states.at(-1)?.epoch).toBe(epoch);
  const current = await editor(anna, id, { query: `epoch=${epoch}&schema=${schemaVersion}` }).join();
  expect(current.states.at(-1)?.right).toBe('write');
  const outdated = await editor(anna, id, { query: `schema=${schemaVersion - 1}` }).join();
  await outdated.until('told', () => outdated.refused.includes('schema-too-old'));
  expect(outdated.states.at(-1)?.right).toBe('read');
});

test('silent and broken-off sockets harm nobody', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  for (let i = 0; i < 20; i++) {
    const socket = await bruno.socket(`/ws/docs/${id}`);
    if (i % 2 === 0) socket.terminate();
    else socket.on('open', () => socket.close());
  }
  const nowhere = new WebSocket(`${house.urlOf('docs').replace('http', 'ws')}/ws/docs/not-a-document`);
  await new Promise((resolve) => nowhere.once('error', resolve));
  a.type('calm');
  await a.saved();
});

test('a document that is removed for good closes its sockets with a reason, and is gone for who comes after', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  await remove(house.db, id);
  a.type('into the void');
  await a.until('closed', () => a.closed !== null);
  expect([4403, 4404]).toContain(a.closed?.code);
  const late = await editor(bruno, id).open();
  await late.until('closed', () => late.closed !== null);
  expect(late.closed).toEqual({ code: 4404, reason: 'not-found' });
});

test('nobody can write in the name of another client: not of one who wrote, not of one who is only present', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  const quiet = await editor(anna, id).join();
  const b = await editor(bruno, id).join();
  a.type('mine');
  await a.saved();
  await b.until('seen', () => b.text.toString() === 'mine');
  quiet.presence.setLocalState({ name: 'Anna' });
  await b.until('present', () => b.presence.getStates().has(quiet.doc.clientID));
  for (const victim of [a, quiet]) {
    const forged = new Y.Doc();
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(b.doc));
    forged.clientID = victim.doc.clientID;
    const before = Y.encodeStateVector(forged);
    forged.getText('t').insert(0, 'forged');
    b.rawUpdate(Y.encodeStateAsUpdate(forged, before));
  }
  await b.until('refused', () => b.refused.length === 2);
  expect(b.refused).toEqual(['client-not-yours', 'client-not-yours']);
  a.type(' still');
  quiet.type(' here');
  await Promise.all([a.saved(), quiet.saved()]);
  await b.until('seen', () => /still/.test(b.text.toString()) && /here/.test(b.text.toString()));
  expect(b.text.toString()).not.toContain('forged');
});

test('nor by way of another process, which learns from the log whose a client is', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  const b = await editor(bruno, id, { url: second.url }).join();
  a.type('mine');
  await a.saved();
  await b.until('seen', () => b.text.toString() === 'mine');
  const forged = new Y.Doc();
  Y.applyUpdate(forged, Y.encodeStateAsUpdate(b.doc));
  forged.clientID = a.doc.clientID;
  const before = Y.encodeStateVector(forged);
  forged.getText('t').insert(0, 'forged');
  b.rawUpdate(Y.encodeStateAsUpdate(forged, before));
  await b.until('refused', () => b.refused.length === 1);
  expect(b.refused).toEqual(['client-not-yours']);
  a.type(' still');
  await a.saved();
  await b.until('seen', () => b.text.toString() === 'mine still');
});

test('a client of y-protocols that must be refused is told by the reason of its close, and not by silence', async () => {
  const id = await aDocument();
  const plain = await editor(bruno, id, { ours: false }).join();
  const a = await editor(anna, id).join();
  plain.rawUpdate(Uint8Array.of(1, 2, 3));
  await plain.until('closed', () => plain.closed !== null);
  expect(plain.closed).toEqual({ code: 4400, reason: 'update-malformed' });
  const huge = await editor(bruno, id, { ours: false }).join();
  huge.rawUpdate(new Uint8Array(50_000_000));
  await huge.until('closed', () => huge.closed !== null);
  expect(huge.closed).toEqual({ code: 1009, reason: 'update-too-large' });
  a.type('undisturbed');
  await a.saved();
});

test('a flood of what is refused closes its own connection, and the others keep hearing each other meanwhile', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  const b = await editor(anna, id).join();
  const flood = await editor(bruno, id).join();
  for (let i = 0; i < 2_000; i++) flood.raw(i % 2 === 0 ? 'text' : Uint8Array.of(i & 255, 9, 9));
  for (let i = 0; i < 20; i++) {
    a.type(`${i};`);
    b.type(`${i},`);
    await pause(2);
  }
  await Promise.all([a.saved(), b.saved()]);
  await a.until('equal', () => a.text.toString() === b.text.toString());
  expect(a.text.toString().match(/\d+[;,]/g)).toHaveLength(40);
  await flood.until('closed', () => flood.closed !== null);
  expect(flood.closed).toEqual({ code: 4400, reason: 'frame-malformed' });
  expect(flood.refused.length).toBeGreaterThan(100);
});

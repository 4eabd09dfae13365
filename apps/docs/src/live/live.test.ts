import { grant, revoke } from '@parvis/access/grants';
import { createDocument, getDocument } from '@parvis/contract/docs';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import type { Served } from '@parvis/server/serve';
import { AccessChanges } from '@parvis/server/changes';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { decodeEntry } from '../log/entry.ts';
import { UpdateLog } from '../log/log.ts';
import { docs } from '../service.ts';
import { Editor, type EditorOptions } from '../testing/editor.ts';
import { joinMsMax } from './join.ts';

let house: House;
let anna: Visitor;
let bruno: Visitor;
let spaceId: string;
let second: Served;
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

async function onDisk(documentId: string): Promise<Y.Doc> {
  const rows = await house.db.query<{ payload: Buffer }>(
    'select payload from docs.update u join docs.document d on d.resource_id = u.document_id where d.uid = $1 order by seq',
    [documentId],
  );
  const doc = new Y.Doc();
  for (const { payload } of rows) for (const { update } of decodeEntry(payload)) Y.applyUpdate(doc, update);
  return doc;
}

const same = (...docsGiven: Y.Doc[]) => {
  const [first, ...rest] = docsGiven.map((doc) =>
    JSON.stringify([doc.getText('t').toDelta(), doc.getXmlFragment('doc').toString()]),
  );
  return rest.every((one) => one === first);
};

test('a new document is there, with one empty paragraph, for who may see the space and nobody else', async () => {
  const id = await aDocument();
  const got = await bruno.call(getDocument, { id });
  expect(got).toMatchObject({ id, kind: 'document', title: 'Draft', role: 'editor', spaceId });
  const stranger = await house.person();
  await expect(stranger.call(getDocument, { id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(stranger.call(createDocument, { parentId: spaceId, title: 'x' })).rejects.toMatchObject({
    code: 'not-found',
  });
  const b = await editor(bruno, id).join();
  expect(b.doc.getXmlFragment('doc').toString()).toContain('<paragraph');
  expect(b.states).toEqual([{ epoch: got.epoch, right: 'write' }]);
  const s = await editor(stranger, id).open();
  await s.until('closed', () => s.closed !== null);
  expect(s.closed).toEqual({ code: 4404, reason: 'not-found' });
  expect(s.received).toBe(0);
});

test('two people converge, typing at once, and what is acknowledged is on disk', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  const b = await editor(bruno, id).join();
  for (let i = 0; i < 50; i++) {
    a.text.insert(0, 'a');
    b.type('b');
    if (i % 10 === 0) await pause(2);
  }
  await Promise.all([a.saved(), b.saved()]);
  await a.until('equal', () => same(a.doc, b.doc));
  expect(a.text.length).toBe(100);
  expect(same(a.doc, await onDisk(id))).toBe(true);
  expect([...a.refused, ...b.refused]).toEqual([]);
});

test('an update is on disk before it is acknowledged or seen', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  const b = await editor(bruno, id).join();
  const blocker = await house.pool.connect();
  try {
    // The commit waits for this lock: nobody may hear of the update meanwhile.
    await blocker.query('begin');
    await blocker.query('select from docs.document where uid = $1 for update', [id]);
    a.type('not yet');
    await pause(400);
    expect(a.waiting).toBe(1);
    expect(b.text.toString()).toBe('');
    expect((await editor(bruno, id).join()).text.toString()).toBe('');
  } finally {
    await blocker.query('rollback');
    blocker.release();
  }
  await a.saved();
  await b.until('seen', () => b.text.toString() === 'not yet');
  expect((await onDisk(id)).getText('t').toString()).toBe('not yet');
});

test('any client of y-protocols works, without acks and states', async () => {
  const id = await aDocument();
  const plain = await editor(bruno, id, { ours: false }).join();
  const a = await editor(anna, id).join();
  plain.type('hello');
  a.type(' there');
  await a.until('equal', () => same(a.doc, plain.doc) && a.text.length === 11);
  expect(plain.states).toEqual([]);
  expect(plain.waiting).toBeGreaterThan(0);
  plain.presence.setLocalState({ name: 'Bruno' });
  await a.until('present', () => a.presence.getStates().get(plain.doc.clientID)?.name === 'Bruno');
  plain.cut();
  await a.until('left', () => !a.presence.getStates().has(plain.doc.clientID));
});

test('what was written offline is merged when the person comes back', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  const b = await editor(bruno, id).join();
  a.type('before ');
  await b.until('seen', () => b.text.length === 7);
  b.cut();
  b.type('offline');
  b.text.delete(0, 3);
  a.type('online ');
  await b.join();
  await a.until('equal', () => same(a.doc, b.doc));
  await b.saved();
  expect(a.text.toString()).toContain('offline');
  expect(same(a.doc, await onDisk(id))).toBe(true);
});

test('coming back with nothing new writes nothing', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  a.type('some words');
  a.text.delete(0, 5);
  await a.saved();
  const rows = () =>
    house.db.query(
      'select from docs.update u join docs.document d on d.resource_id = u.document_id where d.uid = $1',
      [id],
    );
  const before = (await rows()).length;
  for (let i = 0; i < 3; i++) {
    const heard = a.received;
    await a.join();
    await a.until('asked back', () => a.received >= heard + 2);
    await a.saved();
  }
  expect((await rows()).length).toBe(before);
});

test('two processes serve one document', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  const b = await editor(bruno, id, { url: second.url }).join();
  a.presence.setLocalState({ name: 'Anna' });
  await b.until(
    'present across processes',
    () => b.presence.getStates().get(a.doc.clientID)?.name === 'Anna',
  );
  for (let i = 0; i < 30; i++) {
    a.type('a');
    b.type('b');
    if (i % 7 === 0) await pause(3);
  }
  await Promise.all([a.saved(), b.saved()]);
  await a.until('equal', () => same(a.doc, b.doc) && a.text.length === 60);
  expect(same(a.doc, await onDisk(id))).toBe(true);
  // A client that changes process in the middle of a sentence loses nothing.
  a.type('!');
  await a.join({ url: second.url });
  await a.saved();
  await b.until('seen', () => b.text.length === 61);
});

test('a read-only person follows and is refused when writing, and nobody sees it', async () => {
  const id = await aDocument();
  const reader = await house.person();
  await grant(house.db, { resourceUid: id, subjectId: reader.person.id, role: 'reader' }, anna.person.id);
  const a = await editor(anna, id).join();
  const r = await editor(reader, id).join();
  expect(r.states.at(-1)?.right).toBe('read');
  a.type('for all');
  await r.until('seen', () => r.text.toString() === 'for all');
  r.type('forbidden');
  await r.until('refused', () => r.refused.includes('read-only'));
  expect(r.waiting).toBe(0);
  await pause(100);
  expect(a.text.toString()).toBe('for all');
  expect((await onDisk(id)).getText('t').toString()).toBe('for all');
  // Coming back does not bring it in either.
  await r.join();
  await pause(100);
  expect(a.text.toString()).toBe('for all');
  // Given the right, in place, what they wrote comes in.
  await grant(house.db, { resourceUid: id, subjectId: reader.person.id, role: 'editor' }, anna.person.id);
  await a.until('written', () => a.text.toString() === 'for allforbidden');
  expect(r.closed).toBeNull();
});

test('a downgraded person keeps reading, a removed one sees nothing more', async () => {
  const id = await aDocument();
  const clara = await house.person();
  await grant(house.db, { resourceUid: id, subjectId: clara.person.id, role: 'editor' }, anna.person.id);
  const a = await editor(anna, id).join();
  const c = await editor(clara, id).join();
  const p = await editor(clara, id, { ours: false, url: second.url }).join();
  await grant(house.db, { resourceUid: id, subjectId: clara.person.id, role: 'reader' }, anna.person.id);
  await c.until('downgraded', () => c.states.at(-1)?.right === 'read');
  c.type('too late');
  await c.until('refused', () => c.refused.includes('read-only'));
  await revoke(house.db, id, clara.person.id);
  await c.until('closed', () => c.closed !== null && p.closed !== null);
  expect(c.closed).toEqual({ code: 4403, reason: 'not-allowed' });
  expect(p.closed?.code).toBe(4403);
  a.type('secret');
  await a.saved();
  await pause(100);
  expect(c.text.toString()).not.toContain('secret');
  expect(p.text.toString()).not.toContain('secret');
  expect(a.text.toString()).toBe('secret');
});

test('a grant that ends by the clock is noticed, on open sockets too', async () => {
  const id = await aDocument();
  const dora = await house.person();
  const given = { resourceUid: id, subjectId: dora.person.id, role: 'editor' } as const;
  await grant(house.db, { ...given, expiresAt: new Date(Date.now() + 3_600_000) }, anna.person.id);
  const d = await editor(dora, id).join();
  expect(d.states.at(-1)?.right).toBe('write');
  const before = new Date(Date.now() + 2_000);
  await grant(house.db, { ...given, expiresAt: before }, anna.person.id);
  await d.until('closed', () => d.closed !== null);
  expect(d.closed).toEqual({ code: 4403, reason: 'not-allowed' });
  expect(Date.now()).toBeGreaterThanOrEqual(before.getTime());
});

test('who is answered slowly, while the reading for all joiners is let go, misses nothing that came since', async () => {
  const id = await aDocument();
  const a = await editor(anna, id).join();
  a.type('since the reading');
  await a.saved();
  const changes = house.served('docs').app.get(AccessChanges, { strict: false });
  const settled = changes.settled.bind(changes);
  // As when changes of access are slow to be heard: not at the door, but while the answer waits for them.
  const slow = vi
    .spyOn(changes, 'settled')
    .mockImplementationOnce(settled)
    .mockImplementation(async () => {
      await pause(joinMsMax + 300);
      return settled();
    });
  const b = await editor(bruno, id).join();
  slow.mockRestore();
  expect(b.text.toString()).toBe('since the reading');
});

test('who waits for a document beside somebody who gives up is let in to where the others write', async () => {
  const id = await aDocument();
  const log = house.served('docs').app.get(UpdateLog, { strict: false });
  const read = log.read.bind(log);
  const slow = vi.spyOn(log, 'read').mockImplementation(async (documentId) => {
    await pause(300);
    return read(documentId);
  });
  // Both wait for the same reading; the first to have come is gone when it is there.
  const impatient = await editor(anna, id).open();
  const b = await editor(bruno, id).open();
  await pause(100);
  impatient.cut();
  await b.until('synced', () => b.synced);
  slow.mockRestore();
  const c = await editor(anna, id).join();
  c.type('to everybody');
  await b.until('told', () => b.text.toString() === 'to everybody');
});

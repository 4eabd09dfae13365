import { createDocument } from '@parvis/contract/docs';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { decodeEntry } from '../log/entry.ts';
import { UpdateLog } from '../log/log.ts';
import { SnapshotStore } from '../log/snapshot-store.ts';
import { docs } from '../service.ts';
import { Editor } from '../testing/editor.ts';

let house: House;
let second: Served;
let people: Visitor[];
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([docs]);
  second = await house.another(docs);
  people = await Promise.all([house.person(), house.person(), house.person()]);
  const [owner, ...members] = people as [Visitor, ...Visitor[]];
  spaceId = (await house.space({ owner, members })).uid;
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const who = (index: number) => people[index % people.length] as Visitor;
const aDocument = async () => (await who(0).call(createDocument, { parentId: spaceId, title: 'Draft' })).id;
const anEditor = (index: number, documentId: string, url = house.urlOf('docs')) =>
  new Editor({ url, cookie: who(index).cookie, documentId });

interface Row {
  snapshot_seq: number;
  last_seq: number;
  bytes: Uint8Array | null;
}
async function stored(documentId: string): Promise<Row> {
  const [row] = await house.db.query<Omit<Row, 'bytes'> & { id: number; hash: Buffer | null }>(
    `select resource_id::int as id, snapshot_hash as hash, snapshot_seq::int, last_seq::int from docs.document
      where uid = $1`,
    [documentId],
  );
  if (!row) throw new Error('no such document');
  const snapshots = house.served('docs').app.get(SnapshotStore, { strict: false });
  return { ...row, bytes: row.hash && (await snapshots.get(row.id, row.hash)) };
}

/** The text as the log alone gives it, from a row on. */
async function fromLog(documentId: string, doc = new Y.Doc(), after = 0): Promise<Y.Doc> {
  const rows = await house.db.query<{ payload: Buffer }>(
    `select payload from docs.update u join docs.document d on d.resource_id = u.document_id
      where d.uid = $1 and seq > $2 order by seq`,
    [documentId, after],
  );
  for (const { payload } of rows) for (const { update } of decodeEntry(payload)) Y.applyUpdate(doc, update);
  return doc;
}

const content = (doc: Y.Doc) =>
  JSON.stringify([doc.getText('t').toDelta(), doc.getXmlFragment('doc').toString()]);

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(25))
    if (await isTrue()) return;
  throw new Error(`not ${what}`);
}

test('the snapshot equals the log, is no larger than it must be, and the log stays', async () => {
  const id = await aDocument();
  const a = await anEditor(0, id).join();
  const long = 'x'.repeat(4_000);
  for (let i = 0; i < 40; i++) {
    a.text.insert(0, long);
    a.text.delete(10, 3_900);
    await a.saved();
  }
  await until('compacted', async () => (await stored(id)).snapshot_seq > 0);
  a.type('after the snapshot');
  await a.saved();
  const row = await stored(id);
  const snapshot = new Y.Doc();
  Y.applyUpdate(snapshot, row.bytes as Uint8Array);
  const restored = content(await fromLog(id, snapshot, row.snapshot_seq));
  const log = await fromLog(id);
  expect(restored).toBe(content(log));
  expect(content(log)).toBe(content(a.doc));
  expect((row.bytes as Uint8Array).length).toBeLessThan(1.05 * Y.encodeStateAsUpdate(log).length + 64);
  const [rows] = await house.db.query<{ count: number }>(
    'select count(*)::int from docs.update u join docs.document d on d.resource_id = u.document_id where d.uid = $1',
    [id],
  );
  expect(rows?.count).toBe(row.last_seq);
  a.destroy();
  const late = await anEditor(1, id, second.url).join();
  expect(content(late.doc)).toBe(content(log));
  late.destroy();
});

test('a snapshot is made when the last person leaves', async () => {
  const id = await aDocument();
  const a = await anEditor(0, id).join();
  for (let i = 0; i < 30; i++) {
    a.type(`word ${i} `);
    await a.saved();
  }
  expect((await stored(id)).snapshot_seq).toBe(0);
  a.cut();
  await until('compacted', async () => (await stored(id)).snapshot_seq === (await stored(id)).last_seq);
  const again = await a.join();
  await again.saved();
  expect(again.text.toString()).toContain('word 29');
  again.destroy();
});

test('a storm of joiners shares its readings', async () => {
  const id = await aDocument();
  const reads = vi.spyOn(house.served('docs').app.get(UpdateLog, { strict: false }), 'read');
  const joiners = Array.from({ length: 60 }, (_, index) => anEditor(index, id));
  await Promise.all(joiners.map((one) => one.join()));
  // One, where the machine is quick: what is read serves for two seconds, and other parts of the service read too.
  expect(reads.mock.calls.length).toBeLessThanOrEqual(joiners.length / 2);
  for (const one of joiners) {
    expect(one.doc.getXmlFragment('doc').length).toBe(1);
    one.destroy();
  }
  reads.mockRestore();
});

import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { minioBinary, type Minio, startMinio } from '@parvis/blobs/testing/minio';
import { createDocument } from '@parvis/contract/docs';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { SnapshotStore } from '../log/snapshot-store.ts';
import { docs } from '../service.ts';
import { Editor } from '../testing/editor.ts';
import { ServiceProcess } from '../testing/service-process.ts';

const processesMsMax = 400_000;
let house: House;
let ada: Visitor;
let spaceId: string;
beforeAll(async () => {
  house = await aHouse([docs]);
  ada = await house.person();
  spaceId = (await house.space({ owner: ada })).uid;
});
afterAll(() => house?.stop());

const aDocument = async () => (await ada.call(createDocument, { parentId: spaceId, title: 'Draft' })).id;
const editor = (documentId: string, url = house.urlOf('docs'), cookie = ada.cookie) =>
  new Editor({ url, cookie, documentId }).join();
const store = () => house.served('docs').app.get(SnapshotStore, { strict: false });

interface Row {
  id: number;
  last: number;
  snapshot: number;
  hash: Buffer | null;
}
async function rowOf(documentId: string, at = house): Promise<Row> {
  const [row] = await at.db.query<Row>(
    `select resource_id::int as id, last_seq::int as last, snapshot_seq::int as snapshot, snapshot_hash as hash
       from docs.document where uid = $1`,
    [documentId],
  );
  return row as Row;
}

/** Names of the objects in the folder store. */
async function objects(): Promise<string[]> {
  const folder = join(house.env.PARVIS_DATA_FOLDER as string, 'snapshots', 'blobs');
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((one) => one.isFile()).map((one) => one.name);
}

/** Writes until a snapshot is due as soon as the writer leaves. */
async function fill(documentId: string, url?: string): Promise<Editor> {
  const one = await editor(documentId, url);
  for (let i = 0; i < 30; i++) {
    one.type(`word ${i} `);
    await one.saved();
  }
  return one;
}

const snapshotMade = (documentId: string) =>
  expect.poll(async () => (await rowOf(documentId)).snapshot).toBeGreaterThan(0);

const aged = () => house.db.query("update docs.snapshot_object set at = at - interval '25 hours'");

test('a snapshot is an object under the hash of its bytes, and no row holds it', async () => {
  const id = await aDocument();
  (await fill(id)).destroy();
  await snapshotMade(id);
  const { hash } = await rowOf(id);
  expect(await objects()).toContain((hash as Buffer).toString('hex'));
  const rows = await house.db.query<{ bytes: Buffer | null; size: number }>(
    'select bytes, size_bytes::int as size from docs.snapshot where hash = $1',
    [hash],
  );
  expect(rows).toEqual([{ bytes: null, size: expect.any(Number) }]);
  const again = await editor(id);
  expect(again.text.toString()).toContain('word 29');
  again.destroy();
});

test('a snapshot that an earlier release kept in its row is read, and goes to the store when it is put again', async () => {
  const id = await aDocument();
  const writer = await fill(id);
  const text = writer.text.toString();
  writer.destroy();
  await snapshotMade(id);
  const { id: documentId, hash } = await rowOf(id);
  const bytes = (await store().get(documentId, hash as Buffer)) as Uint8Array;
  const made = await house.db.query(
    'update docs.snapshot set bytes = $2, size_bytes = null where hash = $1 returning hash',
    [hash, bytes],
  );
  expect(made.length).toBe(1);
  await rm(join(house.env.PARVIS_DATA_FOLDER as string, 'snapshots', 'blobs'), { recursive: true });
  const reader = await editor(id);
  expect(reader.text.toString()).toBe(text);
  reader.destroy();
  await store().put(documentId, bytes);
  expect(await objects()).toEqual([(hash as Buffer).toString('hex')]);
  const [row] = await house.db.query<{ bytes: unknown }>('select bytes from docs.snapshot where hash = $1', [
    hash,
  ]);
  expect(row?.bytes).toBe(null);
});

test('objects that no document has are removed after a day, and none that one still has', async () => {
  const [mine, theirs] = [await aDocument(), await aDocument()];
  const [one, two] = [(await rowOf(mine)).id, (await rowOf(theirs)).id];
  const both = await store().put(one, Uint8Array.of(1, 2, 3));
  expect(await store().put(two, Uint8Array.of(1, 2, 3))).toEqual(both);
  const single = await store().put(one, Uint8Array.of(4, 5, 6));
  await house.db.query('delete from docs.snapshot where document_id = $1', [one]);
  await store().sweep();
  expect(await objects()).toContain(single.toString('hex'));
  await aged();
  await store().sweep();
  expect(await objects()).not.toContain(single.toString('hex'));
  expect(await store().get(two, both)).toEqual(Buffer.of(1, 2, 3));
  // Put anew while the sweeper is at it: whichever comes first, a hash that was given can be read.
  for (let i = 0; i < 8; i++) {
    await store().put(one, Uint8Array.of(4, 5, 6));
    await house.db.query('delete from docs.snapshot where hash = $1', [single]);
    await aged();
    await Promise.all([store().sweep(), store().put(one, Uint8Array.of(4, 5, 6))]);
    expect(await store().get(one, single)).toEqual(Buffer.of(4, 5, 6));
  }
});

test('bytes that changed in the store are refused, not merged', async () => {
  const id = (await rowOf(await aDocument())).id;
  const hash = await store().put(id, Uint8Array.of(7, 7));
  const key = hash.toString('hex');
  const folder = join(house.env.PARVIS_DATA_FOLDER as string, 'snapshots', 'blobs', key.slice(0, 2));
  await writeFile(join(folder, key), Uint8Array.of(7, 8));
  await expect(store().get(id, hash)).rejects.toThrow(/damaged/);
});

test(
  'killed between the object and the pointer: nothing is lost, and what was left over goes',
  async () => {
    const id = await aDocument();
    const doomed = await ServiceProcess.start(house.env);
    const writer = await fill(id, doomed.url);
    const text = writer.text.toString();
    const before = new Set(await objects());
    // The pointer cannot move while somebody else holds the document's row.
    const holder = await house.pool.connect();
    try {
      await holder.query('begin');
      await holder.query('select 1 from docs.document where uid = $1 for no key update', [id]);
      writer.destroy();
      await expect.poll(async () => (await objects()).filter((one) => !before.has(one)).length).toBe(1);
      await doomed.kill();
      await holder.query('rollback');
    } finally {
      holder.release();
    }
    const [left] = (await objects()).filter((one) => !before.has(one));
    expect((await rowOf(id)).snapshot).toBe(0);
    const reader = await editor(id);
    expect(reader.text.toString()).toBe(text);
    reader.type('and more');
    await reader.saved();
    reader.destroy();
    await snapshotMade(id);
    await house.db.query("update docs.snapshot set at = at - interval '1 hour'");
    await store().dropOthers((await rowOf(id)).id, [(await rowOf(id)).hash as Buffer]);
    await aged();
    await store().sweep();
    expect(await objects()).not.toContain(left);
    const late = await editor(id);
    expect(late.text.toString()).toBe(`${text}and more`);
    late.destroy();
  },
  processesMsMax,
);

const binary = minioBinary();
describe.skipIf(binary === null)('with an S3 server', () => {
  let minio: Minio;
  let away: House;
  beforeAll(async () => {
    minio = await startMinio(binary as string);
    const { endpoint, accessKey, secretKey, bucket } = minio.options;
    away = await aHouse([docs], {
      STORE: 's3',
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY: accessKey,
      S3_SECRET_KEY: secretKey,
      S3_BUCKET: bucket,
    });
  }, processesMsMax);
  afterAll(async () => {
    await away?.stop();
    await minio?.close();
  });

  test('snapshots lie in the bucket and are read from there', async () => {
    const eve = await away.person();
    const { uid } = await away.space({ owner: eve });
    const { id } = await eve.call(createDocument, { parentId: uid, title: 'Draft' });
    const writer = await editor(id, away.urlOf('docs'), eve.cookie);
    for (let i = 0; i < 30; i++) {
      writer.type(`word ${i} `);
      await writer.saved();
    }
    writer.destroy();
    await expect.poll(async () => (await rowOf(id, away)).snapshot).toBeGreaterThan(0);
    const { hash } = await rowOf(id, away);
    const chunks: Buffer[] = [];
    const key = (hash as Buffer).toString('hex');
    for await (const chunk of await minio.client.getObject(minio.options.bucket, key))
      chunks.push(chunk as Buffer);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Buffer.concat(chunks));
    const late = await away.another(docs);
    const reader = await editor(id, late.url, eve.cookie);
    expect(reader.text.toString()).toContain('word 29');
    expect(reader.text.toString().startsWith(doc.getText('t').toString())).toBe(true);
    reader.destroy();
    await late.close();
  });
});

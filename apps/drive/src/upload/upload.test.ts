import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { grant, revoke } from '@parvis/access/grants';
import { remove } from '@parvis/access/moving';
import { contentPath } from '@parvis/contract/content-path';
import { createFolder, fileIdHeader, getFile, listFolder, uploadsPath } from '@parvis/contract/drive';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drive } from '../service.ts';
import { arrived } from '../testing/arrived.ts';
import { ask, begin, createUpload, giveUp, offsetOf, patch, upload } from '../testing/tus-client.ts';

const MiB = 1024 ** 2;
let house: House;
let owner: Visitor;
let editor: Visitor;
let reader: Visitor;
let stranger: Visitor;
let spaceUid: string;

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

beforeAll(async () => {
  house = await aHouse([drive]);
  owner = await house.person();
  editor = await house.person();
  reader = await house.person();
  stranger = await house.person();
  spaceUid = (await house.space({ owner, members: [editor] })).uid;
  const wanted = { resourceUid: spaceUid, subjectId: reader.person.id, role: 'reader' } as const;
  await grant(house.db, wanted, owner.person.id);
});
afterAll(() => house?.stop());

const wanted = (name: string, parentId = spaceUid) => ({ parentId, name });

async function bytesOf(by: Visitor, id: string): Promise<Buffer> {
  const answer = await by.fetch(contentPath(id));
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

/** Sends `bytes`, and breaks the connection once they have come. */
async function cutAfter(by: Visitor, path: string, offset: number, bytes: Buffer): Promise<void> {
  const abort = new AbortController();
  const sending = patch(by, path, offset, breakingNever(bytes), {}, abort.signal).catch(() => undefined);
  await arrived(house, path, offset + bytes.length);
  abort.abort();
  await sending;
}

async function until(check: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await check()); ) {
    if (Date.now() > end) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('an upload', () => {
  test('of 50 MB comes back byte for byte, with its size, its hash and a type from its bytes', async () => {
    const bytes = randomBytes(50_000_000);
    const id = await upload(editor, wanted('mesures.bin'), bytes);
    expect(hashOf(await bytesOf(owner, id))).toBe(hashOf(bytes));
    expect(await reader.call(getFile, { id })).toMatchObject({
      kind: 'file',
      title: 'mesures.bin',
      sizeBytes: bytes.length,
      sha256: hashOf(bytes),
      mediaType: 'application/octet-stream',
      verdict: 'off',
      parentId: spaceUid,
      role: 'reader',
    });
  });

  test('of nothing is an empty file', async () => {
    const answer = await createUpload(editor, wanted('vide.txt'), 0);
    expect(answer.status).toBe(201);
    const id = answer.headers.get(fileIdHeader) as string;
    expect((await bytesOf(editor, id)).length).toBe(0);
    expect(await editor.call(getFile, { id })).toMatchObject({
      sizeBytes: 0,
      sha256: hashOf(Buffer.alloc(0)),
    });
  });

  test('may bring its bytes along when it is created', async () => {
    const bytes = randomBytes(10_000);
    const answer = await createUpload(editor, wanted('tout.bin'), bytes.length, { body: bytes });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('upload-offset')).toBe('10000');
    expect(await bytesOf(editor, answer.headers.get(fileIdHeader) as string)).toEqual(bytes);
  });

  test('cut in the middle goes on where it was', async () => {
    const bytes = randomBytes(6 * MiB);
    const path = await begin(editor, wanted('coupé.bin'), bytes.length);
    await cutAfter(editor, path, 0, bytes.subarray(0, 2 * MiB));
    await until(async () => (await offsetOf(editor, path)) === 2 * MiB);
    const offset = 2 * MiB;
    const answer = await patch(editor, path, offset, bytes.subarray(offset));
    expect(hashOf(await bytesOf(editor, answer.headers.get(fileIdHeader) as string))).toBe(hashOf(bytes));
  });

  test('in many pieces is one file, and tells its offset after each', async () => {
    const bytes = randomBytes(MiB);
    const path = await begin(editor, wanted('pièces.bin'), bytes.length);
    for (let at = 0; at < bytes.length; at += 300_000) {
      const answer = await patch(editor, path, at, bytes.subarray(at, at + 300_000));
      expect(answer.headers.get('upload-offset')).toBe(String(Math.min(bytes.length, at + 300_000)));
      expect(answer.headers.has(fileIdHeader)).toBe(at + 300_000 >= bytes.length);
    }
  });

  test('whose last answer was lost tells the same file again, and makes no second one', async () => {
    const folder = await editor.call(createFolder, { parentId: spaceUid, name: 'Une fois' });
    const path = await begin(editor, wanted('une.bin', folder.id), 4);
    const answer = await patch(editor, path, 0, Buffer.from('abcd'));
    const id = answer.headers.get(fileIdHeader);
    const again = await Promise.all([
      ask(editor, path),
      ask(editor, path),
      patch(editor, path, 4, new Uint8Array()),
    ]);
    expect(again.map((one) => one.headers.get(fileIdHeader))).toEqual([id, id, id]);
    expect((await editor.call(listFolder, { id: folder.id })).entries).toHaveLength(1);
  });

  test('refuses bytes at another offset, and takes none of them', async () => {
    const path = await begin(editor, wanted('décalé.bin'), 10);
    await patch(editor, path, 0, Buffer.from('abc'));
    for (const offset of [0, 2, 4, 9]) {
      const answer = await patch(editor, path, offset, Buffer.from('x'));
      expect(answer.status).toBe(409);
      expect(await codeOf(answer)).toBe('upload-incomplete');
    }
    expect(await offsetOf(editor, path)).toBe(3);
  });

  test('refuses a large body at a wrong offset without hanging, and the next request is answered', async () => {
    const path = await begin(editor, wanted('gros.bin'), 100 * MiB);
    const answer = await patch(editor, path, 7, randomBytes(2 * MiB));
    expect(await codeOf(answer)).toBe('upload-incomplete');
    expect(await offsetOf(editor, path)).toBe(0);
  });

  test('locks out a second writer, and the first one ends well', async () => {
    const bytes = randomBytes(2 * MiB);
    const path = await begin(editor, wanted('deux.bin'), bytes.length);
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const slow = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(bytes.subarray(0, MiB));
        await gate;
        controller.enqueue(bytes.subarray(MiB));
        controller.close();
      },
    });
    const first = patch(editor, path, 0, slow);
    await arrived(house, path, MiB);
    const second = await patch(editor, path, 0, bytes.subarray(0, 10));
    expect(second.status).toBe(423);
    expect(await codeOf(second)).toBe('upload-busy');
    go();
    const id = (await first).headers.get(fileIdHeader) as string;
    expect(hashOf(await bytesOf(editor, id))).toBe(hashOf(bytes));
  });

  test('locks out a second writer in another process too', async () => {
    const other = await house.another(drive);
    try {
      const there = await house.visitor(editor.person, () => other.url);
      const bytes = randomBytes(MiB);
      const path = await begin(editor, wanted('ailleurs.bin'), 2 * MiB);
      const abort = new AbortController();
      const first = patch(editor, path, 0, breakingNever(bytes), {}, abort.signal).catch(() => undefined);
      await arrived(house, path, MiB);
      expect((await patch(there, path, 0, bytes)).status).toBe(423);
      abort.abort();
      await first;
      await until(async () => (await offsetOf(there, path)) === MiB);
      expect((await patch(there, path, MiB, bytes)).status).toBe(204);
    } finally {
      await other.close();
    }
  });

  test('that believes in a dead connection lets go of it for a client that asks where it stands', async () => {
    const bytes = randomBytes(MiB);
    const path = await begin(editor, wanted('mort.bin'), 2 * MiB);
    const abort = new AbortController();
    const first = patch(editor, path, 0, breakingNever(bytes), {}, abort.signal).catch(() => undefined);
    await arrived(house, path, MiB);
    expect(await offsetOf(editor, path)).toBe(MiB);
    const answer = await patch(editor, path, MiB, bytes);
    expect(answer.status).toBe(204);
    abort.abort();
    await first;
    const id = answer.headers.get(fileIdHeader) as string;
    expect(hashOf(await bytesOf(editor, id))).toBe(hashOf(Buffer.concat([bytes, bytes])));
  });

  test('that was given up is gone, with its bytes', async () => {
    const path = await begin(editor, wanted('abandon.bin'), 100);
    await patch(editor, path, 0, Buffer.from('abc'));
    expect((await giveUp(stranger, path)).status).toBe(404);
    expect((await giveUp(editor, path)).status).toBe(204);
    expect((await ask(editor, path)).status).toBe(404);
    const rows = await house.db.query('select 1 from drive.upload where id = $1', [path.split('/').at(-1)]);
    expect(rows).toEqual([]);
  });

  test('past its days is gone for the client', async () => {
    const path = await begin(editor, wanted('vieux.bin'), 100);
    const age = `update drive.upload set created_at = now() - interval '8 days' where id = $1`;
    await house.db.query(age, [path.split('/').at(-1)]);
    expect((await ask(editor, path)).status).toBe(410);
    expect((await patch(editor, path, 0, Buffer.from('a'))).status).toBe(410);
  });
});

/** A body that sends `bytes` and never ends. */
function breakingNever(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.enqueue(bytes) });
}

describe('the right to upload', () => {
  test('is the editors’: a reader may not, and a stranger gets the answer for what does not exist', async () => {
    expect((await createUpload(editor, wanted('a'), 1)).status).toBe(201);
    const refused = await createUpload(reader, wanted('a'), 1);
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'not-allowed']);
    for (const parentId of [spaceUid, randomUUID()]) {
      const hidden = await createUpload(stranger, wanted('a', parentId), 1);
      expect([hidden.status, await codeOf(hidden)]).toEqual([404, 'not-found']);
    }
  });

  test('needs a session', async () => {
    const answer = await fetch(`${house.urlOf('drive')}${uploadsPath}`, { method: 'POST' });
    expect(answer.status).toBe(401);
  });

  test('is refused to a page of another site', async () => {
    const answer = await createUpload(editor, wanted('a'), 1, {
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(await codeOf(answer)).toBe('foreign-origin');
  });

  test('is asked for again at the end: what was withdrawn meanwhile leaves no file and no bytes', async () => {
    const leaving = await house.person();
    const given = { resourceUid: spaceUid, subjectId: leaving.person.id, role: 'editor' } as const;
    await grant(house.db, given, owner.person.id);
    const path = await begin(leaving, wanted('trop-tard.bin'), 4);
    await revoke(house.db, spaceUid, leaving.person.id);
    const answer = await patch(leaving, path, 0, Buffer.from('abcd'));
    expect([answer.status, await codeOf(answer)]).toEqual([404, 'not-found']);
    const titles = (await owner.call(listFolder, { id: spaceUid })).entries.map((one) => one.title);
    expect(titles).not.toContain('trop-tard.bin');
    expect((await ask(leaving, path)).status).toBe(404);
  });

  test('an upload is its maker’s alone', async () => {
    const path = await begin(editor, wanted('le-mien.bin'), 4);
    expect((await ask(owner, path)).status).toBe(404);
    expect((await patch(owner, path, 0, Buffer.from('abcd'))).status).toBe(404);
    expect((await patch(stranger, path, 0, Buffer.from('abcd'))).status).toBe(404);
    expect(await offsetOf(editor, path)).toBe(0);
  });

  test('a folder that was removed meanwhile takes nothing', async () => {
    const folder = await editor.call(createFolder, { parentId: spaceUid, name: 'Bientôt partie' });
    const path = await begin(editor, wanted('orphelin.bin', folder.id), 4);
    await remove(house.db, folder.id);
    expect((await patch(editor, path, 0, Buffer.from('abcd'))).status).toBe(404);
  });

  test('nothing may be put into a file', async () => {
    const id = await upload(editor, wanted('pas-un-dossier.txt'), Buffer.from('x'));
    expect((await createUpload(editor, wanted('y', id), 1)).status).toBe(404);
  });
});

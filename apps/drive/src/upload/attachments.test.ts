import { grant } from '@parvis/access/grants';
import { createResource } from '@parvis/access/tree';
import { contentPath } from '@parvis/contract/content-path';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drive } from '../service.ts';
import { createUpload, upload } from '../testing/tus-client.ts';

const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
let house: House;
let owner: Visitor;
let editor: Visitor;
let stranger: Visitor;
let documentUid: string;

beforeAll(async () => {
  house = await aHouse([drive]);
  owner = await house.person();
  editor = await house.person();
  stranger = await house.person();
  const { uid: parentUid } = await house.space({ owner, members: [editor] });
  const wanted = { kind: 'document', title: 'Compte rendu', parentUid, ownerId: owner.person.id } as const;
  documentUid = (await createResource(house.db, wanted)).uid;
});
afterAll(() => house?.stop());

describe('the pictures of a document', () => {
  test('are seen by whoever may read it alone, and added by who may write it', async () => {
    const invited = await house.person();
    const given = { resourceUid: documentUid, subjectId: invited.person.id, role: 'reader' } as const;
    await grant(house.db, given, owner.person.id);
    const id = await upload(editor, { parentId: documentUid, name: 'plan.png' }, png);
    const shown = await invited.fetch(`${contentPath(id)}?inline=1`);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await createUpload(invited, { parentId: documentUid, name: 'a' }, 1)).status).toBe(403);
  });

  test('are not there for a stranger, who may not add any either', async () => {
    const id = await upload(editor, { parentId: documentUid, name: 'plan.png' }, png);
    expect((await stranger.fetch(contentPath(id))).status).toBe(404);
    expect((await createUpload(stranger, { parentId: documentUid, name: 'a' }, 1)).status).toBe(404);
  });
});

describe('the files of a channel', () => {
  test('are sent by whoever may write messages, opened by its readers, and are not there for others', async () => {
    const wanted = { kind: 'channel', title: 'annonces', ownerId: owner.person.id } as const;
    const { uid } = await createResource(house.db, { ...wanted, private: true });
    const [writer, reader] = [await house.person(), await house.person()];
    for (const [who, role] of [
      [writer, 'commenter'],
      [reader, 'reader'],
    ] as const)
      await grant(house.db, { resourceUid: uid, subjectId: who.person.id, role }, owner.person.id);
    const id = await upload(writer, { parentId: uid, name: 'plan.png' }, png);
    expect((await reader.fetch(contentPath(id))).status).toBe(200);
    expect((await editor.fetch(contentPath(id))).status).toBe(404);
    expect((await createUpload(reader, { parentId: uid, name: 'a' }, 1)).status).toBe(403);
    expect((await createUpload(editor, { parentId: uid, name: 'a' }, 1)).status).toBe(404);
  });
});

import { randomUUID } from 'node:crypto';
import { grant } from '@parvis/access/grants';
import { trash } from '@parvis/access/moving';
import { createResource, depthMax } from '@parvis/access/tree';
import { createFolder, getFile, listFolder } from '@parvis/contract/drive';
import { folderPageMax } from '@parvis/contract/limits';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drive } from '../service.ts';
import { upload } from '../testing/tus-client.ts';

let house: House;
let owner: Visitor;
let member: Visitor;
let stranger: Visitor;
let spaceUid: string;

beforeAll(async () => {
  house = await aHouse([drive]);
  owner = await house.person();
  member = await house.person();
  stranger = await house.person();
  spaceUid = (await house.space({ owner, members: [member] })).uid;
});
afterAll(() => house?.stop());

describe('a folder', () => {
  test('lists folders, documents and files with their sizes, by name as people count, and nothing else', async () => {
    const folder = await member.call(createFolder, { parentId: spaceUid, name: 'Tout' });
    await member.call(createFolder, { parentId: folder.id, name: 'Annexe 10' });
    await member.call(createFolder, { parentId: folder.id, name: 'Annexe 2' });
    const more = { parentUid: folder.id, spaceUid, ownerId: owner.person.id };
    await createResource(house.db, { kind: 'document', title: 'Note', ...more });
    await createResource(house.db, { kind: 'meeting', title: 'Réunion', ...more });
    await upload(member, { parentId: folder.id, name: 'plan.csv' }, Buffer.from('a,b\n'));
    const listed = await owner.call(listFolder, { id: folder.id });
    expect(listed.folder).toMatchObject({ id: folder.id, title: 'Tout', role: 'owner' });
    expect(listed.entries.map((one) => [one.kind, one.title])).toEqual([
      ['folder', 'Annexe 2'],
      ['folder', 'Annexe 10'],
      ['document', 'Note'],
      ['file', 'plan.csv'],
    ]);
    expect(listed.entries.map((one) => one.file)).toEqual([
      null,
      null,
      null,
      { sizeBytes: 4, mediaType: 'text/csv', verdict: 'off' },
    ]);
    expect(listed.entries.at(-1)?.owner?.id).toBe(member.person.uid);
    expect(listed.next).toBeNull();
  });

  test('of many things is read page by page, each thing once', async () => {
    const folder = await member.call(createFolder, { parentId: spaceUid, name: 'Beaucoup' });
    await house.db.query(
      `insert into access.resource (kind, title, title_key, owner_id, parent_id, top_id, access_id, space_id)
       select 'folder', 'n ' || n, 'n ' || n, p.owner_id, p.id, p.top_id, p.access_id, p.space_id
         from access.resource p, generate_series(1, $2::int) n where p.uid = $1`,
      [folder.id, folderPageMax + 5],
    );
    const first = await member.call(listFolder, { id: folder.id });
    const second = await member.call(listFolder, { id: folder.id, after: first.next ?? '' });
    expect([first.entries.length, second.entries.length, second.next]).toEqual([folderPageMax, 5, null]);
    expect(second.entries[0]?.title).toBe(`n ${folderPageMax + 1}`);
    await expect(member.call(listFolder, { id: folder.id, after: 'forged' })).rejects.toMatchObject({
      code: 'bad-cursor',
    });
  });

  test('is a stranger’s as if it did not exist, and a reader may not add to it', async () => {
    const folder = await member.call(createFolder, { parentId: spaceUid, name: 'À nous' });
    for (const id of [folder.id, spaceUid, randomUUID()]) {
      await expect(stranger.call(listFolder, { id })).rejects.toMatchObject({ code: 'not-found' });
      await expect(stranger.call(createFolder, { parentId: id, name: 'x' })).rejects.toMatchObject({
        code: 'not-found',
      });
    }
    const reader = await house.person();
    await grant(
      house.db,
      { resourceUid: spaceUid, subjectId: reader.person.id, role: 'reader' },
      owner.person.id,
    );
    expect((await reader.call(listFolder, { id: folder.id })).folder.abilities.edit).toBe(false);
    await expect(reader.call(createFolder, { parentId: folder.id, name: 'x' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  test('shared alone shows what it holds, and not what it lies in', async () => {
    const folder = await member.call(createFolder, { parentId: spaceUid, name: 'Partagé' });
    const id = await upload(member, { parentId: folder.id, name: 'x.txt' }, Buffer.from('x'));
    const guest = await house.person({ kind: 'guest' });
    await grant(
      house.db,
      { resourceUid: folder.id, subjectId: guest.person.id, role: 'reader' },
      owner.person.id,
    );
    expect((await guest.call(listFolder, { id: folder.id })).entries.map((one) => one.id)).toEqual([id]);
    await expect(guest.call(listFolder, { id: spaceUid })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('in the trash is gone with all it holds', async () => {
    const folder = await member.call(createFolder, { parentId: spaceUid, name: 'Jeté' });
    const id = await upload(member, { parentId: folder.id, name: 'x.txt' }, Buffer.from('x'));
    await trash(house.db, folder.id, owner.person.id);
    await expect(stranger.call(getFile, { id })).rejects.toMatchObject({ code: 'not-found' });
    const titles = (await member.call(listFolder, { id: spaceUid })).entries.map((one) => one.title);
    expect(titles).not.toContain('Jeté');
  });

  test.each([
    ['a direction override', 'a\u202eb'],
    ['10,000 characters', 'x'.repeat(10_000)],
    ['nothing', ' '],
  ])('a name of %s is refused', async (_, name) => {
    const made = member.call(createFolder, { parentId: spaceUid, name });
    await expect(made).rejects.toMatchObject({ code: 'bad-input', problem: { fields: [{ path: 'name' }] } });
  });

  test('too deep is refused, and says so', async () => {
    let parentId = spaceUid;
    for (let level = 2; level <= depthMax; level += 1) {
      parentId = (await member.call(createFolder, { parentId, name: `${level}` })).id;
    }
    await expect(member.call(createFolder, { parentId, name: 'x' })).rejects.toMatchObject({
      code: 'too-deep',
    });
  });
});

import { randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { remove, trash } from '@parvis/access/moving';
import { contentPath } from '@parvis/contract/content-path';
import { getFile } from '@parvis/contract/drive';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drive } from '../service.ts';
import { ask, begin, patch, upload } from '../testing/tus-client.ts';
import { Sweep } from './sweep.ts';

let house: House;
let member: Visitor;
let spaceUid: string;
const sweep = () => house.served('drive').app.get(Sweep).run();

async function stored(): Promise<string[]> {
  const folder = join(house.env.PARVIS_DATA_FOLDER as string, 'files');
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((one) => one.isFile())
    .map((one) => one.name)
    .sort();
}

beforeAll(async () => {
  house = await aHouse([drive]);
  member = await house.person();
  spaceUid = (await house.space({ owner: member })).uid;
});
afterAll(() => house?.stop());

describe('the sweep', () => {
  test('removes the bytes of a file that was removed for good, and not of one in the trash', async () => {
    const [gone, trashed] = await Promise.all([
      upload(member, { parentId: spaceUid, name: 'a' }, randomBytes(10)),
      upload(member, { parentId: spaceUid, name: 'b' }, randomBytes(10)),
    ]);
    const before = await stored();
    await trash(house.db, trashed, member.person.id);
    await remove(house.db, gone);
    await sweep();
    const rows = await house.db.query<{ key: string }>('select key from drive.file');
    expect(await stored()).toEqual(rows.map((row) => row.key));
    expect(before).toHaveLength(2);
    expect(rows).toHaveLength(1);
  });

  test('removes uploads past their days, and leaves the younger ones and every file alone', async () => {
    const file = await upload(member, { parentId: spaceUid, name: 'reste.txt' }, Buffer.from('reste'));
    const old = await begin(member, { parentId: spaceUid, name: 'vieux' }, 100);
    const young = await begin(member, { parentId: spaceUid, name: 'jeune' }, 100);
    await patch(member, old, 0, Buffer.from('abc'));
    const before = await stored();
    await house.db.query(
      `update drive.upload set created_at = now() - interval '9 days' where id = $1 or file_uid is not null`,
      [old.split('/').at(-1)],
    );
    await sweep();
    expect((await ask(member, old)).status).toBe(404);
    expect((await ask(member, young)).status).toBe(200);
    expect(await stored()).toHaveLength(before.length - 1);
    expect(await (await member.fetch(contentPath(file))).text()).toBe('reste');
  });

  test('frees files that wait for a scanner that was taken away', async () => {
    const id = await upload(member, { parentId: spaceUid, name: 'attend' }, Buffer.from('x'));
    await house.db.query(`update drive.file set verdict = 'waiting' where uid = $1`, [id]);
    await sweep();
    expect((await member.call(getFile, { id })).verdict).toBe('off');
  });

  test('forgets a file whose bytes are gone already', async () => {
    await house.db.query(
      `insert into drive.file (resource_id, uid, key, size_bytes, media_type, sha256, verdict)
       values (999999, $1, $2, 1, 'text/plain', decode(repeat('00', 32), 'hex'), 'off')`,
      [randomUUID(), randomUUID()],
    );
    await sweep();
    expect(await house.db.query('select 1 from drive.file where resource_id = 999999')).toEqual([]);
  });
});

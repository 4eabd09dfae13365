import { inflateSync } from 'node:zlib';
import { grant } from '@parvis/access/grants';
import { remove } from '@parvis/access/moving';
import { createPerson } from '@parvis/access/people';
import { contentPath } from '@parvis/contract/content-path';
import { listFolder } from '@parvis/contract/drive';
import { demoName, demoPeople, demoSpaces } from '@parvis/contract/demo';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drive } from '../service.ts';
import { demoShelves } from './demo-files.ts';

let house: House;
let reader: Visitor;

/** The people and spaces that the directory would have seeded. */
async function ministry(): Promise<void> {
  const ids = new Map<string, number>();
  for (const [key, one] of Object.entries(demoPeople)) {
    if (one.kind === 'guest') continue;
    const made = await createPerson(house.db, {
      name: demoName(one),
      email: one.email,
      kind: 'member',
      oidcSub: one.id,
    });
    await house.db.query('update access.person set uid = $2 where subject_id = $1', [made.id, one.id]);
    ids.set(key, made.id);
  }
  for (const one of Object.values(demoSpaces)) {
    const owner = { person: { id: ids.get(one.owner) } } as unknown as Visitor;
    const space = await house.space({ owner, name: one.name });
    await grant(
      house.db,
      { resourceUid: space.uid, subjectId: reader.person.id, role: 'editor' },
      reader.person.id,
    );
    await house.db.query('update access.resource set uid = $2 where uid = $1', [space.uid, one.id]);
  }
}

async function titles(): Promise<string[]> {
  const rows = await house.db.query<{ title: string }>(
    `select title from access.resource where kind in ('file', 'folder') order by id`,
  );
  return rows.map((row) => row.title);
}

const wanted = demoShelves.flatMap((shelf) => [
  ...shelf.files.map((file) => file.name),
  ...shelf.folders.flatMap((folder) => [folder.name, ...folder.files.map((file) => file.name)]),
]);

async function seeded(): Promise<void> {
  for (const until = Date.now() + 60_000; (await titles()).length < wanted.length; ) {
    if (Date.now() > until) throw new Error(`only ${(await titles()).join(', ')} came`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

beforeAll(async () => {
  house = await aHouse([drive], { DRIVE_SEED: 'demo' });
  reader = await house.person();
  await ministry();
});
afterAll(() => house?.stop());

describe('the demo seed', () => {
  test('waits for the spaces, and puts folders and readable files into them', async () => {
    await seeded();
    expect((await titles()).sort()).toEqual([...wanted].sort());
    const { entries } = await reader.call(listFolder, { id: demoSpaces.estuary.id });
    const maps = entries.find((one) => one.title === 'Cartes');
    const [picture] = (await reader.call(listFolder, { id: maps?.id ?? '' })).entries;
    expect(picture?.file?.mediaType).toBe('image/png');
    const png = Buffer.from(await (await reader.fetch(contentPath(picture?.id ?? ''))).arrayBuffer());
    const start = png.indexOf('IDAT');
    expect(inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4))).length).toBe(
      320 * (1 + 480 * 3),
    );
  });

  test('makes nothing twice, and does not bring back what people removed', async () => {
    const [gone] = await house.db.query<{ uid: string }>(
      `select uid from access.resource where kind = 'file' limit 1`,
    );
    await remove(house.db, gone?.uid ?? '');
    const before = await titles();
    const again = await house.another(drive);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await again.close();
    expect(await titles()).toEqual(before);
  });
});

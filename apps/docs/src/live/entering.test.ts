import { fromPg } from '@parvis/access/db';
import { grant } from '@parvis/access/grants';
import { changeLink, createLink, revokeLink } from '@parvis/access/links';
import { createDocument } from '@parvis/contract/docs';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { docs } from '../service.ts';
import { Editor } from '../testing/editor.ts';

let house: House;
let anna: Visitor;
let spaceId: string;
const editors: Editor[] = [];

beforeAll(async () => {
  house = await aHouse([docs]);
  anna = await house.person();
  spaceId = (await house.space({ owner: anna })).uid;
});
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy();
});
afterAll(() => house?.stop());

async function aDocument(): Promise<string> {
  return (await anna.call(createDocument, { parentId: spaceId, title: 'Draft' })).id;
}

function editor(who: Visitor, documentId: string, query?: string): Editor {
  const options = { url: house.urlOf('docs'), cookie: who.cookie, documentId };
  const made = new Editor(query === undefined ? options : { ...options, query });
  editors.push(made);
  return made;
}

test('of a crowd that comes at once each gets what is theirs: a right, to read only, or nothing', async () => {
  const id = await aDocument();
  const other = await aDocument();
  const reader = await house.person();
  const stranger = await house.person();
  await grant(house.db, { resourceUid: id, subjectId: reader.person.id, role: 'reader' }, anna.person.id);
  const crowd = Array.from({ length: 12 }, () => ({
    writes: editor(anna, id),
    reads: editor(reader, id),
    elsewhere: editor(reader, other),
    strange: editor(stranger, id),
    nowhere: editor(anna, crypto.randomUUID()),
  }));
  await Promise.all(
    crowd.flatMap((one) => [
      one.writes.join(),
      one.reads.join(),
      ...[one.elsewhere, one.strange, one.nowhere].map((refused) => refused.open()),
    ]),
  );
  for (const { writes, reads, ...refused } of crowd) {
    expect(writes.states.at(-1)?.right).toBe('write');
    expect(reads.states.at(-1)?.right).toBe('read');
    for (const one of Object.values(refused)) {
      await one.until('closed', () => one.closed !== null);
      expect(one.closed).toEqual({ code: 4404, reason: 'not-found' });
      expect(one.received).toBe(0);
    }
  }
  crowd[0]?.writes.type('for all');
  for (const { writes, reads } of crowd)
    for (const one of [writes, reads]) await one.until('seen', () => one.text.toString() === 'for all');
});

test('who came by a link is downgraded in place, and sees nothing more when it is taken back', async () => {
  const id = await aDocument();
  const { link, token } = await createLink(
    house.db,
    { resourceUid: id, reach: 'members', role: 'editor' },
    anna.person.id,
  );
  const a = await editor(anna, id).join();
  const people = await Promise.all([1, 2, 3, 4].map(() => house.person()));
  const guests = await Promise.all(people.map((one) => editor(one, id, `link=${token}`).join()));
  for (const one of guests) expect(one.states.at(-1)?.right).toBe('write');
  await changeLink(house.db, link.uid, { role: 'reader', expiresAt: null }, anna.person.id);
  for (const one of guests) await one.until('downgraded', () => one.states.at(-1)?.right === 'read');
  const client = await house.pool.connect();
  await client.query('begin');
  await revokeLink(fromPg(client), link.uid);
  await client.query('commit');
  client.release();
  for (const one of guests) {
    await one.until('closed', () => one.closed !== null);
    expect(one.closed).toEqual({ code: 4403, reason: 'not-allowed' });
  }
  a.type('secret');
  await a.saved();
  for (const one of guests) expect(one.text.toString()).not.toContain('secret');
  expect(a.closed).toBeNull();
});

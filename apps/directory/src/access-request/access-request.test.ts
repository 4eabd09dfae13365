import { randomUUID } from 'node:crypto';
import { createResource } from '@parvis/access/tree';
import { answerAccessRequest, askForAccess, listAccessRequests } from '@parvis/contract/access-request';
import { getResource, trashResource } from '@parvis/contract/directory';
import { share } from '@parvis/contract/sharing';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aDirectory, type DirectoryHouse } from '../directory.kit.ts';
import { AccessRequests } from './access-request.service.ts';

let at: DirectoryHouse;
let alice: Visitor;
let bob: Visitor;
let carol: Visitor;
let id: string;

beforeAll(async () => {
  at = await aDirectory();
  [alice, bob, carol] = [await at.house.person(), await at.house.person(), await at.house.person()];
});
afterAll(() => at?.stop());
beforeEach(async () => {
  const space = await at.house.space({ owner: alice, members: [bob], name: 'Estuary' });
  const wanted = { kind: 'document', title: 'Note', ownerId: alice.person.id, parentUid: space.uid } as const;
  id = (await createResource(at.house.db, wanted)).uid;
});

const open = async (who: Visitor) =>
  (await who.call(listAccessRequests, {})).requests.filter((one) => one.resource.id === id);

test('what a stranger asks for reaches those who may share it, and nobody else; let in, they see it', async () => {
  await carol.call(askForAccess, { resourceId: id, note: 'Pour relire le point 3' });
  const [asked] = await open(alice);
  expect(asked).toMatchObject({
    note: 'Pour relire le point 3',
    resource: { title: 'Note', kind: 'document' },
  });
  expect(asked?.person.id).toBe(carol.person.uid);
  expect(await open(bob)).toEqual([]);
  expect(await open(carol)).toEqual([]);
  const answer = { requestId: asked?.id as string, role: 'commenter' } as const;
  for (const who of [bob, carol]) {
    await expect(who.call(answerAccessRequest, answer)).rejects.toMatchObject({ code: 'not-found' });
  }
  await alice.call(answerAccessRequest, answer);
  expect((await carol.call(getResource, { id })).resource.role).toBe('commenter');
  expect(await open(alice)).toEqual([]);
  await expect(alice.call(answerAccessRequest, answer)).rejects.toMatchObject({ code: 'not-found' });
});

test('refused, they stay outside; asked twice it is one request with the newer note', async () => {
  await carol.call(askForAccess, { resourceId: id, note: 'un' });
  await carol.call(askForAccess, { resourceId: id, note: 'deux' });
  const asked = await open(alice);
  expect(asked.map(({ note }) => note)).toEqual(['deux']);
  await alice.call(answerAccessRequest, { requestId: asked[0]?.id as string, role: null });
  await expect(carol.call(getResource, { id })).rejects.toMatchObject({ code: 'not-found' });
  expect(await open(alice)).toEqual([]);
});

test('the answer is the same for what exists and for what does not, and for what is in the trash', async () => {
  const gone = await createResource(at.house.db, {
    kind: 'document',
    title: 'Vieux',
    ownerId: alice.person.id,
  });
  await alice.call(trashResource, { id: gone.uid });
  for (const resourceId of [id, gone.uid, randomUUID()]) {
    expect(await carol.call(askForAccess, { resourceId })).toEqual({ done: true });
  }
  expect(await open(alice)).toHaveLength(1);
});

test('who is in already asks nothing; who was given more meanwhile keeps it', async () => {
  await bob.call(askForAccess, { resourceId: id });
  expect(await open(alice)).toEqual([]);
  await carol.call(askForAccess, { resourceId: id });
  const [asked] = await open(alice);
  await alice.call(share, { id, subjectKind: 'person', subjectId: carol.person.uid, role: 'editor' });
  await alice.call(answerAccessRequest, { requestId: asked?.id as string, role: 'reader' });
  expect((await carol.call(getResource, { id })).resource.role).toBe('editor');
});

test('one person cannot fill the list, and what nobody answers for a month is forgotten', async () => {
  const greedy = await at.house.person();
  await at.house.db.query(
    `with made as (
       insert into access.resource (kind, title, title_key, top_id, access_id, owner_id)
       select 'document', 'D' || n, 'd', 0, 0, $2 from generate_series(1, 100) n returning id)
     insert into directory.access_request (resource_id, person_id, note, at)
     select id, $1, '', now() - interval '31 days' from made`,
    [greedy.person.id, alice.person.id],
  );
  await greedy.call(askForAccess, { resourceId: id });
  expect(await open(alice)).toEqual([]);
  await at.house.served('directory').app.get(AccessRequests, { strict: false }).dropOld();
  await greedy.call(askForAccess, { resourceId: id });
  expect(await open(alice)).toHaveLength(1);
});

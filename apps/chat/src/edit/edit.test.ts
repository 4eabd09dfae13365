import { randomUUID } from 'node:crypto';
import type { ResourceRow } from '@parvis/access/tree';
import { createChannel, listMessages, postMessage } from '@parvis/contract/chat';
import { deleteMessage, editMessage, getMessage, listRevisions } from '@parvis/contract/chat-message';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
let second: Served;
let owner: Visitor;
let amina: Visitor;
let benoit: Visitor;
let space: ResourceRow;

beforeAll(async () => {
  house = await aHouse([chat]);
  second = await house.another(chat);
  owner = await house.person({ name: 'Clarisse' });
  amina = await house.person({ name: 'أمينة' });
  benoit = await house.person({ name: 'Benoît' });
  space = await house.space({ owner, members: [amina, benoit] });
});
afterAll(async () => {
  await second?.close();
  await house?.stop();
});

async function aChannel(): Promise<string> {
  return (await owner.call(createChannel, { spaceId: space.uid, name: `c ${randomUUID()}` })).id;
}
async function said(by: Visitor, id: string, body: string): Promise<number> {
  return (await by.call(postMessage, { id, clientId: randomUUID(), body })).seq;
}

test('an edit is on every screen, on every process, and what was said before can be read', async () => {
  const id = await aChannel();
  const [here, there] = [
    await aScreen(house.urlOf('chat'), benoit.cookie),
    await aScreen(second.url, owner.cookie),
  ];
  for (const screen of [here, there]) screen.follow(id);
  const seq = await said(amina, id, 'à 14 h');
  await said(benoit, id, 'noté');
  for (const screen of [here, there]) await screen.until('both', () => screen.bodies(id).length === 2);
  const edited = await amina.call(editMessage, { id, seq, body: 'à 15 h' });
  expect(edited).toMatchObject({ body: 'à 15 h', changedSeq: 3, deletedAt: null });
  for (const screen of [here, there]) {
    await screen.until('the edit', () => screen.bodies(id)[0] === 'à 15 h');
    expect(screen.shown.get(id)).toEqual((await benoit.call(listMessages, { id })).messages);
    expect(screen.holes).toBe(0);
    screen.cut();
  }
  await amina.call(editMessage, { id, seq, body: 'à 16 h' });
  const { revisions } = await benoit.call(listRevisions, { id, seq });
  expect(revisions.map(({ body }) => body)).toEqual(['à 14 h', 'à 15 h']);
});

test('the same words again are no edit: nothing is added to the log', async () => {
  const id = await aChannel();
  const seq = await said(amina, id, 'as it is');
  const same = await amina.call(editMessage, { id, seq, body: 'as it is' });
  expect(same).toMatchObject({ editedAt: null, changedSeq: seq });
  expect((await amina.call(listMessages, { id })).lastSeq).toBe(1);
});

test('nobody changes the words of another, a manager neither; a manager may take them away, and it is in the journal', async () => {
  const id = await aChannel();
  const seq = await said(amina, id, 'mine');
  for (const other of [benoit, owner])
    await expect(other.call(editMessage, { id, seq, body: 'yours' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  await expect(benoit.call(deleteMessage, { id, seq })).rejects.toMatchObject({ code: 'not-allowed' });
  const gone = await owner.call(deleteMessage, { id, seq });
  expect(gone).toMatchObject({ body: '', seq, sender: { id: amina.person.uid } });
  expect(gone.deletedAt).not.toBe(null);
  const lines = await house.db.query(
    `select actor_id as "actorId", action, detail from access.audit a join access.resource r on r.id = a.resource_id
      where r.uid = $1 and action like 'message.%'`,
    [id],
  );
  expect(lines).toEqual([
    { actorId: owner.person.id, action: 'message.deleted', detail: { seq, own: false } },
  ]);
});

test('what was deleted is nowhere any more: not in pages, not in revisions, not in the tables; its place stays', async () => {
  const id = await aChannel();
  const screen = await aScreen(house.urlOf('chat'), benoit.cookie);
  screen.follow(id);
  const seq = await said(amina, id, 'a secret');
  await amina.call(editMessage, { id, seq, body: 'a better secret' });
  await amina.call(deleteMessage, { id, seq });
  await screen.until('the deletion', () => screen.shown.get(id)?.[0]?.deletedAt != null);
  expect(screen.bodies(id)).toEqual(['']);
  expect(await benoit.call(getMessage, { id, seq })).toMatchObject({ body: '', reactions: [], mentions: [] });
  await expect(amina.call(listRevisions, { id, seq })).rejects.toMatchObject({ code: 'not-found' });
  await expect(amina.call(editMessage, { id, seq, body: 'again' })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(amina.call(deleteMessage, { id, seq })).rejects.toMatchObject({ code: 'not-found' });
  expect(
    await house.db.query(
      `select body from chat.message where body like '%secret%' union all
       select body from chat.revision where body like '%secret%'`,
    ),
  ).toEqual([]);
  screen.cut();
});

test('a screen that was cut off during edits and deletions ends as one that was there', async () => {
  const id = await aChannel();
  const [away, there] = [
    await aScreen(house.urlOf('chat'), benoit.cookie),
    await aScreen(second.url, owner.cookie),
  ];
  for (const screen of [away, there]) screen.follow(id);
  const seqs = [];
  for (const body of ['one', 'two', 'three']) seqs.push(await said(amina, id, body));
  for (const screen of [away, there]) await screen.until('all', () => screen.bodies(id).length === 3);
  away.cut();
  await amina.call(editMessage, { id, seq: seqs[0] as number, body: 'uno' });
  await amina.call(deleteMessage, { id, seq: seqs[1] as number });
  await said(amina, id, 'four');
  await there.until('the fourth', () => there.bodies(id).length === 4);
  await away.open(second.url);
  await away.until('the same', () => away.bodies(id).length === 4);
  expect(away.bodies(id)).toEqual(['uno', '', 'three', 'four']);
  expect(away.shown.get(id)).toEqual(there.shown.get(id));
  expect(away.holes).toBe(0);
  away.cut();
  there.cut();
});

test('a send that is repeated after its message was edited is the same message, not a second one', async () => {
  const id = await aChannel();
  const clientId = randomUUID();
  const first = await amina.call(postMessage, { id, clientId, body: 'typo' });
  await amina.call(editMessage, { id, seq: first.seq, body: 'corrected' });
  const again = await amina.call(postMessage, { id, clientId, body: 'typo' });
  expect(again).toMatchObject({ seq: first.seq, body: 'corrected' });
  await expect(amina.call(postMessage, { id, clientId, body: 'other' })).rejects.toMatchObject({
    code: 'client-id-reused',
  });
});

test('a stranger and a place without a message get the same answer', async () => {
  const id = await aChannel();
  const seq = await said(amina, id, 'inside');
  const stranger = await house.person();
  for (const ask of [
    () => stranger.call(getMessage, { id, seq }),
    () => stranger.call(editMessage, { id, seq, body: 'x' }),
    () => stranger.call(deleteMessage, { id, seq }),
    () => stranger.call(listRevisions, { id, seq }),
    () => amina.call(getMessage, { id, seq: 99 }),
    () => amina.call(editMessage, { id, seq: 99, body: 'x' }),
  ])
    await expect(ask()).rejects.toMatchObject({ problem: { status: 404, code: 'not-found' } });
});

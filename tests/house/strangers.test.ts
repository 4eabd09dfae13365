import { randomUUID } from 'node:crypto';
import { grant } from '@parvis/access/grants';
import { notify } from '@parvis/access/notify';
import { listMessages } from '@parvis/contract/chat';
import { createSpace, find, listPeople, listRecent, listSpaces } from '@parvis/contract/directory';
import { contentPath } from '@parvis/contract/content-path';
import { uploadsPath } from '@parvis/contract/drive';
import type { Operation } from '@parvis/contract/operation';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, begin, createUpload, giveUp, patch } from '../../apps/drive/src/testing/tus-client.ts';
import { expectRefusal, goodInput, namedOperations, placeFields, send } from './asking.ts';
import { kindOfId, notInThisState } from './kinds.ts';
import { aWholeHouse, type Things, thingsOf, type WholeHouse } from './whole-house.ts';

let whole: WholeHouse;
let owner: Visitor;
let administrator: Visitor;
let stranger: Visitor;
let guest: Visitor;
let reader: Visitor;
/** Of the owner; nobody else sees them. */
let theirs: Things;
/** Of the stranger alone. */
let own: Things;
/** Where the guest and the reader are. */
let open: Things;

beforeAll(async () => {
  whole = await aWholeHouse();
  owner = await whole.person({ name: 'Odile Secrète' });
  administrator = await whole.person({ administrator: true });
  stranger = await whole.person();
  reader = await whole.person();
  guest = await whole.person({ kind: 'guest', sponsorId: owner.person.id });
  theirs = await thingsOf(whole, owner, administrator);
  own = await thingsOf(whole, stranger, administrator);
  open = await thingsOf(whole, owner, administrator);
  const wanted = (subjectId: number, role: 'reader' | 'commenter') => ({
    resourceUid: open.space,
    subjectId,
    role,
  });
  await grant(whole.house.db, wanted(reader.person.id, 'reader'), owner.person.id);
  await grant(whole.house.db, wanted(guest.person.id, 'commenter'), owner.person.id);
});
afterAll(() => whole?.stop());

/** What an answer tells: its status, what is in it but for ids of requests, and the names of its headers. */
async function told(answer: Response): Promise<unknown> {
  const text = await answer.text();
  const body = text.startsWith('{') ? { ...(JSON.parse(text) as object), requestId: '' } : text;
  const headers = [...answer.headers.keys()].filter((name) => name !== 'x-ratelimit-reset').sort();
  return { status: answer.status, body, headers };
}

/** Fields by which an operation names a thing that is somebody's. */
function namingFields(name: string, op: Operation): [string, string][] {
  return Object.keys(op.input.shape).flatMap((field): [string, string][] => {
    const kind = field === 'id' ? kindOfId[name] : placeFields[field];
    if (field === 'id' && kind === undefined)
      throw new Error(`${name}: kindOfId does not say what its id names`);
    return kind === undefined || kind === 'session' ? [] : [[field, theirs[kind]]];
  });
}

const naming = namedOperations.filter(([, op]) =>
  ['id', ...Object.keys(placeFields)].some((one) => one in op.input.shape),
);

describe('to a stranger, what is another’s and what does not exist are the same', () => {
  // Colleagues are no secret to a member: people and groups are listed for all of them.
  const forMembers = naming.filter(([name]) => name !== 'getPerson');

  test.each(forMembers)('%s', async (name, op) => {
    for (const [field, real] of namingFields(name, op)) {
      const input = goodInput(name, op, own);
      const theirsSaid = await told(await send(stranger, op, { ...input, [field]: real }));
      const nothingSaid = await told(await send(stranger, op, { ...input, [field]: randomUUID() }));
      expect(theirsSaid, field).toEqual(nothingSaid);
      expect((theirsSaid as { status: number }).status, field).toBeGreaterThanOrEqual(400);
    }
  });

  test.each(naming)('%s, for a guest of another space', async (name, op) => {
    for (const [field, real] of namingFields(name, op)) {
      // The owner invited the guest: the two may know each other.
      if (real === theirs.person) continue;
      const input = goodInput(name, op, open);
      const theirsSaid = await told(await send(guest, op, { ...input, [field]: real }));
      const nothingSaid = await told(await send(guest, op, { ...input, [field]: randomUUID() }));
      expect(theirsSaid, field).toEqual(nothingSaid);
    }
  });

  test.each(naming)('%s, by an id of another kind', async (name, op) => {
    for (const [field] of namingFields(name, op)) {
      for (const id of new Set(Object.values(theirs))) {
        const answer = await send(stranger, op, { ...goodInput(name, op, own), [field]: id });
        if (name !== 'getPerson') expect(answer.status).toBeGreaterThanOrEqual(400);
        else if (answer.status === 200) expect([theirs.person, theirs.bot]).toContain(id);
        expect(answer.status).toBeLessThan(500);
      }
    }
  });

  test('the bytes of a file, and an upload under way', async () => {
    const path = await begin(owner, { parentId: theirs.space, name: 'à moi' }, 10);
    const nowhere = `${uploadsPath}/${randomUUID()}`;
    for (const at of [contentPath(theirs.file), contentPath(randomUUID())]) {
      await expectRefusal(await stranger.fetch(at), 404, 'not-found');
    }
    expect((await ask(stranger, path)).status).toBe((await ask(stranger, nowhere)).status);
    for (const act of [patch, giveUp] as const) {
      const args = [0, Buffer.from('0123456789')] as const;
      expect(await told(await act(stranger, path, ...args))).toEqual(
        await told(await act(stranger, nowhere, ...args)),
      );
    }
    expect((await ask(owner, path)).headers.get('upload-offset')).toBe('0');
    const put = (parentId: string) => createUpload(stranger, { parentId, name: 'x' }, 1);
    expect(await told(await put(theirs.folder))).toEqual(await told(await put(randomUUID())));
  });

  test('a document’s socket', async () => {
    const closed = async (id: string) => {
      const socket = await stranger.socket(`/ws/docs/${id}`);
      return new Promise((resolve) =>
        socket.once('close', (code, reason) => resolve([code, String(reason)])),
      );
    };
    expect(await closed(theirs.document)).toEqual(await closed(randomUUID()));
  });
});

describe('a guest', () => {
  test('sees what is in their space and nothing else of the house', async () => {
    const { resources } = await guest.call(listRecent, { limit: 200 });
    expect(resources.length).toBeGreaterThan(3);
    expect(new Set(resources.map((one) => one.spaceId ?? one.id))).toEqual(new Set([open.space]));
    expect((await guest.call(listSpaces, {})).spaces.map((one) => one.id)).toEqual([open.space]);
    const found = await guest.call(find, { q: 'Note', limit: 50 });
    expect(found.resources.every((one) => one.spaceId === open.space)).toBe(true);
    expect((await guest.call(find, { q: 'Person', limit: 50 })).people).toEqual([]);
  });

  test('does not browse the people of the house, and opens no space', async () => {
    await expectRefusal(await send(guest, listPeople, {}), 403, 'guest-not-allowed');
    await expectRefusal(await send(guest, createSpace, { name: 'À moi' }), 403, 'guest-not-allowed');
  });

  test('whose time is over is nobody at the next request', async () => {
    const leaving = await whole.person({ kind: 'guest', sponsorId: owner.person.id });
    expect((await leaving.fetch('/api/directory/me')).status).toBe(200);
    const { db } = whole.house;
    await db.query('update access.person set ends_at = now() where subject_id = $1', [leaving.person.id]);
    await notify(db, { subjects: [leaving.person.id] });
    await expect.poll(async () => (await leaving.fetch('/api/directory/me')).status).toBe(401);
  });
});

describe('a reader', () => {
  /** All that a space holds, as the database has it. */
  async function everything(): Promise<unknown> {
    const { db } = whole.house;
    return Promise.all([
      db.query(
        `select uid, parent_id, title, trash_id, trashed_at from access.resource where uid = $1
                 or space_id = (select id from access.resource where uid = $1) order by uid`,
        [open.space],
      ),
      db.query('select * from access.grant_ order by 1, 2'),
      db.query('select count(*) from access.link'),
      db.query('select * from access.member order by 1, 2'),
      db.query('select channel_id, seq, body from chat.message order by 1, 2'),
      db.query('select resource_id, last_seq from docs.document order by 1'),
      db.query('select resource_id, ended_at from meet.meeting order by 1'),
      db.query('select resource_id from drive.file order by 1'),
      db.query('select count(*) from drive.upload'),
    ]);
  }

  // Their own house: their preferences and sessions, a space and bots of their own, how far they have read, a place in a
  // meeting and whether their voice may be kept there, a wish to be let in, what they opened and like, a template for themselves, a file of what they may read,
  // their column of channels, a conversation with somebody, their inbox, how they are told, and what they save.
  const theirOwn = [
    'setPreferences',
    'endSession',
    'createSpace',
    'createBot',
    'markRead',
    'markUnread',
    'readExcerpts',
    'followThread',
    'markThreadRead',
    'seeThreads',
    'joinMeeting',
    'answerConsent',
    'getAdmission',
    'raiseHand',
    'askForAccess',
    'visitDocument',
    'favourDocument',
    'unfavourDocument',
    'saveTemplate',
    'startExport',
    'joinChannel',
    'leaveChannel',
    'placeChannel',
    'openDirect',
    'reportMessage',
    'markInbox',
    'readThing',
    'changeNotifySettings',
    'setLevel',
    'addDevice',
    'removeDevice',
    'setStatus',
    'saveMessage',
    'finishSaved',
    'unsaveMessage',
    'tryConnection',
    'makeCalendarFeed',
    'endCalendarFeed',
  ];
  const writing = namedOperations.filter(([name, op]) => op.verb !== 'GET' && !theirOwn.includes(name));

  test.each(writing)('cannot %s', async (name, op) => {
    const before = await everything();
    const answer = await send(reader, op, goodInput(name, op, open));
    const problem = await expectRefusal(answer);
    expect(problem.status).toBeLessThan(500);
    expect(await everything()).toEqual(before);
  });

  test('cannot rename or put away anything in the space, whatever its kind', async () => {
    const before = await everything();
    for (const id of [open.space, open.channel, open.folder, open.file, open.meeting]) {
      await expectRefusal(
        await reader.fetch(`/api/directory/resources/${id}/trash`, { method: 'POST' }),
        403,
      );
      const body = JSON.stringify({ title: 'x' });
      const headers = { 'content-type': 'application/json' };
      const path = `/api/directory/resources/${id}`;
      await expectRefusal(await reader.fetch(path, { method: 'PATCH', body, headers }), 403);
    }
    expect(await everything()).toEqual(before);
  });

  test('cannot upload, nor write by socket; what they may read they read', async () => {
    const before = await everything();
    await expectRefusal(
      await createUpload(reader, { parentId: open.space, name: 'x' }, 1),
      403,
      'not-allowed',
    );
    const socket = await reader.socket('/ws/chat');
    const heard: { t: string; code?: string }[] = [];
    socket.on('message', (data) => heard.push(JSON.parse(String(data)) as { t: string }));
    socket.send(JSON.stringify({ t: 'send', channelId: open.channel, clientId: randomUUID(), body: 'non' }));
    await expect.poll(() => heard.find(({ t }) => t === 'refused')?.code).toBe('not-allowed');
    socket.close();
    expect((await reader.call(listMessages, { id: open.channel })).messages[0]?.body).toBe('secret');
    expect(await everything()).toEqual(before);
  });
});

describe('the owner', () => {
  test.each(naming)('is taken at their word: %s', async (name, op) => {
    // Somebody new for each: what one person may own has limits.
    const mine = await whole.person();
    const things = await thingsOf(whole, mine, administrator);
    const answer = await send(mine, op, goodInput(name, op, things));
    const expected = notInThisState[name];
    if (expected === undefined) expect(answer.status, await answer.text()).toBe(200);
    else await expectRefusal(answer, undefined, expected);
  });
});

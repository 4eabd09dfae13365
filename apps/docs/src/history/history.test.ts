import {
  listSittings,
  listVersions,
  nameVersion,
  restoreDocument,
  unnameVersion,
} from '@parvis/contract/doc-history';
import { grant } from '@parvis/access/grants';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Editor } from '../testing/editor.ts';
import { Past } from '../testing/past.ts';
import { Keeping } from './keeping.ts';

let past: Past;
let reader: Visitor;
let stranger: Visitor;

beforeAll(async () => {
  past = await Past.open();
  [reader, stranger] = (await Promise.all([past.house.person(), past.house.person()])) as [Visitor, Visitor];
  const wanted = { resourceUid: past.spaceId, subjectId: reader.person.id, role: 'reader' } as const;
  await grant(past.house.db, wanted, past.who(0).person.id);
});
afterAll(() => past?.stop());

const keeping = () => past.house.served('docs').app.get(Keeping, { strict: false });

test.each([21, 22])(
  'the text of every moment is that of a slow model, before and after a restore (seed %i)',
  async (seed) => {
    const documentId = await past.document();
    const id = await past.idOf(documentId);
    await past.written(documentId, seed, 120);
    const middle = Math.floor((await past.slowTexts(id)).size / 2);
    await past.who(1).call(restoreDocument, { id: documentId, seq: middle });
    await past.written(documentId, seed + 100, 60);
    const expected = await past.slowTexts(id);
    // How many changes share a row depends on how busy the machine is.
    expect(expected.size).toBeGreaterThan(5);
    for (const [seq, text] of expected) expect(await past.textAt(id, seq)).toBe(text);
  },
);

test('sittings say who wrote and when: a long pause and a restore begin another', async () => {
  const documentId = await past.document();
  const id = await past.idOf(documentId);
  const a = await past.editor(0, documentId).join();
  for (let i = 0; i < 3; i++) {
    a.type('a');
    await a.saved();
  }
  await past.age(id, 1);
  await past.who(0).call(listSittings, { id: documentId });
  const b = await past.editor(1, documentId).join();
  b.type('b');
  await b.saved();
  const { lastSeq } = await past.who(0).call(listSittings, { id: documentId });
  await past.who(2).call(restoreDocument, { id: documentId, seq: lastSeq - 1 });
  const { sittings, before } = await past.who(2).call(listSittings, { id: documentId });
  expect(before).toBeNull();
  expect(sittings.map((one) => one.writers.map(({ person, edits }) => [person.id, edits]))).toEqual([
    [[past.who(2).person.uid, 1]],
    [[past.who(1).person.uid, 1]],
    [[past.who(0).person.uid, 4]],
  ]);
  expect(sittings.map(({ firstSeq, lastSeq: last }) => last - firstSeq)).toEqual([0, 0, 3]);
  const first = await past.who(0).call(listSittings, { id: documentId, limit: 2 });
  const rest = await past
    .who(0)
    .call(listSittings, { id: documentId, limit: 2, before: first.before as number });
  expect([...first.sittings, ...rest.sittings]).toEqual(sittings);
  a.destroy();
  b.destroy();
});

test('what was written stays its writer’s, also when somebody else sends it, and through a restore', async () => {
  const documentId = await past.document();
  const id = await past.idOf(documentId);
  const a = await past.editor(0, documentId).join();
  const lent = new Y.Doc();
  a.type('words of a person');
  await a.saved();
  Y.applyUpdate(lent, Y.encodeStateAsUpdate(a.doc));
  const b = new Editor({ url: past.second.url, cookie: past.who(1).cookie, documentId, doc: lent });
  await b.join();
  b.type(' and of another');
  await b.saved();
  const { lastSeq } = await past.who(0).call(listSittings, { id: documentId });
  const writers = () =>
    past.house.db.query<{ person: number; clocks: number }>(
      `select person_id as person, sum(to_clock - from_clock)::int as clocks from docs.writer
        where document_id = $1 and client = any($2::bigint[]) group by 1`,
      [id, clients],
    );
  let clients = [a.doc.clientID, b.doc.clientID];
  const before = await writers();
  expect(new Map(before.map((one) => [one.person, one.clocks]))).toEqual(
    new Map([
      [past.who(0).person.id, 'words of a person'.length],
      [past.who(1).person.id, ' and of another'.length],
    ]),
  );
  await past.who(2).call(restoreDocument, { id: documentId, seq: lastSeq });
  const fresh = await past.editor(2, documentId).join();
  clients = [...fresh.doc.store.clients.keys()];
  await past.who(2).call(listSittings, { id: documentId });
  const after = await writers();
  for (const { person, clocks } of before)
    expect(after.find((one) => one.person === person)?.clocks).toBeGreaterThanOrEqual(clocks);
  expect(after.find((one) => one.person === past.who(2).person.id)).toBeUndefined();
  for (const one of [a, b, fresh]) one.destroy();
});

test('a named version is kept, renamed, loses its name, and is told in the journal', async () => {
  const documentId = await past.document();
  const id = await past.idOf(documentId);
  const a = await past.editor(0, documentId).join();
  a.type('first');
  await a.saved();
  const made = await past.who(1).call(nameVersion, { id: documentId, name: 'Envoyé au cabinet' });
  a.type(' second');
  await a.saved();
  expect(made).toMatchObject({ name: 'Envoyé au cabinet', by: { id: past.who(1).person.uid } });
  await keeping().fill(id);
  const kept = await past.house.db.query(
    'select 1 from docs.version v join docs.snapshot s using (document_id, hash)',
  );
  expect(kept.length).toBeGreaterThan(0);
  expect(await past.textAt(id, made.seq)).toBe('first');
  await past.who(0).call(nameVersion, { id: documentId, seq: made.seq, name: 'Lu' });
  expect((await past.who(2).call(listVersions, { id: documentId })).versions).toMatchObject([
    { id: made.id, name: 'Lu' },
  ]);
  await past.who(0).call(unnameVersion, { id: documentId, versionId: made.id });
  expect((await past.who(2).call(listVersions, { id: documentId })).versions).toEqual([]);
  const journal = await past.house.db.query<{ action: string }>(
    `select action from access.audit where resource_id = $1 order by id`,
    [id],
  );
  expect(journal.map(({ action }) => action)).toEqual([
    'document.version-named',
    'document.version-named',
    'document.version-unnamed',
  ]);
  a.destroy();
});

test('the past is for those who may edit', async () => {
  const documentId = await past.document();
  const id = documentId;
  const { id: versionId } = await past.who(0).call(nameVersion, { id, name: 'v' });
  for (const [one, code] of [
    [reader, 'not-allowed'],
    [stranger, 'not-found'],
  ] as const) {
    for (const asked of [
      () => one.call(listSittings, { id }),
      () => one.call(listVersions, { id }),
      () => one.call(nameVersion, { id, name: 'x' }),
      () => one.call(unnameVersion, { id, versionId }),
    ])
      await expect(asked()).rejects.toMatchObject({ code });
  }
  const other = await past.document();
  await expect(past.who(0).call(unnameVersion, { id: other, versionId })).rejects.toMatchObject({
    code: 'not-found',
  });
});

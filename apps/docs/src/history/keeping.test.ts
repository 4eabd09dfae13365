import { copyDocument, listSittings, nameVersion } from '@parvis/contract/doc-history';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Past } from '../testing/past.ts';
import { Keeping } from './keeping.ts';

let past: Past;
beforeAll(async () => {
  past = await Past.open();
});
afterAll(() => past?.stop());

const keeping = () => past.house.served('docs').app.get(Keeping, { strict: false });

test('old rows of the log go once they are kept otherwise, and the text and its named past stay the same', async () => {
  const documentId = await past.document();
  const id = await past.idOf(documentId);
  await past.written(documentId, 31, 60);
  const named = await past.who(0).call(nameVersion, { id: documentId, name: 'Ancien' });
  await past.written(documentId, 32, 30);
  await past.age(id, 40);
  await past.written(documentId, 33, 30);
  const expected = await past.slowTexts(id);
  const { sittings, lastSeq } = await past.who(0).call(listSittings, { id: documentId });
  const floor = sittings[1]?.lastSeq as number;
  expect(sittings.length).toBe(2);
  await keeping().fold();
  const rows = await past.house.db.query<{ seq: number }>(
    'select seq::int as seq from docs.update where document_id = $1 order by seq',
    [id],
  );
  expect(rows[0]?.seq).toBe(floor + 1);
  expect(rows.at(-1)?.seq).toBe(lastSeq);
  for (const seq of [named.seq, ...rows.map((row) => row.seq), floor])
    expect(await past.textAt(id, seq)).toBe(expected.get(seq));
  await expect(
    past.who(0).call(copyDocument, { id: documentId, title: 'x', seq: floor - 1 }),
  ).rejects.toMatchObject({
    code: 'moment-gone',
  });
  const late = await past.editor(2, documentId).join();
  expect(late.text.toString()).toBe(expected.get(lastSeq));
  expect((await past.who(0).call(listSittings, { id: documentId })).sittings.map(({ kept }) => kept)).toEqual(
    [true, true],
  );
  // Again, with nothing to do; and once everything is old.
  await keeping().fold();
  await past.age(id, 400);
  await keeping().fold();
  expect(await past.house.db.query('select 1 from docs.update where document_id = $1', [id])).toEqual([]);
  await late.join();
  late.type('!');
  await late.saved();
  const again = await past.editor(1, documentId, past.second.url).join();
  expect(again.text.toString()).toBe(`${expected.get(lastSeq)}!`);
  for (const one of [late, again]) one.destroy();
});

test('the end of a sitting is kept by itself, and thinned as it grows old', async () => {
  const documentId = await past.document();
  const id = await past.idOf(documentId);
  const a = await past.editor(0, documentId).join();
  for (let i = 0; i < 4; i++) {
    a.type(`${i}`);
    await a.saved();
    await past.house.db.query(
      `update docs.update set at = now() - interval '30 minutes' where document_id = $1 and at > now() - interval '1 minute'`,
      [id],
    );
    await keeping().keep();
  }
  const kept = () =>
    past.house.db.query<{ seq: number }>(
      `select seq::int as seq from docs.version where document_id = $1 and hash is not null order by seq`,
      [id],
    );
  expect(await kept()).toHaveLength(4);
  await past.house.db.query(
    `update docs.version set at = date_trunc('day', now() - interval '20 days') + interval '1 hour' where document_id = $1`,
    [id],
  );
  await keeping().fold();
  expect(await kept()).toHaveLength(1);
  expect(await past.textAt(id, (await kept())[0]?.seq ?? 0)).toBe('0123');
  a.destroy();
});

import { type Conversion, importsPath } from '@parvis/contract/doc-conversion';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docs } from '../service.ts';
import { ServiceProcess } from '../testing/service-process.ts';

let house: House;
let owner: Visitor;
let spaceId: string;
let child: ServiceProcess | undefined;
let after: Served | undefined;

beforeAll(async () => {
  house = await aHouse([docs]);
  owner = await house.person();
  spaceId = (await house.space({ owner })).uid;
  // Only the process that is killed takes the job at first.
  await house.served('docs').close();
});
afterAll(async () => {
  await child?.kill();
  await after?.close();
  await house?.stop();
});

async function stateOf(id: string): Promise<string | undefined> {
  const [row] = await house.db.query<{ state: string }>('select state from docs.conversion where id = $1', [
    id,
  ]);
  return row?.state;
}

test('kill -9 in the middle of an import: another process makes the document, once', {
  timeout: 600_000,
}, async () => {
  child = await ServiceProcess.start(house.env);
  // No document is made while this holds their table: the process is killed in the middle, however slow or quick it is.
  const holder = await house.pool.connect();
  await holder.query('begin');
  await holder.query('lock table docs.document in share mode');
  const query = new URLSearchParams({ parentId: spaceId, name: 'Long.md' });
  const answer = await fetch(`${child.url}${importsPath}?${query}`, {
    method: 'POST',
    headers: { cookie: owner.cookie, 'content-type': 'application/octet-stream' },
    body: 'Un paragraphe *de plus*.\n\n'.repeat(20_000),
  });
  expect(answer.status).toBe(200);
  const { id } = (await answer.json()) as Conversion;
  await expect.poll(() => stateOf(id)).toBe('running');
  await child.kill();
  await holder.query('rollback');
  holder.release();
  expect(await stateOf(id)).toBe('running');
  after = await house.another(docs);
  await expect.poll(() => stateOf(id), { timeout: 240_000 }).toBe('done');
  const made = await house.db.query(
    "select uid from access.resource where kind = 'document' and title = 'Long'",
  );
  expect(made).toHaveLength(1);
});

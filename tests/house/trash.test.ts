import { restore, trash } from '@parvis/access/moving';
import { createDocument, getDocument } from '@parvis/contract/docs';
import { contentPath } from '@parvis/contract/content-path';
import { trashDays } from '@parvis/contract/limits';
import { Fanout } from '@parvis/server/fanout';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Trash } from '../../apps/directory/src/trash/trash.service.ts';
import { Sweep } from '../../apps/drive/src/sweep/sweep.ts';
import { Reconciler } from '../../apps/meet/src/meeting/reconciler.ts';
import { aWholeHouse, type Things, thingsOf, type WholeHouse } from './whole-house.ts';

let whole: WholeHouse;
let owner: Visitor;
let administrator: Visitor;

beforeAll(async () => {
  whole = await aWholeHouse();
  owner = await whole.person();
  administrator = await whole.person({ administrator: true });
});
afterAll(() => whole?.stop());

const served = (name: string) => whole.house.served(name).app;
const night = () => served('directory').get(Trash).empty();

/** As if it had been put in the trash so many days ago. */
async function trashedDaysAgo(uid: string, days: number): Promise<void> {
  await trash(whole.house.db, uid, owner.person.id);
  await whole.house.db.query(
    `update access.resource r set trashed_at = now() - make_interval(days => $2) from access.resource root
      where root.uid = $1 and r.trash_id = root.id`,
    [uid, days],
  );
}

/** Rows of each service about the things of a space. */
async function rows(things: Things): Promise<Record<string, number>> {
  const count = async (table: string, column: string, uid: string) => {
    const found = await whole.house.db.query(`select 1 from ${table} where ${column} = $1`, [uid]);
    return [table, found.length] as const;
  };
  return Object.fromEntries(
    await Promise.all([
      count('access.resource', 'uid', things.space),
      count('chat.channel', 'uid', things.channel),
      count('docs.document', 'uid', things.document),
      count('drive.file', 'uid', things.file),
      count('meet.meeting', 'uid', things.meeting),
    ]),
  );
}

test(`a space is gone for good after ${trashDays} days in the trash, with all that the services hold of it`, async () => {
  const things = await thingsOf(whole, owner, administrator);
  const messages = () => whole.house.db.query('select 1 from chat.message');
  const before = (await messages()).length;
  const events: { payload: unknown }[] = [];
  const topic = 'directory.resource-removed';
  const stop = await served('directory')
    .get(Fanout)
    .subscribe(topic, (event) => void events.push(event as never));
  await trashedDaysAgo(things.space, trashDays + 1);
  await night();
  await served('drive').get(Sweep).run();
  await served('meet').get(Reconciler).sweep();
  expect(Object.values(await rows(things))).toEqual([0, 0, 0, 0, 0]);
  expect(await messages()).toHaveLength(before - 1);
  expect((await owner.fetch(contentPath(things.file))).status).toBe(404);
  const journal = await whole.house.db.query<{ action: string; actorId: number | null; removed: number }>(
    `select action, actor_id as "actorId", (detail->>'removed')::int as removed from access.audit
      where detail->>'id' = $1`,
    [things.space],
  );
  expect(journal).toEqual([{ action: 'space.removed', actorId: null, removed: 6 }]);
  await expect.poll(() => events.length).toBe(1);
  expect(events[0]?.payload).toEqual({ id: things.space, kind: 'space', removed: 6 });
  await stop();
});

test('what has days left stays, comes back whole, and is then no longer due', async () => {
  const { space } = await thingsOf(whole, owner, administrator);
  const { id } = await owner.call(createDocument, { parentId: space, title: 'Reste' });
  await trashedDaysAgo(id, trashDays - 1);
  await night();
  await restore(whole.house.db, id);
  await night();
  expect((await owner.call(getDocument, { id })).title).toBe('Reste');
});

test('a thing taken out of the trash while the night’s work goes on is not removed', async () => {
  const { space } = await thingsOf(whole, owner, administrator);
  const made = await Promise.all(
    ['a', 'b', 'c', 'd'].map((title) => owner.call(createDocument, { parentId: space, title })),
  );
  for (const { id } of made) await trashedDaysAgo(id, trashDays + 1);
  const back = made.map(({ id }) =>
    owner
      .fetch(`/api/directory/resources/${id}/restore`, { method: 'POST' })
      .then(({ status }) => ({ id, status })),
  );
  await night();
  for (const { id, status } of await Promise.all(back)) {
    const { status: now } = await owner.fetch(`/api/docs/${id}`);
    expect(now, `restored: ${status}`).toBe(status);
  }
});

test('the work is a durable job that the clock sends each day', async () => {
  const [job] = await whole.house.db.query<{ cron: string }>(
    `select cron from directory_jobs.schedule where name = 'empty-trash'`,
  );
  expect(job?.cron).toMatch(/^\d+ \d+ \* \* \*$/);
});

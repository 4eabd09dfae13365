import { aDatabase, type TestDatabase } from '@parvis/testing/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit, auditEntries } from './audit.ts';
import { type Listening, listenForChanges } from './changes.ts';
import { transaction } from './db.ts';
import { grant } from './grants.ts';
import { type AccessChange, notify, payloadsOf } from './notify.ts';
import { type Actor, actorOf, createPerson } from './people.ts';
import {
  createSession,
  endByPerson,
  endBySid,
  endSession,
  findSession,
  listSessions,
  sweepSessions,
} from './sessions.ts';
import { createResource, type ResourceRow } from './tree.ts';

let database: TestDatabase;
let alice: Actor;
let bob: Actor;
let space: ResourceRow;
const tomorrow = () => new Date(Date.now() + 86_400_000);

beforeAll(async () => {
  database = await aDatabase();
  const member = (name: string) =>
    createPerson(database.db, { email: `${name}@example.org`, name, kind: 'member' });
  [alice, bob] = [actorOf(await member('Alice')), actorOf(await member('Bob'))];
  space = await createResource(database.db, { kind: 'space', title: 'Cabinet', ownerId: alice.id });
});
afterAll(() => database.drop());

async function listening(
  work: (heard: AccessChange[], until: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const heard: AccessChange[] = [];
  const listener: Listening = await listenForChanges(database.url, (change) => heard.push(change));
  // A word of our own, sent last: when it is there, so is all that came before.
  const until = async () => {
    const mark = `mark-${Math.random()}`;
    await notify(database.db, { sessions: [mark] });
    await expect.poll(() => heard.some((each) => each.sessions?.includes(mark))).toBe(true);
  };
  await work(heard, until).finally(() => listener.close());
}

test('a change is heard after its commit, and not at all when it was rolled back', async () => {
  await listening(async (heard, until) => {
    const give = (db: Parameters<typeof grant>[0]) =>
      grant(db, { resourceUid: space.uid, subjectId: bob.id, role: 'reader' }, alice.id);
    const undone = transaction(database.pool, async (db) => {
      await give(db);
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    await until();
    expect(heard.filter((each) => each.subjects)).toEqual([]);
    await transaction(database.pool, give);
    await until();
    expect(heard).toContainEqual({ subjects: [bob.id], resources: [space.uid] });
  });
});

test('a lost connection is opened again, and then everything may have changed', async () => {
  await listening(async (heard, until) => {
    const { db } = database;
    await db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'access changes' and datname = current_database()`,
    );
    await expect.poll(() => heard.some((each) => each.all), { timeout: 30_000 }).toBe(true);
    await until();
  });
});

test('many names travel in parts that fit, and too many as one word', () => {
  const uids = Array.from({ length: 400 }, () => crypto.randomUUID());
  const payloads = payloadsOf({ resources: uids, subjects: [1, 2] });
  expect(payloads.every((payload) => Buffer.byteLength(payload) < 8000)).toBe(true);
  expect(payloads.flatMap((payload) => JSON.parse(payload).resources ?? [])).toEqual(uids);
  expect(payloadsOf({ subjects: Array.from({ length: 5000 }, (_, id) => id) })).toEqual(['{"all":true}']);
  expect(payloadsOf({ subjects: [] })).toEqual([]);
});

test('a session ends by its owner, by the identity provider, by the clock, and no one else', async () => {
  const { db } = database;
  const open = (oidcSid: string) => createSession(db, { personId: bob.id, expiresAt: tomorrow(), oidcSid });
  const [one, two, three] = [await open('sid-1'), await open('sid-2'), await open('sid-3')];
  const stored = JSON.stringify(await db.query("select encode(hash, 'escape') from access.session"));
  expect(stored).not.toContain(one.cookie);
  expect(await listSessions(db, bob.id)).toHaveLength(3);
  expect(await findSession(db, one.cookie)).toMatchObject({
    session: { uid: one.session.uid },
    person: { id: bob.id },
  });
  expect(await endSession(db, alice.id, one.session.uid)).toEqual([]);
  expect(await endSession(db, bob.id, one.session.uid)).toHaveLength(1);
  expect(await findSession(db, one.cookie)).toBeNull();
  expect(await endBySid(db, 'sid-2')).toHaveLength(1);
  expect(await findSession(db, two.cookie)).toBeNull();
  await db.query(`update access.session set expires_at = now() - interval '1 ms' where oidc_sid = 'sid-3'`);
  expect(await findSession(db, three.cookie)).toBeNull();
  expect(await sweepSessions(db)).toBe(1);
  const last = await open('sid-4');
  await open('sid-5');
  expect(await endByPerson(db, bob.id, last.session.uid)).toHaveLength(1);
  expect(await findSession(db, 'forged')).toBeNull();
});

test('the journal takes lines and gives none up', async () => {
  const { db } = database;
  const entry = { actorId: alice.id, action: 'space.renamed', resourceId: space.id, detail: { from: 'a' } };
  await audit(db, entry);
  expect(await auditEntries(db, { resourceId: space.id, limit: 5 })).toMatchObject([entry]);
  for (const sql of [
    'update access.audit set action = $$x$$',
    'delete from access.audit',
    'truncate access.audit',
  ]) {
    await expect(db.query(sql)).rejects.toThrow('append-only');
  }
});

test('what was committed before is heard once the listener says so', async () => {
  const heard: AccessChange[] = [];
  const listener = await listenForChanges(database.url, (change) => heard.push(change));
  for (let round = 0; round < 50; round += 1) {
    await notify(database.db, { sessions: [`round-${round}`] });
    await listener.settled();
    expect(heard.at(-1)).toEqual({ sessions: [`round-${round}`] });
  }
  await listener.close();
});

test('a listener whose connection was lost says so at once, and vouches for nothing until it hears again', async () => {
  const heard: AccessChange[] = [];
  // What it vouches for is asked in the moment in which it says so: a little later it may hear again.
  const vouched: Promise<string>[] = [];
  const listener: Listening = await listenForChanges(
    database.url,
    (change) => heard.push(change),
    () =>
      vouched.push(
        listener.settled().then(
          () => 'everything',
          (error: Error) => error.message,
        ),
      ),
  );
  await database.db.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'access changes' and datname = current_database()`,
  );
  await expect.poll(() => vouched.length).toBe(1);
  expect(await vouched[0]).toContain('not listening');
  await expect.poll(() => heard, { timeout: 30_000 }).toEqual([{ all: true }]);
  await listener.settled();
  await listener.close();
});

import { randomBytes } from 'node:crypto';
import { aDatabase, type TestDatabase } from '@parvis/testing/database';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from './audit.ts';
import { type Db, fromPg } from './db.ts';
import { grant } from './grants.ts';
import { newest } from './lists.ts';
import { type Actor, actorOf, createPerson } from './people.ts';
import { accessPrivileges } from './privileges.ts';
import { load } from './read.ts';
import { createSession, findSession, touchSession } from './sessions.ts';
import { createResource } from './tree.ts';

const role = `service_${randomBytes(6).toString('hex')}`;
let database: TestDatabase;
let client: Client;
let asService: Db;
let alice: Actor;

beforeAll(async () => {
  database = await aDatabase();
  await database.db.query(`create role ${role}`);
  await database.db.query(accessPrivileges(role));
  const [name, email] = ['Alice', 'alice@example.org'];
  alice = actorOf(await createPerson(database.db, { name, email, kind: 'member' }));
  client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(`set role ${role}`);
  asService = fromPg(client);
});
afterAll(async () => {
  await client.end();
  await database.db.query(`drop owned by ${role}`);
  await database.db.query(`drop role ${role}`);
  await database.drop();
});

test('a service makes, shares, lists and journals under its own role', async () => {
  const space = await createResource(asService, { kind: 'space', title: 'S', ownerId: alice.id });
  await grant(asService, { resourceUid: space.uid, subjectId: 1, role: 'reader' }, alice.id);
  expect(await load(asService, alice, space.uid)).toMatchObject({ role: 'owner' });
  expect(await newest(asService, alice, { limit: 5 })).toHaveLength(1);
  await audit(asService, { actorId: alice.id, action: 'space.created', resourceId: space.id });
});

test('a service resolves a cookie but reads no token, ends no session and makes nobody', async () => {
  const expiresAt = new Date(Date.now() + 60_000);
  const wanted = { personId: alice.id, expiresAt, refreshToken: 'secret' };
  const { cookie, session } = await createSession(database.db, wanted);
  expect(await findSession(asService, cookie)).toMatchObject({ person: { id: alice.id } });
  await touchSession(asService, session.uid);
  const forbidden = [
    'select refresh_token from access.session',
    'delete from access.session',
    'update access.person set administrator = true',
    'alter table access.audit disable trigger all',
    'delete from access.audit',
    'drop table access.grant_',
  ];
  for (const sql of forbidden)
    await expect(asService.query(sql)).rejects.toThrow(/permission denied|must be owner/);
});

test('a role name that is not plain is refused', () => {
  expect(() => accessPrivileges('x; drop schema access')).toThrow(TypeError);
});

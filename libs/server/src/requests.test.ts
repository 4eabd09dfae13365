import { createSign, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { jsonBodyBytesMax } from '@parvis/contract/limits';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AccessChanges } from './changes.ts';
import { probe } from './probe.kit.ts';

let house: House;
let ana: Visitor;
let base: string;
beforeAll(async () => {
  house = await aHouse([probe]);
  ana = await house.person({ name: 'Ana' });
  base = house.urlOf('probe');
});
afterAll(() => house?.stop());

const json = { 'content-type': 'application/json' };
const notePath = () => `/api/probe/notes/${randomUUID()}`;

/** What a refusal says; fails when it is not problem+json. */
async function problemOf(
  answer: Response,
): Promise<{ status: number; code: string; body: Record<string, unknown> }> {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const body = (await answer.json()) as Record<string, unknown>;
  expect(body.status).toBe(answer.status);
  expect(body.type).toBe(`urn:parvis:problem:${body.code}`);
  expect(body.requestId).toBe(answer.headers.get('x-request-id'));
  return { status: answer.status, code: String(body.code), body };
}
const put = (path: string, body: unknown, init: RequestInit = {}) =>
  ana.fetch(path, { method: 'PUT', headers: json, body: JSON.stringify(body), ...init });

describe('what is no request of ours is refused with a code', () => {
  test('an unknown path is not-found, for everybody and every verb', async () => {
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
      const answer = await fetch(`${base}/api/probe/nothing?x=<script>`, { method });
      expect(await problemOf(answer)).toMatchObject({ status: 404, code: 'not-found' });
    }
  });
  test('an unknown verb on a known path is not-found', async () => {
    expect(await problemOf(await ana.fetch('/api/probe/greeting', { method: 'DELETE' }))).toMatchObject({
      code: 'not-found',
    });
  });
  test('a path that cannot be decoded, or with a parameter of 10,000 characters, is refused', async () => {
    expect((await problemOf(await ana.fetch('/api/probe/notes/%E0%A4%A'))).status).toBe(400);
    expect((await problemOf(await ana.fetch(`/api/probe/notes/${'a'.repeat(10_000)}`))).code).toBe(
      'not-found',
    );
  });
  test('malformed JSON is bad-json', async () => {
    for (const body of ['{"name": ', '{name: 1}', '\u0000', '{}{}']) {
      const answer = await ana.fetch(notePath(), { method: 'PUT', headers: json, body });
      expect(await problemOf(answer)).toMatchObject({ status: 400, code: 'bad-json' });
    }
  });
  test('JSON that is not an object is bad-input', async () => {
    for (const body of ['[]', '"text"', '7', 'null'])
      expect(
        (await problemOf(await ana.fetch(notePath(), { method: 'PUT', headers: json, body }))).code,
      ).toBe('bad-input');
  });
  test('a key that would change an object’s prototype is refused', async () => {
    const body = '{"name": "x", "__proto__": {"administrator": true}}';
    const answer = await ana.fetch(notePath(), { method: 'PUT', headers: json, body });
    expect((await problemOf(answer)).status).toBe(400);
  });
  test('a body over the limit is body-too-large, said before all of it is read', async () => {
    const answer = await put(notePath(), { name: 'x', text: 'x'.repeat(jsonBodyBytesMax) });
    expect(await problemOf(answer)).toMatchObject({ status: 413, code: 'body-too-large' });
  });
  test('another content type is wrong-content-type', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'nonsense']) {
      const answer = await ana.fetch(notePath(), {
        method: 'PUT',
        headers: { 'content-type': type },
        body: 'name=x',
      });
      expect(await problemOf(answer)).toMatchObject({ status: 415, code: 'wrong-content-type' });
    }
  });
  test('bytes that are no HTTP, and a header of 100 kB, end that connection and nothing else', async () => {
    const { hostname, port } = new URL(base);
    for (const bytes of [
      '\u0000\u0001garbage\r\n\r\n',
      `GET / HTTP/1.1\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`,
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => socket.write(bytes));
        socket
          .on('close', () => resolve())
          .on('error', () => undefined)
          .resume();
      });
    }
    expect((await ana.fetch('/api/probe/greeting')).status).toBe(200);
  });
});

describe('who may ask', () => {
  const expectNoSession = async (headers: Record<string, string>) => {
    const answer = await fetch(`${base}/api/probe/member`, { headers });
    expect(await problemOf(answer)).toMatchObject({ status: 401, code: 'no-session' });
  };
  test('a missing, forged, malformed or expired cookie is no-session', async () => {
    await expectNoSession({});
    await expectNoSession({ cookie: `parvis=${randomBytes(32).toString('base64url')}` });
    await expectNoSession({ cookie: "parvis=' or 1=1 --" });
    await expectNoSession({ cookie: `parvis=${'x'.repeat(4_000)}` });
    await expectNoSession({ cookie: `${ana.cookie}x` });
    const late = await house.person();
    expect((await late.fetch('/api/probe/member')).status).toBe(200);
    const gone = await house.person();
    await house.db.query(
      "update access.session set expires_at = now() - interval '1 second' where person_id = $1",
      [gone.person.id],
    );
    await expectNoSession({ cookie: gone.cookie });
  });
  test('a bearer token with alg none, of another signer, or of no shape at all is no-session', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = part({
      sub: ana.person.oidcSub,
      aud: 'parvis-api',
      exp: Date.now() / 1000 + 600,
      typ: 'Bearer',
      iss: 'http://127.0.0.1:8080/realms/parvis',
    });
    for (const alg of ['none', 'None', 'HS256']) {
      for (const signature of ['', randomBytes(32).toString('base64url')])
        await expectNoSession({
          authorization: `Bearer ${part({ alg, typ: 'JWT' })}.${claims}.${signature}`,
        });
    }
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: 'ours' })}.${claims}`;
    const signature = createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url');
    await expectNoSession({ authorization: `Bearer ${signed}.${signature}` });
    for (const token of ['', '...', 'a.b.c', 'x'.repeat(5_000)])
      await expectNoSession({ authorization: `Bearer ${token}` });
  });
  test('a bad bearer token is not rescued by a good cookie', async () => {
    await expectNoSession({ authorization: 'Bearer a.b.c', cookie: ana.cookie });
  });
  test('a change asked for by a foreign page is foreign-origin, and changes nothing', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      'http://127.0.0.1:8080.evil.example',
      'http://127.0.0.1:80',
    ]) {
      const path = notePath();
      const answer = await put(path, { name: 'stolen' }, { headers: { ...json, origin } });
      expect(await problemOf(answer)).toMatchObject({ status: 403, code: 'foreign-origin' });
      expect((await ana.fetch(path)).status).toBe(404);
    }
  });
  test('a guest is told so where only members may ask, and a member where only administrators may', async () => {
    const guest = await house.person({ kind: 'guest', organisation: 'Outside' });
    expect(await problemOf(await guest.fetch('/api/probe/member'))).toMatchObject({
      status: 403,
      code: 'guest-not-allowed',
    });
    expect(await problemOf(await ana.fetch('/api/probe/administrator'))).toMatchObject({
      status: 403,
      code: 'not-allowed',
    });
    const boss = await house.person({ administrator: true });
    expect((await boss.fetch('/api/probe/administrator')).status).toBe(200);
  });
  test('a person who was disabled is nobody as soon as it is heard', async () => {
    const leaver = await house.person();
    expect((await leaver.fetch('/api/probe/member')).status).toBe(200);
    await house.db.query('update access.person set disabled_at = now() where subject_id = $1', [
      leaver.person.id,
    ]);
    await house.db.query("select pg_notify('access', $1)", [
      JSON.stringify({ subjects: [leaver.person.id] }),
    ]);
    await house.served('probe').app.get(AccessChanges).settled();
    expect((await leaver.fetch('/api/probe/member')).status).toBe(401);
  });
});

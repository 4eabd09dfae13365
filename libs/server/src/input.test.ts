import { randomUUID } from 'node:crypto';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bugDetail, keepNote, lingering, probe, readNote } from './probe.kit.ts';

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
const keep = (id: string, body: unknown) =>
  ana.fetch(`/api/probe/notes/${id}`, { method: 'PUT', headers: json, body: JSON.stringify(body) });
async function fieldsOf(answer: Response): Promise<unknown> {
  const body = (await answer.json()) as { code: string; fields?: unknown };
  expect(body.code).toBe('bad-input');
  return body.fields;
}

describe('what people write', () => {
  test('the id in the path wins over the one in the body', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    const answer = await keep(id, { id: other, name: 'mine' });
    expect(await answer.json()).toMatchObject({ id, name: 'mine' });
    expect((await ana.fetch(`/api/probe/notes/${other}`)).status).toBe(404);
  });
  test('a malformed id names nothing: the same answer as for what does not exist', async () => {
    for (const id of ['7', "x'--", '%00', '00000000-0000-0000-0000'])
      expect((await (await ana.fetch(`/api/probe/notes/${id}`)).json()) as object).toMatchObject({
        code: 'not-found',
      });
  });
  test('a name of 10,000 characters is too-long, an empty one required', async () => {
    expect(await fieldsOf(await keep(randomUUID(), { name: 'x'.repeat(10_000) }))).toEqual([
      { path: 'name', code: 'too-long' },
    ]);
    expect(await fieldsOf(await keep(randomUUID(), { name: '   ' }))).toEqual([
      { path: 'name', code: 'required' },
    ]);
  });
  test('direction overrides, isolates, line breaks and NUL in a name are forbidden-characters', async () => {
    for (const bad of ['\u202e', '\u2066', '\n', '\u0000', '\u2028'])
      expect(await fieldsOf(await keep(randomUUID(), { name: `a${bad}b` }))).toEqual([
        { path: 'name', code: 'forbidden-characters' },
      ]);
  });
  test('a field of the wrong type is named, and what was given is not repeated', async () => {
    const answer = await keep(randomUUID(), { name: { secret: 'hunter2' } });
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({
      status: 400,
      code: 'bad-input',
      fields: [{ path: 'name', code: 'invalid' }],
    });
    expect(text).not.toContain('hunter2');
  });
  test('a NUL in free text, which PostgreSQL cannot keep, is a refusal and not a bug', async () => {
    expect((await keep(randomUUID(), { name: 'n', text: 'a\u0000b' })).status).toBe(400);
  });
  test('SQL, script and every script of the world come back as the text they are', async () => {
    const texts = [
      "'); drop table probe.note; --",
      '<script>alert(1)</script>',
      '${7*7} {{7*7}} %s',
      'مرحبا – été – 🇪🇺👩‍👩‍👧',
    ];
    for (const text of texts) {
      const id = randomUUID();
      await ana.call(keepNote, { id, name: text, text });
      expect(await ana.call(readNote, { id })).toEqual({ id, name: text, text });
    }
  });
});

describe('what every answer carries', () => {
  test('a bug is answered as internal, without detail', async () => {
    const answer = await fetch(`${base}/api/probe/stumble`, { method: 'POST', headers: json, body: '{}' });
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ code: 'internal', status: 500 });
    expect(text).not.toContain(bugDetail);
    expect(text).not.toContain('probe.kit');
  });
  test('a request id that the caller gave comes back; a strange one is replaced', async () => {
    const ask = (id: string) => fetch(`${base}/api/probe/greeting`, { headers: { 'x-request-id': id } });
    expect((await ask('abc-123.DEF_456')).headers.get('x-request-id')).toBe('abc-123.DEF_456');
    expect((await ask('x"y<script>z')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
  test('security headers are on answers and on refusals, and no server names itself', async () => {
    for (const path of ['/api/probe/greeting', '/api/probe/nothing']) {
      const { headers } = await fetch(`${base}${path}`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
  test('metrics count requests by route, and name sockets and the outbox', async () => {
    await ana.fetch(`/api/probe/notes/${randomUUID()}`);
    const text = await (await fetch(`${base}/metrics`)).text();
    expect(text).toMatch(
      /parvis_request_seconds_count\{[^}]*route="\/api\/probe\/notes\/:id"[^}]*status="404"[^}]*\} \d/,
    );
    expect(text).toContain('parvis_sockets');
    expect(text).toMatch(/parvis_outbox_events\{[^}]*state="parked"[^}]*\} 0/);
    expect(text).toContain('process_resident_memory_bytes');
  });
  test('more requests than allowed are too-many-requests, for that caller only; health is always told', async () => {
    const strict = await house.another(probe, { PARVIS_REQUESTS_PER_MINUTE_MAX: '5' });
    try {
      const ask = (cookie: string) => fetch(`${strict.url}/api/probe/greeting`, { headers: { cookie } });
      const statuses = [];
      for (let i = 0; i < 6; i += 1) statuses.push((await ask(ana.cookie)).status);
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
      const refused = await ask(ana.cookie);
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await refused.json()).toMatchObject({ status: 429, code: 'too-many-requests' });
      expect((await ask((await house.person()).cookie)).status).toBe(200);
      expect((await fetch(`${strict.url}/health/ready`)).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
  test('who invents a new cookie for each request does not escape the limit', async () => {
    const strict = await house.another(probe, { PARVIS_REQUESTS_PER_MINUTE_MAX: '5' });
    try {
      const statuses = [];
      for (let i = 0; i < 8; i += 1) {
        const cookie = `parvis=${String(i).padStart(43, 'x')}`;
        statuses.push((await fetch(`${strict.url}/api/probe/greeting`, { headers: { cookie } })).status);
      }
      expect(statuses).toContain(429);
    } finally {
      await strict.close();
    }
  });
});

test('a graceful stop finishes the request under way and refuses new ones', async () => {
  const leaving = await house.another(probe);
  let go = () => {};
  const began = new Promise<void>((resolve) => {
    lingering.began = resolve;
  });
  lingering.until = new Promise((resolve) => {
    go = resolve;
  });
  const slow = fetch(`${leaving.url}/api/probe/linger`, { method: 'POST', headers: json, body: '{}' });
  await began;
  const closed = leaving.close();
  await expect
    .poll(() =>
      fetch(`${leaving.url}/api/probe/greeting`).then(
        () => 'answered',
        () => 'refused',
      ),
    )
    .toBe('refused');
  go();
  expect((await slow).status).toBe(200);
  await closed;
});

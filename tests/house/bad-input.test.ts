import { messageLengthMax, nameLengthMax } from '@parvis/contract/limits';
import { createSpace, getMe } from '@parvis/contract/directory';
import { postMessage } from '@parvis/contract/chat';
import { getMeeting } from '@parvis/contract/meet';
import type { Operation } from '@parvis/contract/operation';
import type { Visitor } from '@parvis/testing/house';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectRefusal, goodInput, namedOperations, send, textFields } from './asking.ts';
import { aWholeHouse, publicUrl, type Things, thingsOf, type WholeHouse } from './whole-house.ts';

let whole: WholeHouse;
let owner: Visitor;
let administrator: Visitor;
let things: Things;

beforeAll(async () => {
  whole = await aWholeHouse();
  owner = await whole.person();
  administrator = await whole.person({ administrator: true });
  things = await thingsOf(whole, owner, administrator);
  await thingsOf(whole, administrator, administrator);
});
afterAll(() => whole?.stop());

const reversed = '\u202egnp.exe\u202c';
/** Text that people may mean: where it is taken, it comes back as it was sent. */
const odd: Record<string, string> = {
  'SQL that ends a statement': `'; drop table access.resource; --`,
  'SQL that is always true': `" or 1=1) union select * from access.session --`,
  'a wildcard of LIKE': '%_\\%',
  'a script': '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'a template': '{{7*7}} ${7*7} <%= 7*7 %> {"$gt":""}',
  'a path': '../../../../etc/passwd',
  'an address that runs': 'javascript:alert(document.cookie)',
  emoji: '👩🏽‍🚀🏴‍☠️ e\u0301',
  'Arabic and French': 'أمينة — déjà vu',
  'header lines, once decoded': '%0d%0aset-cookie: parvis=x',
  'the name of a prototype': '__proto__',
};
/** Text that no name may be. */
const forbidden: Record<string, string> = {
  NUL: 'a\u0000b',
  'half a character': 'a\ud800b',
  'the other half': '\udfffb',
  'right-to-left overrides': reversed,
  isolates: '\u2066a\u2069',
  'line breaks': 'a\r\nset-cookie: b=c',
  'ten thousand characters': 'a'.repeat(10_000),
  nothing: '',
  spaces: ' \t\u00a0 ',
};
/** What is no text at all. */
const notText: Record<string, unknown> = {
  'a list': ['a', 'b'],
  'an empty list': [],
  'an object': { $gt: '' },
  'an object with a method': { toString: 'x', length: 5 },
  'a number': 1e308,
  true: true,
  null: null,
};

/** Fields whose text is kept, and given back in the answer. */
const kept = new Set(['name', 'title', 'description', 'body']);

function inAnswer(text: string, answer: unknown): boolean {
  if (typeof answer === 'string') return answer === text;
  return (
    typeof answer === 'object' && answer !== null && Object.values(answer).some((one) => inAnswer(text, one))
  );
}

/** Refused with words that people have, or taken and given back unchanged. */
async function expectTakenWholeOrRefused(answer: Response, field: string, value: unknown): Promise<void> {
  if (answer.status >= 400) return void (await expectRefusal(answer));
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  if (typeof value !== 'string' || !kept.has(field)) return;
  expect(inAnswer(field === 'body' ? value : value.trim(), JSON.parse(text)), text).toBe(true);
}

describe('every text field of every operation', () => {
  const fields = namedOperations.flatMap(([name, op]) =>
    textFields(op).map((field): [string, string, Operation] => [name, field, op]),
  );

  test.each(fields)('%s.%s: refused in words that people have, or kept as it is', async (name, field, op) => {
    for (const by of [owner, administrator]) {
      for (const value of [...Object.values(odd), ...Object.values(forbidden), ...Object.values(notText)]) {
        const input = goodInput(name, op, things);
        await expectTakenWholeOrRefused(await send(by, op, { ...input, [field]: value }), field, value);
      }
    }
  });

  const names = fields.filter(([, field]) => field === 'name' || field === 'title');

  test.each(names)('%s.%s: a name takes what people write, and no disguise', async (name, field, op) => {
    const by = op.who === 'administrator' ? administrator : owner;
    // Who guesses codes is held off for a while; a guest who has the right one is not.
    await whole.house.db.query('delete from meet.guess');
    const { code } = await owner.call(getMeeting, { id: things.meeting });
    const own = name === 'knockAsGuest' ? { code } : {};
    const ask = (value: unknown) => send(by, op, { ...goodInput(name, op, things), ...own, [field]: value });
    for (const [what, value] of Object.entries(odd)) {
      const answer = await ask(`${value} ${randomUUID()}`);
      expect(answer.status, `${what}: ${await answer.text()}`).toBe(200);
    }
    for (const value of [...Object.values(forbidden), ...Object.values(notText)]) {
      const { fields: named } = await expectRefusal(await ask(value), 400, 'bad-input');
      expect([...new Set(named?.map(({ path }) => path))]).toEqual([field]);
    }
    expect((await ask('é'.repeat(nameLengthMax))).status).toBe(200);
  });

  test('a message takes even what no name may be, up to its length', async () => {
    const input = goodInput('postMessage', postMessage, things);
    for (const body of [...Object.values(odd), reversed, 'a\r\nb', 'é'.repeat(messageLengthMax)]) {
      const answer = await send(owner, postMessage, { ...input, clientId: randomUUID(), body });
      expect(((await answer.json()) as { body: string }).body).toBe(body);
    }
    const tooLong = await send(owner, postMessage, { ...input, body: 'a'.repeat(messageLengthMax + 1) });
    expect((await expectRefusal(tooLong, 400)).fields).toEqual([{ path: 'body', code: 'too-long' }]);
  });
});

/** The answer that comes before the whole body has gone is lost when the line ends first: one asks again. */
async function answered(ask: () => Promise<Response>): Promise<Response> {
  for (let times = 1; ; times += 1) {
    try {
      return await ask();
    } catch (error) {
      if (times === 20) throw error;
    }
  }
}

describe('bodies', () => {
  const post = (body: BodyInit, type = 'application/json', more: RequestInit = {}) =>
    owner.fetch('/api/directory/spaces', {
      method: 'POST',
      body,
      ...more,
      headers: { 'content-type': type },
    });

  test.each([
    ['nothing', ''],
    ['half an object', '{"name":"a"'],
    ['two objects', '{}{}'],
    ['a comment', '{/**/}'],
    ['NaN', '{"name":NaN}'],
    ['bytes', '\u0000\u0001'],
    ['a key that changes prototypes', '{"name":"a","__proto__":{"administrator":true}}'],
    ['a constructor that changes prototypes', '{"name":"a","constructor":{"prototype":{"a":1}}}'],
  ])('malformed JSON: %s', async (_, body) => {
    await expectRefusal(await post(body), 400, 'bad-json');
  });

  test.each([
    ['a list', '[]'],
    ['a word', '"a"'],
    ['a number', '1'],
    ['null', 'null'],
    ['true', 'true'],
  ])('JSON that is no object: %s', async (_, body) => {
    await expectRefusal(await post(body), 400, 'bad-input');
  });

  test('JSON as deep as the body is long breaks nothing', async () => {
    const deep = `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    await expectRefusal(await post(deep), 400, 'bad-input');
  });

  test('a body over the limit, whether it says so or not', async () => {
    await expectRefusal(
      await answered(() => post(`{"name":"${'a'.repeat(300 * 1024)}"}`)),
      413,
      'body-too-large',
    );
    const stream = () =>
      new ReadableStream({
        start(controller) {
          for (let part = 0; part < 40; part += 1) controller.enqueue(Buffer.alloc(16 * 1024, 0x20));
          controller.close();
        },
      });
    const duplex = { duplex: 'half' } as RequestInit;
    await expectRefusal(await answered(() => post(stream(), 'application/json', duplex)), 413);
  });

  test.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
  ])('the content type %s', async (type) => {
    await expectRefusal(await post('name=a', type), 415, 'wrong-content-type');
  });

  test('fields that nobody asked for, and ids in the body, change nothing', async () => {
    const more = { administrator: true, ownerId: 1, id: things.space, kind: 'channel' };
    const answer = await send(owner, createSpace, { name: 'Plus', ...more });
    expect(await answer.json()).toMatchObject({ kind: 'space', title: 'Plus' });
    expect((await owner.call(getMe, {})).administrator).toBe(false);
  });
});

describe('who asks', () => {
  const me = (headers: Record<string, string>, path = '/api/directory/me') =>
    fetch(`${whole.gateway.url}${path}`, { headers });

  test.each([
    ['no cookie', {}],
    ['an empty one', { cookie: 'parvis=' }],
    ['a forged one', { cookie: `parvis=${'A'.repeat(43)}` }],
    ['one in another shape', { cookie: `parvis=' or 1=1 --` }],
    ['one of 16 kB', { cookie: `parvis=${'A'.repeat(12_000)}` }],
    ['one of another name', { cookie: `__Host-parvis=${'A'.repeat(43)}` }],
  ])('%s: no session', async (_, headers) => {
    await expectRefusal(await me(headers), 401, 'no-session');
  });

  test('a session that has expired is none', async () => {
    const gone = await whole.person();
    expect((await gone.fetch('/api/directory/me')).status).toBe(200);
    const { pool } = whole.house;
    await pool.query(`update access.session set expires_at = now() - interval '1 s' where person_id = $1`, [
      gone.person.id,
    ]);
    await expect
      .poll(async () => (await gone.fetch('/api/directory/me')).status, { timeout: 30_000 })
      .toBe(401);
  });

  test('of two session cookies the first counts; nobody gets in by adding one', async () => {
    const forged = `parvis=${'B'.repeat(43)}`;
    expect((await me({ cookie: `${owner.cookie}; ${forged}` })).status).toBe(200);
    await expectRefusal(await me({ cookie: `${forged}; ${owner.cookie}` }), 401, 'no-session');
  });

  test('a bad token is not made good by a good cookie', async () => {
    const headers = { cookie: owner.cookie, authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' };
    await expectRefusal(await me(headers), 401, 'no-session');
  });

  test.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1:8080.evil.example',
    'https://127.0.0.1:8080',
    'http://127.0.0.1',
  ])('a change from the page %s is refused', async (origin) => {
    const headers = { origin, 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'Étranger' });
    const answer = await owner.fetch('/api/directory/spaces', { method: 'POST', headers, body });
    await expectRefusal(answer, 403, 'foreign-origin');
    const out = await owner.fetch('/auth/logout', { method: 'POST', headers: { origin } });
    await expectRefusal(out, 403, 'foreign-origin');
    expect((await owner.fetch('/api/directory/me')).status).toBe(200);
  });

  test('nothing allows another origin to read: no CORS header, whatever is asked', async () => {
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const headers = { origin: 'https://evil.example', 'access-control-request-method': 'PUT' };
      const answer = await owner.fetch('/api/directory/me', { method, headers });
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  test('answers about people are stored nowhere, run nothing and are framed by nobody', async () => {
    for (const path of [
      '/api/directory/me',
      `/api/chat/channels/${things.channel}`,
      '/api/directory/nothing',
    ]) {
      const { headers } = await owner.fetch(path);
      expect(headers.get('cache-control'), path).toContain('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  test('the origin of the house, as every test here sends it, is taken', async () => {
    const answer = await owner.fetch('/api/directory/me', { headers: { origin: publicUrl } });
    expect(answer.status).toBe(200);
  });
});

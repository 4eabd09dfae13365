import { everyOperation } from '@parvis/contract/every-operation';
import { routesOf } from '@parvis/server/routes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDirectory, type DirectoryHouse } from '../directory.kit.ts';

let at: DirectoryHouse;

beforeAll(async () => {
  at = await aDirectory();
});
afterAll(() => at?.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${at.house.urlOf('directory')}${path}`, { headers });

test('every operation of the contract that is the directory’s is served, to whom the contract says', () => {
  const served = new Map(routesOf(at.house.served('directory').app).map(({ path, who }) => [path, who]));
  const ours = Object.entries(everyOperation).filter(([, { path }]) => path.startsWith('/api/directory/'));
  expect(ours.length).toBeGreaterThan(30);
  expect(ours.filter(([, { path }]) => !served.has(path)).map(([name]) => name)).toEqual([]);
});

test('the whole house is described for programs and, in the reader’s language, for people', async () => {
  const document = (await (await get('/api/openapi.json')).json()) as { openapi: string; paths: object };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toContain('/api/chat/channels/{id}/messages');
  const page = await get('/api', { 'accept-language': 'ar' });
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(await page.text()).toContain('<html lang="ar" dir="rtl"');
});

test('bad input: each is refused with a code, none is a bug', async () => {
  const alice = await at.house.person();
  const post = (body: string, type = 'application/json', headers = {}) =>
    alice.fetch('/api/directory/spaces', {
      method: 'POST',
      body,
      headers: { 'content-type': type, ...headers },
    });
  const cases = [
    [await get('/api/directory/nothing-here'), 404, 'not-found'],
    [await get('/api/directory/me'), 401, 'no-session'],
    [await post('{"name":'), 400, 'bad-json'],
    [await post('"text"'), 400, 'bad-input'],
    [await post(JSON.stringify({ name: 'x'.repeat(600_000) })), 413, 'body-too-large'],
    [await post('<name/>', 'text/xml'), 415, 'wrong-content-type'],
    [
      await post('{"name":"a"}', 'application/json', { origin: 'https://evil.example' }),
      403,
      'foreign-origin',
    ],
    [await post('{"name":{"$gt":""}}'), 400, 'bad-input'],
  ] as const;
  for (const [response, status, code] of cases) {
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
  }
});

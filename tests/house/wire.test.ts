import { connect } from 'node:net';
import { Problem } from '@parvis/contract/problem';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { raw } from './asking.ts';
import { aWholeHouse, type WholeHouse } from './whole-house.ts';

let whole: WholeHouse;
let owner: Visitor;

beforeAll(async () => {
  whole = await aWholeHouse();
  owner = await whole.person();
});
afterAll(() => whole?.stop());

const ask = (...parts: (string | Buffer)[]) => raw(whole.gateway.url, ...parts);

const request = (line: string, headers = '', body = '') =>
  `${line} HTTP/1.1\r\nHost: parvis\r\nConnection: close\r\nCookie: ${owner.cookie}\r\n${headers}\r\n${body}`;

async function expectUp(): Promise<void> {
  expect((await owner.fetch('/api/directory/me')).status).toBe(200);
}

describe('paths', () => {
  test.each([
    '/api/directory/nothing',
    '/api/nothing/me',
    '/api/directory/people/%00',
    '/api/directory/people/..%2fme',
    '/api/chat/../directory/me',
    '/api/chat/%2e%2e/directory/me',
    '/api/chat%2f..%2fdirectory/me',
    '/api/chat/../../metrics',
    '/api/directory/../../health/ready',
    '/api//directory/me',
    '/api/directory//me',
    '/api/directory/me/',
    '/api/directory/me;x=1',
    `/api/directory/${'a'.repeat(9_000)}`,
    `/api/directory/people/${'%41'.repeat(600)}`,
  ])('%s is not found, and leads nowhere else', async (path) => {
    const { status, text } = await ask(request(`GET ${path}`));
    expect(status, text).toBe(404);
    expect(text).not.toContain(owner.person.email);
    expect(Problem.parse(JSON.parse(/\{.*\}/s.exec(text)?.[0] ?? '')).code).toBe('not-found');
  });

  test.each(['/api/directory/people/%zz', '/api/directory/people/%ff'])('%s cannot be read', async (path) => {
    const { status, text } = await ask(request(`GET ${path}`));
    expect(status).toBe(400);
    expect(text).toContain('"code":"bad-input"');
  });

  test.each([
    '//evil.example/x',
    '/\\evil.example',
    'http://127.0.0.1:9/metrics',
    'http://127.0.0.1:9/api/directory/me',
  ])('%s is never asked of another server', async (path) => {
    // All that is no service's goes to the portal, which is not there in this test.
    expect((await ask(request(`GET ${path}`))).status).toBe(503);
  });
});

describe('requests that are none', () => {
  test.each([
    ['a verb that does not exist', () => request('FOO /api/directory/me')],
    ['line feeds alone', () => 'GET /api/directory/me HTTP/1.1\nHost: parvis\n\n'],
    ['NUL in a header', () => request('GET /api/directory/me', 'X: a\0b\r\n')],
    ['a folded header', () => request('GET /api/directory/me', 'X: a\r\n b\r\n')],
    ['a space before the colon', () => request('GET /api/directory/me', 'Content-Length : 5\r\n')],
    [
      'two lengths',
      () => request('POST /api/directory/spaces', 'Content-Length: 6\r\nContent-Length: 60\r\n', '012345'),
    ],
    ['a negative length', () => request('POST /api/directory/spaces', 'Content-Length: -1\r\n')],
    [
      'an encoding that is no encoding',
      () => request('POST /api/directory/spaces', 'Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'),
    ],
    [
      'a chunk of no length',
      () => request('POST /api/directory/spaces', 'Transfer-Encoding: chunked\r\n', 'zz\r\n{}\r\n0\r\n\r\n'),
    ],
    ['a greeting of TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['another protocol', () => 'SSH-2.0-OpenSSH_9.9\r\n\r\n'],
    ['HTTP/2 at once', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['headers of 20 kB', () => request('GET /api/directory/me', `X: ${'a'.repeat(20_000)}\r\n`)],
    [
      '1,500 headers',
      () =>
        request('GET /api/directory/me', Array.from({ length: 1_500 }, (_, at) => `X${at}: a\r\n`).join('')),
    ],
  ])('%s', async (_, made) => {
    const { status, text, answers } = await ask(made());
    expect([400, 431], text).toContain(status);
    expect(answers).toBe(1);
    expect(Problem.parse(JSON.parse(/\{.*\}/s.exec(text)?.[0] ?? '')).code).toBe('bad-input');
    await expectUp();
  });

  test.each(['TRACE', 'PROPFIND', 'LOCK', 'M-SEARCH'])('the verb %s finds nothing', async (verb) => {
    expect((await ask(request(`${verb} /api/directory/me`))).status).toBe(404);
  });

  test('CONNECT opens no way anywhere', async () => {
    expect((await ask(request('CONNECT 127.0.0.1:22'))).text).not.toMatch(/^HTTP\/1\.1 200/);
  });

  test('a request hidden in another’s body is never answered', async () => {
    const hidden = `GET /api/directory/me HTTP/1.1\r\nHost: parvis\r\nCookie: ${owner.cookie}\r\n\r\n`;
    const shapes = [
      `Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
      `Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n${hidden}`,
      `Transfer-Encoding:\tchunked\r\nTransfer-Encoding: identity\r\nContent-Length: 6\r\n\r\n0\r\n\r\n${hidden}`,
      `Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
    ];
    for (const shape of shapes) {
      const { text, answers } = await ask(`POST /api/directory/spaces HTTP/1.1\r\nHost: parvis\r\n${shape}`);
      expect(answers, shape).toBe(1);
      expect(text).not.toContain(owner.person.email);
    }
  });

  test('headers that come a byte at a time hold up nobody', async () => {
    const slow = Array.from({ length: 50 }, () =>
      connect(Number(new URL(whole.gateway.url).port), '127.0.0.1'),
    );
    for (const socket of slow) socket.on('error', () => {}).write('GET /api/directory/me HTTP/1.1\r\nX: ');
    for (let beat = 0; beat < 5; beat += 1) {
      for (const socket of slow) socket.write('a');
      await expectUp();
    }
    for (const socket of slow) socket.destroy();
  });
});

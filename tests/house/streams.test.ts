import { randomBytes, randomUUID } from 'node:crypto';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Editor } from '../../apps/docs/src/testing/editor.ts';
import { arrived } from '../../apps/drive/src/testing/arrived.ts';
import { ask, begin, patch } from '../../apps/drive/src/testing/tus-client.ts';
import { expectRefusal, raw } from './asking.ts';
import { aWholeHouse, publicUrl, type Things, thingsOf, type WholeHouse } from './whole-house.ts';

let whole: WholeHouse;
let owner: Visitor;
let things: Things;

beforeAll(async () => {
  whole = await aWholeHouse();
  owner = await whole.person();
  things = await thingsOf(whole, owner, await whole.person({ administrator: true }));
});
afterAll(() => whole?.stop());

const expectUp = async () => expect((await owner.fetch('/api/directory/me')).status).toBe(200);

describe('sockets', () => {
  const address = (path: string) => `${whole.gateway.url.replace('http', 'ws')}${path}`;
  const open = (path: string, origin: string, cookie = owner.cookie) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(address(path), { headers: { cookie }, origin });
      socket.once('unexpected-response', (_, answer) => resolve(`http ${answer.statusCode}`));
      socket.once('close', (code, reason) => resolve(`${code} ${String(reason)}`));
      socket.once('error', () => {});
      // Frames come in their order: one that is to be closed at once says so before it answers this.
      socket.once('open', () => socket.ping());
      socket.once('pong', () => resolve('open'));
    });

  test.each(['/ws/chat', '/ws/docs/'])('%s: a foreign page, a forged cookie', async (path) => {
    const at = path.endsWith('/') ? `${path}${things.document}` : path;
    for (const origin of ['https://evil.example', 'null', `${publicUrl}.evil.example`]) {
      expect(await open(at, origin)).toBe('http 403');
    }
    expect(await open(at, publicUrl, `parvis=${'A'.repeat(43)}`)).toBe('4401 no-session');
    expect(await open(at, publicUrl)).toBe('open');
  });

  test('a path that is no socket’s', async () => {
    for (const path of ['/ws/nothing', '/ws/directory', '/ws/docs/x', '/api/directory/me']) {
      expect(await open(path, publicUrl), path).toMatch(/^http 404$/);
    }
  });

  test('garbage on a chat socket is refused by name, then cut off; others go on', async () => {
    const [bad, good] = [await owner.socket('/ws/chat'), await owner.socket('/ws/chat')];
    const said: string[] = [];
    bad.on('message', (data) => said.push(String(data)));
    const closed = new Promise((resolve) =>
      bad.once('close', (code, reason) => resolve(`${code} ${String(reason)}`)),
    );
    const garbage = [
      '',
      '{',
      '[]',
      'null',
      '{"t":"fly"}',
      '{"t":"send"}',
      '{"__proto__":{"t":"ping"}}',
      '['.repeat(60_000),
    ];
    for (const one of [
      ...garbage,
      randomBytes(100),
      'a'.repeat(70_000),
      '\u0000',
      '{"t":"follow","channels":{}}',
    ]) {
      bad.send(one);
    }
    expect(await closed).toBe('4400 bad-frame');
    expect(said.filter((one) => one.includes('"refused"')).length).toBeGreaterThanOrEqual(10);
    const pong = new Promise((resolve) =>
      good.on('message', (data) => String(data).includes('pong') && resolve(true)),
    );
    good.send('{"t":"ping"}');
    expect(await pong).toBe(true);
    good.close();
  });

  test('garbage on a document’s socket is refused, and the text is whole for others', async () => {
    const url = whole.house.urlOf('docs');
    const given = { url, cookie: owner.cookie, documentId: things.document };
    const [bad, good] = [await new Editor(given).join(), await new Editor(given).join()];
    const before = good.text.toString();
    for (const one of [
      Buffer.alloc(0),
      randomBytes(1_000),
      Buffer.from([0, 2, 255, 255, 255, 255, 15]),
      'text',
    ])
      bad.raw(one);
    bad.rawUpdate(randomBytes(5_000));
    await bad.until(
      'refused',
      () => bad.refused.includes('frame-malformed') && bad.refused.includes('update-malformed'),
    );
    good.type('entier');
    await good.saved();
    expect(good.text.toString()).toBe(`${before}entier`);
    await bad.until('the text', () => bad.closed !== null || bad.text.toString() === good.text.toString());
    for (const one of [bad, good]) one.destroy();
  });

  test('a frame with a length that lies, and one that no client may send', async () => {
    const key = randomBytes(16).toString('base64');
    const greeting = `GET /ws/chat HTTP/1.1\r\nHost: parvis\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: ${publicUrl}\r\nCookie: ${owner.cookie}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`;
    for (const frame of [
      '817f7fffffffffffffff',
      '8105',
      'c18500000000aabbccddee',
      '83ff',
      '090068656c6c6f',
    ]) {
      const { status, text } = await raw(whole.gateway.url, greeting, Buffer.from(frame, 'hex'));
      expect(status, text).toBe(101);
    }
    await expectUp();
  });
});

describe('an upload cut in the middle', () => {
  test('keeps what came, is no file yet, and goes on from there', async () => {
    const bytes = randomBytes(3 * 1024 * 1024);
    const path = await begin(
      owner,
      { parentId: things.folder, name: `coupé ${randomUUID()}` },
      bytes.byteLength,
    );
    const cut = new AbortController();
    const half = new ReadableStream({
      start: (controller) => controller.enqueue(bytes.subarray(0, bytes.byteLength / 2)),
    });
    const sending = expect(patch(owner, path, 0, half, {}, cut.signal)).rejects.toThrow();
    await arrived(whole.house, path, bytes.byteLength / 2);
    cut.abort();
    await sending;
    const offset = async () => Number((await ask(owner, path)).headers.get('upload-offset'));
    await expect.poll(offset, { timeout: 30_000 }).toBeGreaterThan(0);
    await expect
      .poll(async () => (await patch(owner, path, await offset(), Buffer.alloc(0))).status)
      .not.toBe(423);
    const wrong = await patch(owner, path, (await offset()) + 1, bytes);
    await expectRefusal(wrong, 409, 'upload-incomplete');
    const from = await offset();
    expect((await patch(owner, path, from, bytes.subarray(from))).status).toBe(204);
    const id = (await ask(owner, path)).headers.get('parvis-file-id');
    const stored = Buffer.from(await (await owner.fetch(`/api/drive/files/${id}/content`)).arrayBuffer());
    expect(stored.equals(bytes)).toBe(true);
  });
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isPublicAddress, Outbound, type OutboundRules, type Resolve } from './outbound.ts';
import { BadSettings, houseSettings, readSettings } from './settings.ts';

let receiver: Server;
let port: number;
let heard: { url: string | undefined; headers: IncomingMessage['headers']; body: string }[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    heard.push({ url: request.url, headers: request.headers, body });
    answer(request, response);
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  port = (receiver.address() as AddressInfo).port;
});
afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
});
beforeEach(() => {
  heard = [];
  answer = (_, response) => response.end('hello');
});

const names: Record<string, string[]> = {
  'hooks.example': ['127.0.0.1'],
  'inside.example': ['10.1.2.3'],
  'outside.example': ['93.184.215.14'],
  'both.example': ['93.184.215.14', '192.168.0.1'],
};
const resolve: Resolve = async (name) => {
  const found = names[name];
  if (!found) throw new Error('ENOTFOUND');
  return found;
};
const outbound = (rules: Partial<OutboundRules> = {}, by = resolve) =>
  new Outbound({ reach: 'public', allow: [], ...rules }, by);
const open = () => outbound({ allow: ['hooks.example'] });
const usual = { msMax: 60_000, bytesMax: 1_000 };

describe('addresses that are not of the public internet', () => {
  test.each([
    '127.0.0.1',
    '127.8.9.10',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    '198.18.0.1',
    '203.0.113.5',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '::7f00:1',
    'fe80::1',
    'fec0::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '64:ff9b::a00:1',
    '64:ff9b:1::a00:1',
    '2002:a00:1::',
    '2001:db8::1',
    '2001::1',
    '100::1',
    'no address',
    '',
  ])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['93.184.215.14', '1.1.1.1', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4007::200e'])(
    '%s is one of it',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('an address that leads inside is refused before anything is sent', () => {
  test.each([
    ['in numbers', () => `http://127.0.0.1:${port}/`],
    ['in one number', () => `http://2130706433:${port}/`],
    ['in hexadecimal', () => `http://0x7f.1:${port}/`],
    ['in octal', () => `http://0177.0.0.1:${port}/`],
    ['in IPv6', () => `http://[::1]:${port}/`],
    ['in IPv6 clothes', () => `http://[::ffff:127.0.0.1]:${port}/`],
    ['by a name', () => `http://hooks.example:${port}/`],
    ['by a name with a dot at its end', () => `http://hooks.example.:${port}/`],
    ['by a name in capitals', () => `http://HOOKS.example:${port}/`],
    ['by one of the addresses of its name', () => 'https://both.example/'],
    ['at the metadata of a cloud', () => 'http://169.254.169.254/latest/meta-data/'],
  ])('%s', async (_, address) => {
    await expect(outbound().call(address(), usual)).rejects.toMatchObject({ reason: 'refused-address' });
    await expect(outbound().check(address())).rejects.toMatchObject({ reason: 'refused-address' });
    expect(heard).toEqual([]);
  });

  test('by a name that leads elsewhere after it was checked: the connection goes to what was checked', async () => {
    let asked = 0;
    const turning: Resolve = async () => [(asked += 1) === 1 ? '127.0.0.1' : '10.0.0.1'];
    const by = outbound({ allow: ['127.0.0.1'] }, turning);
    expect((await by.call(`http://turning.example:${port}/`, usual)).status).toBe(200);
    await expect(by.call(`http://turning.example:${port}/`, usual)).rejects.toMatchObject({
      reason: 'refused-address',
    });
    expect(asked).toBe(2);
    expect(heard[0]?.headers.host).toBe(`turning.example:${port}`);
  });

  test.each([
    'ftp://outside.example/',
    'file:///etc/passwd',
    'http://a:b@outside.example/',
    '//x',
    'javascript:1',
    '',
  ])('no address of the web: %s', async (address) => {
    await expect(outbound().call(address, usual)).rejects.toMatchObject({ reason: 'bad-address' });
  });
});

describe('what the operator says', () => {
  const reason = async (rules: Partial<OutboundRules>, address: string) =>
    outbound(rules)
      .check(address)
      .then(
        () => 'allowed',
        (error: { reason: string }) => error.reason,
      );

  test('names, addresses and networks may be called although they are not public', async () => {
    expect(await reason({ allow: ['inside.example'] }, 'http://inside.example/')).toBe('allowed');
    expect(await reason({ allow: ['*.example'] }, 'http://inside.example/')).toBe('allowed');
    expect(await reason({ allow: ['10.1.0.0/16'] }, 'http://inside.example/')).toBe('allowed');
    expect(await reason({ allow: ['10.1.0.0/16'] }, 'http://10.1.255.1/')).toBe('allowed');
    expect(await reason({ allow: ['fd00::/8'] }, 'http://[fd12::1]/')).toBe('allowed');
    expect(await reason({ allow: ['10.2.0.0/16'] }, 'http://inside.example/')).toBe('refused-address');
    expect(await reason({ allow: ['*.inside.example'] }, 'http://inside.example/')).toBe('refused-address');
    expect(await reason({ allow: ['192.168.0.0/16'] }, 'http://both.example/')).toBe('allowed');
  });

  test('only those that are listed, or none at all', async () => {
    expect(await reason({ reach: 'listed', allow: ['inside.example'] }, 'http://inside.example/')).toBe(
      'allowed',
    );
    expect(await reason({ reach: 'listed' }, 'https://outside.example/')).toBe('refused-address');
    expect(await reason({ reach: 'off', allow: ['*.example'] }, 'https://outside.example/')).toBe(
      'refused-address',
    );
    expect(await reason({}, 'https://outside.example/')).toBe('allowed');
    expect(await reason({}, 'https://unknown.example/')).toBe('allowed');
  });

  test('a list that cannot be read stops the start', () => {
    const read = (text: string) =>
      readSettings({ allow: houseSettings.outboundAllow }, { PARVIS_OUTBOUND_ALLOW: text }).allow;
    expect(read('a.example, *.b.example,10.0.0.0/8,fd00::/8')).toEqual([
      'a.example',
      '*.b.example',
      '10.0.0.0/8',
      'fd00::/8',
    ]);
    for (const text of ['http://a.example', 'a.example,', 'a b', '*'])
      expect(() => read(text)).toThrow(BadSettings);
  });
});

describe('a call', () => {
  test('carries headers and body, and brings status, headers and body back', async () => {
    answer = (_, response) => response.writeHead(418, { 'x-tea': 'pot' }).end('short and stout');
    const address = `http://hooks.example:${port}/in?x=1`;
    const request = { ...usual, method: 'POST' as const, headers: { 'x-a': 'b' }, body: 'été' };
    const came = await open().call(address, request);
    expect(came).toMatchObject({ status: 418, url: address });
    expect(came.headers['x-tea']).toBe('pot');
    expect(String(came.body)).toBe('short and stout');
    expect(heard[0]).toMatchObject({ url: '/in?x=1', body: 'été' });
    expect(heard[0]?.headers).toMatchObject({
      'x-a': 'b',
      'content-length': '5',
      'accept-encoding': 'identity',
    });
  });

  test('follows no redirect unless told to, and checks where it leads', async () => {
    const targets: Record<string, string> = {
      '/once': '/twice',
      '/twice': '/end',
      '/inside': `http://127.0.0.1:${port}/end`,
      '/odd': 'gopher://hooks.example/',
    };
    answer = ({ url = '' }, response) =>
      targets[url] ? response.writeHead(302, { location: targets[url] }).end() : response.end('the end');
    const call = (path: string, more: object = {}) =>
      open().call(`http://hooks.example:${port}${path}`, { ...usual, ...more });
    await expect(call('/once')).rejects.toMatchObject({ reason: 'redirected' });
    await expect(call('/once', { redirectsMax: 1 })).rejects.toMatchObject({ reason: 'redirected' });
    const headers = { authorization: 'secret', 'x-a': 'b' };
    const came = await call('/once', { redirectsMax: 2, headers });
    expect(String(came.body)).toBe('the end');
    expect(came.url).toBe(`http://hooks.example:${port}/end`);
    expect(heard.at(-1)?.headers.authorization).toBeUndefined();
    expect(heard.at(-1)?.headers['x-a']).toBe('b');
    await expect(call('/inside', { redirectsMax: 5 })).rejects.toMatchObject({ reason: 'refused-address' });
    await expect(call('/odd', { redirectsMax: 5 })).rejects.toMatchObject({ reason: 'bad-address' });
    const post = { redirectsMax: 5, method: 'POST', body: 'x' };
    await expect(call('/once', post)).rejects.toMatchObject({ reason: 'redirected' });
  });

  test('takes no more than it was told, from one who does not end either', async () => {
    answer = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('a'.repeat(10_000)));
        response.once('drain', more);
      };
      more();
    };
    const address = `http://hooks.example:${port}/`;
    await expect(open().call(address, usual)).rejects.toMatchObject({ reason: 'too-large' });
    expect((await open().call(address, { ...usual, longer: 'cut' })).body.length).toBe(1_000);
  });

  test('ends when its time is over: before, within and without an answer; and when its caller ends it', async () => {
    const address = `http://hooks.example:${port}/`;
    const short = { ...usual, msMax: 150 };
    answer = () => {};
    await expect(open().call(address, short)).rejects.toMatchObject({ reason: 'too-slow' });
    answer = (_, response) => void response.write('a');
    await expect(open().call(address, short)).rejects.toMatchObject({ reason: 'too-slow' });
    const never = outbound({}, () => new Promise(() => {}));
    await expect(never.call('http://slow.example/', short)).rejects.toMatchObject({ reason: 'too-slow' });
    const signal = AbortSignal.abort();
    await expect(open().call(address, { ...usual, signal })).rejects.toMatchObject({ reason: 'too-slow' });
  });

  test('says when nobody is there', async () => {
    const by = outbound({ allow: ['127.0.0.1'] });
    await expect(by.call('http://unknown.example/', usual)).rejects.toMatchObject({ reason: 'unreachable' });
    await expect(by.call('http://127.0.0.1:1/', usual)).rejects.toMatchObject({ reason: 'unreachable' });
    answer = (request) => request.socket.destroy();
    await expect(open().call(`http://hooks.example:${port}/`, usual)).rejects.toMatchObject({
      reason: 'unreachable',
    });
  });
});

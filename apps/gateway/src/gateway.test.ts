import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { type Gateway, startGateway } from './gateway.ts';
import { targetOf } from './route.ts';
import type { GatewaySettings } from './settings.ts';

let service: Server;
let gateway: Gateway;
let settings: GatewaySettings;

beforeAll(async () => {
  service = createServer((request, response) =>
    response.end(JSON.stringify({ url: request.url, host: request.headers['x-forwarded-for'] })),
  );
  const sockets = new WebSocketServer({ server: service });
  sockets.on('connection', (socket, request) => {
    socket.on('message', (data) => socket.send(`${request.url} ${String(data)}`));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  settings = {
    port: 0,
    bindAddress: '127.0.0.1',
    logLevel: 'silent',
    services: { chat: origin, directory: origin, docs: 'http://127.0.0.1:1' },
    portalUrl: 'http://127.0.0.1:1',
    livekitUrl: origin,
    proxiesBefore: 0,
  };
  gateway = await startGateway(settings);
});

afterAll(async () => {
  await gateway.close();
  service.closeAllConnections();
  await new Promise((resolve) => service.close(resolve));
});

describe('the gateway', () => {
  test('passes a service its path and query unchanged', async () => {
    const answer = await fetch(`${gateway.url}/api/chat/channels/1?after=2`);
    expect(await answer.json()).toMatchObject({ url: '/api/chat/channels/1?after=2', host: '127.0.0.1' });
  });

  test('believes nobody about where a request comes from, but as many proxies as the operator has', async () => {
    const said = { 'x-forwarded-for': '6.6.6.6, 10.0.0.7', 'x-real-ip': '6.6.6.6', forwarded: 'for=6.6.6.6' };
    const answer = await fetch(`${gateway.url}/api/chat/x`, { headers: said });
    expect(await answer.json()).toMatchObject({ host: '127.0.0.1' });
    const behind = await startGateway({ ...settings, proxiesBefore: 1 });
    const through = await fetch(`${behind.url}/api/chat/x`, { headers: said });
    expect(await through.json()).toMatchObject({ host: '10.0.0.7' });
    await behind.close();
  });

  test('takes the media server’s prefix off', async () => {
    const answer = await fetch(`${gateway.url}/livekit/rtc?x=1`);
    expect(await answer.json()).toMatchObject({ url: '/rtc?x=1' });
  });

  test('carries a socket both ways', async () => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/ws/chat`);
    await new Promise((resolve) => socket.once('open', resolve));
    const said = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
    socket.send('salam');
    expect(await said).toBe('/ws/chat salam');
    socket.close();
  });

  test('asks again when a service lets go of a kept connection, and only what reads', async () => {
    const asked = new Map<object, string[]>();
    // A connection is good for one request; the second one meets its end.
    const brief = createServer((request, response) => {
      const before = asked.get(request.socket) ?? [];
      asked.set(request.socket, [...before, `${request.method}`]);
      if (before.length > 0) return request.socket.destroy();
      response.end('here');
    });
    await new Promise<void>((resolve) => brief.listen(0, '127.0.0.1', resolve));
    const chat = `http://127.0.0.1:${(brief.address() as AddressInfo).port}`;
    const before = await startGateway({ ...settings, services: { chat } });
    const ask = (method: string) =>
      fetch(`${before.url}/api/chat/x`, { method }).then(({ status }) => status);
    expect([await ask('GET'), await ask('GET'), await ask('GET')]).toEqual([200, 200, 200]);
    expect([...asked.values()]).toContainEqual(['GET', 'GET']);
    // What changes something may have been done already: it is not asked twice.
    const posted: number[] = [];
    while (!posted.includes(503) && posted.length < 9) posted.push(await ask('POST'));
    expect(posted).toContain(503);
    expect([...asked.values()].flat().filter((method) => method === 'POST')).toHaveLength(posted.length);
    await before.close();
    brief.closeAllConnections();
    await new Promise((resolve) => brief.close(resolve));
  });

  test('does not know a service that is not there', async () => {
    const answer = await fetch(`${gateway.url}/api/elsewhere/x`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'not-found' });
  });

  test('does not show the inside of a service: its metrics and its health', () => {
    const ways = { services: { chat: 'http://c' }, portalUrl: 'http://portal', livekitUrl: undefined };
    expect(targetOf('/metrics', ways)).toEqual({ origin: 'http://portal', path: '/metrics' });
    expect(targetOf('/health/ready', ways)).toEqual({ origin: 'http://portal', path: '/health/ready' });
  });

  test('answers a program with a problem and a person with a page when a part is down', async () => {
    const program = await fetch(`${gateway.url}/api/docs/x`);
    expect(program.status).toBe(503);
    expect(await program.json()).toMatchObject({ code: 'unavailable' });
    const person = await fetch(`${gateway.url}/`, {
      headers: { accept: 'text/html', 'accept-language': 'ar' },
    });
    expect(person.status).toBe(503);
    expect(await person.text()).toContain('dir="rtl"');
  });
});

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { targetOf } from '../../apps/gateway/src/route.ts';
import { read, root } from './tree.ts';

const hasCaddy = spawnSync('caddy', ['version']).status === 0;
const names = [
  'directory',
  'chat',
  'docs',
  'drive',
  'meet',
  'notify',
  'identity',
  'livekit',
  'portal',
] as const;
const asked = [
  '/',
  '/space/1',
  '/auth/login',
  '/authors',
  '/api',
  '/api/',
  '/api/openapi.json',
  '/api/chat/channels/1?after=2',
  '/api/chatter',
  '/api/elsewhere/x',
  '/api/directory/me',
  '/ws/docs',
  '/ws/docs/1',
  '/ws/elsewhere',
  '/api/drive/uploads/1',
  '/api/meet/livekit-webhook',
  '/api/notify/inbox',
  '/ws/notify',
  '/realms/parvis/.well-known/openid-configuration',
  '/admin/realms/parvis/users',
  '/admin/master/console/',
  '/resources/x.css',
  '/livekit',
  '/livekit/rtc?access_token=x',
  '/metrics',
  '/health/ready',
];

test('the proxy names every part of the house', () => {
  const text = read('infra/proxy/Caddyfile');
  for (const name of names) expect(text).toContain(`{$${name.toUpperCase()}_ORIGIN:`);
});

// Without Caddy on this machine there is nothing that could read its file: apt-get install caddy.
describe.skipIf(!hasCaddy)('the proxy takes the same ways as the gateway (needs caddy on PATH)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parvis-proxy-'));
  const servers: Server[] = [];
  const origins: Record<string, string> = {};
  let caddy: ChildProcess;
  let url = '';

  async function listen(name: string): Promise<number> {
    const server = createServer((request, response) => response.end(`${name} ${request.url}`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  beforeAll(async () => {
    for (const name of names) origins[name] = `http://127.0.0.1:${await listen(name)}`;
    // A port that was free a moment ago.
    const port = await listen('free');
    await new Promise((resolve) => servers.pop()?.close(resolve));
    url = `http://127.0.0.1:${port}`;
    const env = Object.fromEntries(
      names.map((name) => [`${name.toUpperCase()}_ORIGIN`, origins[name] as string]),
    );
    // The administration port would meet that of another Caddy of this machine.
    const config = read('infra/proxy/Caddyfile').replace('admin localhost:2019', 'admin off');
    caddy = spawn('caddy', ['run', '--config', '-', '--adapter', 'caddyfile'], {
      cwd: root,
      env: { ...env, PATH: process.env.PATH, HOME: folder, PARVIS_PUBLIC_URL: url },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    caddy.stdin?.end(config);
    await vi.waitFor(async () => expect((await fetch(url)).status).toBe(200), {
      timeout: 30_000,
      interval: 100,
    });
  });

  afterAll(async () => {
    caddy.kill();
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(asked)('%s', async (path) => {
    const { identity, portal, livekit, ...services } = origins;
    const ways = {
      services: { ...services, identity: identity as string },
      portalUrl: portal as string,
      livekitUrl: livekit,
    };
    const target = targetOf(path, ways);
    const answer = await fetch(url + path, { redirect: 'manual' });
    if (target === null) {
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'not-found' });
      return;
    }
    const name = names.find((one) => origins[one] === target.origin);
    const said = await answer.text();
    expect(said.split('?')[0]).toBe(`${name} ${target.path.split('?')[0]}`);
  });
});

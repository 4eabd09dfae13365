import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChannel, listMessages, postMessage } from '@parvis/contract/chat';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { aScreen } from '../testing/screen.ts';

let house: House;
let who: Visitor;
let channel: string;
let site: Server;
let port: number;
let asked: string[] = [];

beforeAll(async () => {
  site = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/away') return response.writeHead(302, { location: 'http://127.0.0.2/' }).end();
    response.setHeader('content-type', request.url === '/file' ? 'image/png' : 'text/html; charset=utf-8');
    response.end('<title>Marées de mars</title><meta name=description content="Heures et hauteurs">');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  port = (site.address() as AddressInfo).port;
  house = await aHouse([chat], { PARVIS_OUTBOUND_ALLOW: '127.0.0.1' });
  who = await house.person();
  const space = await house.space({ owner: who });
  channel = (await who.call(createChannel, { spaceId: space.uid, name: 'liens' })).id;
});
afterAll(async () => {
  await house?.stop();
  site?.close();
});

const post = (body: string) => who.call(postMessage, { id: channel, clientId: crypto.randomUUID(), body });
const previews = async () =>
  (await who.call(listMessages, { id: channel })).messages.map((one) => one.previews);

test('the page of a link is shown to whoever looks, as an entry of the log', async () => {
  const screen = await aScreen(house.urlOf('chat'), who.cookie);
  screen.follow(channel);
  const url = `http://127.0.0.1:${port}/page`;
  await post(`voir ${url}`);
  await screen.until('the preview', () =>
    screen.heard.some(
      (frame) =>
        frame.t === 'entries' &&
        frame.entries.some((entry) => entry.kind === 'change' && entry.why === 'previewed'),
    ),
  );
  expect(await previews()).toEqual([
    [{ url, title: 'Marées de mars', description: 'Heures et hauteurs', site: null, image: null }],
  ]);
  screen.cut();
});

test('what is no page, what leads into the house and what is not allowed shows nothing', async () => {
  asked = [];
  await post(`http://127.0.0.1:${port}/file`);
  await post(`http://127.0.0.1:${port}/away`);
  await post(`http://169.254.169.254/latest http://127.0.0.3:${port}/inside`);
  await post(`http://127.0.0.1:${port}/last`);
  await expect.poll(async () => (await previews()).at(-1)?.length, { timeout: 30_000 }).toBe(1);
  await expect.poll(() => [...asked].sort(), { timeout: 30_000 }).toEqual(['/away', '/file', '/last']);
  expect((await previews()).slice(1, 4)).toEqual([[], [], []]);
}, 120_000);

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChannel, listMessages, postMessage } from '@parvis/contract/chat';
import { deleteMessage, editMessage } from '@parvis/contract/chat-message';
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
/** A picture of one pixel. */
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const head = (image: string) => `<title>Carte</title><meta property="og:image" content="${image}">`;

beforeAll(async () => {
  site = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/away') return response.writeHead(302, { location: 'http://127.0.0.2/' }).end();
    if (request.url === '/point.gif') return response.setHeader('content-type', 'image/gif').end(gif);
    if (request.url === '/no-picture')
      return response.setHeader('content-type', 'image/gif').end('<svg onload=x>');
    if (request.url?.startsWith('/card'))
      return response.setHeader('content-type', 'text/html').end(head(request.url.slice(5)));
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
}, 300_000);

const last = async () => (await who.call(listMessages, { id: channel })).messages.at(-1)?.previews ?? [];
const pictures = async () =>
  (await house.db.query<{ count: number }>('select count(*)::int as count from chat.preview_picture'))[0]
    ?.count;

test('the picture of a page is shown from here, to those of the channel, for as long as its message', async () => {
  const { seq } = await post(`http://127.0.0.1:${port}/card/point.gif`);
  await expect.poll(async () => (await last())[0]?.image ?? null, { timeout: 30_000 }).not.toBeNull();
  const image = (await last())[0]?.image ?? '';
  const answer = await who.fetch(image);
  expect(answer.headers.get('content-type')).toBe('image/gif');
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  expect(Buffer.from(await answer.arrayBuffer()).length).toBeGreaterThan(20);
  const stranger = await house.person();
  expect((await stranger.fetch(image)).status).toBe(404);
  await who.call(deleteMessage, { id: channel, seq });
  expect((await who.fetch(image)).status).toBe(404);
  expect(await pictures()).toBe(0);
}, 300_000);

test('what only says that it is a picture is none', async () => {
  await post(`http://127.0.0.1:${port}/card/no-picture`);
  await expect.poll(last, { timeout: 30_000 }).toMatchObject([{ title: 'Carte', image: null }]);
}, 300_000);

test('of an edited message the links that are gone lose their preview, and new ones are looked at', async () => {
  const base = `http://127.0.0.1:${port}`;
  const { seq } = await post(`${base}/card/point.gif et ${base}/one`);
  await expect.poll(async () => (await last()).length, { timeout: 30_000 }).toBe(2);
  await who.call(editMessage, { id: channel, seq, body: `${base}/one` });
  expect((await last()).map(({ url }) => url)).toEqual([`${base}/one`]);
  expect(await pictures()).toBe(0);
  await who.call(editMessage, { id: channel, seq, body: `${base}/one puis ${base}/two` });
  await expect
    .poll(async () => (await last()).map(({ url }) => url), { timeout: 30_000 })
    .toEqual([`${base}/one`, `${base}/two`]);
}, 300_000);

import { deflateSync } from 'node:zlib';
import { addEmoji, emojiPicturePath, listEmoji, removeEmoji } from '@parvis/contract/chat-emoji';
import { emojiBytesMax, emojiSideLengthMax } from '@parvis/contract/limits';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chat } from '../service.ts';
import { readPicture } from './picture.ts';

/** Three pixels by two. */
const jpeg = Buffer.from(
  [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP////////////////////////////////////////////////////////',
    '//////////////////////////////2wBDAf//////////////////////////////////////////////////////',
    '////////////////////////////////wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xA',
    'AUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAM',
    'AwEAAhEDEQA/AJgA/9k=',
  ].join(''),
  'base64',
);

let house: House;
let ada: Visitor;
let ben: Visitor;
let guest: Visitor;
let administrator: Visitor;

beforeAll(async () => {
  house = await aHouse([chat]);
  ada = await house.person({ name: 'Ada' });
  ben = await house.person();
  guest = await house.person({ kind: 'guest' });
  administrator = await house.person({ administrator: true });
});
afterAll(() => house?.stop());

function chunk(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, data, Buffer.alloc(4)]);
}

/** A grey square; what is painted in it does not matter here. */
function png(side: number, ...more: Buffer[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', deflateSync(Buffer.alloc((side + 1) * side))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const webp = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');
const as64 = (bytes: Buffer) => bytes.toString('base64');

test('a member adds one, everybody sees it, its picture comes with headers under which nothing runs', async () => {
  const made = await ada.call(addEmoji, { shortcode: 'bravo_équipe', picture: as64(png(64)) });
  expect(made).toMatchObject({
    name: 'bravo_équipe',
    by: { name: 'Ada' },
    picture: emojiPicturePath(made.id),
  });
  expect((await guest.call(listEmoji, {})).emoji.map(({ name }) => name)).toContain('bravo_équipe');
  const answer = await guest.fetch(made.picture);
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(readPicture(Buffer.from(await answer.arrayBuffer()), emojiSideLengthMax)).toMatchObject({
    width: 64,
    height: 64,
  });
  expect((await fetch(`${house.urlOf('chat')}${made.picture}`)).status).toBe(401);
});

test('a name is taken once, whoever asks at the same moment; guests add none', async () => {
  const add = (who: Visitor) => who.call(addEmoji, { shortcode: 'fusée', picture: as64(gif) });
  const both = await Promise.allSettled([add(ada), add(ben)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(add(ben)).rejects.toMatchObject({ code: 'emoji-name-taken' });
  await expect(add(guest)).rejects.toMatchObject({ code: 'guest-not-allowed' });
  for (const name of ['a', 'Haut', 'un mot', 'a:b', '<b>', 'x'.repeat(33), '\u202eab'])
    await expect(ada.call(addEmoji, { shortcode: name, picture: as64(gif) })).rejects.toMatchObject({
      code: 'bad-input',
    });
});

test('who added it removes it, and administrators do; others may not', async () => {
  const add = (name: string) => ada.call(addEmoji, { shortcode: name, picture: as64(webp) });
  const [one, two] = [await add('un'), await add('deux')];
  await expect(ben.call(removeEmoji, { emojiId: one.id })).rejects.toMatchObject({ code: 'not-allowed' });
  await ada.call(removeEmoji, { emojiId: one.id });
  await administrator.call(removeEmoji, { emojiId: two.id });
  await expect(ada.call(removeEmoji, { emojiId: one.id })).rejects.toMatchObject({ code: 'not-found' });
  const names = (await ben.call(listEmoji, {})).emoji.map(({ name }) => name);
  expect(names).not.toContain('un');
  expect(names).not.toContain('deux');
});

test('where the operator says so, only administrators add them', async () => {
  const strict = await aHouse([chat], { CHAT_EMOJI: 'administrators' });
  const member = await strict.person();
  expect((await member.call(listEmoji, {})).mayAdd).toBe(false);
  await expect(member.call(addEmoji, { shortcode: 'non', picture: as64(gif) })).rejects.toMatchObject({
    code: 'emoji-by-administrators',
  });
  const chief = await strict.person({ administrator: true });
  await chief.call(addEmoji, { shortcode: 'oui', picture: as64(gif) });
  await strict.stop();
});

describe('a picture', () => {
  test.each([
    ['PNG', png(32), 'image/png', 32],
    ['GIF', gif, 'image/gif', 1],
    ['WebP', webp, 'image/webp', 1],
    ['JPEG', jpeg, 'image/jpeg', 3],
  ])('%s is read for its size', (_, bytes, type, width) => {
    expect(readPicture(bytes, emojiSideLengthMax)).toMatchObject({ type, width, bytes });
  });

  test('loses what programs and cameras wrote into it', () => {
    const note = Buffer.from('GPS 48.85 2.35');
    const cleaned = readPicture(png(32, chunk('tEXt', note), chunk('eXIf', note)), emojiSideLengthMax);
    expect(cleaned?.bytes.equals(png(32))).toBe(true);
    const comment = Buffer.from([0x21, 0xfe, note.length, ...note, 0]);
    const noted = Buffer.concat([gif.subarray(0, 19), comment, gif.subarray(19)]);
    expect(readPicture(noted, emojiSideLengthMax)?.bytes.equals(gif)).toBe(true);
    const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, note.length + 2]), note]);
    const after = Buffer.from('<script>alert(1)</script>');
    const photo = Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2), after]);
    expect(readPicture(photo, emojiSideLengthMax)?.bytes.equals(jpeg)).toBe(true);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['HTML', Buffer.from('<html>')],
    ['HTML behind a PNG', Buffer.concat([png(8), Buffer.from('<script>alert(1)</script>')])],
    ['HTML behind a GIF', Buffer.concat([gif, Buffer.from('<script>alert(1)</script>')])],
    ['HTML behind a WebP', Buffer.concat([webp, Buffer.from('<script>alert(1)</script>')])],
    ['half a PNG', png(8).subarray(0, 50)],
    ['half a GIF', gif.subarray(0, 30)],
    ['half a JPEG', jpeg.subarray(0, jpeg.length - 4)],
    ['half a WebP', webp.subarray(0, 25)],
    ['a PNG of too many pixels', png(513)],
    ['a PNG that claims 4 GB in one part', Buffer.concat([png(8).subarray(0, 8), Buffer.alloc(40, 0xff)])],
    ['the beginning of a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46])],
  ])('is none: %s', async (_, bytes) => {
    expect(readPicture(bytes, emojiSideLengthMax)).toBeNull();
  });

  test('is refused with a code when it is none, or too large', async () => {
    const add = (picture: string) => ada.call(addEmoji, { shortcode: 'non', picture });
    await expect(add(as64(Buffer.from('<svg/>')))).rejects.toMatchObject({ code: 'emoji-not-a-picture' });
    await expect(add(as64(Buffer.alloc(emojiBytesMax + 1)))).rejects.toMatchObject({
      code: 'emoji-too-large',
    });
    await expect(add(as64(Buffer.alloc(emojiBytesMax + 1_000)))).rejects.toMatchObject({ code: 'bad-input' });
    await expect(add('pas du base64')).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('of bytes without sense breaks nothing', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    let state = seed;
    const random = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
      return state % below;
    };
    for (let round = 0; round < 3_000; round += 1) {
      const bytes = Buffer.from([png(8), gif, webp][round % 3] as Buffer);
      for (let change = 0; change < 3; change += 1) bytes[random(bytes.length)] = random(256);
      expect(
        () => readPicture(bytes.subarray(0, 1 + random(bytes.length)), emojiSideLengthMax),
        `seed ${seed}`,
      ).not.toThrow();
      expect(() => readPicture(bytes, emojiSideLengthMax), `seed ${seed}`).not.toThrow();
    }
  });
});

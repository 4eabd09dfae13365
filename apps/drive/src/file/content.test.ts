import { randomBytes, randomUUID } from 'node:crypto';
import { revoke } from '@parvis/access/grants';
import { createLink } from '@parvis/access/links';
import { createResource } from '@parvis/access/tree';
import { contentPath } from '@parvis/contract/content-path';
import { createFolder, getFile, listFolder } from '@parvis/contract/drive';
import { aHouse, type House, Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drive } from '../service.ts';
import { upload } from '../testing/tus-client.ts';
import { dispositionOf } from '@parvis/server/disposition';
import { mediaTypeOf } from './media-type.ts';

let house: House;
let owner: Visitor;
let member: Visitor;
let stranger: Visitor;
let spaceUid: string;
let id: string;
let tag: string;
const bytes = randomBytes(100_000);

beforeAll(async () => {
  house = await aHouse([drive]);
  owner = await house.person();
  member = await house.person();
  stranger = await house.person();
  spaceUid = (await house.space({ owner, members: [member] })).uid;
  id = await upload(member, { parentId: spaceUid, name: 'données.bin' }, bytes);
  tag = `"${(await member.call(getFile, { id })).sha256}"`;
});
afterAll(() => house?.stop());

const get = (headers: Record<string, string> = {}, init: RequestInit = {}) =>
  owner.fetch(contentPath(id), { ...init, headers });
/** The status alone; the body is read, because a server that stops waits for readers that have not finished. */
async function statusOf(asked: Promise<Response>): Promise<number> {
  const answer = await asked;
  await answer.arrayBuffer();
  return answer.status;
}
const put = (name: string, content: Uint8Array<ArrayBuffer> | string) =>
  upload(member, { parentId: spaceUid, name, type: 'image/png' }, Buffer.from(content));

describe('a download', () => {
  test('tells length, hash and name, and that the rights are asked for each time', async () => {
    const answer = await get();
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-length': '100000',
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      'accept-ranges': 'bytes',
      etag: tag,
    });
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="donnees.bin"; filename*=UTF-8''donn%C3%A9es.bin`,
    );
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes);
  });

  test('HEAD tells the same without the bytes', async () => {
    const answer = await get({}, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-length'), answer.headers.get('etag')]).toEqual([
      200,
      '100000',
      tag,
    ]);
  });

  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=10-19', 10, 20],
    ['bytes=99990-', 99_990, 100_000],
    ['bytes=-5', 99_995, 100_000],
    ['bytes=-1000000', 0, 100_000],
    ['bytes=99999-1000000', 99_999, 100_000],
  ])('the range %s is those bytes', async (range, start, end) => {
    const answer = await get({ range });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/100000`);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes.subarray(start, end));
  });

  test.each(['bytes=100000-', 'bytes=100000-100001', 'bytes=-0'])(
    'the range %s is outside',
    async (range) => {
      const answer = await get({ range });
      expect(answer.status).toBe(416);
      expect(answer.headers.get('content-range')).toBe('bytes */100000');
      expect(await answer.json()).toMatchObject({ code: 'bad-range' });
    },
  );

  test.each([
    'bytes=5-2',
    'bytes=a-b',
    'lines=1-2',
    'bytes=0-1,5-6',
    'bytes=-',
    'bytes=1-99999999999999999999',
  ])('the range %s is no range that is served: the whole comes', async (range) => {
    const answer = await get({ range });
    expect(answer.status).toBe(200);
    expect((await answer.arrayBuffer()).byteLength).toBe(100_000);
  });

  test('what a browser has already is not sent again', async () => {
    for (const known of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      const answer = await get({ 'if-none-match': known });
      expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([304, 0]);
    }
    expect(await statusOf(get({ 'if-none-match': '"x"' }))).toBe(200);
  });

  test('a range of another version is the whole', async () => {
    expect(await statusOf(get({ range: 'bytes=0-9', 'if-range': tag }))).toBe(206);
    expect(await statusOf(get({ range: 'bytes=0-9', 'if-range': '"x"' }))).toBe(200);
    expect(await statusOf(get({ range: 'bytes=0-9', 'if-range': new Date().toUTCString() }))).toBe(200);
  });

  test('a stranger gets the answer for what does not exist', async () => {
    for (const one of [id, randomUUID(), 'x', '%00']) {
      const answer = await stranger.fetch(contentPath(one));
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'not-found']);
    }
    await expect(stranger.call(getFile, { id })).rejects.toMatchObject({ code: 'not-found' });
    expect((await fetch(`${house.urlOf('drive')}${contentPath(id)}`)).status).toBe(401);
  });

  test('a link opens it for those who have it, and for nobody else', async () => {
    const { token } = await createLink(
      house.db,
      { resourceUid: id, reach: 'members', role: 'reader' },
      owner.person.id,
    );
    expect(await statusOf(stranger.fetch(`${contentPath(id)}?link=${token}`))).toBe(200);
    expect((await stranger.call(getFile, { id, link: token })).title).toBe('données.bin');
    expect(await statusOf(stranger.fetch(`${contentPath(id)}?link=forged`))).toBe(404);
  });

  test('a public link opens it without an account, and tells nothing of people or places', async () => {
    const nobody = new Visitor(stranger.person, '', house.urlOf);
    const make = (reach: 'members' | 'public') =>
      createLink(house.db, { resourceUid: id, reach, role: 'editor' }, owner.person.id);
    const { token } = await make('public');
    expect(await statusOf(nobody.fetch(`${contentPath(id)}?link=${token}`))).toBe(200);
    const seen = await nobody.call(getFile, { id, link: token });
    expect(seen).toMatchObject({ role: 'reader', owner: null, spaceId: null, parentId: null });
    const { token: members } = await make('members');
    expect(await statusOf(nobody.fetch(`${contentPath(id)}?link=${members}`))).toBe(404);
    expect(await statusOf(nobody.fetch(contentPath(id)))).toBe(401);
  });

  test('what was put into a document lies in it, is listed there, and opens by its link', async () => {
    const wanted = {
      kind: 'document',
      title: 'Note',
      ownerId: owner.person.id,
      parentUid: spaceUid,
    } as const;
    const document = (await createResource(house.db, wanted)).uid;
    const file = await upload(member, { parentId: document, name: 'schéma.png' }, Buffer.from('x'));
    const { entries } = await member.call(listFolder, { id: document });
    expect(entries.map(({ title }) => title)).toEqual(['schéma.png']);
    await expect(member.call(createFolder, { parentId: document, name: 'Dossier' })).rejects.toMatchObject({
      code: 'wrong-kind',
    });
    const { token } = await createLink(
      house.db,
      { resourceUid: document, reach: 'public', role: 'reader' },
      owner.person.id,
    );
    const nobody = new Visitor(stranger.person, '', house.urlOf);
    expect(await statusOf(nobody.fetch(`${contentPath(file)}?inline=1&link=${token}`))).toBe(200);
  });

  test('a right that was withdrawn ends the next request', async () => {
    const leaving = await house.person();
    const other = await house.space({ owner, members: [leaving] });
    const file = await upload(leaving, { parentId: other.uid, name: 'x' }, Buffer.from('x'));
    expect(await statusOf(leaving.fetch(contentPath(file)))).toBe(200);
    await revoke(house.db, other.uid, leaving.person.id);
    expect(await statusOf(leaving.fetch(contentPath(file)))).toBe(404);
  });

  test('readers who go away in the middle leave the service as it was', async () => {
    const large = await put('grand.bin', randomBytes(20_000_000));
    for (let times = 0; times < 20; times += 1) {
      const abort = new AbortController();
      const answer = await owner.fetch(contentPath(large), { signal: abort.signal });
      await answer.body?.getReader().read();
      abort.abort();
    }
    expect((await (await owner.fetch(contentPath(large))).arrayBuffer()).byteLength).toBe(20_000_000);
    expect((await fetch(`${house.urlOf('drive')}/health/ready`)).status).toBe(200);
  });
});

describe('a preview', () => {
  const preview = (file: string) => owner.fetch(`${contentPath(file)}?inline=1`);

  test.each([
    ['photo.txt', '\x89PNG\r\n\x1a\nrest', 'image/png'],
    ['a.pdf', '%PDF-1.7\n', 'application/pdf'],
    ['a.csv', 'a;b\n1;2\n', 'text/plain; charset=utf-8'],
  ])('of %s is shown as what its bytes are, and may do nothing', async (name, content, type) => {
    const answer = await preview(await put(name, Buffer.from(content, 'latin1')));
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('content-disposition')).toMatch(/^inline; /);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script');
    expect(policy.startsWith('sandbox; ')).toBe(type !== 'application/pdf');
  });

  test.each([
    ['page.html', '<script>alert(1)</script>'],
    ['image.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['image.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['feuille.xml', '<?xml version="1.0"?><x/>'],
    ['programme.exe', 'MZ\x90\x00\x03'],
  ])('of %s is no page, whatever its name and its sender say', async (name, content) => {
    const answer = await preview(await put(name, Buffer.from(content, 'latin1')));
    const shown = answer.headers.get('content-disposition')?.startsWith('inline') === true;
    const type = answer.headers.get('content-type') ?? '';
    expect(shown ? type : 'attachment').toMatch(/^(attachment|text\/plain; charset=utf-8)$/);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

describe('the name of a download', () => {
  test.each([
    ['تقرير.pdf', `attachment; filename="_____.pdf"; filename*=UTF-8''%D8%AA%D9%82%D8%B1%D9%8A%D8%B1.pdf`],
    ['a"b\\c/d.txt', `attachment; filename="a_b_c_d.txt"; filename*=UTF-8''a_b_c_d.txt`],
    ["it's (1)*.txt", `attachment; filename="it's (1)_.txt"; filename*=UTF-8''it%27s%20%281%29_.txt`],
    ['100%41.txt', `attachment; filename="100_41.txt"; filename*=UTF-8''100%2541.txt`],
    ['\ud800.txt', `attachment; filename="_.txt"; filename*=UTF-8''%EF%BF%BD.txt`],
  ])('%j is written for every browser', (name, header) => {
    expect(dispositionOf('attachment', name)).toBe(header);
  });
});

describe('the type of a file', () => {
  test.each([
    ['clip.webm', '\x1aE\xdf\xa3....webm', 'video/webm'],
    ['note.odt', 'PK\x03\x04', 'application/vnd.oasis.opendocument.text'],
    ['archive.zip', 'PK\x03\x04', 'application/zip'],
    ['blob', '\x00\x01\x02\xff', 'application/octet-stream'],
    ['page.html', '<p>', 'text/html'],
  ])('%s is told by its bytes', (name, content, type) => {
    expect(mediaTypeOf(Buffer.from(content, 'latin1'), name)).toBe(type);
  });

  test('text cut within a letter is still text', () => {
    expect(mediaTypeOf(Buffer.from('مرحبا').subarray(0, 9), 'x')).toBe('text/plain');
  });
});

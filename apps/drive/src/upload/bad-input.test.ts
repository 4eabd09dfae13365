import { randomUUID } from 'node:crypto';
import { getFile, uploadsPath } from '@parvis/contract/drive';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drive } from '../service.ts';
import { ask, begin, createUpload, patch, upload } from '../testing/tus-client.ts';

let house: House;
let editor: Visitor;
let spaceUid: string;
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
const wanted = (name: string) => ({ parentId: spaceUid, name });

beforeAll(async () => {
  house = await aHouse([drive]);
  editor = await house.person();
  spaceUid = (await house.space({ owner: editor })).uid;
});
afterAll(() => house?.stop());

describe('bad input to an upload', () => {
  test.each(['تقرير المدّ والجزر — أكتوبر.pdf', 'Relevé n° 3 (été).csv', '会议记录.txt', '🌊.md'])(
    'the name %j is kept as it is',
    async (name) => {
      const id = await upload(editor, wanted(name), Buffer.from('x'));
      expect((await editor.call(getFile, { id })).title).toBe(name);
    },
  );

  test.each([
    ['a direction override', 'rapport\u202efdp.exe', 'forbidden-characters'],
    ['10,000 characters', 'x'.repeat(10_000), 'too-long'],
    ['nothing', '   ', 'required'],
    ['a line break', 'a\nb', 'forbidden-characters'],
    ['a NUL', 'a\0b', 'forbidden-characters'],
  ])('a name of %s is refused', async (_, name, code) => {
    const answer = await createUpload(editor, wanted(name), 1);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'bad-input', fields: [{ path: 'name', code }] });
  });

  test('script and SQL in a name are letters', async () => {
    const name = `<img src=x onerror=alert(1)>'; drop table drive.file; --`;
    const id = await upload(editor, wanted(name), Buffer.from('x'));
    expect((await editor.call(getFile, { id })).title).toBe(name);
  });

  test.each([
    ['no version of tus', { 'tus-resumable': '' }, 412],
    ['another version of tus', { 'tus-resumable': '0.2.0' }, 400],
    ['a negative length', { 'upload-length': '-1' }, 400],
    ['a length that is no number', { 'upload-length': 'many' }, 400],
    ['a length beyond all limits', { 'upload-length': String(21 * 1024 ** 3) }, 413],
    ['metadata that is no metadata', { 'upload-metadata': 'name ///not base64' }, 400],
    ['no metadata', { 'upload-metadata': '' }, 400],
  ])('an upload with %s is refused', async (_, headers, status) => {
    const answer = await createUpload(editor, wanted('a'), 1, { headers });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({
      status,
      code: status === 413 ? 'file-too-large' : 'bad-input',
    });
  });

  test('more bytes than were announced are refused', async () => {
    const path = await begin(editor, wanted('long.bin'), 4);
    const answer = await patch(editor, path, 0, Buffer.from('abcdefgh'));
    expect([answer.status, await codeOf(answer)]).toEqual([413, 'file-too-large']);
  });

  test('bytes of another content type are refused', async () => {
    const path = await begin(editor, wanted('type.bin'), 4);
    const answer = await patch(editor, path, 0, 'abcd', { 'content-type': 'text/plain' });
    expect([answer.status, await codeOf(answer)]).toEqual([415, 'wrong-content-type']);
  });

  test.each(['1', 'x'.repeat(300), '..%2f..%2fetc', randomUUID(), '%00'])(
    'no upload %j is known',
    async (id) => {
      expect((await ask(editor, `${uploadsPath}/${id}`)).status).toBe(404);
      expect((await patch(editor, `${uploadsPath}/${id}`, 0, Buffer.from('x'))).status).toBe(404);
    },
  );

  test('a store that is nearly full takes no upload, and says so', async () => {
    const full = await house.another(drive, { STORE_RESERVE_BYTES: String(Number.MAX_SAFE_INTEGER) });
    try {
      const there = await house.visitor(editor.person, () => full.url);
      const answer = await createUpload(there, wanted('plein.bin'), 1);
      expect([answer.status, await codeOf(answer)]).toEqual([507, 'store-full']);
    } finally {
      await full.close();
    }
  });
});

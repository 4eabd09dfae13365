import { randomUUID } from 'node:crypto';
import {
  type Conversion,
  dropConversion,
  getConversion,
  importsPath,
  listConversions,
  startExport,
  supplyFiles,
} from '@parvis/contract/doc-conversion';
import { listThreads } from '@parvis/contract/doc-comments';
import { createDocument } from '@parvis/contract/docs';
import { readDocument } from '@parvis/contract/doc-blocks';
import { grant, revoke } from '@parvis/access/grants';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docs } from '../service.ts';
import { readDocx } from './read-docx.ts';
import { onePixel, wholePaper } from './sample.kit.ts';
import { writeDocx } from './write-docx.ts';
import { unzip, zip } from './zip.ts';

let house: House;
let owner: Visitor;
let member: Visitor;
let stranger: Visitor;
let spaceId: string;

beforeAll(async () => {
  // The machine may be busy: what is promised here are answers, not their speed.
  house = await aHouse([docs], { DOCS_CHROMIUM: '/usr/bin/chromium' });
  [owner, member, stranger] = (await Promise.all([
    house.person({ name: 'Amina Haddad', locale: 'fr' }),
    house.person(),
    house.person(),
  ])) as [Visitor, Visitor, Visitor];
  spaceId = (await house.space({ owner, members: [member] })).uid;
});
afterAll(() => house?.stop());

function send(by: Visitor, name: string, bytes: Uint8Array, parentId = spaceId): Promise<Response> {
  const query = new URLSearchParams({ parentId, name });
  return by.fetch(`${importsPath}?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(bytes),
  });
}

/** Looks until the conversion stands still. */
async function settled(by: Visitor, id: string): Promise<Conversion> {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; ) {
    const now = await by.call(getConversion, { id });
    if (now.state !== 'waiting' && now.state !== 'running') return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the conversion does not end');
}

async function imported(by: Visitor, name: string, bytes: Uint8Array): Promise<Conversion> {
  const answer = await send(by, name, bytes);
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  return settled(by, (JSON.parse(text) as Conversion).id);
}

async function exported(
  by: Visitor,
  id: string,
  format: Conversion['format'],
  options = {},
): Promise<Buffer> {
  const begun = await by.call(startExport, { id, format: format as 'docx', ...options });
  let now = await settled(by, begun.id);
  if (now.state === 'files') {
    for (const file of now.files) {
      const body = Buffer.from(onePixel);
      const headers = { 'content-type': 'application/octet-stream' };
      expect(
        (await by.fetch(`/api/docs/conversions/${now.id}/content/${file}`, { method: 'PUT', headers, body }))
          .status,
      ).toBe(200);
    }
    await by.call(supplyFiles, { id: now.id });
    now = await settled(by, now.id);
  }
  expect(now).toMatchObject({ state: 'done', progress: 1 });
  const file = await by.fetch(`/api/docs/conversions/${now.id}/content`);
  expect(file.status).toBe(200);
  return Buffer.from(await file.arrayBuffer());
}

const pictureId = '018f0000-0000-7000-8000-0000000000aa';
async function wholeDocument(): Promise<string> {
  const waits = await imported(owner, 'Rapport.docx', await writeDocx(wholePaper));
  expect(waits).toMatchObject({ state: 'files', files: ['picture:1'] });
  const offered = await owner.fetch(`/api/docs/conversions/${waits.id}/content?picture=1`);
  expect(Buffer.from(await offered.arrayBuffer())).toEqual(onePixel);
  await owner.call(supplyFiles, { id: waits.id, stored: { 'picture:1': pictureId } });
  const now = await settled(owner, waits.id);
  expect(now).toMatchObject({ state: 'done', progress: 1, lost: {} });
  return String(now.documentId);
}

test('a docx becomes a document with its conversations; its authors are names from the file', async () => {
  const id = await wholeDocument();
  const { threads } = await member.call(listThreads, { id });
  expect(
    threads.map(({ quote, comments }) => [
      quote,
      comments.map(({ author, body }) => [author.name, body.split('\n')[0]]),
    ]),
  ).toEqual([
    [
      'revoir',
      [
        ['Amina Haddad', 'Amina Haddad (d’après le fichier), 20 nov. 2026'],
        ['Amina Haddad', 'Luc Martin (d’après le fichier), 20 nov. 2026'],
      ],
    ],
  ]);
  const { blocks } = await owner.call(readDocument, { id });
  expect(JSON.stringify(blocks)).toContain(`/api/drive/files/${pictureId}/content?inline=1`);
});

test('a document goes out to every format, with comments and suggestions or without', {
  timeout: 300_000,
}, async () => {
  const id = await wholeDocument();
  const found = await readDocx(await exported(member, id, 'docx'));
  expect(found.conversations[0]?.remarks).toHaveLength(2);
  expect(JSON.stringify(found.blocks)).toContain('"insertion"');
  const bare = await readDocx(await exported(member, id, 'docx', { comments: false, suggestions: false }));
  expect(bare.conversations).toEqual([]);
  expect(JSON.stringify(bare.blocks)).toContain('ôté');
  expect(JSON.stringify(bare.blocks)).not.toContain('ajouté');
  expect((await exported(owner, id, 'md')).toString()).toContain('- [ ] Relire le budget');
  expect((await exported(owner, id, 'html')).toString()).toContain('data:image/png;base64,');
  expect((await exported(owner, id, 'odt')).subarray(30, 38).toString()).toBe('mimetype');
});

test('a PDF is tagged and has an outline', async () => {
  const pdf = (await exported(owner, await wholeDocument(), 'pdf')).toString('latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  expect(pdf).toContain('/StructTreeRoot');
  expect(pdf).toContain('/Outlines');
}, 300_000);

test('a tree of pages goes out as a zip, without the pages that the person may not read', async () => {
  const top = await owner.call(createDocument, { parentId: spaceId, title: 'Guide' });
  const below = await owner.call(createDocument, { parentId: top.id, title: 'Premier: ../../pas' });
  await owner.call(createDocument, { parentId: below.id, title: 'Second' });
  const parts = await unzip(await exported(member, top.id, 'zip-md'), () => true);
  expect([...parts.keys()].toSorted()).toEqual(
    ['Guide.md', 'Guide/Premier_ .._.._pas.md', 'Guide/Premier_ .._.._pas/Second.md'].toSorted(),
  );
  expect(String(parts.get('Guide.md'))).toContain('# Guide');
});

test('strangers learn nothing of a conversion, and its maker nothing more once the right is gone', async () => {
  const id = await wholeDocument();
  const leaver = await house.person();
  await grant(
    house.db,
    { resourceUid: spaceId, subjectId: leaver.person.id, role: 'reader' },
    owner.person.id,
  );
  const made = await settled(leaver, (await leaver.call(startExport, { id, format: 'md' })).id);
  expect(made.state).toBe('done');
  for (const other of [owner, stranger]) {
    await expect(other.call(getConversion, { id: made.id })).rejects.toMatchObject({ code: 'not-found' });
    await expect(other.call(dropConversion, { id: made.id })).rejects.toMatchObject({ code: 'not-found' });
    expect((await other.fetch(`/api/docs/conversions/${made.id}/content`)).status).toBe(404);
    expect((await other.call(listConversions, {})).conversions.map((one) => one.id)).not.toContain(made.id);
  }
  await expect(stranger.call(startExport, { id, format: 'md' })).rejects.toMatchObject({ code: 'not-found' });
  expect((await send(stranger, 'a.md', Buffer.from('a'))).status).toBe(404);
  expect((await send(leaver, 'a.md', Buffer.from('a'))).status).toBe(403);
  await revoke(house.db, spaceId, leaver.person.id);
  expect((await leaver.fetch(`/api/docs/conversions/${made.id}/content`)).status).toBe(404);
});

const bombXml = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]><w:document xmlns:w="x"><w:body>&a;</w:body></w:document>`;
const docxWith = (document: string | Buffer) =>
  zip([
    { path: '[Content_Types].xml', bytes: Buffer.from('<Types/>') },
    { path: 'word/document.xml', bytes: Buffer.from(document) },
  ]);

test.each<[string, string, () => Promise<Uint8Array> | Uint8Array, string]>([
  ['a truncated docx', 'a.docx', async () => (await writeDocx(wholePaper)).subarray(0, 900), 'file-damaged'],
  ['no zip at all', 'a.docx', () => Buffer.from('not a zip'), 'file-damaged'],
  ['an encrypted docx', 'a.docx', () => Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), 'file-encrypted'],
  ['entities', 'a.docx', () => docxWith(bombXml), 'file-refused'],
  ['a zip bomb', 'a.docx', () => docxWith(Buffer.alloc(200 * 1024 ** 2, 0x20)), 'file-bomb'],
  [
    'elements nested without end',
    'a.docx',
    () =>
      docxWith(
        `<w:document xmlns:w="x"><w:body>${'<w:p>'.repeat(5_000)}${'</w:p>'.repeat(5_000)}</w:body></w:document>`,
      ),
    'file-refused',
  ],
  ['a line of 50 MB', 'a.md', () => Buffer.alloc(50 * 1024 ** 2, 0x61), 'file-too-long'],
  ['bytes that are no text', 'a.md', () => Buffer.from([0xc3, 0x28, 0xff, 0x00]), 'file-damaged'],
])(
  '%s is refused with a code',
  async (_, name, make, code) => {
    expect(await imported(owner, name, await make())).toMatchObject({ state: 'failed', code });
  },
  300_000,
);

test('what is not taken at all is refused at once: other types, and more bytes than a file may have', async () => {
  const old = await send(owner, 'a.doc', Buffer.from('x'));
  expect([old.status, ((await old.json()) as { code: string }).code]).toEqual([415, 'format-unknown']);
  const large = await send(owner, 'a.docx', Buffer.alloc(65 * 1024 ** 2)).catch(() => null);
  if (large !== null)
    expect([large.status, ((await large.json()) as { code: string }).code]).toEqual([
      413,
      'conversion-too-large',
    ]);
  expect(
    (await owner.call(listConversions, {})).conversions.filter(({ state }) => state === 'waiting'),
  ).toEqual([]);
});

test('an HTML file leaves its scripts, its remote pictures and its false pictures behind, and says so', async () => {
  const html = `<title>T</title><p onclick="x()">un<script>alert(1)</script><a href="javascript:x()">lien</a></p><img src="https://e.example/a.png" alt="loin"><img src="data:image/png;base64,${Buffer.from('no').toString('base64')}"><iframe src="x"></iframe>`;
  const now = await imported(owner, 'page.html', Buffer.from(html));
  expect(now).toMatchObject({
    state: 'done',
    lost: { script: 1, link: 1, 'remote-picture': 1, 'picture-unreadable': 1 },
  });
  const { blocks } = await owner.call(readDocument, { id: String(now.documentId) });
  expect(JSON.stringify(blocks)).not.toMatch(/alert|javascript|onclick/);
});

test('one that was dropped is gone, and only its maker drops it', async () => {
  const now = await imported(owner, 'a.md', Buffer.from('# Titre\n\ntexte'));
  await owner.call(dropConversion, { id: now.id });
  await expect(owner.call(getConversion, { id: now.id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(owner.call(getConversion, { id: randomUUID() })).rejects.toMatchObject({ code: 'not-found' });
});

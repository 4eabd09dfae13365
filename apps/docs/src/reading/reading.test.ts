import { createLink, revokeLink } from '@parvis/access/links';
import { createDocument } from '@parvis/contract/docs';
import {
  type DocumentText,
  getPublication,
  publishDocument,
  readDocument,
  readPublished,
  unpublishDocument,
} from '@parvis/contract/doc-blocks';
import { aHouse, type House, Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { docs } from '../service.ts';
import { Editor } from '../testing/editor.ts';

let house: House;
let owner: Visitor;
let member: Visitor;
let stranger: Visitor;
let nobody: Visitor;
let id: string;

beforeAll(async () => {
  house = await aHouse([docs]);
  [owner, member, stranger] = [await house.person(), await house.person(), await house.person()];
  nobody = new Visitor(stranger.person, '', house.urlOf);
});
afterAll(() => house?.stop());
beforeEach(async () => {
  const space = await house.space({ owner, members: [member] });
  id = (await owner.call(createDocument, { parentId: space.uid, title: 'Note' })).id;
});

/** Writes in the first block, as somebody's editor does, until it is on disk. */
async function write(words: string): Promise<void> {
  const editor = new Editor({ url: house.urlOf('docs'), cookie: owner.cookie, documentId: id });
  await editor.join();
  const group = editor.doc.getXmlFragment('doc').get(0) as Y.XmlElement;
  const paragraph = (group.get(0) as Y.XmlElement).get(0) as Y.XmlElement;
  const text = new Y.XmlText();
  paragraph.push([text]);
  text.insert(0, words);
  await editor.saved();
  editor.destroy();
}
const linesOf = ({ blocks }: DocumentText) =>
  blocks.map(({ content }) => content.map(({ text }) => text).join(''));

test('a text is read as it is now by whoever may see the document, and by nobody else', async () => {
  await write('Première ligne. ');
  expect(linesOf(await member.call(readDocument, { id }))).toEqual(['Première ligne. ']);
  await write('شكرًا');
  expect(linesOf(await member.call(readDocument, { id }))[0]).toContain('شكرًا');
  await expect(stranger.call(readDocument, { id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(nobody.call(readDocument, { id })).rejects.toMatchObject({ code: 'no-session' });
});

test('a public link opens the text without an account until it is taken back; one for members does not', async () => {
  await write('ouvert');
  const make = (reach: 'members' | 'public') =>
    createLink(house.db, { resourceUid: id, reach, role: 'editor' }, owner.person.id);
  const { token, link } = await make('public');
  expect(linesOf(await nobody.call(readDocument, { id, link: token }))).toEqual(['ouvert']);
  await expect(nobody.call(readDocument, { id, link: (await make('members')).token })).rejects.toMatchObject({
    code: 'not-found',
  });
  await revokeLink(house.db, link.uid);
  await expect(nobody.call(readDocument, { id, link: token })).rejects.toMatchObject({ code: 'not-found' });
});

test('published by whoever may share it, it has one address, always shows what is, and is gone when taken off', async () => {
  await write('un');
  await expect(member.call(publishDocument, { id })).rejects.toMatchObject({ code: 'not-allowed' });
  const [first, second] = await Promise.all([
    owner.call(publishDocument, { id }),
    owner.call(publishDocument, { id }),
  ]);
  const address = first.address as string;
  expect(second.address).toBe(address);
  expect(await member.call(getPublication, { id })).toMatchObject({ address });
  await write('deux ');
  const shown = await nobody.call(readPublished, { address });
  expect(shown.title).toBe('Note');
  expect(linesOf(shown)[0]).toContain('deux');
  await owner.call(unpublishDocument, { id });
  await expect(nobody.call(readPublished, { address })).rejects.toMatchObject({ code: 'not-found' });
  expect(await owner.call(getPublication, { id })).toEqual({ address: null, publishedAt: null });
  const again = await owner.call(publishDocument, { id });
  expect(again.address).not.toBe(address);
});

test('a published document tells nobody who wrote it or where it lies, and its socket stays shut', async () => {
  await write('rien de plus');
  const { address } = await owner.call(publishDocument, { id });
  const answer = await fetch(`${house.urlOf('docs')}/api/docs/published/${address}`);
  const text = await answer.text();
  for (const secret of [owner.person.name, owner.person.uid, owner.person.email])
    expect(text).not.toContain(secret);
  const socket = new Editor({
    url: house.urlOf('docs'),
    cookie: '',
    documentId: id,
    query: `link=${address}`,
  });
  await socket.open();
  await socket.until('closed', () => socket.closed !== null);
  expect(socket.closed?.code).toBe(4401);
});

import { listBacklinks, listMyMentions } from '@parvis/contract/doc-links';
import { searchDocuments } from '@parvis/contract/doc-search';
import { grant, revoke } from '@parvis/access/grants';
import { blocksOf } from '@parvis/document/read-blocks';
import { fragmentName } from '@parvis/document/version';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { docs } from '../service.ts';
import type { Editor } from '../testing/editor.ts';
import { block, Library, mention } from '../testing/library.ts';

let house: House;
let library: Library;
let ada: Visitor;
let ben: Visitor;
let stranger: Visitor;
let spaceId: string;

beforeAll(async () => {
  house = await aHouse([docs]);
  library = new Library(house);
  [ada, ben, stranger] = [await house.person(), await house.person(), await house.person()];
  spaceId = (await house.space({ owner: ada, members: [ben] })).uid;
});
afterAll(async () => {
  library?.close();
  await house?.stop();
});

test('a document tells where it is linked from, by mention, by address and by embed, to who may see it', async () => {
  const aim = await library.add(ada, spaceId, 'Cible', [block('b1', 'paragraph', 'ici')]);
  const link = { name: 'link', attributes: { href: `https://parvis.example/docs/${aim}#b1` } };
  const from = await library.add(ada, spaceId, 'Source', [
    block('m', 'paragraph', [{ type: 'text', text: 'voir ', marks: [] }, mention('document', aim, 'Cible')]),
    block('l', 'paragraph', [{ type: 'text', text: 'ce lien', marks: [link] }]),
    block('e', 'embed', [], { kind: 'document', ref: aim }),
    block('x', 'paragraph', [mention('document', 'no uuid', '?')]),
  ]);
  await library.indexed();
  const { links } = await ben.call(listBacklinks, { id: aim });
  expect(links.map(({ blockId }) => blockId).toSorted()).toEqual(['e', 'l', 'm']);
  expect(links.find(({ blockId }) => blockId === 'm')).toMatchObject({
    context: 'voir Cible',
    document: { id: from, title: 'Source' },
  });
  await expect(stranger.call(listBacklinks, { id: aim })).rejects.toMatchObject({ code: 'not-found' });
  await grant(house.db, { resourceUid: aim, subjectId: stranger.person.id, role: 'reader' }, ada.person.id);
  expect((await stranger.call(listBacklinks, { id: aim })).links).toEqual([]);
});

test('mentions of me come newest first, without those in documents that I may no longer see', async () => {
  const me = () => mention('person', ben.person.uid, ben.person.name);
  const id = await library.add(ada, spaceId, 'Une', [block('b1', 'paragraph', [me()])]);
  await library.indexed();
  const outside = (await house.space({ owner: ada })).uid;
  const hidden = await library.add(ada, outside, 'Deux', [block('b1', 'paragraph', [me()])]);
  await library.indexed();
  const titles = async () =>
    (await ben.call(listMyMentions, {})).mentions.map(({ document }) => document.title);
  expect(await titles()).toEqual(['Une']);
  await grant(house.db, { resourceUid: hidden, subjectId: ben.person.id, role: 'reader' }, ada.person.id);
  expect(await titles()).toEqual(['Deux', 'Une']);
  await revoke(house.db, hidden, ben.person.id);
  expect(await titles()).toEqual(['Une']);
  const editor = await library.edit(ada, id);
  (editor.doc.getXmlFragment(fragmentName).get(0) as Y.XmlElement).delete(0, 1);
  await editor.saved();
  await library.indexed();
  expect(await titles()).toEqual([]);
});

const words = ['digue', 'vasière', 'chenal', 'écluse', 'musoir', 'jetée'];

/** Something that a person may do to the blocks of a document. */
function change(editor: Editor, random: () => number, serial: number): void {
  const group = editor.doc.getXmlFragment(fragmentName).get(0) as Y.XmlElement;
  const at = Math.floor(random() * (group.length + 1));
  if (random() < 0.3 && group.length > 1) return group.delete(Math.min(at, group.length - 1), 1);
  const container = new Y.XmlElement('blockContainer');
  container.setAttribute('id', `b${serial}`);
  const isTask = random() < 0.5;
  const content = new Y.XmlElement(isTask ? 'task' : 'paragraph');
  const text = new Y.XmlText();
  text.insert(0, Array.from({ length: 3 }, () => words[Math.floor(random() * words.length)]).join(' '));
  content.insert(0, [text]);
  if (isTask) {
    content.setAttribute('checked', (random() < 0.5) as unknown as string);
    content.setAttribute('assignee', random() < 0.5 ? ben.person.uid : '');
    content.setAttribute('due', random() < 0.5 ? '2026-12-24' : '');
  }
  container.insert(0, [content]);
  return group.insert(Math.min(at, group.length), [container]);
}

/** Numbers between 0 and 1 that a seed decides. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const seed = Math.floor(Math.random() * 2 ** 31);

test(`after any edits by two people, the index is what reading the document gives (seed ${seed})`, async () => {
  const random = seeded(seed);
  const id = await library.add(ada, spaceId, 'Essai', [block('b0', 'paragraph', 'début')]);
  const editors = [await library.edit(ada, id), await library.edit(ben, id)] as const;
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 25; i++) change(editors[i % 2 === 0 ? 0 : 1], random, round * 100 + i);
    await Promise.all(editors.map((one) => one.saved()));
    const [a, b] = editors;
    const content = ({ doc }: Editor) => doc.getXmlFragment(fragmentName).toString();
    await a.until('what the other wrote', () => content(a) === content(b));
    await library.indexed();
    const model = blocksOf(a.doc).map(({ id: blockId, type, props, content }) => ({
      blockId,
      type,
      text: content.map((one) => one.text).join(''),
      props,
    }));
    const [kept] = await house.db.query<{ lines: string[]; blocks: string[] }>(
      'select lines, blocks from docs.text t join docs.document d on d.resource_id = t.document_id where d.uid = $1',
      [id],
    );
    expect(kept?.lines).toEqual(model.map(({ text }) => text));
    expect(kept?.blocks).toEqual(model.map(({ blockId }) => blockId));
    const tasks = await house.db.query(
      `select block_id as "blockId", text, checked, assignee, to_char(due, 'YYYY-MM-DD') as due
         from docs.task t join docs.document d on d.resource_id = t.document_id where d.uid = $1 order by position`,
      [id],
    );
    const wanted = model.flatMap(({ blockId, type, text, props }) =>
      type !== 'task'
        ? []
        : [
            {
              blockId,
              text,
              checked: props.checked,
              assignee: props.assignee || null,
              due: props.due || null,
            },
          ],
    );
    expect(tasks).toEqual(wanted);
    for (const word of words) {
      const { hits } = await ben.call(searchDocuments, { q: word });
      const found = hits.some(({ document }) => document.id === id);
      expect([word, found]).toEqual([word, model.some(({ text }) => text.includes(word))]);
    }
  }
});

test('a text that no process remembers to index is found behind and caught up; a broken one does not stand in the way', async () => {
  const id = await library.add(ada, spaceId, 'Oublié', [block('b1', 'paragraph', 'palimpseste')]);
  await library.indexed();
  const [row] = await house.db.query<{ id: string }>(
    'select resource_id as id from docs.document where uid = $1',
    [id],
  );
  const broken = await library.add(ada, spaceId, 'Cassé', [block('b1', 'paragraph', 'x')]);
  await library.indexed();
  await house.db.query(
    `update docs.update set payload = '\\x00' from docs.document d where d.resource_id = document_id and d.uid = $1`,
    [broken],
  );
  await house.db.query(
    'delete from docs.text t using docs.document d where d.resource_id = t.document_id and d.uid = $1',
    [broken],
  );
  // As a process that was killed between the commit and the rest leaves it.
  await house.db.query('delete from docs.text where document_id = $1', [row?.id]);
  await library.indexer.sweep();
  const hits = async () => (await ada.call(searchDocuments, { q: 'palimpseste' })).hits.length;
  await expect.poll(hits).toBe(1);
  expect((await library.indexer.lag()).documents).toBe(1);
  await house.db.query('delete from access.resource where uid = $1', [broken]);
});

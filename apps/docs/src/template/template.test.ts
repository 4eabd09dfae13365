import { grant, revoke } from '@parvis/access/grants';
import {
  listTemplates,
  previewTemplate,
  removeTemplate,
  saveTemplate,
  type Template,
} from '@parvis/contract/doc-templates';
import { createDocument } from '@parvis/contract/docs';
import { textOf } from '@parvis/document/text';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docs } from '../service.ts';
import { block, Library } from '../testing/library.ts';
import { builtInNames } from './built-in.ts';

let house: House;
let library: Library;
let ada: Visitor;
let ben: Visitor;
let administrator: Visitor;
let stranger: Visitor;
let spaceId: string;
let document: string;

beforeAll(async () => {
  house = await aHouse([docs]);
  library = new Library(house);
  [ada, ben, stranger] = [await house.person(), await house.person(), await house.person()];
  administrator = await house.person({ administrator: true });
  spaceId = (await house.space({ owner: ada, members: [ben, administrator] })).uid;
  document = await library.add(ada, spaceId, 'Rapport', [
    block('h', 'heading', 'Constat', { level: 2 }),
    block('p', 'paragraph', 'Le quai est fissuré.'),
  ]);
});
afterAll(async () => {
  library?.close();
  await house?.stop();
});

const save = (who: Visitor, scope: 'site' | 'space' | 'own', title = `${scope} de ${who.person.name}`) =>
  who.call(saveTemplate, { id: document, title, scope });
const list = async (who: Visitor, more = {}) =>
  (await who.call(listTemplates, { locale: 'fr', ...more })).templates;
const kept = (all: Template[]) => all.filter(({ scope }) => scope !== 'built-in').map(({ title }) => title);

test.each(['fr', 'en', 'ar'] as const)(
  'templates come with the house in %s, and a document begins with one',
  async (locale) => {
    const { templates } = await ada.call(listTemplates, { locale });
    expect(templates.map(({ id }) => id)).toEqual(expect.arrayContaining([...builtInNames]));
    for (const { id, title } of templates.filter(({ scope }) => scope === 'built-in')) {
      const { lines } = await ada.call(previewTemplate, { templateId: id, locale });
      const made = await ada.call(createDocument, { parentId: spaceId, title, templateId: id, locale });
      const text = textOf((await library.edit(ada, made.id)).doc);
      for (const line of lines) expect(text).toContain(line.text);
      expect(lines.length).toBeGreaterThan(5);
    }
  },
);

test('a template of one’s own is one’s own; a space’s is for who sees the space; the site’s for all', async () => {
  await save(ben, 'own');
  await expect(save(ben, 'space')).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(save(ada, 'site')).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(save(stranger, 'own')).rejects.toMatchObject({ code: 'not-found' });
  const ofSpace = await save(ada, 'space', 'Espace');
  await save(administrator, 'site', 'Site');
  expect(kept(await list(ben, { spaceId }))).toEqual([`own de ${ben.person.name}`, 'Espace', 'Site']);
  expect(kept(await list(ben))).toEqual([`own de ${ben.person.name}`, 'Site']);
  await expect(list(stranger, { spaceId })).rejects.toMatchObject({ code: 'not-found' });
  expect(kept(await list(stranger))).toEqual(['Site']);
  const mine = (await house.space({ owner: stranger })).uid;
  const use = () =>
    stranger.call(createDocument, { parentId: mine, title: 'x', templateId: ofSpace.id, locale: 'fr' });
  await expect(use()).rejects.toMatchObject({ code: 'not-found' });
  await grant(
    house.db,
    { resourceUid: spaceId, subjectId: stranger.person.id, role: 'reader' },
    ada.person.id,
  );
  expect(textOf((await library.edit(stranger, (await use()).id)).doc)).toBe('Constat\nLe quai est fissuré.');
  await revoke(house.db, spaceId, stranger.person.id);
  await expect(use()).rejects.toMatchObject({ code: 'not-found' });
});

test('a template keeps its text whatever becomes of the document; it is removed by whose it is', async () => {
  const { id } = await save(ada, 'space', 'Gardé');
  const { lines } = await ben.call(previewTemplate, { templateId: id, locale: 'fr' });
  expect(lines).toEqual([
    { kind: 'heading', level: 2, text: 'Constat' },
    { kind: 'paragraph', level: 0, text: 'Le quai est fissuré.' },
  ]);
  await expect(ben.call(removeTemplate, { templateId: id })).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(stranger.call(removeTemplate, { templateId: id })).rejects.toMatchObject({
    code: 'not-found',
  });
  await ada.call(removeTemplate, { templateId: id });
  expect(kept(await list(ben, { spaceId }))).not.toContain('Gardé');
  for (const templateId of ['nothing', '../x', '00000000-0000-0000-0000-000000000000'])
    await expect(
      ada.call(createDocument, { parentId: spaceId, title: 'x', templateId }),
    ).rejects.toMatchObject({ code: 'not-found' });
});

import { createResource } from '@parvis/access/tree';
import { demoSpaces } from '@parvis/contract/demo';
import { textOf } from '@parvis/document/text';
import { aHouse, type House } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docs } from '../service.ts';
import { Editor } from '../testing/editor.ts';
import { demoDocuments } from './demo-documents.ts';

let house: House;
beforeAll(async () => {
  house = await aHouse([docs], { DOCS_SEED: 'demo' });
});
afterAll(() => house?.stop());

const titles = () =>
  house.db.query<{ uid: string; title: string }>(
    `select r.uid, r.title from docs.document d join access.resource r on r.id = d.resource_id order by r.id`,
  );

test('the demo documents come once their spaces are there, once only, and open with their text', async () => {
  const owner = await house.person();
  for (const [key, { id }] of Object.entries(demoSpaces)) {
    const space = await createResource(house.db, { kind: 'space', title: key, ownerId: owner.person.id });
    await house.db.query('update access.resource set uid = $1 where id = $2', [id, space.id]);
  }
  const count = Object.values(demoDocuments).flat().length;
  await expect.poll(async () => (await titles()).length).toBeGreaterThanOrEqual(count);
  const again = await house.another(docs);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await again.close();
  const made = await titles();
  expect(made.map(({ title }) => title).toSorted()).toEqual(
    Object.values(demoDocuments)
      .flat()
      .map(({ title }) => title)
      .toSorted(),
  );
  const arabic = made.find(({ title }) => title === demoDocuments.observatory[0]?.title);
  const editor = new Editor({
    url: house.urlOf('docs'),
    cookie: owner.cookie,
    documentId: arabic?.uid as string,
  });
  await editor.join();
  expect(textOf(editor.doc)).toContain('الغرض من الدليل');
  editor.destroy();
});

import { randomUUID } from 'node:crypto';
import { readDocument } from '@parvis/contract/doc-blocks';
import { type Conversion, getConversion, importsPath } from '@parvis/contract/doc-conversion';
import { listMyTasks } from '@parvis/contract/doc-tasks';
import type { Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { minutesPage } from '../../apps/meet/src/minutes/page.ts';
import { aWholeHouse, thingsOf, type WholeHouse } from './whole-house.ts';

let whole: WholeHouse;
let owner: Visitor;

beforeAll(async () => {
  whole = await aWholeHouse();
  owner = await whole.person();
});
afterAll(() => whole?.stop());

test('minutes become a document whose tasks are tasks, with their person and day, and whose points lead to the words', async () => {
  const { space } = await thingsOf(whole, owner, await whole.person({ administrator: true }));
  const [first, second] = [randomUUID(), randomUUID()];
  const { name, html } = minutesPage(
    {
      language: 'fr',
      model: 'essai-1',
      summary: [{ text: 'La digue <b>nord</b> est inspectée', lines: [first] }],
      decisions: [{ text: 'Le crédit est voté', lines: [second] }],
      tasks: [{ text: 'Envoyer le relevé', lines: [second], assignee: owner.person.uid, due: '2027-03-31' }],
    },
    {
      title: 'Digues',
      meetingUrl: 'https://parvis.example/meeting/1',
      times: new Map([
        [first, '0:12'],
        [second, '1:03'],
      ]),
    },
  );
  const query = new URLSearchParams({ parentId: space, name: `${name}.html` });
  const begun = await owner.fetch(`${importsPath}?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(html),
  });
  expect(begun.status).toBe(200);
  const { id } = (await begun.json()) as Conversion;
  const now = () => owner.call(getConversion, { id });
  await expect.poll(async () => (await now()).state, { timeout: 60_000 }).toBe('done');
  const documentId = (await now()).documentId as string;
  const text = JSON.stringify(await owner.call(readDocument, { id: documentId }));
  for (const words of ['La digue <b>nord</b> est inspectée', 'Le crédit est voté', 'essai-1'])
    expect(text).toContain(words);
  expect(text).toContain(`https://parvis.example/meeting/1#line-${first}`);
  const mine = async () =>
    (await owner.call(listMyTasks, {})).tasks.map((task) => [task.document.id, task.due, task.checked]);
  await expect.poll(mine, { timeout: 60_000 }).toEqual([[documentId, '2027-03-31', false]]);
  const [task] = (await owner.call(listMyTasks, {})).tasks;
  expect(task?.text).toContain('Envoyer le relevé');
});

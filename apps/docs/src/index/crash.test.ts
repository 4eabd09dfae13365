import { searchDocuments } from '@parvis/contract/doc-search';
import { listMyTasks } from '@parvis/contract/doc-tasks';
import { fragmentName } from '@parvis/document/version';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { docs } from '../service.ts';
import { block, Library } from '../testing/library.ts';
import { ServiceProcess } from '../testing/service-process.ts';

const processesMsMax = 500_000;
let house: House;
let library: Library;
let ada: Visitor;
let spaceId: string;
const processes: ServiceProcess[] = [];

beforeAll(async () => {
  house = await aHouse([docs]);
  library = new Library(house);
  ada = await house.person();
  spaceId = (await house.space({ owner: ada })).uid;
});
afterAll(async () => {
  library?.close();
  for (const one of processes) await one.kill();
  await house?.stop();
});

async function aProcess(): Promise<ServiceProcess> {
  const one = await ServiceProcess.start(house.env);
  processes.push(one);
  return one;
}

test(
  'what was acknowledged by a process that is killed before it indexes is found once another one starts',
  async () => {
    const id = await library.add(ada, spaceId, 'Journal', [block('b0', 'paragraph', 'avant')]);
    const doomed = await aProcess();
    await library.indexed();
    // Nothing is indexed before the process is dead, however slow this is: only its successor looks after it.
    library.indexer.onModuleDestroy();
    const holder = await house.pool.connect();
    await holder.query('begin');
    await holder.query('lock table docs.text in share mode');
    const editor = await library.edit(ada, id, doomed.url);
    const container = new Y.XmlElement('blockContainer');
    container.setAttribute('id', 'late');
    const task = new Y.XmlElement('task');
    const text = new Y.XmlText();
    text.insert(0, 'rappeler le capitaine');
    task.insert(0, [text]);
    task.setAttribute('assignee', ada.person.uid);
    container.insert(0, [task]);
    (editor.doc.getXmlFragment(fragmentName).get(0) as Y.XmlElement).push([container]);
    await editor.saved();
    await doomed.kill();
    expect((await library.indexer.lag()).documents).toBe(1);
    const found = async () =>
      (await ada.call(searchDocuments, { q: 'capitaine' })).hits.map((hit) => hit.blockId);
    expect(await found()).toEqual([]);
    await holder.query('rollback');
    holder.release();
    await aProcess();
    await expect.poll(found).toEqual(['late']);
    expect((await ada.call(listMyTasks, {})).tasks.map((one) => one.text)).toEqual(['rappeler le capitaine']);
    expect(await library.indexer.lag()).toEqual({ documents: 0, seconds: 0 });
  },
  processesMsMax,
);

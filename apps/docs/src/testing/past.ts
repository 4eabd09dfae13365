import { createDocument } from '@parvis/contract/docs';
import type { Served } from '@parvis/server/serve';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import * as Y from 'yjs';
import { Moments } from '../history/moments.ts';
import { decodeEntry } from '../log/entry.ts';
import { docs } from '../service.ts';
import { Editor } from './editor.ts';

/** Two processes, a space with three people who write, and what tests of the past ask. */
export class Past {
  readonly house: House;
  readonly second: Served;
  readonly people: readonly Visitor[];
  readonly spaceId: string;

  private constructor(house: House, second: Served, people: readonly Visitor[], spaceId: string) {
    this.house = house;
    this.second = second;
    this.people = people;
    this.spaceId = spaceId;
  }

  static async open(): Promise<Past> {
    const house = await aHouse([docs]);
    const second = await house.another(docs);
    const people = await Promise.all([house.person(), house.person(), house.person()]);
    const [owner, ...members] = people as [Visitor, ...Visitor[]];
    return new Past(house, second, people, (await house.space({ owner, members })).uid);
  }

  async stop(): Promise<void> {
    await this.second.close();
    await this.house.stop();
  }

  who = (index: number): Visitor => this.people[index % this.people.length] as Visitor;

  document = async (): Promise<string> =>
    (await this.who(0).call(createDocument, { parentId: this.spaceId, title: 'Note' })).id;

  editor = (index: number, documentId: string, url = this.house.urlOf('docs')): Editor =>
    new Editor({ url, cookie: this.who(index).cookie, documentId });

  async idOf(documentId: string): Promise<number> {
    const [row] = await this.house.db.query<{ id: number }>(
      'select resource_id::float8 as id from docs.document where uid = $1',
      [documentId],
    );
    return (row as { id: number }).id;
  }

  /** The text of a moment as a process gives it: the second, unless said otherwise. */
  async textAt(id: number, seq: number, served = this.second): Promise<string> {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, (await served.app.get(Moments, { strict: false }).stateAt(id, seq)).bytes);
    return doc.getText('t').toString();
  }

  /** The text after each row, by applying one after the other: slow and sure. */
  async slowTexts(id: number): Promise<Map<number, string>> {
    const rows = await this.house.db.query<{ seq: number; payload: Buffer; first: boolean }>(
      `select seq::int as seq, payload, exists (
           select from docs.epoch e where e.document_id = u.document_id and e.first_seq = u.seq) as first
         from docs.update u where document_id = $1 order by seq`,
      [id],
    );
    let doc = new Y.Doc();
    return new Map(
      rows.map(({ seq, payload, first }) => {
        if (first) doc = new Y.Doc();
        for (const { update } of decodeEntry(payload)) Y.applyUpdate(doc, update);
        return [seq, doc.getText('t').toString()];
      }),
    );
  }

  /** Moves all that is in the log of a document into the past. */
  age = (id: number, days: number) =>
    this.house.db.query('update docs.update set at = at - make_interval(days => $2) where document_id = $1', [
      id,
      days,
    ]);

  /** Three people write at two processes, and are cut off now and then. */
  async written(documentId: string, seed: number, steps: number): Promise<void> {
    const random = seeded(seed);
    const urls = [this.house.urlOf('docs'), this.second.url] as const;
    const editors = await Promise.all(
      [0, 1, 2].map((index) => this.editor(index, documentId, urls[index % 2]).join()),
    );
    for (let step = 0; step < steps; step++) {
      const one = editors[Math.floor(random() * 3)] as Editor;
      const choice = random();
      if (choice < 0.05) one.cut();
      else if (choice < 0.12) await one.open({ url: urls[Math.floor(random() * 2)] as string });
      else if (choice < 0.8) one.text.insert(Math.floor(random() * (one.text.length + 1)), `w${step} `);
      else if (one.text.length > 3) one.text.delete(Math.floor(random() * (one.text.length - 2)), 2);
      if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await Promise.all(editors.map((one) => one.join()));
    await Promise.all(editors.map((one) => one.saved()));
    for (const one of editors) one.destroy();
  }
}

/** Numbers from 0 up to 1, always the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

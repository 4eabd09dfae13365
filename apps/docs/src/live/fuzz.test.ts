import { restoreDocument } from '@parvis/contract/doc-history';
import { createDocument, docsClose } from '@parvis/contract/docs';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { decodeEntry } from '../log/entry.ts';
import { docs } from '../service.ts';
import { Editor } from '../testing/editor.ts';
import { blockIds, contentOf, scribble, seeded } from '../testing/scribble.ts';
import { ServiceProcess } from '../testing/service-process.ts';

/** Seeds that once failed stay here, named by what they found. */
const seedsThatFailed: readonly (readonly [seed: number, found: string])[] = [
  [1_115_549_927, 'who was let in to a room that had just been closed heard nothing'],
];
const always = [11, 12, 13, 14];
const fresh = Array.from({ length: 2 }, () => Math.floor(Math.random() * 2 ** 31));
const seeds = [
  ...seedsThatFailed.map(([seed, found]) => [seed, found] as const),
  ...always.map((seed) => [seed, 'as always'] as const),
  ...fresh.map((seed) => [seed, 'fresh'] as const),
];
const peersCount = 5;
const steps = 120;
/** Milliseconds in which all must come to the same, also where everything is slow. */
const equalMsMax = 60_000;

let house: House;
let people: Visitor[];
let spaceId: string;
/** A process that is killed now and then; the other one is the test's own. */
let mortal: ServiceProcess;

beforeAll(async () => {
  house = await aHouse([docs]);
  mortal = await ServiceProcess.start(house.env);
  people = await Promise.all([house.person(), house.person(), house.person()]);
  const [owner, ...members] = people as [Visitor, ...Visitor[]];
  spaceId = (await house.space({ owner, members })).uid;
}, 300_000);
afterAll(async () => {
  await mortal?.kill();
  await house?.stop();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const owner = () => people[0] as Visitor;

/** Editors of one document in one epoch, and all that any of them ever wrote. */
class Peers {
  readonly documentId: string;
  readonly epoch: string;
  readonly everything = new Y.Doc();
  editors: Editor[] = [];
  #nextId = 0;

  constructor(documentId: string, epoch: string) {
    this.documentId = documentId;
    this.epoch = epoch;
  }

  async come(): Promise<void> {
    this.editors = Array.from({ length: peersCount }, (_, index) => {
      const { cookie } = people[index % people.length] as Visitor;
      const query = `epoch=${this.epoch}`;
      const one = new Editor({ url: this.urls()[0] as string, cookie, documentId: this.documentId, query });
      one.doc.on('update', (update: Uint8Array) => Y.applyUpdate(this.everything, update));
      return one;
    });
    await Promise.all(this.editors.map((one, index) => one.join({ url: this.urls()[index % 2] as string })));
  }

  urls(): string[] {
    return [house.urlOf('docs'), mortal.url];
  }

  /** Edits, cuts, returns, and perhaps the death of a process in the middle. */
  async live(random: () => number, someDies: boolean): Promise<void> {
    const dies = someDies ? Math.floor(random() * steps) : -1;
    let next: Promise<ServiceProcess> | null = null;
    for (let step = 0; step < steps; step++) {
      const one = this.editors[Math.floor(random() * this.editors.length)] as Editor;
      const choice = random();
      const url = this.urls()[Math.floor(random() * 2)] as string;
      if (step === dies) {
        await mortal.kill();
        next = ServiceProcess.start(house.env);
      } else if (choice < 0.05) one.cut();
      // The process may be dead: who does not get in stays away.
      else if (choice < 0.12) await one.open({ url }).catch(() => one.cut());
      else scribble(one.doc, random, `${this.epoch}-${this.#nextId++}`);
      if (random() < 0.2) await pause(random() * 8);
    }
    if (next !== null) mortal = await next;
    await Promise.all(this.editors.map((one, index) => one.join({ url: this.urls()[index % 2] as string })));
    await Promise.all(this.editors.map((one) => one.saved()));
  }

  /**
   * All have all that anybody wrote, and show the same as the log. Both are asked anew at each look: Yjs tidies up formats
   * in every copy that hears of others' ones, which is an edit of its own that comes after all that people wrote. The
   * copy of everything does so too, unheard, so that what it shows is no measure; whose words it knows of is one.
   */
  async expectEqual(): Promise<void> {
    await this.#same(this.editors);
    const newcomer = new Editor({ url: mortal.url, cookie: owner().cookie, documentId: this.documentId });
    await newcomer.join();
    await this.#same([...this.editors, newcomer]);
    newcomer.destroy();
    const ids = blockIds(this.everything);
    expect(ids.length).toBe(new Set(ids).size);
    const refused = this.editors.flatMap((one) => one.refused);
    expect(refused.filter((code) => code !== 'clock-gap')).toEqual([]);
  }

  async #same(editors: readonly Editor[]): Promise<void> {
    const deadline = Date.now() + equalMsMax;
    for (;;) {
      const differing = await this.#differing(editors);
      if (differing.length === 0) return;
      if (Date.now() > deadline) expect(differing).toEqual([]);
      await pause(50);
    }
  }

  /** Those who lack words or show something else than the log, and how their connection stands. */
  async #differing(editors: readonly Editor[]): Promise<object[]> {
    const kept = await this.#kept();
    const all = Y.decodeStateVector(Y.encodeStateVector(this.everything));
    const copies = editors.map(({ doc, closed, refused, waiting }, index) => ({
      doc,
      who: { editor: index, closed, refused, waiting },
    }));
    return [{ doc: kept, who: { log: true } }, ...copies].flatMap(({ doc, who }) => {
      const lacks = [...all].filter(([client, clock]) => Y.getState(doc.store, client) < clock);
      const same = contentOf(doc) === contentOf(kept);
      return lacks.length === 0 && same ? [] : [{ ...who, lacks, same }];
    });
  }

  /** What the rows of this epoch alone give. */
  async #kept(): Promise<Y.Doc> {
    const rows = await house.db.query<{ payload: Buffer }>(
      `select payload from docs.update u join docs.document d on d.resource_id = u.document_id
        where d.uid = $1 and seq >= coalesce((select max(first_seq) from docs.epoch e
          where e.document_id = d.resource_id), 0) order by seq`,
      [this.documentId],
    );
    const doc = new Y.Doc();
    for (const { payload } of rows) for (const { update } of decodeEntry(payload)) Y.applyUpdate(doc, update);
    return doc;
  }

  leave(): void {
    for (const one of this.editors) one.destroy();
  }
}

test.each(seeds)(
  'whatever people and processes do, all end equal and nothing is doubled (seed %i, %s)',
  { timeout: 300_000 },
  async (seed) => {
    const random = seeded(seed);
    const { id, epoch } = await owner().call(createDocument, { parentId: spaceId, title: 'Fuzz' });
    const first = new Peers(id, epoch);
    await first.come();
    await first.live(random, true);
    await first.expectEqual();
    const [away] = first.editors as [Editor];
    away.cut();
    scribble(away.doc, () => 0.1, 'of-the-past');
    const [row] = await house.db.query<{ seq: number }>(
      'select last_seq::int as seq from docs.document where uid = $1',
      [id],
    );
    const seq = Math.max(1, Math.floor((row?.seq ?? 1) * random()));
    const restored = await owner().call(restoreDocument, { id, seq });
    const second = new Peers(id, restored.epoch);
    await second.come();
    await second.live(random, false);
    // One who was away comes back with what it wrote, saying its epoch or, as an older client, not saying it.
    await away.open({ url: mortal.url });
    await away.until('told', () => away.closed !== null);
    expect(away.closed).toEqual({ code: docsClose.wrongEpoch, reason: 'wrong-epoch' });
    await away.open({ url: mortal.url, query: '' });
    await away.until('told', () => away.closed !== null);
    await second.expectEqual();
    expect(blockIds(second.everything)).not.toContain('of-the-past');
    first.leave();
    second.leave();
  },
);

import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { advance, type Clocks, DeletedRanges, decodeClocks } from './clocks.ts';
import { readUpdateHeader, standingOf } from './update-header.ts';

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

/** Every kind of content that Yjs stores, typed, formatted and deleted at random by a few clients. */
function history(random: () => number): { doc: Y.Doc; updates: Uint8Array[] } {
  const clients = [new Y.Doc(), new Y.Doc(), new Y.Doc()] as const;
  const updates: Uint8Array[] = [];
  for (const [index, doc] of clients.entries()) {
    doc.clientID = 1_000 + index * 70_000;
    doc.on('update', (update: Uint8Array, from: unknown) => {
      if (from !== 'remote') updates.push(update);
    });
  }
  for (let i = 0; i < 60; i++) {
    const doc = clients[Math.floor(random() * 3)] as Y.Doc;
    const text = doc.getText('t');
    const at = Math.floor(random() * (text.length + 1));
    const kinds = [
      () => text.insert(at, 'é😀 ع'.repeat(1 + Math.floor(random() * 5))),
      () => text.insert(at, 'b', { bold: true, link: { href: 'x' } }),
      () => text.insertEmbed(at, { image: i }),
      () => text.delete(Math.min(at, Math.max(0, text.length - 2)), Math.min(2, text.length)),
      () =>
        doc
          .getMap('m')
          .set(`k${i % 5}`, { deep: [1, -2.5, null, undefined, true, 'x', 12n, new Uint8Array([1])] }),
      () => doc.getMap('m').set('sub', new Y.Map([['a', new Y.Array()]])),
      () => doc.getArray('a').insert(0, [new Uint8Array([1, 2]), 'json', i, new Y.Doc({ guid: `g${i}` })]),
      () =>
        doc
          .getXmlFragment('x')
          .insert(0, [new Y.XmlElement('p'), new Y.XmlText('t'), new Y.XmlHook('h') as unknown as Y.XmlText]),
    ];
    (kinds[Math.floor(random() * kinds.length)] as () => void)();
    const other = clients[Math.floor(random() * 3)] as Y.Doc;
    if (random() < 0.3) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc), 'remote');
  }
  for (const other of clients) Y.applyUpdate(clients[0], Y.encodeStateAsUpdate(other), 'remote');
  return { doc: clients[0], updates };
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('the header says what Yjs itself reads (seed %i)', (seed) => {
  const { doc, updates } = history(seeded(seed));
  const clocks: Clocks = new Map();
  for (const update of updates) {
    const { added } = readUpdateHeader(update);
    const meta = Y.parseUpdateMeta(update);
    expect(new Map(added.map((one) => [one.client, one.from]))).toEqual(meta.from);
    expect(new Map(added.map((one) => [one.client, one.to]))).toEqual(meta.to);
  }
  const whole = Y.encodeStateAsUpdate(doc);
  const header = readUpdateHeader(whole);
  expect(standingOf(header, clocks)).toBe('new');
  advance(clocks, header);
  expect(clocks).toEqual(decodeClocks(Y.encodeStateVector(doc)));
  expect(standingOf(header, clocks)).toBe('known');
  // Yjs deletes by itself what a concurrent edit replaced: all that was said is in the whole, not the reverse.
  const deleted = new DeletedRanges();
  deleted.add(header.deleted);
  for (const update of updates) expect(deleted.cover(readUpdateHeader(update).deleted)).toBe(true);
  expect(new DeletedRanges().cover(header.deleted)).toBe(header.deleted.length === 0);
});

test('no truncated update passes, and whatever passes can be read by Yjs', () => {
  const random = seeded(20_261_123);
  const { doc } = history(random);
  const whole = Y.encodeStateAsUpdate(doc);
  for (let length = 0; length < whole.length; length++) {
    expect(() => readUpdateHeader(whole.subarray(0, length))).toThrow('malformed');
  }
  let passed = 0;
  for (let i = 0; i < 4_000; i++) {
    const mutated = Uint8Array.from(whole);
    for (let j = 0; j <= random() * 3; j++)
      mutated[Math.floor(random() * mutated.length)] = Math.floor(random() * 256);
    try {
      readUpdateHeader(mutated);
    } catch {
      continue;
    }
    passed += 1;
    expect(() => Y.decodeUpdate(mutated)).not.toThrow();
  }
  expect(passed).toBeGreaterThan(0);
});

test('what a client still waits for is a hole, not a fault', () => {
  const source = new Y.Doc();
  const updates: Uint8Array[] = [];
  source.on('update', (update: Uint8Array) => updates.push(update));
  for (const word of ['one', 'two', 'three']) source.getText('t').insert(0, word);
  const waiting = new Y.Doc();
  Y.applyUpdate(waiting, updates[0] as Uint8Array);
  Y.applyUpdate(waiting, updates[2] as Uint8Array);
  const { added } = readUpdateHeader(Y.encodeStateAsUpdate(waiting));
  expect(added).toEqual([
    { client: source.clientID, from: 0, to: 3 },
    { client: source.clientID, from: 6, to: 11 },
  ]);
});

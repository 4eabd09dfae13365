import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Block, type Cell, type Inline, type Mark, plainText, type Values } from './block.ts';
import { blocksOf, blocksOfUpdate } from './read-blocks.ts';
import { overlappingMarks, updateOf } from './write-blocks.ts';
import { fragmentName } from './version.ts';

const word = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).map((text) => text.toWellFormed());
const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.constantFrom('bold', 'italic', 'code', 'strike', 'future').map((name) => ({ name, attributes: {} })),
  fc.webUrl().map((href) => ({ name: 'link', attributes: { href } })),
  fc.uuid().map((threadId) => ({ name: 'comment', attributes: { orphan: false, threadId } })),
  fc.uuid().map((person) => ({ name: 'insertion', attributes: { id: 1, person, at: 5 } })),
);
/** In the order of names, each once unless it may stand twice, as they are read. */
const marks = fc
  .uniqueArray(mark, {
    maxLength: 3,
    selector: ({ name, attributes }) => (overlappingMarks.has(name) ? JSON.stringify(attributes) : name),
  })
  .filter((all) => all.filter(({ name }) => name === 'comment').length < 2)
  .map((all) => all.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
const inline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('text' as const), text: word, marks }) },
  fc.record({
    type: fc.constant('thing' as const),
    name: fc.constantFrom('mention', 'math', 'hologram'),
    props: fc.record({ ref: fc.uuid(), label: word }) as fc.Arbitrary<Values>,
    text: fc.constant(''),
  }),
);
/** Neighbours with the same marks would be read as one. */
const content = fc.array(inline, { maxLength: 4 }).map((all) =>
  all.filter((one, at) => {
    const before = all[at - 1];
    return !(one.type === 'text' && before?.type === 'text');
  }),
);
const cell: fc.Arbitrary<Cell> = fc.record({
  header: fc.boolean(),
  colspan: fc.integer({ min: 1, max: 3 }),
  rowspan: fc.integer({ min: 1, max: 3 }),
  props: fc.constant({ backgroundColor: 'red', textColor: 'default', textAlignment: 'left', colwidth: [80] }),
  content,
});
const kept = fc.constant([]);
const withId = { id: fc.uuid(), content: kept };

/** Blocks that nest at most so many times. */
function blockOf(depth: number): fc.Arbitrary<Block> {
  const below = depth === 0 ? kept : fc.array(blockOf(depth - 1), { maxLength: 2 });
  const plain = fc.record({
    id: fc.uuid(),
    type: fc.constantFrom('hologram', 'oracle'),
    props: fc.constant({ watt: 3 }),
    content,
    children: below,
  });
  const table = fc.record({
    ...withId,
    type: fc.constant('table'),
    props: fc.constant({ textColor: 'default' }),
    rows: fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
    children: kept,
  });
  const column = fc.record({
    ...withId,
    type: fc.constant('column'),
    props: fc.constant({ width: 1 }),
    children: fc.array(plain, { minLength: 1, maxLength: 2 }),
  });
  const columns = fc.record({
    ...withId,
    type: fc.constant('columnList'),
    props: fc.constant({}),
    children: fc.array(column, { minLength: 2, maxLength: 3 }),
  });
  return fc.oneof({ weight: 3, arbitrary: plain }, table, columns) as fc.Arbitrary<Block>;
}
const block = blockOf(2);

test('what is written is what is read, for any blocks, known or not', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 4 }), (blocks) => {
      expect(blocksOfUpdate(updateOf(blocks))).toEqual(blocks);
    }),
    { numRuns: 150 },
  );
});

test('reading writes nothing, and finds every word of a tree that makes no sense', () => {
  const doc = new Y.Doc();
  const strange = new Y.XmlElement('hologram');
  const words = new Y.XmlText();
  words.insert(0, 'from the future', { glow: { watt: 3 } });
  strange.insert(0, [words, new Y.XmlElement('spark')]);
  doc.getXmlFragment(fragmentName).insert(0, [strange]);
  let updates = 0;
  doc.on('update', () => {
    updates += 1;
  });
  expect(blocksOf(doc)).toMatchObject([
    {
      type: 'hologram',
      content: [{ text: 'from the future', marks: [{ name: 'glow' }] }, { name: 'spark' }],
    },
  ]);
  expect(updates).toBe(0);
});

test('the same blocks give the same bytes', () => {
  const [blocks] = fc.sample(fc.array(block, { minLength: 2, maxLength: 4 }), { numRuns: 1, seed: 7 });
  expect(updateOf(blocks ?? [])).toEqual(updateOf(blocks ?? []));
});

test('the plain text of a line says what its things are called', () => {
  const thing = (name: string, props: Values, text = ''): Inline => ({ type: 'thing', name, props, text });
  const said = (text: string): Inline => ({ type: 'text', text, marks: [] });
  const line = [said('à '), thing('mention', { label: 'Amina' }), said(' : '), thing('math', { tex: 'x^2' })];
  expect(plainText([...line, thing('hologram', {}, ' !')])).toBe('à Amina : x^2 !');
});

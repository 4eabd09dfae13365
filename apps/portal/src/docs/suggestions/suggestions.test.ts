import { textOf } from '@parvis/document/text';
import { firstUpdate } from '@parvis/document/seed';
import type { Node } from 'prosemirror-model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { suggestionsIn } from './list.ts';
import { paragraphs, schema, Writer } from './writer.kit.ts';

const first = firstUpdate(paragraphs('Le comité se réunit mardi.', 'Il décide.', 'Fin.'));
const base = ['Le comité se réunit mardi.', 'Il décide.', 'Fin.'];

/** What comes of an edit that is suggested, then accepted by one and rejected by another. */
function both(make: (writer: Writer) => void) {
  const edited = new Writer('anna', first, 'editing');
  make(edited);
  const suggested = new Writer('anna', first);
  make(suggested);
  const settledBy = (accept: boolean) => {
    const other = new Writer('bruno', Y.encodeStateAsUpdate(suggested.doc), 'editing');
    other.settle(accept);
    expect(suggestionsIn(other.state.doc)).toEqual([]);
    return other;
  };
  return { edited, suggested, accepted: settledBy(true), rejected: settledBy(false) };
}

const edits: Record<string, (writer: Writer) => void> = {
  'words typed in the middle': (w) => w.caret(0, 9).type(' restreint'),
  'words erased backwards': (w) => w.caret(0, 9).erase(6),
  'words erased forwards': (w) => w.caret(0, 3).erase(6, 1),
  'a word replaced': (w) => w.caret(0, 9).erase(6).type('conseil'),
  'a word replaced at once': (w) =>
    w.do((tr) => tr.insertText('conseil', w.block(0).inside + 3, w.block(0).inside + 9)),
  'a paragraph split': (w) => w.caret(0, 9).enter(),
  'a paragraph split and written on': (w) => w.caret(0, 9).enter().type('X').caret(0, 2).type('Y'),
  'a new paragraph at the end': (w) => w.caret(2, 4).enter().type('Et après.'),
  'two paragraphs joined': (w) => w.take([0, 26], [1, 0]),
  'text taken across paragraphs': (w) => w.take([0, 10], [2, 1]),
  'text taken across paragraphs and replaced': (w) => w.take([0, 10], [2, 1]).type('neuf'),
  'a whole paragraph taken away': (w) =>
    w.do((tr) => tr.delete(w.block(1).pos, w.block(1).pos + w.block(1).container.nodeSize)),
  'the first paragraph taken away': (w) =>
    w.do((tr) => tr.delete(w.block(0).pos, w.block(0).pos + w.block(0).container.nodeSize)),
  'a paragraph made a heading': (w) =>
    w.do((tr) => tr.setNodeMarkup(w.block(1).pos + 1, schema.nodes.heading, { level: 2 })),
  'words made bold': (w) =>
    w.do((tr) => tr.addMark(w.block(0).inside + 3, w.block(0).inside + 9, schema.mark('bold'))),
};

const looksOf = (doc: Node) => {
  const looks: string[] = [];
  doc.descendants((node) => {
    if (node.isText) looks.push(`${node.text}:${node.marks.map((mark) => mark.type.name).join('+')}`);
  });
  return looks;
};

test.each(Object.entries(edits))(
  '%s: accepted it is as if edited, rejected as if it had never been',
  (_, make) => {
    const { edited, suggested, accepted, rejected } = both(make);
    expect([accepted.texts, accepted.types]).toEqual([edited.texts, edited.types]);
    expect(looksOf(accepted.state.doc)).toEqual(looksOf(edited.state.doc));
    expect([rejected.texts, rejected.types]).toEqual([base, ['paragraph', 'paragraph', 'paragraph']]);
    expect(looksOf(rejected.state.doc)).toEqual(base.map((text) => `${text}:`));
    // Nothing is lost meanwhile: every word of before is still in the shared document.
    const words = textOf(suggested.doc);
    for (const word of base.join(' ').match(/\p{L}+/gu) ?? []) expect(words).toContain(word);
    const found = suggestionsIn(suggested.state.doc);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ person, at }) => person === 'anna' && at > 0)).toBe(true);
  },
);

test('what one suggested oneself and erases again is gone, and one run of typing is one suggestion', () => {
  const writer = new Writer('anna', first).caret(0, 9).type(' restreint');
  expect(suggestionsIn(writer.state.doc)).toMatchObject([{ inserted: ' restreint', deleted: '' }]);
  writer.erase(10);
  expect(suggestionsIn(writer.state.doc)).toEqual([]);
  expect(writer.texts).toEqual(base);
  writer.caret(0, 9).erase(6).type('conseil');
  expect(suggestionsIn(writer.state.doc)).toMatchObject([{ inserted: 'conseil', deleted: 'comité' }]);
});

test('Enter while typing is part of what is typed', () => {
  const writer = new Writer('anna', first).caret(2, 4).type(' Et').enter().type('puis');
  expect(suggestionsIn(writer.state.doc)).toMatchObject([{ inserted: ' Et puis', acts: ['split'] }]);
});

test('a break that one suggested oneself and takes back is gone, and the text around it is what it was', () => {
  const writer = new Writer('anna', first).caret(0, 9).enter();
  expect(suggestionsIn(writer.state.doc)).toMatchObject([{ acts: ['split'] }]);
  writer.take([0, 9], [1, 0]);
  expect(suggestionsIn(writer.state.doc)).toEqual([]);
  expect(writer.texts).toEqual(base);
});

test('suggestions are settled one by one', () => {
  const writer = new Writer('anna', first).caret(0, 9).type(' restreint').caret(2, 0).type('La ');
  const [one, two] = suggestionsIn(writer.state.doc);
  writer.settle(true, (id) => id === one?.id).settle(false, (id) => id === two?.id);
  expect(writer.texts).toEqual(['Le comité restreint se réunit mardi.', 'Il décide.', 'Fin.']);
  expect(suggestionsIn(writer.state.doc)).toEqual([]);
});

test('a move of blocks is refused, and nothing happens', () => {
  const writer = new Writer('anna', first);
  const block = writer.block(1);
  writer.do((tr) => {
    const node = block.container;
    return tr.delete(block.pos, block.pos + node.nodeSize).insert(1, node);
  });
  expect(writer.refused).toBe(1);
  expect(writer.texts).toEqual(base);
});

test('two people suggest in one paragraph, one of them offline: the same text for both, accepted and rejected', () => {
  const merged = () => {
    const anna = new Writer('anna', first);
    const bruno = new Writer('bruno', first);
    anna.caret(0, 9).erase(6).type('conseil');
    // Bruno is offline: in the words that Anna takes away, in the rest, and across the paragraphs.
    bruno.caret(0, 6).type('XY').caret(0, 27).type(' soir').take([1, 3], [2, 1]);
    anna.hear(bruno);
    bruno.hear(anna);
    expect(anna.texts).toEqual(bruno.texts);
    expect(anna.state.doc.eq(bruno.state.doc)).toBe(true);
    expect(new Set(suggestionsIn(anna.state.doc).map(({ person }) => person))).toEqual(
      new Set(['anna', 'bruno']),
    );
    return { anna, bruno };
  };
  const rejected = merged();
  rejected.anna.settle(false);
  rejected.bruno.hear(rejected.anna);
  expect(rejected.bruno.texts).toEqual(base);
  const accepted = merged();
  accepted.bruno.settle(true);
  accepted.anna.hear(accepted.bruno);
  expect(accepted.anna.texts).toEqual(accepted.bruno.texts);
  expect(accepted.anna.texts.join('|')).toMatch(
    /^Le (XY)?conseil(XY)? se réunit mardi\.? soir|^Le conseilXY/,
  );
  expect(accepted.anna.texts.at(-1)).toBe('Il in.');
  expect(suggestionsIn(accepted.anna.state.doc)).toEqual([]);
});

test('a text that one inserted and another takes away stays until both are settled', () => {
  const anna = new Writer('anna', first).caret(0, 9).type(' restreint');
  const bruno = new Writer('bruno', Y.encodeStateAsUpdate(anna.doc));
  bruno.take([0, 9], [0, 19]);
  expect(bruno.texts[0]).toBe('Le comité restreint se réunit mardi.');
  const of = (person: string) => suggestionsIn(bruno.state.doc).find((one) => one.person === person)?.id;
  const [annas, brunos] = [of('anna'), of('bruno')];
  bruno.settle(true, (id) => id === annas);
  expect(bruno.texts[0]).toBe('Le comité restreint se réunit mardi.');
  bruno.settle(true, (id) => id === brunos);
  expect(bruno.texts[0]).toBe(base[0]);
});

const where = fc.tuple(fc.nat(), fc.nat());
const step = fc.oneof(
  fc.record({ act: fc.constant('type' as const), where, words: fc.stringMatching(/^[a-z ]{1,4}$/) }),
  fc.record({ act: fc.constant('take' as const), where, to: where }),
  fc.record({ act: fc.constant('enter' as const), where }),
  fc.record({ act: fc.constant('erase' as const), where, count: fc.nat(3) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Any place of the document as it is now. */
function placeIn(writer: Writer, [block, at]: [number, number]): [number, number] {
  const i = block % writer.blocks.length;
  return [i, at % (writer.block(i).content.content.size + 1)];
}

function perform(writer: Writer, one: Step): void {
  const from = placeIn(writer, one.where);
  if (one.act === 'take') {
    const to = placeIn(writer, one.to);
    const ordered = from[0] < to[0] || (from[0] === to[0] && from[1] <= to[1]);
    writer.take(ordered ? from : to, ordered ? to : from);
    return;
  }
  writer.caret(...from);
  if (one.act === 'type') writer.type(one.words);
  else if (one.act === 'enter') writer.enter();
  else writer.erase(Math.min(one.count, from[1]));
}

test('whatever one suggests, rejected it was never there', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const writer = new Writer('anna', first);
      for (const one of steps) perform(writer, one);
      writer.settle(false);
      expect(writer.texts).toEqual(base);
      expect(suggestionsIn(writer.state.doc)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('whatever two suggest apart from one another, both see the same, and every word of before is still there', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), fc.array(step, { maxLength: 6 }), (annas, brunos) => {
      const [anna, bruno] = [new Writer('anna', first), new Writer('bruno', first)];
      for (const one of annas) perform(anna, one);
      for (const one of brunos) perform(bruno, one);
      anna.hear(bruno);
      bruno.hear(anna);
      anna.hear(bruno);
      expect(anna.texts).toEqual(bruno.texts);
      anna.settle(false);
      bruno.hear(anna);
      expect(bruno.texts).toEqual(anna.texts);
      const letters = (text: string) => text.replaceAll(/\s/g, '').length;
      expect(letters(anna.texts.join(''))).toBeGreaterThanOrEqual(letters(base.join('')));
    }),
    { numRuns: 100 },
  );
});

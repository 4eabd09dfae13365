import { boardName, type Shape } from '@parvis/document/board';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Board } from './board.ts';
import { pathOf, shapeAt } from './geometry.ts';

const box: Omit<Shape, 'id' | 'z'> = {
  kind: 'box',
  ink: 'red',
  x: 100,
  y: 100,
  w: 200,
  h: 100,
  points: [],
  text: '',
};
const pen = { ...box, kind: 'pen' as const, w: 0, h: 0, points: [0, 0] };

/** A page with a board of its own, which hears others only when it is told to. */
class Page {
  readonly doc = new Y.Doc();
  readonly board = new Board(this.doc);
  hear(other: Page): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(this.doc)), 'line');
  }
  get ids() {
    return this.board.shapes().map(({ id }) => id);
  }
}
function together(one: Page, other: Page): void {
  one.hear(other);
  other.hear(one);
}

type Act = {
  who: 0 | 1;
  what: 'add' | 'pen' | 'extend' | 'move' | 'remove' | 'undo' | 'redo' | 'meet';
  pick: number;
};
const act: fc.Arbitrary<Act> = fc.record({
  who: fc.constantFrom(0, 1),
  what: fc.constantFrom('add', 'pen', 'extend', 'move', 'remove', 'undo', 'redo', 'meet'),
  pick: fc.nat(20),
});
function perform(pages: readonly [Page, Page], { who, what, pick }: Act): void {
  const { board, ids } = pages[who];
  if (what === 'meet') return together(...pages);
  const id = ids[pick % Math.max(1, ids.length)] ?? 'nothing';
  if (what !== 'extend') board.begin();
  const acts = {
    add: () => board.add(box),
    pen: () => board.add(pen),
    extend: () => board.extend(id, [pick, pick + 1]),
    move: () => board.change(id, { x: pick, y: -pick }),
    remove: () => board.remove(id),
    undo: () => board.undo(),
    redo: () => board.redo(),
  };
  acts[what]();
}

test('two who draw apart, take back and meet again see the same, in the same order', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const pages = [new Page(), new Page()] as const;
      for (const one of acts) perform(pages, one);
      together(...pages);
      expect(pages[0].board.shapes()).toEqual(pages[1].board.shapes());
      // What is kept along the way is what a page that comes now would read.
      const late = new Page();
      late.hear(pages[0]);
      expect(late.board.shapes()).toEqual(pages[0].board.shapes());
    }),
    { numRuns: 150 },
  );
});

describe('taking back', () => {
  test('takes what I did, a whole line at once, and never what another did', () => {
    const [ana, ben] = [new Page(), new Page()];
    ana.board.begin();
    const line = ana.board.add(pen);
    for (let at = 1; at < 5; at++) ana.board.extend(line, [at, at]);
    ana.hear(ben);
    ben.hear(ana);
    ben.board.begin();
    const theirs = ben.board.add(box);
    ana.hear(ben);
    ana.board.undo();
    expect(ana.ids).toEqual([theirs]);
    expect(ana.board.steps()).toEqual({ undo: false, redo: true });
    ana.board.redo();
    expect(ana.board.shapes().find(({ id }) => id === line)?.points).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });
});

test('what a later release draws is not shown here, and not deleted', () => {
  const page = new Page();
  const map = page.doc.getMap(boardName);
  map.set('strange', new Y.Map([['kind', 'hologram']]));
  map.set('stranger', 7);
  const bad = new Y.Map<unknown>(
    Object.entries({ kind: 'box', x: 'left', y: Number.NaN, ink: 'gold', text: 5 }),
  );
  map.set('bad', bad);
  expect(page.board.shapes()).toEqual([
    { id: 'bad', kind: 'box', ink: 'ink', x: 0, y: 0, w: 0, h: 0, points: [], text: '', z: 0 },
  ]);
  page.board.add(box);
  expect([...map.keys()]).toContain('strange');
});

test('one presses on the uppermost shape, on a line only where it is', () => {
  const shapes: Shape[] = [
    { ...box, id: 'a', z: 1 },
    { ...box, id: 'b', z: 2, kind: 'arrow', x: 0, y: 0, w: 400, h: 400 },
    { ...box, id: 'c', z: 3, kind: 'pen', x: 150, y: 120, points: [0, 0, 60, 0] },
  ];
  expect(shapeAt(shapes, 150, 150)?.id).toBe('b');
  expect(shapeAt(shapes, 180, 121)?.id).toBe('c');
  expect(shapeAt(shapes, 280, 120)?.id).toBe('a');
  expect(shapeAt(shapes, 900, 900)).toBeNull();
  for (const shape of shapes) expect(pathOf(shape)).toMatch(/^M[\d.\s-]+/);
  expect(pathOf({ ...box, id: 'd', z: 1, kind: 'pen', points: [0, 0] })).toBe('M100 100L100 100');
});

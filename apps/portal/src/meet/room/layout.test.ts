import { describe, expect, test } from 'vitest';
import { arrange, columnsFor, perPage } from './layout.ts';

const people = (count: number) => Array.from({ length: count }, (_, at) => `p${at}`);

describe('the order of the tiles', () => {
  test('nobody moves when somebody comes or leaves', () => {
    const order = arrange(['a', 'b', 'c'], ['c', 'a', 'd', 'b'], new Map(), 9);
    expect(order).toEqual(['a', 'b', 'c', 'd']);
    expect(arrange(order, ['a', 'c', 'd'], new Map(), 9)).toEqual(['a', 'c', 'd']);
  });

  test('who speaks comes to the first page in the place of the one who was silent longest', () => {
    const all = people(20);
    const heard = new Map([
      ['p0', 50],
      ['p1', 10],
      ['p2', 40],
      ['p3', 30],
      ['p17', 60],
    ]);
    const order = arrange(all, all, heard, 4);
    expect(order.slice(0, 4)).toEqual(['p0', 'p17', 'p2', 'p3']);
    expect(order[17]).toBe('p1');
    expect(order.toSorted()).toEqual(all.toSorted());
  });

  test('speaking on the first page moves nobody', () => {
    const all = people(6);
    expect(arrange(all, all, new Map([['p2', 9]]), 4)).toEqual(all);
  });
});

describe('the places', () => {
  test('two stand side by side on a wide screen and one above the other on a tall one', () => {
    expect(columnsFor(2, 1400, 700)).toBe(2);
    expect(columnsFor(2, 360, 640)).toBe(1);
    expect(columnsFor(6, 1000, 660)).toBe(3);
    expect(columnsFor(6, 344, 560)).toBe(2);
  });

  test('every count has columns and rows enough, on every screen', () => {
    for (const [width, height] of [
      [320, 480],
      [700, 500],
      [1900, 900],
    ] as const) {
      for (let count = 1; count <= perPage(width); count += 1) {
        const columns = columnsFor(count, width, height);
        expect(columns).toBeGreaterThanOrEqual(1);
        expect(columns).toBeLessThanOrEqual(count);
      }
    }
  });
});

import { expect, test } from 'vitest';
import { fieldOf, laterMoments } from './moments.ts';

test('later is always ahead, and Monday is not said twice on a Sunday', () => {
  for (let day = 1; day <= 14; day += 1) {
    const now = new Date(2026, 10, day, 18, 30);
    const moments = laterMoments(now);
    for (const { at } of moments) expect(at.getTime()).toBeGreaterThan(now.getTime());
    expect(new Set(moments.map(({ at }) => at.getTime())).size).toBe(moments.length);
    const monday = moments.find(({ id }) => id === 'monday');
    expect(monday === undefined).toBe(now.getDay() === 0);
    if (monday) expect(monday.at.getDay()).toBe(1);
  }
});

test('a field shows the moment by the clock of the wall', () => {
  expect(fieldOf(new Date(2026, 10, 25, 9, 5))).toBe('2026-11-25T09:05');
});

import { expect, test } from 'vitest';
import { OneByOne } from './one-by-one.ts';

test('a task waits for the one before, also for one that fails, and each gives its own answer', async () => {
  const turn = new OneByOne();
  const done: string[] = [];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = turn.run(async () => {
    await held;
    done.push('first');
    throw new Error('first fails');
  });
  const second = turn.run(async () => {
    done.push('second');
    return 2;
  });
  await Promise.resolve();
  expect(done).toEqual([]);
  release();
  await expect(first).rejects.toThrow('first fails');
  expect(await second).toBe(2);
  expect(done).toEqual(['first', 'second']);
});

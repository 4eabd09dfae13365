import { setTimeout as pause } from 'node:timers/promises';

const msMaxUsual = 30_000;
const everyMs = 50;

/** Asks until the answer is truthy, and gives it; fails with what was being waited for and the last answer. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T> | T,
  { msMax = msMaxUsual }: { msMax?: number } = {},
): Promise<T> {
  const end = Date.now() + msMax;
  for (;;) {
    let last: unknown;
    try {
      const answer = await ask();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${msMax / 1000} s (last: ${String(last)})`);
    await pause(everyMs);
  }
}

import { Refusal } from '@parvis/contract/refusal';

/** Milliseconds ahead of the first question, and past which none is put again. */
const firstMs = 1_500;
const msMax = 30_000;
/** What a time that is over already is refused with. */
const over = new Set(['time-out-of-range', 'ends-in-past', 'guest-end-date']);

/**
 * Asks for something that happens or ends a moment ahead. A machine that takes longer than the moment to be asked, or
 * for which `ask` resolves to false since it was over before it could be looked at, is asked for a later one.
 * @throws Refusal
 */
export async function soon(ask: (at: string) => Promise<unknown>): Promise<void> {
  for (let ms = firstMs; ; ms *= 2) {
    try {
      if ((await ask(new Date(Date.now() + ms).toISOString())) !== false) return;
    } catch (error) {
      if (!(error instanceof Refusal) || !over.has(error.code) || ms > msMax) throw error;
    }
    if (ms > msMax) throw new Error('too slow for whatever ends in a moment');
  }
}

import { type Asking, loadEach, type Seen } from '@parvis/access/read';
import type { AccessChanges } from '@parvis/server/changes';
import type { Database } from '@parvis/server/database';

/** Questions in one statement. */
const askedMax = 200;
/** A question gathers for so many times as long as the one before it took, and so many milliseconds at most. */
const gatherTimes = 2;
const gatherMsMax = 20;

/** What somebody may do. */
export interface Entered {
  /** The document as they see it; null for strangers. */
  readonly seen: Seen | null;
  /** Whether changes of access could be heard meanwhile. If not, what is said here may be untrue by now. */
  readonly heard: boolean;
  /** When it was asked, in milliseconds of `performance.now()`: all that was committed before is in the answer. */
  readonly askedAt: number;
}

interface Waiting {
  readonly asking: Asking;
  readonly resolve: (entered: Entered) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What each who comes may do. Who comes while a question is under way, or right after one, is asked for in the next one
 * together with all others: fifty at once are three statements or so, not one for each turn of the event loop in which
 * some of them come. Who comes alone never waits.
 */
export class Entering {
  readonly #database: Database;
  readonly #changes: AccessChanges;
  #waiting: Waiting[] = [];
  #busy = false;
  #restUntil = 0;

  constructor(database: Database, changes: AccessChanges) {
    this.#database = database;
    this.#changes = changes;
  }

  /** By a question that begins after this call. */
  load(asking: Asking): Promise<Entered> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ asking, resolve, reject });
      if (!this.#busy) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#busy = true;
    // Who comes in this turn of the event loop is asked for with the first.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const gatherMs = this.#restUntil - performance.now();
      if (gatherMs >= 1) await new Promise((resolve) => setTimeout(resolve, gatherMs));
      const askedAt = performance.now();
      const now = this.#waiting.slice(0, askedMax);
      this.#waiting = this.#waiting.slice(askedMax);
      await this.#ask(now, askedAt);
      const endedAt = performance.now();
      this.#restUntil = endedAt + Math.min(gatherTimes * (endedAt - askedAt), gatherMsMax);
    }
    this.#busy = false;
  }

  async #ask(now: readonly Waiting[], askedAt: number): Promise<void> {
    const asked = now.map(({ asking }) => asking);
    // Beside each other: whoever is let in is known already where changes are told.
    const settled = this.#changes.settled().then(
      () => true,
      () => false,
    );
    try {
      const answers = await loadEach(this.#database.often, asked, 'document');
      const heard = await settled;
      for (const [index, { resolve }] of now.entries())
        resolve({ seen: answers[index] ?? null, heard, askedAt });
    } catch (error) {
      for (const { reject } of now) reject(error);
    }
  }
}

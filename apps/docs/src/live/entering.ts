import { type Asking, loadEach, type Seen } from '@parvis/access/read';
import type { Database } from '@parvis/server/database';

/** Questions in one statement. */
const askedMax = 200;

interface Waiting {
  readonly asking: Asking;
  readonly resolve: (seen: Seen | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What each who comes may do. Who comes while a question is under way is asked for in the next one, together with all
 * others: fifty at once are two statements over one connection, not fifty over as many as there are.
 */
export class Entering {
  readonly #database: Database;
  #waiting: Waiting[] = [];
  #busy = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The document as they see it, by a question that begins after this call; null for strangers. */
  load(asking: Asking): Promise<Seen | null> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ asking, resolve, reject });
      if (!this.#busy) void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    this.#busy = true;
    // Who comes in this turn of the event loop is asked for with the first.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const now = this.#waiting.slice(0, askedMax);
      this.#waiting = this.#waiting.slice(askedMax);
      try {
        const asked = now.map(({ asking }) => asking);
        const answers = await loadEach(this.#database.often, asked, 'document');
        for (const [index, { resolve }] of now.entries()) resolve(answers[index] ?? null);
      } catch (error) {
        for (const { reject } of now) reject(error);
      }
    }
    this.#busy = false;
  }
}

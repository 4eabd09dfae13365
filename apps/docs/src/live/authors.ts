import type { Clocks } from '../log/clocks.ts';
import type { UpdateHeader } from '../log/update-header.ts';

/**
 * Whose each Yjs client is. A client is one page that one person has open: were another to add clocks in its name, what
 * its own page writes next would count as known already, and be lost.
 */
export class Authors {
  readonly #persons = new Map<number, number>();

  /**
   * The first who types as a client is its person, here or in another process: the log tells what was typed. An answer to
   * the server's question does not count, which brings what others wrote as well.
   */
  learn(person: number, { added }: UpdateHeader): void {
    for (const { client } of added) if (!this.#persons.has(client)) this.#persons.set(client, person);
  }

  /** Whether a person may add what is not known yet of these clients. */
  allow(person: number, { added }: UpdateHeader, known: Clocks): boolean {
    return added.every(({ client, to }) => {
      const author = this.#persons.get(client);
      return author === undefined || author === person || to <= (known.get(client) ?? 0);
    });
  }
}

import { type Listening, listenForChanges } from '@parvis/access/changes';
import type { AccessChange } from '@parvis/access/notify';

/** Tells the parts of a service that rights, sessions or people changed, right after the commit that changed them. */
export class AccessChanges {
  readonly #listeners = new Set<(change: AccessChange) => void | Promise<void>>();
  #listening: Listening | undefined;
  #onError: (error: unknown) => void = () => {};

  /** The listener is called once per change, in order; after a lost connection with `{ all: true }`. */
  on(listener: (change: AccessChange) => void | Promise<void>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async start(databaseUrl: string, onError: (error: unknown) => void): Promise<void> {
    this.#onError = onError;
    this.#listening = await listenForChanges(databaseUrl, (change) => this.#tell(change));
  }

  #tell(change: AccessChange): void {
    for (const listener of this.#listeners) {
      Promise.resolve()
        .then(() => listener(change))
        .catch(this.#onError);
    }
  }

  async stop(): Promise<void> {
    await this.#listening?.close();
  }
}

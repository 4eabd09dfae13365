import { type Listening, listenForChanges } from '@parvis/access/changes';
import type { AccessChange } from '@parvis/access/notify';

/** Tells the parts of a service that rights, sessions or people changed, right after the commit that changed them. */
export class AccessChanges {
  readonly #listeners = new Set<(change: AccessChange) => void | Promise<void>>();
  readonly #lossListeners = new Set<() => void>();
  #listening: Listening | undefined;
  #onError: (error: unknown) => void = () => {};
  #asking: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  /**
   * The listener is called once per change, in order and at once: what it does before its first `await` is done before
   * {@link settled} resolves. After a lost connection it is called with `{ all: true }`.
   */
  on(listener: (change: AccessChange) => void | Promise<void>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The listener is called when changes can no longer be heard; `{ all: true }` comes when they can be again. */
  onLost(listener: () => void): void {
    this.#lossListeners.add(listener);
  }

  async start(databaseUrl: string, onError: (error: unknown) => void): Promise<void> {
    this.#onError = onError;
    this.#listening = await listenForChanges(
      databaseUrl,
      (change) => this.#tell(change),
      () => {
        for (const listener of this.#lossListeners) listener();
      },
    );
  }

  #tell(change: AccessChange): void {
    for (const listener of this.#listeners) {
      try {
        Promise.resolve(listener(change)).catch(this.#onError);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  /**
   * Resolves when every change of access that was committed before this call has been heard. Whoever shows what was
   * committed a moment ago asks this first: the removal of a reader, committed before it, may still be on its way. Calls
   * made while one is under way share the next. @throws while changes cannot be heard: then nothing may be shown
   */
  settled(): Promise<void> {
    this.#next ??= this.#askNext();
    return this.#next;
  }

  /** Waits for the question under way, and for whoever else asks in this turn of the loop: a question costs both sides. */
  async #askNext(): Promise<void> {
    await this.#asking?.catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    this.#next = null;
    this.#asking = this.#listening?.settled() ?? Promise.reject(new Error('not started'));
    await this.#asking;
  }

  /**
   * Resolves when what was committed before counts in this process: whoever changed something and asks next is not
   * answered from before it. Away from the database it does not wait: then nothing that was remembered counts for long.
   */
  async counts(): Promise<void> {
    await this.settled().catch(() => undefined);
  }

  async stop(): Promise<void> {
    await this.#listening?.close();
  }
}

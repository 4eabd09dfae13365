import { call } from '@parvis/contract/call';
import { getPerson } from '@parvis/contract/directory';

/** Names of people whom suggestions carry by id only; asked for once each. */
export class Names {
  readonly #known = new Map<string, string>();
  readonly #asked = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  version = (): number => this.#version;

  /** The name, or null while it is not known (yet): whoever is no longer here, or may not be known. */
  of(id: string): string | null {
    if (!this.#asked.has(id)) {
      this.#asked.add(id);
      call(getPerson, { id }).then(
        ({ name }) => this.tell(id, name),
        () => undefined,
      );
    }
    return this.#known.get(id) ?? null;
  }

  tell(id: string, name: string): void {
    if (this.#known.get(id) === name) return;
    this.#asked.add(id);
    this.#known.set(id, name);
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** The names that this page knows. */
export const names = new Names();

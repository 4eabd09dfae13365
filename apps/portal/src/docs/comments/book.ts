import { call } from '@parvis/contract/call';
import { listThreads, seeThreads, type Thread } from '@parvis/contract/doc-comments';
import { pageSizeMax } from '@parvis/contract/limits';
import type { DocumentConnection } from '../connection.ts';

/** A piece of the text that somebody is about to comment on, as the server is told of it. */
export interface Range {
  /** Yjs relative positions in base64. */
  readonly start: string;
  readonly end: string;
  readonly quote: string;
}

export interface Discussion {
  readonly threads: readonly Thread[];
  /** Whether the conversations have arrived at least once. */
  readonly known: boolean;
  /** Comments of others above it are new. */
  readonly seen: number;
  readonly rev: number;
  /** The conversation that is looked at, in the panel and in the text. */
  readonly chosen: string | null;
  /** What is about to be commented on. */
  readonly begun: Range | null;
}

const nothing: Discussion = { threads: [], known: false, seen: 0, rev: 0, chosen: null, begun: null };

/** The conversations about one document on this page: fetched once, then what changed since. */
export class CommentBook {
  readonly #documentId: string;
  readonly #listeners = new Set<() => void>();
  #now: Discussion = nothing;
  #asking: Promise<void> | null = null;
  #again = false;

  constructor(documentId: string, connection: DocumentConnection) {
    this.#documentId = documentId;
    connection.onComments((rev) => {
      if (rev === 0 || rev > this.#now.rev) void this.refresh();
    });
    // Notices that were told while nobody listened are made up for.
    let link = connection.status().link;
    connection.subscribe(() => {
      const next = connection.status().link;
      if (next === 'open' && link !== 'open') void this.refresh();
      link = next;
    });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  now = (): Discussion => this.#now;

  #set(change: Partial<Discussion>): void {
    this.#now = { ...this.#now, ...change };
    for (const listener of this.#listeners) listener();
  }

  choose(chosen: string | null): void {
    if (chosen !== this.#now.chosen) this.#set({ chosen });
  }
  begin(begun: Range | null): void {
    this.#set(begun === null ? { begun } : { begun, chosen: null });
  }
  /** What an answer of the server says about one conversation. */
  take(thread: Thread): void {
    const others = this.#now.threads.filter(({ id }) => id !== thread.id);
    this.#set({ threads: [...others, thread] });
  }
  drop(threadId: string): void {
    this.#set({ threads: this.#now.threads.filter(({ id }) => id !== threadId) });
  }

  /** Asks for what changed; calls made meanwhile ask once more afterwards. Without an answer, the next notice asks. */
  refresh(): Promise<void> {
    this.#again = this.#asking !== null;
    this.#asking ??= this.#ask()
      .catch(() => undefined)
      .finally(() => {
        this.#asking = null;
        if (this.#again) void this.refresh();
      });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    for (let after: number | null = this.#now.rev; after !== null; ) {
      const page: Awaited<ReturnType<typeof ask>> = await ask(this.#documentId, after);
      const threads = new Map(this.#now.threads.map((thread) => [thread.id, thread]));
      for (const thread of page.threads) threads.set(thread.id, thread);
      for (const id of page.gone) threads.delete(id);
      this.#set({ threads: [...threads.values()], rev: page.rev, seen: page.seen, known: true });
      after = page.next;
    }
  }

  /** The person has looked at all that is here; on this page it stays marked as new until the next visit. */
  async see(): Promise<void> {
    if (this.#now.rev > this.#now.seen)
      await call(seeThreads, { id: this.#documentId, rev: this.#now.rev }).catch(() => undefined);
  }
}

const ask = (id: string, after: number) => call(listThreads, { id, after, limit: pageSizeMax });

const books = new WeakMap<DocumentConnection, CommentBook>();

/** The one book of a document on this page. */
export function bookOf(connection: DocumentConnection, documentId: string): CommentBook {
  const held = books.get(connection);
  if (held) return held;
  const made = new CommentBook(documentId, connection);
  books.set(connection, made);
  void made.refresh();
  return made;
}

import type { ChatHearing, ChatSaying } from '@parvis/contract/chat';
import { ChatConnection, type ConnectionState } from './connection.ts';

/** Milliseconds the socket stays open when nobody on the page listens: a change of page is not a new connection. */
const lingerMs = 2_000;

interface Listener {
  /** Hears everything; `ready` comes first, after each connection, and at once when the line is open already. */
  hear(hearing: ChatHearing): void;
  change?(state: ConnectionState): void;
}

/** The one socket of this tab to `/ws/chat`, shared by the open channel and by the dots in the rail. */
class TabLine {
  readonly #listeners = new Set<Listener>();
  readonly #shown = new Map<string, number>();
  #connection: ChatConnection | null = null;
  #state: ConnectionState = 'connecting';
  #ready: Extract<ChatHearing, { t: 'ready' }> | null = null;
  #closing: ReturnType<typeof setTimeout> | undefined;

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    clearTimeout(this.#closing);
    if (this.#connection === null) this.#open();
    listener.change?.(this.#state);
    const ready = this.#ready;
    if (ready !== null) queueMicrotask(() => this.#listeners.has(listener) && listener.hear(ready));
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearTimeout(this.#closing);
      this.#closing = setTimeout(() => this.#close(), lingerMs);
    };
  }

  /** Says something if the line is open; answers whether it was. */
  say(saying: ChatSaying): boolean {
    return this.#connection?.say(saying) ?? false;
  }

  /** A channel's page is open: it follows the channel by itself, from the position that it shows. */
  show(channelId: string): () => void {
    this.#shown.set(channelId, (this.#shown.get(channelId) ?? 0) + 1);
    return () => {
      const left = (this.#shown.get(channelId) ?? 1) - 1;
      if (left > 0) this.#shown.set(channelId, left);
      else this.#shown.delete(channelId);
    };
  }

  isShown(channelId: string): boolean {
    return this.#shown.has(channelId);
  }

  #open(): void {
    this.#state = 'connecting';
    this.#connection = new ChatConnection(
      (hearing) => {
        if (hearing.t === 'ready') this.#ready = hearing;
        for (const listener of [...this.#listeners]) listener.hear(hearing);
      },
      (state) => {
        this.#state = state;
        if (state !== 'open') this.#ready = null;
        for (const listener of [...this.#listeners]) listener.change?.(state);
      },
    );
    this.#connection.start();
  }

  #close(): void {
    this.#connection?.stop();
    this.#connection = null;
    this.#ready = null;
  }
}

export const tabLine = new TabLine();

import { heard } from '@parvis/contract/hearing';
import { type NotifyHearing, notifyHearings, notifyPath, type NotifySaying } from '@parvis/contract/notify';

/** Milliseconds before the first and the longest wait between two attempts to connect. */
const retryMsMin = 500;
const retryMsMax = 15_000;
/** Milliseconds between two pings, and without any word after which the line is taken for dead. */
const pingMs = 20_000;
const deafMs = 45_000;
/** The session ended: coming back would only be refused again. */
const noSession = 4401;

interface Listener {
  /** Hears everything; `ready` comes first, after each connection. */
  hear(hearing: NotifyHearing): void;
}

/** The one socket of this tab to its own inbox and to who is here, opened again by itself after every cut. */
class NotifyLine {
  readonly #listeners = new Set<Listener>();
  #socket: WebSocket | null = null;
  #retryMs = retryMsMin;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #heardAt = 0;
  #ready: Extract<NotifyHearing, { t: 'ready' }> | null = null;
  readonly #wake = () => {
    if (this.#socket === null) this.#connect();
  };

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      window.addEventListener('online', this.#wake);
      this.#connect();
    }
    const ready = this.#ready;
    if (ready !== null) queueMicrotask(() => this.#listeners.has(listener) && listener.hear(ready));
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#close();
    };
  }

  /** Says something if the line is open; answers whether it was. */
  say(saying: NotifySaying): boolean {
    if (this.#ready === null || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(saying));
    return true;
  }

  #connect(): void {
    clearTimeout(this.#retry);
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}${notifyPath}`);
    this.#socket = socket;
    socket.onmessage = (event) => this.#hear(String(event.data));
    socket.onclose = (event) => {
      if (this.#socket !== socket) return;
      this.#lost();
      if (event.code === noSession || this.#listeners.size === 0) return;
      this.#retry = setTimeout(() => this.#connect(), this.#retryMs * (0.5 + Math.random()));
      this.#retryMs = Math.min(retryMsMax, this.#retryMs * 2);
    };
  }

  #hear(text: string): void {
    this.#heardAt = Date.now();
    const hearing = heard<NotifyHearing>(notifyHearings, text);
    if (hearing === null) return;
    if (hearing.t === 'ready') {
      this.#retryMs = retryMsMin;
      this.#ready = hearing;
      clearInterval(this.#beat);
      this.#beat = setInterval(() => this.#ping(), pingMs);
    }
    for (const listener of [...this.#listeners]) listener.hear(hearing);
  }

  #ping(): void {
    if (Date.now() - this.#heardAt > deafMs) this.#socket?.close(4000, 'deaf');
    else this.say({ t: 'ping' });
  }

  #lost(): void {
    clearInterval(this.#beat);
    this.#socket = null;
    this.#ready = null;
  }

  #close(): void {
    window.removeEventListener('online', this.#wake);
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#lost();
    socket?.close(1000);
  }
}

export const notifyLine = new NotifyLine();

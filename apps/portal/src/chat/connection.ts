import { type ChatHearing, chatHearings, type ChatSaying } from '@parvis/contract/chat';
import { heard } from '@parvis/contract/hearing';

/** Milliseconds before the first and the longest wait between two attempts to connect. */
const retryMsMin = 500;
const retryMsMax = 15_000;
/** Milliseconds between two pings; the server closes what stays silent for a minute. */
const pingMs = 20_000;
/** Milliseconds without any word from the server after which the connection is taken for dead. */
const deafMs = 45_000;

export type ConnectionState = 'connecting' | 'open' | 'waiting' | 'ended';

/** One socket to `/ws/chat`, opened again by itself after every cut, with growing and scattered waits. */
export class ChatConnection {
  #socket: WebSocket | null = null;
  #retryMs = retryMsMin;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #heardAt = 0;
  #stopped = false;
  readonly #hear: (hearing: ChatHearing) => void;
  readonly #change: (state: ConnectionState) => void;
  readonly #wake = () => this.#again(0);

  constructor(hear: (hearing: ChatHearing) => void, change: (state: ConnectionState) => void) {
    this.#hear = hear;
    this.#change = change;
  }

  start(): void {
    this.#stopped = false;
    window.addEventListener('online', this.#wake);
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    window.removeEventListener('online', this.#wake);
    this.#clear();
    this.#socket?.close(1000);
    this.#socket = null;
  }

  /** Says something if the connection is open; answers whether it was. */
  say(saying: ChatSaying): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(saying));
    return true;
  }

  #clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }

  #connect(): void {
    this.#change('connecting');
    const socket = new WebSocket(
      `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/chat`,
    );
    this.#socket = socket;
    socket.onmessage = (event) => {
      this.#heardAt = Date.now();
      const hearing = heard<ChatHearing>(chatHearings, String(event.data));
      if (hearing === null) return;
      if (hearing.t === 'ready') {
        this.#retryMs = retryMsMin;
        this.#change('open');
        this.#beat(socket);
      }
      this.#hear(hearing);
    };
    socket.onclose = (event) => {
      if (this.#socket !== socket || this.#stopped) return;
      this.#socket = null;
      this.#clear();
      // 4401: the session ended. Coming back would only be refused again.
      if (event.code === 4401) return this.#change('ended');
      this.#change('waiting');
      this.#again(this.#retryMs * (0.5 + Math.random()));
      this.#retryMs = Math.min(retryMsMax, this.#retryMs * 2);
    };
  }

  #again(ms: number): void {
    if (this.#stopped || this.#socket !== null) return;
    this.#clear();
    this.#timers.push(setTimeout(() => this.#socket === null && !this.#stopped && this.#connect(), ms));
  }

  #beat(socket: WebSocket): void {
    this.#timers.push(
      setTimeout(() => {
        if (socket.readyState !== WebSocket.OPEN) return;
        if (Date.now() - this.#heardAt > deafMs) return socket.close(4000, 'deaf');
        socket.send(JSON.stringify({ t: 'ping' } satisfies ChatSaying));
        this.#beat(socket);
      }, pingMs),
    );
  }
}

import { HttpLine } from './http-line.ts';
import type { Address, Hears, Line } from './line.ts';
import { SocketLine, socketOpens } from './socket-line.ts';

/** Milliseconds before the first and the longest wait between two attempts to connect. */
const retryMsMin = 500;
const retryMsMax = 15_000;
/** Milliseconds between two looks whether sockets get through by now: the first, and the longest. */
const socketAgainMsMin = 20_000;
const socketAgainMsMax = 5 * 60_000;

interface Tells extends Hears {
  /** A line is being made. */
  trying(): void;
}

/** Sockets that say nothing, one after the other, before requests are tried. */
const silentSocketsMax = 2;

/** What this browser has learned of its network: the next document begins where this one ended. */
let silentSockets = 0;

/**
 * The way of a document's messages: a socket, or plain requests after sockets did not get through; then a socket is
 * looked for from time to time.
 */
export class Way {
  readonly #address: Address;
  readonly #tells: Tells;
  #line: Line | null = null;
  #retryMs = retryMsMin;
  #socketAgainMs = socketAgainMsMin;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #probe: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(address: Address, tells: Tells) {
    this.#address = address;
    this.#tells = tells;
    window.addEventListener('online', this.#wake);
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    window.removeEventListener('online', this.#wake);
    clearTimeout(this.#timer);
    clearTimeout(this.#probe);
    this.#line?.close();
    this.#line = null;
  }

  send(message: Uint8Array): void {
    this.#line?.send(message);
  }

  /** Tries again, a little later each time. */
  again(): void {
    this.#connectIn(this.#retryMs * (0.5 + Math.random()));
    this.#retryMs = Math.min(retryMsMax, this.#retryMs * 2);
  }

  readonly #wake = () => {
    if (this.#line === null) this.#connectIn(0);
  };

  #connectIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), ms);
  }

  #connect(): void {
    if (this.#stopped || this.#line !== null) return;
    this.#tells.trying();
    const requests = silentSockets >= silentSocketsMax;
    let heard = false;
    const hears: Hears = {
      open: () => this.#tells.open(),
      message: (bytes) => {
        if (!heard && !requests) silentSockets = 0;
        heard = true;
        this.#retryMs = retryMsMin;
        this.#tells.message(bytes);
      },
      close: (code) => {
        this.#line = null;
        clearTimeout(this.#probe);
        // Not a word came through: the other way is tried next.
        if (!heard && code === 1006) silentSockets = requests ? 0 : silentSockets + 1;
        this.#tells.close(code);
      },
    };
    this.#line = requests ? new HttpLine(this.#address, hears) : new SocketLine(this.#address, hears);
    if (requests) this.#lookForSocket();
  }

  #lookForSocket(): void {
    this.#probe = setTimeout(() => void this.#trySocket(), this.#socketAgainMs);
  }

  async #trySocket(): Promise<void> {
    const line = this.#line;
    const opens = await socketOpens(this.#address);
    if (this.#stopped || this.#line !== line || line === null) return;
    if (!opens) {
      this.#socketAgainMs = Math.min(socketAgainMsMax, this.#socketAgainMs * 2);
      return this.#lookForSocket();
    }
    silentSockets = 0;
    line.close();
    this.#line = null;
    this.#tells.close(1000);
  }
}

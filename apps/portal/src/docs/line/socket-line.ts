import { docsSubprotocol } from '@parvis/contract/docs';
import { type Address, type Hears, type Line, queryOf } from './line.ts';

/** Milliseconds for a socket to open: some proxies swallow the question and never answer. */
const openMsMax = 8_000;

/** A WebSocket to a document. */
export class SocketLine implements Line {
  readonly #socket: WebSocket;
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(address: Address, hears: Hears) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(
      `${scheme}://${location.host}/ws/docs/${address.id}?${queryOf(address)}`,
      docsSubprotocol,
    );
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    const end = (code: number) => {
      if (socket.onclose === null) return;
      this.close();
      hears.close(code);
    };
    this.#timer = setTimeout(() => end(1006), openMsMax);
    socket.onopen = () => {
      clearTimeout(this.#timer);
      hears.open();
    };
    socket.onmessage = (event) => hears.message(new Uint8Array(event.data as ArrayBuffer));
    socket.onclose = (event) => end(event.code);
  }

  send(message: Uint8Array): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(message as Uint8Array<ArrayBuffer>);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#socket.onopen = null;
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    this.#socket.close(1000);
  }
}

/** Whether a socket to a document opens; the answer is no after a while without one. */
export function socketOpens(address: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const probe: Line = new SocketLine(address, {
      open: () => undefined,
      // The server speaks first: a proxy that opens and says nothing does not count.
      message: () => {
        probe.close();
        resolve(true);
      },
      close: () => resolve(false),
    });
  });
}

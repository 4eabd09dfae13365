import { cursorHeader, framesType, syncPath, syncWaitMsMax } from '@parvis/contract/doc-sync';
import { docsClose } from '@parvis/contract/docs';
import { documentUpdateBytesMax } from '@parvis/contract/limits';
import { framed, messagesOf } from './frames.ts';
import { type Address, type Hears, type Line, queryOf } from './line.ts';

/** Milliseconds between two requests that carry something, and between two that ask for news. */
const sendMs = 150;
const askMs = 200;
/** Milliseconds between two questions of a page that nobody sees: it holds no connection open. */
const hiddenMs = 10_000;
/** Milliseconds without an answer after which a request is given up. */
const answerMsMax = syncWaitMsMax + 15_000;

/** Close codes of the socket for what a request is refused with. */
const codes: Record<number, number> = {
  401: 4401,
  403: 4403,
  404: 4404,
  409: docsClose.wrongEpoch,
  413: docsClose.tooLarge,
};

/** Requests in place of a socket, where networks let none through: one that asks for news, and one to send. */
export class HttpLine implements Line {
  readonly #path: string;
  readonly #query: URLSearchParams;
  readonly #hears: Hears;
  readonly #stop = new AbortController();
  #outbox: Uint8Array[] = [];
  #sending = false;
  #cursor: number | null = null;

  constructor(address: Address, hears: Hears) {
    this.#path = syncPath.replace(':id', address.id);
    this.#query = queryOf(address);
    this.#query.set('client', crypto.randomUUID());
    this.#hears = hears;
    // Whoever made this line has it in hand before it speaks.
    queueMicrotask(() => {
      if (this.#stop.signal.aborted) return;
      hears.open();
      void this.#flush().then(() => this.#ask());
    });
  }

  send(message: Uint8Array): void {
    this.#outbox.push(message);
    if (this.#cursor !== null) void this.#flush();
  }

  close(): void {
    this.#stop.abort();
  }

  #end(code: number): void {
    if (this.#stop.signal.aborted) return;
    this.close();
    this.#hears.close(code);
  }

  /** Sends what waits, and what comes meanwhile after it: one request at a time, so that the order stays. */
  async #flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#outbox.length > 0 && !this.#stop.signal.aborted) {
      await this.#request(this.#take(), false);
      await pause(sendMs);
    }
    this.#sending = false;
  }

  /** As many messages as one request may carry. */
  #take(): Uint8Array[] {
    let bytes = 0;
    const count = this.#outbox.findIndex((message, index) => {
      bytes += message.length + 10;
      return index > 0 && bytes > documentUpdateBytesMax;
    });
    return this.#outbox.splice(0, count === -1 ? this.#outbox.length : count);
  }

  async #ask(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const seen = document.visibilityState === 'visible';
      await this.#request([], seen);
      await (seen ? pause(askMs) : untilSeen(hiddenMs));
    }
  }

  async #request(messages: readonly Uint8Array[], wait: boolean): Promise<void> {
    const query = new URLSearchParams(this.#query);
    if (this.#cursor !== null) query.set('after', String(this.#cursor));
    if (wait) query.set('wait', '1');
    try {
      const answer = await fetch(`${this.#path}?${query}`, {
        method: 'POST',
        headers: { 'content-type': framesType },
        body: framed(messages),
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(answerMsMax)]),
      });
      if (!answer.ok) return this.#end(codes[answer.status] ?? 1006);
      const body = new Uint8Array(await answer.arrayBuffer());
      this.#cursor = Math.max(this.#cursor ?? 0, Number(answer.headers.get(cursorHeader)));
      for (const message of messagesOf(body)) {
        if (!this.#stop.signal.aborted) this.#hears.message(message);
      }
    } catch {
      this.#end(1006);
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Until the page is looked at, or a while has passed. */
function untilSeen(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    document.addEventListener('visibilitychange', done);
  });
}

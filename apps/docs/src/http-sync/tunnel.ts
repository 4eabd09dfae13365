import type { Door } from '../live/doors.ts';
import type { Line, Peer } from '../live/peer.ts';
import type { Session } from '../live/session.ts';
import { answersOf, messagesOf, wantsAnswer } from './frames.ts';

/** A connection that is made of requests: it keeps what the next one will be answered with. */
export class Tunnel implements Line {
  #frames: Buffer[] = [];
  #bytes = 0;
  #asked = 0;
  #answered = 0;
  readonly #waiters = new Set<() => void>();
  /** What is kept begins behind this position of the log. */
  #base: number | null = null;
  #usedAt = Date.now();
  #users = 0;
  ended: { readonly code: number; readonly reason: string } | null = null;
  /** Rises when whoever waits has to come back and be asked who they are. */
  #calls = 0;

  get open(): boolean {
    return this.ended === null;
  }
  /** Whether a request is here. */
  get busy(): boolean {
    return this.#users > 0;
  }
  /** Milliseconds since the last request ended; 0 while one is here. */
  get idleMs(): number {
    return this.busy ? 0 : Date.now() - this.#usedAt;
  }

  write(frames: Buffer): number {
    this.#frames.push(frames);
    this.#bytes += frames.length;
    for (const message of messagesOf(frames)) this.#answered += answersOf(message);
    this.#wake();
    return this.#bytes;
  }

  // The next request is the next that is read.
  pause(): void {}
  resume(): void {}
  gather(): void {}
  go(): void {}

  close(code: number, reason: string): void {
    this.ended ??= { code, reason };
    this.#frames = [];
    this.#wake();
  }

  /** Whoever waits is answered now. */
  callBack(): void {
    this.#calls += 1;
    this.#wake();
  }

  #wake(): void {
    for (const waiter of this.#waiters) waiter();
  }

  /** Everything behind `seq` is kept from here on, unless it was before. */
  begin(seq: number): void {
    this.#base ??= seq;
  }

  /** Whether rows of the log are wanted that are not kept here: they were told by another process. */
  lacks(after: number | undefined): boolean {
    return after !== undefined && this.#base !== null && after < this.#base;
  }

  enter(): void {
    this.#users += 1;
  }
  leave(): void {
    this.#users -= 1;
    this.#usedAt = Date.now();
  }

  /** Hands messages to the session; answers how many answers there are once all of these are answered. */
  receive(messages: readonly Buffer[], session: Session): number {
    for (const message of messages) {
      if (wantsAnswer(message)) this.#asked += 1;
      session.receive(message);
    }
    return this.#asked;
  }

  /** Until so many are answered and, if wished, there is something to say; or the time is up. */
  async until(answers: number, news: boolean, peer: Peer, msMax: number, stop: AbortSignal): Promise<void> {
    const deadline = Date.now() + msMax;
    const calls = this.#calls;
    const isTime = () => this.ended !== null || stop.aborted || this.#calls > calls;
    while (!isTime() && Date.now() < deadline) {
      const ready = this.#answered >= answers && (!news || this.#frames.length > 0);
      if (ready && !peer.inDoubt) return;
      await this.#change(deadline - Date.now(), stop, ready ? peer.known() : null);
    }
  }

  #change(msMax: number, stop: AbortSignal, known: Promise<void> | null): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiters.delete(done);
        stop.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, msMax);
      this.#waiters.add(done);
      stop.addEventListener('abort', done);
      void known?.finally(done);
    });
  }

  /** What there is to say now, and how far in the log it reaches. Nothing while the person's right is in doubt. */
  take(door: Door): { frames: Buffer; cursor: number } | null {
    if (door.room === null || door.peer.inDoubt || this.ended !== null) return null;
    const frames = Buffer.concat(this.#frames);
    this.#frames = [];
    this.#bytes = 0;
    this.#base = door.room.seq;
    return { frames, cursor: door.room.seq };
  }
}

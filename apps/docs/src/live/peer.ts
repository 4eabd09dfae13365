import type { Caller } from '@parvis/server/caller';
import type { Sender } from './committer.ts';
import type { Owner } from './presence.ts';
import { refusedFrame, type Right, stateFrame } from './wire.ts';

/** Bytes that may wait for a slow reader before the connection is closed; it can come back and join anew. */
const unsentBytesMax = 8 * 1024 ** 2;

/** What carries whole WebSocket frames to a client, and may be told to read no further for a moment. */
export interface Line {
  readonly open: boolean;
  /** Answers how many bytes wait to be taken by the client. */
  write(frames: Buffer): number;
  pause(): void;
  resume(): void;
  /** What is written between the two may wait for the second, and go at once. */
  gather(): void;
  go(): void;
  /** Ends the connection, with a code and a stable reason. */
  close(code: number, reason: string): void;
}

export interface PeerOptions {
  readonly caller: Caller;
  readonly link: string | undefined;
  /** Whether the client asked for our messages besides those of y-protocols. */
  readonly ours: boolean;
  /** Whether it may write at all: an editor of an older schema must not. */
  readonly writes: boolean;
}

/** One connection to one document. */
export class Peer implements Sender, Owner {
  readonly caller: Caller;
  readonly link: string | undefined;
  readonly ours: boolean;
  readonly writes: boolean;
  readonly #line: Line;
  right: Right = 'read';
  /** When it was asked what it may do, in milliseconds of `performance.now()`. */
  askedAt = 0;
  /** Client id of its presence, once it said one. */
  presenceId: number | null = null;
  #ended = false;
  /** What would have been sent since the person's right came into doubt; null while there is none. */
  #held: Buffer[] | null = null;
  #heldBytes = 0;
  /** Bytes of the whole document that it was answered with, until it has taken them: it may be slow without being stuck. */
  #answerBytes = 0;
  /** Waits, while there is a doubt. */
  #known: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null;

  constructor(line: Line, options: PeerOptions) {
    this.#line = line;
    this.caller = options.caller;
    this.link = options.link;
    this.ours = options.ours;
    this.writes = options.writes;
  }

  get person(): number {
    return this.caller.id;
  }

  get open(): boolean {
    return !this.#ended && this.#line.open;
  }

  /** Writes whole WebSocket frames. */
  send(frames: Buffer): void {
    if (!this.open) return;
    if (this.#held !== null) return this.#keep(this.#held, frames);
    const unsentBytes = this.#line.write(frames);
    if (unsentBytes > unsentBytesMax + this.#answerBytes) this.end(4413, 'slow');
    else if (unsentBytes <= unsentBytesMax) this.#answerBytes = 0;
  }

  /** Writes the whole document, however large: whoever has little bandwidth could never open it otherwise. */
  answer(...parts: Buffer[]): void {
    const bytes = parts.reduce((sum, { length }) => sum + length, 0);
    for (const part of parts) {
      this.#answerBytes = Math.max(this.#answerBytes, bytes);
      this.send(part);
    }
  }

  #keep(held: Buffer[], frames: Buffer): void {
    held.push(frames);
    this.#heldBytes += frames.length;
    if (this.#heldBytes > unsentBytesMax + this.#answerBytes) this.end(4413, 'slow');
  }

  /** The person's right is in doubt: nothing is shown to them until it is known again. */
  hold(): void {
    if (this.#held !== null || this.#ended) return;
    this.#held = [];
    this.#known = Promise.withResolvers();
  }

  get inDoubt(): boolean {
    return this.#held !== null;
  }

  /** Resolves once the right is known again, or the connection has ended. */
  known(): Promise<void> {
    return this.#known?.promise ?? Promise.resolve();
  }

  #becomesKnown(): void {
    this.#known?.resolve();
    this.#known = null;
  }

  /** The right stands: what was held back is sent. */
  release(): void {
    const held = this.#held;
    this.#held = null;
    this.#heldBytes = 0;
    if (held !== null && held.length > 0) this.send(Buffer.concat(held));
    this.#becomesKnown();
  }

  sendOurs(frames: () => Buffer): void {
    if (this.ours) this.send(frames());
  }

  tell(epoch: string): void {
    this.sendOurs(() => stateFrame(epoch, this.right));
  }

  refuse(code: string, updates: 0 | 1): void {
    this.sendOurs(() => refusedFrame(code, updates));
  }

  /** Says why, then closes; nothing is sent after it, and what was held back is not sent at all. */
  end(code: number, reason: string): void {
    if (this.#ended) return;
    this.#held = null;
    if (reason !== 'slow') this.refuse(reason, 0);
    this.#ended = true;
    this.#becomesKnown();
    this.#line.close(code, reason);
  }

  pause(): void {
    this.#line.pause();
  }

  resume(): void {
    this.#line.resume();
  }

  gather(): void {
    this.#line.gather();
  }

  go(): void {
    this.#line.go();
  }
}

import type { ChatHearing } from '@parvis/contract/chat';
import type { Caller } from '@parvis/server/caller';
import type { WebSocket } from 'ws';
import type { Right } from './rights.ts';
import type { Room } from './room.ts';

/** Bytes that may wait for a reader who does not keep up; past it the socket is closed and comes back by cursor. */
const bufferedBytesMax = 1024 * 1024;

/** One channel followed on one socket. */
export interface Followed {
  readonly session: Session;
  readonly room: Room;
  right: Right;
  /** Everything up to here was given to the socket. */
  sent: number;
  /** Gets what comes; until then it is given what it missed. */
  live: boolean;
  filling: boolean;
  left: boolean;
}

/** One socket, and what it follows. */
export class Session {
  readonly followed = new Map<string, Followed>();
  readonly typedAt = new Map<string, number>();
  /** Sends that wait for their commit. */
  sending = 0;
  garbage = 0;
  open = true;
  readonly caller: Caller;
  readonly #socket: WebSocket;
  readonly #slow: () => void;

  /** `slow` closes the socket with the reason `resume`. */
  constructor(socket: WebSocket, caller: Caller, slow: () => void) {
    this.#socket = socket;
    this.caller = caller;
    this.#slow = slow;
  }

  say(hearing: ChatHearing): void {
    this.write(Buffer.from(JSON.stringify(hearing)));
  }

  /** Writes an encoded frame. */
  write(frame: Buffer): void {
    if (!this.open) return;
    if (this.#socket.bufferedAmount > bufferedBytesMax) {
      this.open = false;
      this.#slow();
      return;
    }
    this.#socket.send(frame, { binary: false });
  }
}

import type { Message } from '@parvis/contract/chat';
import type { Followed } from './session.ts';

/** Characters of message text that one frame carries; a longer page is cut into several, in order. */
const frameCharactersMax = 128 * 1024;

/** One channel that somebody in this process follows. */
export class Room {
  readonly id: number;
  readonly uid: string;
  readonly followers = new Set<Followed>();
  /** The highest position known to be committed. */
  known = 0;
  /** Up to here everything was given to those who are live. */
  shown = 0;
  pumping = false;
  /** Entries that this process stored just now, so that they need not be read back. */
  #fresh: Message[] = [];

  constructor(id: number, uid: string) {
    this.id = id;
    this.uid = uid;
  }

  /** Takes note of entries that were committed, in order and without a hole among them. */
  add(messages: readonly Message[]): void {
    this.#fresh.push(...messages);
    this.known = Math.max(this.known, messages.at(-1)?.seq ?? 0);
  }

  hasLive(): boolean {
    for (const one of this.followers) if (one.live) return true;
    return false;
  }

  /** Nobody waits for what is shown: whoever comes is given the rest from the table. */
  skip(): void {
    this.shown = this.known;
    this.#fresh = [];
  }

  /** The entries right after what was shown, if this process has them. */
  takeFresh(): Message[] {
    const after = this.#fresh.filter((message) => message.seq > this.shown);
    let count = 0;
    while (after[count]?.seq === this.shown + 1 + count) count += 1;
    this.#fresh = after.slice(count);
    return after.slice(0, count);
  }

  /** Frames of these entries, each encoded once however many sockets get it. */
  encode(messages: readonly Message[]): Buffer[] {
    const frames: Buffer[] = [];
    let from = 0;
    let characters = 0;
    for (let at = 0; at < messages.length; at += 1) {
      characters += (messages[at] as Message).body.length;
      if (at < messages.length - 1 && characters < frameCharactersMax) continue;
      const part = messages.slice(from, at + 1);
      const lastSeq = Math.max(this.known, (part.at(-1) as Message).seq);
      frames.push(
        Buffer.from(JSON.stringify({ t: 'messages', channelId: this.uid, messages: part, lastSeq })),
      );
      from = at + 1;
      characters = 0;
    }
    return frames;
  }
}

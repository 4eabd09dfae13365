import type { Head, Placed } from '../message/message.log.ts';
import type { Followed } from './session.ts';

/** Characters that one frame carries; a longer page is cut into several, in order. */
const frameCharactersMax = 128 * 1024;

/** An entry as it goes into frames: encoded once, however many sockets get it. `nr` as in the log. */
export interface Line {
  readonly seq: number;
  readonly nr: number;
  readonly json: string;
}

export function lineOf({ nr, entry }: Placed): Line {
  return { seq: entry.seq, nr, json: JSON.stringify(entry) };
}

/** One channel that somebody in this process follows. */
export class Room {
  readonly id: number;
  readonly uid: string;
  readonly followers = new Set<Followed>();
  /** The highest position known to be committed, and the count of messages there. */
  known = 0;
  nr = 0;
  /** Up to here everything was given to those who are live. */
  shown = 0;
  pumping = false;
  /** Entries that this process stored just now, so that they need not be read back. */
  #fresh: Line[] = [];

  constructor(id: number, uid: string) {
    this.id = id;
    this.uid = uid;
  }

  /** The channel is known to be committed up to here. */
  learn({ seq, nr }: Head): void {
    if (seq <= this.known) return;
    this.known = seq;
    this.nr = nr;
  }

  /** Takes note of entries that were committed, in order and without a hole among them. */
  add(lines: readonly Line[]): void {
    this.#fresh.push(...lines);
    const last = lines.at(-1);
    if (last) this.learn(last);
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
  takeFresh(): Line[] {
    const after = this.#fresh.filter((line) => line.seq > this.shown);
    let count = 0;
    while (after[count]?.seq === this.shown + 1 + count) count += 1;
    this.#fresh = after.slice(count);
    return after.slice(0, count);
  }

  /** Frames of these entries, each encoded once however many sockets get it. */
  encode(lines: readonly Line[]): Buffer[] {
    const frames: Buffer[] = [];
    let from = 0;
    let characters = 0;
    for (let at = 0; at < lines.length; at += 1) {
      characters += (lines[at] as Line).json.length;
      if (at < lines.length - 1 && characters < frameCharactersMax) continue;
      const part = lines.slice(from, at + 1);
      const last = part.at(-1) as Line;
      const entries = part.map(({ json }) => json).join(',');
      frames.push(
        Buffer.from(
          `{"t":"entries","channelId":"${this.uid}","entries":[${entries}],"lastSeq":${Math.max(this.known, last.seq)},"nr":${last.nr}}`,
        ),
      );
      from = at + 1;
      characters = 0;
    }
    return frames;
  }
}

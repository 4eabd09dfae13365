import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Fanout } from '@parvis/server/fanout';
import { type PresenceState, readPresence, writePresence } from './presence.ts';

/** What processes tell one another: positions in the log, and presence, which may be lost. */
type Notice =
  | { from: string; here: true; answer?: true }
  | { from: string; rows: [documentId: number, seq: number][] }
  | { from: string; document: number; presence: string }
  | { from: string; document: number; who: true };

export interface Hearing {
  /** The log of a document reaches this far. */
  row(documentId: number, seq: number): void;
  presence(documentId: number, states: readonly PresenceState[]): void;
  /** Another process opened the document and asks who is present. */
  who(documentId: number): void;
  /** Notices were lost: look at the log of everything that is open. */
  lost(): void;
}

const topic = 'docs-live';
/** Milliseconds between two signs of life, and after which a silent process counts as gone. */
const beatMs = 5_000;
const aliveMsMax = 16_000;
/** Rows in one notice, so that it stays under the limit of the fan-out. */
const rowsPerNotice = 150;
/** Bytes of presence in one notice: base64 makes 4 of 3. */
const presencePerNoticeBytesMax = 5_000;

/**
 * Keeps processes that serve the same documents together. While no other process is alive nothing is told: the log
 * is read at intervals anyway, so that a lost notice delays and never loses.
 */
@Injectable()
export class Relay {
  readonly #fanout: Fanout;
  readonly #me = randomUUID();
  readonly #others = new Map<string, number>();
  #rows = new Map<number, number>();
  #telling = false;
  #beat: NodeJS.Timeout | undefined;
  #stop: (() => Promise<void>) | undefined;

  constructor(fanout: Fanout) {
    this.#fanout = fanout;
  }

  async start(hearing: Hearing): Promise<void> {
    this.#stop = await this.#fanout.subscribe(topic, (notice) => {
      if (notice === null) hearing.lost();
      else this.#hear(notice as Notice, hearing);
    });
    this.#publish({ from: this.#me, here: true });
    this.#beat = setInterval(() => this.#publish({ from: this.#me, here: true }), beatMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat);
    await this.#stop?.();
  }

  get #alone(): boolean {
    const oldest = Date.now() - aliveMsMax;
    for (const [id, heardAt] of this.#others) if (heardAt < oldest) this.#others.delete(id);
    return this.#others.size === 0;
  }

  #hear(notice: Notice, hearing: Hearing): void {
    if (notice.from === this.#me) return;
    const known = this.#others.has(notice.from);
    this.#others.set(notice.from, Date.now());
    if (!known) {
      this.#publish({ from: this.#me, here: true });
      hearing.lost();
    }
    if ('rows' in notice) for (const [document, seq] of notice.rows) hearing.row(document, seq);
    if ('presence' in notice) hearing.presence(notice.document, statesOf(notice.presence));
    if ('who' in notice) hearing.who(notice.document);
  }

  #publish(notice: Notice): void {
    // A notice that cannot be told is like one that is lost.
    this.#fanout.publish(topic, notice).catch(() => undefined);
  }

  tellRow(documentId: number, seq: number): void {
    if (this.#alone) return;
    this.#rows.set(documentId, seq);
    if (!this.#telling) void this.#tellRows();
  }

  /** One notice at a time, so that many commits make few notices. */
  async #tellRows(): Promise<void> {
    this.#telling = true;
    while (this.#rows.size > 0) {
      const rows = [...this.#rows].slice(0, rowsPerNotice);
      for (const [id] of rows) this.#rows.delete(id);
      await this.#fanout.publish(topic, { from: this.#me, rows }).catch(() => undefined);
    }
    this.#telling = false;
  }

  tellPresence(documentId: number, states: readonly PresenceState[]): void {
    if (this.#alone) return;
    let part: PresenceState[] = [];
    let bytes = 0;
    const flush = () => {
      if (part.length === 0) return;
      const presence = Buffer.from(writePresence(part)).toString('base64');
      this.#publish({ from: this.#me, document: documentId, presence });
      part = [];
      bytes = 0;
    };
    for (const one of states) {
      const size = Buffer.byteLength(one.state) + 20;
      if (bytes + size > presencePerNoticeBytesMax) flush();
      part.push(one);
      bytes += size;
    }
    flush();
  }

  askWho(documentId: number): void {
    if (!this.#alone) this.#publish({ from: this.#me, document: documentId, who: true });
  }
}

function statesOf(base64: string): PresenceState[] {
  try {
    return readPresence(Buffer.from(base64, 'base64'));
  } catch {
    return [];
  }
}

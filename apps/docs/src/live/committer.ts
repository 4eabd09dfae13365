import { Injectable, Logger } from '@nestjs/common';
import { AccessChanges } from '@parvis/server/changes';
import type { Authored } from '../log/entry.ts';
import { encodeEntry } from '../log/entry.ts';
import { type Addition, UpdateLog } from '../log/log.ts';

/** Who sent an update and waits to hear that it is on disk. */
export interface Sender {
  readonly person: number;
}

/** One update under way; without bytes it only waits for what was before it. */
export interface Entry {
  readonly sender: Sender;
  readonly update: Uint8Array | null;
  /** Whether the sender typed it, rather than answered with it. */
  readonly typed: boolean;
}

/** A document that takes part in commits. */
export interface Committing {
  readonly documentId: number;
  readonly epoch: string;
  /** All entries are on disk: in the row `seq`, or without a row when none had bytes. */
  committed(entries: readonly Entry[], seq: number | null): void;
  /** None of them is; the document is gone, its text was replaced, or the database is out of reach for too long. */
  failed(entries: readonly Entry[], why: 'gone' | 'replaced' | 'unavailable'): void;
}

/** Bytes that may wait for the disk in one process before further ones are refused. */
export const waitingBytesMax = 64 * 1024 ** 2;
/** A commit gathers for so many times as long as the one before it took, and so many milliseconds at most. */
const gatherTimes = 2;
const gatherMsMax = 20;
/** Updates a second from which on each commit gathers that long, and milliseconds over which they are counted. */
const busyPerSecond = 300;
const countedMs = 200;
/** Milliseconds between attempts, and in all before giving up: clients keep their text and send it again. */
const retryMsMin = 50;
const retryMsMax = 1_000;
const giveUpMs = 20_000;

/**
 * Group commit. While one commit is under way the next batch collects: a row per document with all its updates.
 * Nobody hears of an update, neither its author nor the others, before its commit has returned.
 */
@Injectable()
export class Committer {
  readonly #log: UpdateLog;
  readonly #changes: AccessChanges;
  readonly #logger = new Logger('docs');
  #waiting = new Map<Committing, Entry[]>();
  #waitingBytes = 0;
  #running: Promise<void> | null = null;
  /**
   * Each commit costs a write per receiver, so that many updates should share one. The next gathers in
   * proportion to what the last one took with its deliveries: that grows with the load, and who types alone never waits.
   */
  #restUntil = 0;
  /** Updates a second, of late. */
  #perSecond = 0;
  #countedAt = 0;

  constructor(log: UpdateLog, changes: AccessChanges) {
    this.#log = log;
    this.#changes = changes;
  }

  /** False when too much waits already. */
  add(document: Committing, entry: Entry): boolean {
    const bytes = entry.update?.length ?? 0;
    if (bytes > 0 && this.#waitingBytes + bytes > waitingBytesMax) return false;
    this.#waitingBytes += bytes;
    const entries = this.#waiting.get(document);
    if (entries) entries.push(entry);
    else this.#waiting.set(document, [entry]);
    this.#running ??= this.#run();
    return true;
  }

  /** Resolves once nothing waits any more. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // What arrives in this turn of the event loop goes into the first commit.
    await new Promise(setImmediate);
    while (this.#waiting.size > 0) {
      const gatherMs = this.#restUntil - performance.now();
      if (gatherMs >= 1) await new Promise((resolve) => setTimeout(resolve, gatherMs));
      const begunAt = performance.now();
      const batch = this.#waiting;
      this.#waiting = new Map();
      this.#count(batch, begunAt);
      await this.#commit(batch);
      const endedAt = performance.now();
      const calmMs = Math.min(gatherTimes * (endedAt - begunAt), gatherMsMax);
      this.#restUntil = endedAt + (this.#perSecond > busyPerSecond ? gatherMsMax : calmMs);
    }
    this.#running = null;
  }

  #count(batch: Map<Committing, Entry[]>, now: number): void {
    const elapsedMs = Math.max(now - this.#countedAt, 1);
    this.#countedAt = now;
    let updates = 0;
    for (const entries of batch.values()) updates += entries.length;
    const weight = 1 - Math.exp(-elapsedMs / countedMs);
    this.#perSecond += ((updates * 1_000) / elapsedMs - this.#perSecond) * weight;
  }

  async #commit(batch: Map<Committing, Entry[]>): Promise<void> {
    const additions: Addition[] = [];
    let bytes = 0;
    for (const [document, entries] of batch) {
      const addition = additionOf(document, entries);
      if (addition === null) continue;
      additions.push(addition);
      for (const { update } of entries) bytes += update?.length ?? 0;
    }
    const seqs = await this.#append(additions);
    // A removal that was committed before is heard before anything is shown. While changes cannot be heard, everybody
    // is in doubt and is shown nothing anyway.
    await this.#changes.settled().catch(() => undefined);
    this.#waitingBytes -= bytes;
    const written = new Set(additions.map(({ documentId }) => documentId));
    for (const [document, entries] of batch) {
      const seq = seqs?.get(document.documentId);
      if (typeof seq === 'number') document.committed(entries, seq);
      else if (!written.has(document.documentId)) document.committed(entries, null);
      else if (seqs === null) document.failed(entries, 'unavailable');
      else document.failed(entries, seq === null ? 'replaced' : 'gone');
    }
  }

  /**
   * Null when the database could not be reached for too long. A commit whose answer was lost is done again: Yjs takes
   * the same update twice without harm.
   */
  async #append(additions: readonly Addition[]): Promise<Map<number, number | null> | null> {
    if (additions.length === 0) return new Map();
    const until = Date.now() + giveUpMs;
    for (let wait = retryMsMin; ; wait = Math.min(wait * 2, retryMsMax)) {
      try {
        return await this.#log.append(additions);
      } catch (error) {
        this.#logger.error(`a commit failed: ${String(error)}`);
        if (Date.now() + wait > until) return null;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

function additionOf({ documentId, epoch }: Committing, entries: readonly Entry[]): Addition | null {
  const updates: Authored[] = [];
  for (const { sender, update, typed } of entries)
    if (update) updates.push({ person: sender.person, update, typed });
  const [first] = updates;
  if (first === undefined) return null;
  const person = updates.every((one) => one.person === first.person) ? first.person : 0;
  return { documentId, epoch, person, payload: encodeEntry(updates) };
}

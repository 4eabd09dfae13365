import { type Stored, updatesAfter } from '../log/log.ts';
import { DeletedRanges } from '../log/clocks.ts';
import { readUpdateHeader } from '../log/update-header.ts';
import * as Y from 'yjs';
import { emptyUpdate, step2Frame, updateFrame } from './wire.ts';

/** Milliseconds that one reading of a document serves all who join: a storm of joiners shares it. */
export const joinMsMax = 2_000;
/** Bytes up to which snapshot and tail are merged into one answer; larger ones follow one another. */
const mergedBytesMax = 64 * 1024;

/**
 * What a newcomer gets: the document as it was read, and what was committed since. The sync step 2, upon which
 * clients call themselves synced, comes last, so that nothing is missing then.
 */
export class Join {
  readonly seq: number;
  /** Milliseconds of `performance.now()`: all of it was committed before. */
  readonly madeAt = performance.now();
  readonly #frames: Buffer;
  #updates: Buffer | null = null;
  readonly #stored: Stored;
  #deleted: DeletedRanges | null = null;

  constructor(stored: Stored) {
    this.seq = stored.seq;
    this.#stored = stored;
    this.#frames = framesOf(stored);
  }

  get fresh(): boolean {
    return performance.now() - this.madeAt < joinMsMax;
  }

  frames(): Buffer {
    return this.#frames;
  }

  /** The same without a step 2, which must come last: for those to whom more is to be said. */
  updates(): Buffer {
    this.#updates ??= Buffer.concat(allOf(this.#stored).map(updateFrame));
    return this.#updates;
  }

  /** Whether these deletions are on disk. */
  covers(deleted: readonly { client: number; clock: number; length: number }[]): boolean {
    this.#deleted ??= deletedOf(this.#stored);
    return this.#deleted.cover(deleted);
  }
}

/** One reading of the document, and the frames sent since it began, for those who are admitted later. */
export interface Reading {
  readonly read: Promise<Join>;
  readonly since: { seq: number; frames: Buffer }[];
}
export interface Joined {
  readonly join: Join;
  readonly since: Reading['since'];
}

function allOf(stored: Stored): Uint8Array[] {
  const tail = updatesAfter(stored);
  return stored.snapshot ? [stored.snapshot.bytes, ...tail] : tail;
}

function framesOf(stored: Stored): Buffer {
  const tail = updatesAfter(stored);
  const snapshot = stored.snapshot?.bytes;
  const tailBytes = tail.reduce((sum, update) => sum + update.length, 0);
  if (snapshot && snapshot.length + tailBytes > mergedBytesMax) {
    return Buffer.concat([updateFrame(snapshot), ...answerOf(tail, tailBytes)]);
  }
  return Buffer.concat(answerOf(snapshot ? [snapshot, ...tail] : tail, tailBytes));
}

function answerOf(updates: readonly Uint8Array[], bytes: number): Buffer[] {
  const [only] = updates;
  if (only === undefined) return [step2Frame(emptyUpdate)];
  if (updates.length === 1) return [step2Frame(only)];
  if (bytes > mergedBytesMax) return [...updates.map(updateFrame), step2Frame(emptyUpdate)];
  return [step2Frame(Y.mergeUpdates(updates as Uint8Array[]))];
}

function deletedOf(stored: Stored): DeletedRanges {
  const ranges = new DeletedRanges();
  if (stored.snapshot) ranges.add(readUpdateHeader(stored.snapshot.bytes).deleted);
  for (const update of updatesAfter(stored)) ranges.add(readUpdateHeader(update).deleted);
  return ranges;
}

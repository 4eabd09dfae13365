import type { Readable } from 'node:stream';

/** Where an upload stands. `offset` bytes are durable; the rest is the store's own, as JSON, and kept by the caller. */
export interface Progress {
  readonly offset: number;
  readonly sizeBytes: number;
  readonly [detail: string]: unknown;
}

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export type Source = AsyncIterable<Uint8Array>;
/** Keeps progress durably; the store goes on only once it resolves. */
export type Save = (progress: Progress) => Promise<void>;

/**
 * Bytes under keys. A key is a UUID that is used once, or the SHA-256 of the bytes: nothing is ever overwritten by
 * something else, and nothing is to be read before `finish`. One upload per key at a time is the caller's to ensure.
 */
export interface BlobStore {
  /** Prepares a key for exactly `sizeBytes`. @throws StoreFull */
  begin(key: string, sizeBytes: number): Promise<Progress>;
  /**
   * Takes bytes from `progress.offset` on, streaming, and tells `save` each time more of them are durable. A source
   * that fails costs nothing of what arrived: that is made durable and saved before the error is passed on.
   * @throws RangeError when the source holds more than was announced, StoreFull, BlobGone, the source's error
   */
  write(key: string, progress: Progress, source: Source, save: Save): Promise<Progress>;
  /** What of `progress` is truly there, after a crash of either side. @throws BlobGone when nothing is */
  resume(key: string, progress: Progress): Promise<Progress>;
  /** Makes a complete upload readable. Twice is once. @throws BlobGone, RangeError when bytes are missing */
  finish(key: string, progress: Progress): Promise<void>;
  /** Gives up an upload and everything it left. Twice is once. */
  abort(key: string, progress: Progress): Promise<void>;
  /**
   * Keeps a small blob that is whole already, durably when it resolves. Twice, and at once by several, is once.
   * @throws StoreFull
   */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** @throws BlobGone */
  open(key: string, range?: ByteRange): Promise<Readable>;
  /** Bytes of a finished blob, or null. */
  size(key: string): Promise<number | null>;
  /** Removes a finished blob. Twice is once. */
  remove(key: string): Promise<void>;
}

/** There is no such blob, or no such upload. */
export class BlobGone extends Error {
  constructor(key: string) {
    super(`there is no blob ${key}`);
    this.name = 'BlobGone';
  }
}

/** The disk or the bucket takes no more. */
export class StoreFull extends Error {
  constructor() {
    super('the store is full');
    this.name = 'StoreFull';
  }
}

const keyShape = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64})$/;

/** Refuses what is no key before it becomes part of a path or a request. @throws TypeError */
export function checkKey(key: string): void {
  if (!keyShape.test(key)) throw new TypeError('a key of the store is a UUID or a SHA-256');
}

/** @throws RangeError when fewer bytes are there than were announced */
export function checkComplete(progress: Progress): void {
  if (progress.offset !== progress.sizeBytes)
    throw new RangeError(`${progress.offset} of ${progress.sizeBytes} bytes are there`);
}

/** @throws RangeError when `more` bytes would exceed what was announced */
export function checkRoom(progress: Progress, offset: number, more: number): void {
  if (offset + more > progress.sizeBytes)
    throw new RangeError(`more bytes came than the ${progress.sizeBytes} that were announced`);
}

/** A number of rows, and of bytes in them. */
export interface Extent {
  readonly entries: number;
  readonly bytes: number;
}

/** The rows of a document that its snapshot does not hold yet: what a reader reads besides it. */
export class Tail {
  #entries = 0;
  #bytes = 0;
  #snapshotBytes: number;
  /** When a snapshot was made last, here; milliseconds. */
  #madeAt = 0;

  constructor(snapshotBytes: number) {
    this.#snapshotBytes = snapshotBytes;
  }

  grow(bytes: number): void {
    this.#entries += 1;
    this.#bytes += bytes;
  }

  /** A snapshot was made that leaves so many rows. */
  shrink(entries: number, snapshotBytes: number): void {
    this.#bytes = this.#entries === 0 ? 0 : (this.#bytes * entries) / Math.max(this.#entries, entries);
    this.#entries = entries;
    this.#snapshotBytes = snapshotBytes;
    this.#madeAt = Date.now();
  }

  exceeds({ entries, bytes }: Extent): boolean {
    return this.#entries > entries || this.#bytes > bytes;
  }

  /** Bytes of the rows for each byte of the snapshot. */
  get part(): number {
    return this.#snapshotBytes === 0 ? Infinity : this.#bytes / this.#snapshotBytes;
  }

  get msSinceSnapshot(): number {
    return Date.now() - this.#madeAt;
  }
}

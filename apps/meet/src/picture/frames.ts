import { type FileHandle, open, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { recordHeadBytes, recordKinds } from './page/orders.ts';

/** Bytes that are read at once. */
const readBytes = 1024 ** 2;

/** One picture in a file of them. */
export interface Frame {
  readonly key: boolean;
  /** Unix ms. */
  readonly at: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

interface Head {
  readonly kind: number;
  readonly at: number;
  readonly sizeBytes: number;
}

function headAt(bytes: Buffer, at: number): Head {
  return {
    sizeBytes: bytes.readUInt32LE(at),
    kind: bytes.readUInt8(at + 4),
    at: bytes.readDoubleLE(at + 5),
  };
}

/**
 * Pictures in the order in which they were drawn, appended and on the disk before `put` resolves: a file that ends
 * anywhere is whole up to its last whole record.
 */
export class FrameFile {
  readonly #file: FileHandle;
  readonly #folder: string;
  readonly #reserveBytes: number;
  #last = 0;
  /** Of everything that was brought, also of what came after the end. */
  #reached = 0;
  #needsKey = true;

  private constructor(file: FileHandle, folder: string, reserveBytes: number) {
    this.#file = file;
    this.#folder = folder;
    this.#reserveBytes = reserveBytes;
  }

  static async open(path: string, reserveBytes: number): Promise<FrameFile> {
    return new FrameFile(await open(path, 'a', 0o600), dirname(path), reserveBytes);
  }

  /** What comes next is by another encoder: it begins with a picture that stands alone. */
  anew(): void {
    this.#needsKey = true;
  }

  /**
   * Keeps records as a page brings them; those after `until` (Unix ms), and those out of order, are none.
   * @throws RangeError for what are no records, Error when the disk has no more to give than it must keep free
   */
  async put(records: Buffer, until: number | null): Promise<void> {
    const kept: Buffer[] = [];
    for (let at = 0; at < records.length; ) {
      if (at + recordHeadBytes > records.length) throw new RangeError('a torn record');
      const { kind, at: moment, sizeBytes } = headAt(records, at);
      const end = at + recordHeadBytes + sizeBytes;
      if (end > records.length || !Number.isFinite(moment)) throw new RangeError('a torn record');
      if (kind !== recordKinds.key && kind !== recordKinds.delta) throw new RangeError('an unknown record');
      const key = kind === recordKinds.key;
      this.#reached = Math.max(this.#reached, moment);
      if ((key || !this.#needsKey) && moment > this.#last && (until === null || moment <= until)) {
        kept.push(records.subarray(at, end));
        this.#last = moment;
        this.#needsKey = false;
      }
      at = end;
    }
    if (kept.length === 0) return;
    const { bavail, bsize } = await statfs(this.#folder);
    if (bavail * bsize < this.#reserveBytes) throw new Error('disk full');
    await this.#file.appendFile(Buffer.concat(kept));
    await this.#file.datasync();
  }

  /**
   * Ends it in good order at that moment (Unix ms), or where the page was that had to draw until then and did not:
   * what is not ended was cut off. The last picture lasts until the page has drawn another, however slow it was.
   */
  async end(until: number): Promise<void> {
    const head = Buffer.alloc(recordHeadBytes);
    head.writeUInt8(recordKinds.end, 4);
    head.writeDoubleLE(Math.min(until, this.#reached), 5);
    await this.#file.appendFile(head);
    await this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** The pictures of a file up to its last whole record, and where it ended (Unix ms); null when it was cut off. */
export async function framesOf(path: string): Promise<{ frames: Frame[]; endedAt: number | null }> {
  const file = await open(path, 'r').catch(() => null);
  const frames: Frame[] = [];
  let endedAt: number | null = null;
  if (file === null) return { frames, endedAt };
  try {
    const { size } = await file.stat();
    const window = Buffer.alloc(Math.min(size, readBytes));
    let from = 0;
    let held = 0;
    for (let at = 0; at + recordHeadBytes <= size; ) {
      if (at < from || at + recordHeadBytes > from + held) {
        from = at;
        held = (await file.read(window, 0, window.length, at)).bytesRead;
        if (held < recordHeadBytes) break;
      }
      const { kind, at: moment, sizeBytes } = headAt(window, at - from);
      const offset = at + recordHeadBytes;
      if (offset + sizeBytes > size) break;
      if (kind === recordKinds.end) endedAt = moment;
      else frames.push({ key: kind === recordKinds.key, at: moment, offset, sizeBytes });
      at = offset + sizeBytes;
    }
  } finally {
    await file.close();
  }
  return { frames, endedAt };
}

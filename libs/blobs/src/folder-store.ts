import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  BlobGone,
  type BlobStore,
  type ByteRange,
  checkComplete,
  checkKey,
  checkRoom,
  type Progress,
  type Save,
  type Source,
  StoreFull,
} from './blob-store.ts';

/** Bytes written between two times that they are made durable and reported. */
const durableEveryBytes = 8 * 1024 ** 2;

function codeOf(error: unknown): unknown {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

function ours(error: unknown, key: string): unknown {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StoreFull();
  return code === 'ENOENT' ? new BlobGone(key) : error;
}

/** A name in a folder is durable only once the folder is. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Blobs as files of this machine: `incoming/<key>` while they arrive, `blobs/<first two of the key>/<key>` after. */
export class FolderStore implements BlobStore {
  readonly #folder: string;
  readonly #reserveBytes: number;

  /** @param reserveBytes that uploads leave free on the disk */
  constructor(folder: string, options: { reserveBytes?: number } = {}) {
    this.#folder = folder;
    this.#reserveBytes = options.reserveBytes ?? 0;
  }

  #incoming(key: string): string {
    checkKey(key);
    return join(this.#folder, 'incoming', key);
  }

  #blob(key: string): string {
    checkKey(key);
    return join(this.#folder, 'blobs', key.slice(0, 2), key);
  }

  async begin(key: string, sizeBytes: number): Promise<Progress> {
    const path = this.#incoming(key);
    await this.#makeRoom(dirname(path), sizeBytes);
    try {
      await (await open(path, 'wx', 0o600)).close();
      await syncFolder(dirname(path));
    } catch (error) {
      throw ours(error, key);
    }
    return { offset: 0, sizeBytes };
  }

  /** @throws StoreFull */
  async #makeRoom(folder: string, bytes: number): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const disk = await statfs(folder);
    if (disk.bavail * disk.bsize - bytes < this.#reserveBytes) throw new StoreFull();
  }

  async write(key: string, progress: Progress, source: Source, save: Save): Promise<Progress> {
    const path = this.#incoming(key);
    const file = await open(path, 'r+').catch((error: unknown) => {
      throw ours(error, key);
    });
    let { offset } = progress;
    let durable = offset;
    const keep = async () => {
      if (offset === durable) return;
      await file.datasync();
      durable = offset;
      await save({ ...progress, offset });
    };
    try {
      // What lies beyond the reported offset was written before a crash and never promised.
      await file.truncate(offset);
      try {
        for await (const chunk of source) {
          checkRoom(progress, offset, chunk.byteLength);
          await writeWhole(file, chunk, offset);
          offset += chunk.byteLength;
          if (offset - durable >= durableEveryBytes) await keep();
        }
      } finally {
        await keep();
      }
    } catch (error) {
      throw ours(error, key);
    } finally {
      await file.close();
    }
    return { ...progress, offset };
  }

  async resume(key: string, progress: Progress): Promise<Progress> {
    const there = await stat(this.#incoming(key)).catch(() => null);
    if (there) return { ...progress, offset: Math.min(progress.offset, there.size) };
    if ((await this.size(key)) !== progress.sizeBytes) throw new BlobGone(key);
    return { ...progress, offset: progress.sizeBytes };
  }

  async finish(key: string, progress: Progress): Promise<void> {
    checkComplete(progress);
    const [from, to] = [this.#incoming(key), this.#blob(key)];
    const there = await stat(from).catch(() => null);
    if (there && there.size !== progress.sizeBytes) checkComplete({ ...progress, offset: there.size });
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    try {
      await rename(from, to);
    } catch (error) {
      if (codeOf(error) === 'ENOENT' && (await this.size(key)) === progress.sizeBytes) return;
      throw ours(error, key);
    }
    await syncFolder(dirname(to));
    await syncFolder(dirname(dirname(to)));
    await syncFolder(dirname(from));
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    // Several may put the same at once: each writes a file of its own.
    const [from, to] = [this.#incoming(randomUUID()), this.#blob(key)];
    await this.#makeRoom(dirname(from), bytes.byteLength);
    try {
      await writeFile(from, bytes, { flag: 'wx', mode: 0o600, flush: true });
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      await rename(from, to);
    } catch (error) {
      await rm(from, { force: true });
      throw ours(error, key);
    }
    await syncFolder(dirname(to));
    await syncFolder(dirname(dirname(to)));
  }

  async abort(key: string): Promise<void> {
    await rm(this.#incoming(key), { force: true });
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const file = await open(this.#blob(key), 'r').catch((error: unknown) => {
      throw ours(error, key);
    });
    return file.createReadStream({ ...range, highWaterMark: 256 * 1024 });
  }

  async size(key: string): Promise<number | null> {
    const there = await stat(this.#blob(key)).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    });
    return there?.size ?? null;
  }

  async remove(key: string): Promise<void> {
    await rm(this.#blob(key), { force: true });
  }
}

async function writeWhole(
  file: Awaited<ReturnType<typeof open>>,
  bytes: Uint8Array,
  at: number,
): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done, at + done);
    done += bytesWritten;
  }
}

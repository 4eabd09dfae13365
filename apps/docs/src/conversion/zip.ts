import { unzipBytesMax, unzipListSizeMax } from '@parvis/contract/limits';
import yauzl from 'yauzl';
import { ZipFile } from 'yazl';
import { BadFile } from './paper.ts';

/** A part of an archive, by its path. */
export interface Part {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Kept as it is: what is compressed already, and what a format wants to be read without unpacking. */
  readonly stored?: boolean;
}

/** Times that one part may grow. */
const unzipRatioMax = 200;
/** Bytes below which how well a part was packed says nothing. */
const ratioFromBytes = 1024 * 1024;
const encryptedFlag = 1;

/**
 * Unpacks the parts of an archive that are wanted. Sizes are counted as they come and not as the archive says them.
 * @throws BadFile `file-damaged`, `file-encrypted`, `file-bomb` when more comes out than {@link unzipBytesMax}
 */
export async function unzip(
  bytes: Uint8Array,
  wanted: (path: string) => boolean,
): Promise<Map<string, Uint8Array>> {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw new BadFile('file-encrypted');
  const archive = await opened(bytes);
  const parts = new Map<string, Uint8Array>();
  let total = 0;
  let entries = 0;
  for (;;) {
    const entry = await next(archive);
    if (entry === null) return parts;
    entries += 1;
    if (entries > unzipListSizeMax) throw new BadFile('file-bomb');
    if ((entry.generalPurposeBitFlag & encryptedFlag) !== 0) throw new BadFile('file-encrypted');
    if (entry.fileName.endsWith('/') || !wanted(entry.fileName)) continue;
    const part = await unpacked(archive, entry, unzipBytesMax - total);
    total += part.byteLength;
    parts.set(entry.fileName, part);
  }
}

function opened(bytes: Uint8Array): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    // Paths that lead out of the archive, and absolute ones, are errors of the reader's own.
    yauzl.fromBuffer(Buffer.from(bytes), { lazyEntries: true, strictFileNames: true }, (error, archive) => {
      if (error) reject(new BadFile('file-damaged'));
      else resolve(archive);
    });
  });
}

function next(archive: yauzl.ZipFile): Promise<yauzl.Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      archive.removeAllListeners();
      act();
    };
    archive.on('entry', (entry: yauzl.Entry) => settle(() => resolve(entry)));
    archive.on('end', () => settle(() => resolve(null)));
    archive.on('error', () => settle(() => reject(new BadFile('file-damaged'))));
    archive.readEntry();
  });
}

function unpacked(archive: yauzl.ZipFile, entry: yauzl.Entry, bytesMax: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    archive.openReadStream(entry, (error, stream) => {
      if (error) {
        reject(new BadFile('file-damaged'));
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.byteLength;
        const bomb =
          size > bytesMax || (size > ratioFromBytes && size > entry.compressedSize * unzipRatioMax);
        if (!bomb) return;
        stream.destroy();
        reject(new BadFile('file-bomb'));
      });
      stream.on('error', () => reject(new BadFile('file-damaged')));
      stream.on('end', () => resolve(Buffer.concat(chunks)));
    });
  });
}

/** Packs parts in their order. */
export function zip(parts: readonly Part[]): Promise<Uint8Array> {
  const archive = new ZipFile();
  // Always the same time, so that the same document gives the same bytes.
  const mtime = new Date(Date.UTC(2000, 0, 1, 12));
  for (const { path, bytes, stored } of parts)
    archive.addBuffer(Buffer.from(bytes), path, {
      mtime,
      compress: stored !== true,
      forceDosTimestamp: true,
    });
  archive.end();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    archive.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk));
    archive.outputStream.on('error', reject);
    archive.outputStream.on('end', () => resolve(Buffer.concat(chunks)));
  });
}

import { createHash, randomUUID } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import { Client } from 'minio';
import { z } from 'zod';
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
import { PartBuffer } from './part-buffer.ts';

/** Bytes of one part, of small and of large files: S3 takes parts of 5 MiB and more, and at most 10,000 of them. */
export const partBytesSmall = 8 * 1024 ** 2;
export const partBytesLarge = 16 * 1024 ** 2;
const partsMax = 10_000;
/** Bytes up to which a blob goes in one request. */
const wholeBytesMax = 32 * 1024 ** 2;
/** Milliseconds one request may take; the longest carries one part. */
const answerMsMax = 120_000;

export interface S3Options {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly bucket: string;
  readonly region?: string | undefined;
}

const Part = z.object({ part: z.int(), etag: z.string(), bytes: z.int() });
const S3Progress = z.object({
  offset: z.int(),
  sizeBytes: z.int(),
  uploadId: z.string(),
  partBytes: z.int(),
  parts: z.array(Part),
  /** Bytes after the last part that do not fill one lie in one of two small objects, written in turns. */
  tails: z.tuple([z.string(), z.string()]),
  tail: z.object({ slot: z.union([z.literal(0), z.literal(1)]), bytes: z.int() }).nullable(),
});
type S3Progress = z.infer<typeof S3Progress>;

/** The client with its list of parts, which it needs itself and keeps from others. */
class PartsClient extends Client {
  partsOf(bucket: string, key: string, uploadId: string) {
    return this.listParts(bucket, key, uploadId);
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}
const missingCodes = new Set(['NoSuchKey', 'NotFound', 'NoSuchUpload', 'InvalidPart']);
const fullCodes = new Set([
  'XMinioStorageFull',
  'InsufficientCapacity',
  'QuotaExceeded',
  'XMinioAdminBucketQuotaExceeded',
]);

/** Gives up a request that gets no answer: the client itself would wait for ever. */
async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(Object.assign(new Error('the object store does not answer'), { code: 'ETIMEDOUT' })),
      answerMsMax,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    throw fullCodes.has(codeOf(error)) ? new StoreFull() : error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Blobs in a bucket. Each upload is a multipart upload of ours on a fresh key, cut into equal parts; the client's own
 * `putObject(stream)` waits for ever when its source dies and takes a short stream for a whole one.
 */
export class S3Store implements BlobStore {
  readonly #client: PartsClient;
  readonly #bucket: string;

  constructor(options: S3Options) {
    const { hostname, port, protocol } = new URL(options.endpoint);
    const secure = protocol === 'https:';
    this.#bucket = options.bucket;
    this.#client = new PartsClient({
      endPoint: hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      useSSL: secure,
      accessKey: options.accessKey,
      secretKey: options.secretKey,
      ...(options.region ? { region: options.region } : {}),
      transportAgent: secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true }),
    });
  }

  async begin(key: string, sizeBytes: number): Promise<Progress> {
    checkKey(key);
    const headers = { 'content-type': 'application/octet-stream' };
    const uploadId = await within(this.#client.initiateNewMultipartUpload(this.#bucket, key, headers));
    const partBytes = sizeBytes > partBytesSmall * (partsMax - 1) ? partBytesLarge : partBytesSmall;
    const tails: [string, string] = [randomUUID(), randomUUID()];
    return { offset: 0, sizeBytes, uploadId, partBytes, parts: [], tails, tail: null };
  }

  async write(key: string, given: Progress, source: Source, save: Save): Promise<Progress> {
    checkKey(key);
    let progress = S3Progress.parse(given);
    const part = new PartBuffer(progress.partBytes);
    if (progress.tail)
      part.add(await this.#readTail(progress.tails[progress.tail.slot], progress.tail.bytes));
    let offset = progress.offset;
    // When the store or the record refuses, what is held here is no longer a whole: only what was saved counts.
    let whole = true;
    const sendPart = async () => {
      whole = false;
      progress = { ...(await this.#sendPart(key, progress, part.take())), offset };
      await save(progress);
      whole = true;
    };
    const keep = async () => {
      if (offset === progress.sizeBytes && part.bytes > 0) await sendPart();
      else if (offset !== progress.offset) {
        progress = { ...(await this.#writeTail(progress, part.view())), offset };
        await save(progress);
      }
    };
    try {
      for await (const chunk of source) {
        checkRoom(progress, offset, chunk.byteLength);
        for (let from = 0; from < chunk.byteLength; ) {
          const taken = part.add(chunk.subarray(from));
          from += taken;
          offset += taken;
          if (part.isFull) await sendPart();
        }
      }
    } finally {
      if (whole) await keep();
    }
    return progress;
  }

  async #sendPart(key: string, progress: S3Progress, bytes: Buffer): Promise<S3Progress> {
    const number = progress.parts.length + 1;
    const md5 = createHash('md5').update(bytes).digest('base64');
    const config = {
      bucketName: this.#bucket,
      objectName: key,
      uploadID: progress.uploadId,
      partNumber: number,
    };
    const headers = { 'content-length': bytes.byteLength, 'content-md5': md5 };
    const sent = await within(this.#client.uploadPart({ ...config, headers }, bytes)).catch(
      (error: unknown) => {
        throw codeOf(error) === 'NoSuchUpload' ? new BlobGone(key) : error;
      },
    );
    const parts = [...progress.parts, { part: number, etag: sent.etag, bytes: bytes.byteLength }];
    return { ...progress, parts, tail: null };
  }

  /** A whole object replaces another at once or not at all, so one of the two slots is always whole. */
  async #writeTail(progress: S3Progress, bytes: Buffer): Promise<S3Progress> {
    const slot = progress.tail?.slot === 0 ? 1 : 0;
    if (bytes.byteLength === 0) return { ...progress, tail: null };
    await within(this.#client.putObject(this.#bucket, progress.tails[slot], bytes, bytes.byteLength));
    return { ...progress, tail: { slot, bytes: bytes.byteLength } };
  }

  async #readTail(key: string, bytes: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of await this.open(key)) chunks.push(chunk as Buffer);
    const whole = Buffer.concat(chunks);
    if (whole.byteLength !== bytes) throw new BlobGone(key);
    return whole;
  }

  async resume(key: string, given: Progress): Promise<Progress> {
    checkKey(key);
    const progress = S3Progress.parse(given);
    let there: { part: number; etag: string; size: number }[];
    try {
      there = await within(this.#client.partsOf(this.#bucket, key, progress.uploadId));
    } catch (error) {
      if (!missingCodes.has(codeOf(error))) throw error;
      if ((await this.size(key)) !== progress.sizeBytes) throw new BlobGone(key);
      return { ...progress, offset: progress.sizeBytes };
    }
    const sizes = new Map(there.map((one) => [one.part, one.size]));
    const lost = progress.parts.findIndex((one) => sizes.get(one.part) !== one.bytes);
    if (lost >= 0) return this.#cutBack(progress, progress.parts.slice(0, lost));
    const { tail, tails } = progress;
    if (tail && (await this.size(tails[tail.slot])) !== tail.bytes)
      return this.#cutBack(progress, progress.parts);
    return progress;
  }

  #cutBack(progress: S3Progress, parts: S3Progress['parts']): S3Progress {
    return { ...progress, parts, tail: null, offset: parts.reduce((sum, one) => sum + one.bytes, 0) };
  }

  async finish(key: string, given: Progress): Promise<void> {
    checkKey(key);
    checkComplete(given);
    let progress = S3Progress.parse(given);
    // An empty file is one empty part.
    if (progress.parts.length === 0)
      progress = await this.#sendPart(key, progress, Buffer.alloc(0)).catch(() => progress);
    const etags = progress.parts.map(({ part, etag }) => ({ part, etag }));
    try {
      await within(this.#client.completeMultipartUpload(this.#bucket, key, progress.uploadId, etags));
    } catch (error) {
      // The answer to an earlier attempt may have been lost on its way.
      const size = await this.size(key);
      if (size !== progress.sizeBytes) throw missingCodes.has(codeOf(error)) ? new BlobGone(key) : error;
    }
    await this.#removeTails(progress);
  }

  async abort(key: string, given: Progress): Promise<void> {
    checkKey(key);
    const progress = S3Progress.parse(given);
    await within(this.#client.abortMultipartUpload(this.#bucket, key, progress.uploadId)).catch(
      (error: unknown) => {
        if (!missingCodes.has(codeOf(error))) throw error;
      },
    );
    await this.#removeTails(progress);
  }

  async #removeTails(progress: S3Progress): Promise<void> {
    for (const key of progress.tails) await this.remove(key);
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    checkKey(key);
    if (bytes.byteLength > wholeBytesMax) return this.#putInParts(key, bytes);
    // The client sends a checksum of it, so that the store takes the whole of it or nothing.
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    await within(this.#client.putObject(this.#bucket, key, whole, whole.byteLength));
  }

  async #putInParts(key: string, bytes: Uint8Array): Promise<void> {
    const source = (async function* () {
      yield bytes;
    })();
    const begun = await this.begin(key, bytes.byteLength);
    await this.finish(key, await this.write(key, begun, source, async () => undefined));
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    checkKey(key);
    const asked = range
      ? this.#client.getPartialObject(this.#bucket, key, range.start, range.end - range.start + 1)
      : this.#client.getObject(this.#bucket, key);
    return within(asked as Promise<Readable>).catch((error: unknown) => {
      throw missingCodes.has(codeOf(error)) ? new BlobGone(key) : error;
    });
  }

  async size(key: string): Promise<number | null> {
    checkKey(key);
    const there = await within(this.#client.statObject(this.#bucket, key)).catch((error: unknown) => {
      if (missingCodes.has(codeOf(error))) return null;
      throw error;
    });
    return there?.size ?? null;
  }

  async remove(key: string): Promise<void> {
    checkKey(key);
    await within(this.#client.removeObject(this.#bucket, key));
  }
}

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BlobGone, type BlobStore, type Progress, type Source } from './blob-store.ts';

const MiB = 1024 ** 2;
/** Bytes of a part of the S3 store, around which its promises are tested on every store. */
const part = 8 * MiB;
const pieceBytes = 64 * 1024;

export interface OpenStore {
  /** A new instance on the same bytes, as after a restart. */
  again(): BlobStore;
  close(): Promise<void>;
  /** Names of everything that lies in the store, finished or not. */
  everything(): Promise<string[]>;
}

async function* inPieces(bytes: Buffer, then?: Error): Source {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  if (then) throw then;
}

async function readAll(
  store: BlobStore,
  key: string,
  range?: { start: number; end: number },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await store.open(key, range)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const nothing = async () => undefined;

/** The promises of a {@link BlobStore}, for every implementation of it. */
export function describeBlobStore(name: string, opened: () => Promise<OpenStore>): void {
  describe(name, () => {
    let bench: OpenStore;
    let store: BlobStore;
    beforeAll(async () => {
      bench = await opened();
      store = bench.again();
    });
    afterAll(() => bench?.close());

    async function put(bytes: Buffer): Promise<string> {
      const key = randomUUID();
      const progress = await store.write(key, await store.begin(key, bytes.length), inPieces(bytes), nothing);
      await store.finish(key, progress);
      return key;
    }

    /** Begins and writes `bytes` of `sizeBytes`; what was saved last is what a restart would know. */
    async function half(bytes: Buffer, sizeBytes: number, then?: Error) {
      const key = randomUUID();
      let saved: Progress = await store.begin(key, sizeBytes);
      const writing = store.write(key, saved, inPieces(bytes, then), async (progress) => {
        saved = JSON.parse(JSON.stringify(progress)) as Progress;
      });
      const error = await writing.then(
        () => null,
        (thrown: unknown) => thrown,
      );
      return { key, saved, error };
    }

    for (const [title, sizeBytes] of [
      ['an empty file', 0],
      ['a file of one byte', 1],
      ['a file just under a part', part - 1],
      ['a file of exactly a part', part],
      ['a file just over two parts', 2 * part + 1],
      ['a file of 50 MB', 50_000_000],
    ] as const) {
      test(`${title} comes back byte for byte`, async () => {
        const bytes = randomBytes(sizeBytes);
        const key = await put(bytes);
        expect(await store.size(key)).toBe(sizeBytes);
        if (sizeBytes > 0) expect(hashOf(await readAll(store, key))).toBe(hashOf(bytes));
        else expect((await readAll(store, key)).length).toBe(0);
      });
    }

    for (const [title, sizeBytes] of [
      ['nothing', 0],
      ['a small one', 70_000],
      ['one of 40 MB', 40_000_000],
    ] as const) {
      test(`a whole blob is put under the hash of its bytes, by several at once: ${title}`, async () => {
        const bytes = randomBytes(sizeBytes);
        const key = hashOf(bytes);
        await Promise.all([store.put(key, bytes), bench.again().put(key, bytes)]);
        await store.put(key, bytes);
        expect(await store.size(key)).toBe(sizeBytes);
        expect(hashOf(await readAll(bench.again(), key))).toBe(key);
        await store.remove(key);
        expect(await store.size(key)).toBe(null);
      });
    }

    test('a range is read from its first to its last byte', async () => {
      const bytes = randomBytes(part + 1000);
      const key = await put(bytes);
      expect(await readAll(store, key, { start: part - 5, end: part + 4 })).toEqual(
        bytes.subarray(part - 5, part + 5),
      );
      expect(await readAll(store, key, { start: 0, end: 0 })).toEqual(bytes.subarray(0, 1));
    });

    test('the end of a file is read alone', async () => {
      const bytes = randomBytes(1000);
      const key = await put(bytes);
      expect(await readAll(store, key, { start: 990, end: 999 })).toEqual(bytes.subarray(990));
    });

    test('a reader that goes away in the middle harms nobody', async () => {
      const bytes = randomBytes(4 * MiB);
      const key = await put(bytes);
      const reader = await store.open(key);
      await new Promise((resolve) => reader.once('readable', resolve));
      reader.destroy();
      expect(hashOf(await readAll(store, key))).toBe(hashOf(bytes));
    });

    for (const [title, cutAt] of [
      ['inside the first part', 3 * MiB + 17],
      ['at the end of a part', part],
      ['inside a later part', part + 5 * MiB + 1],
    ] as const) {
      test(`a source cut ${title} costs nothing of what arrived, and a restart goes on from there`, async () => {
        const bytes = randomBytes(3 * part + 12_345);
        const cut = new Error('the line is dead');
        const { key, saved, error } = await half(bytes.subarray(0, cutAt), bytes.length, cut);
        expect(error).toBe(cut);
        expect(saved.offset).toBe(cutAt);
        const later = bench.again();
        const known = await later.resume(key, saved);
        expect(known.offset).toBe(cutAt);
        const whole = await later.write(key, known, inPieces(bytes.subarray(cutAt)), nothing);
        await later.finish(key, whole);
        expect(hashOf(await readAll(later, key))).toBe(hashOf(bytes));
      });
    }

    test('many small writes, each by a new instance, make one file', async () => {
      const bytes = randomBytes(part + 3 * MiB);
      const key = randomUUID();
      let progress = await store.begin(key, bytes.length);
      for (let at = 0; at < bytes.length; at += 1_500_000) {
        const piece = bytes.subarray(at, at + 1_500_000);
        progress = await bench.again().write(key, progress, inPieces(piece), nothing);
        progress = JSON.parse(JSON.stringify(progress)) as Progress;
      }
      await store.finish(key, progress);
      expect(hashOf(await readAll(store, key))).toBe(hashOf(bytes));
    });

    test('what was written but never reported is written again without a trace', async () => {
      const bytes = randomBytes(2 * part);
      const key = randomUUID();
      const begun = await store.begin(key, bytes.length);
      const dies = store.write(key, begun, inPieces(randomBytes(part + MiB)), async () => {
        throw new Error('the process died before it could note this');
      });
      await expect(dies).rejects.toThrow('died');
      const later = bench.again();
      const known = await later.resume(key, begun);
      expect(known.offset).toBe(0);
      await later.finish(key, await later.write(key, known, inPieces(bytes), nothing));
      expect(hashOf(await readAll(later, key))).toBe(hashOf(bytes));
    });

    test('two uploads at once do not mix', async () => {
      const [one, two] = [randomBytes(part + 7), randomBytes(part + 7)];
      const keys = await Promise.all([put(one), put(two)]);
      expect(hashOf(await readAll(store, keys[0]))).toBe(hashOf(one));
      expect(hashOf(await readAll(store, keys[1]))).toBe(hashOf(two));
    });

    test('more bytes than were announced are refused', async () => {
      const { error, saved } = await half(randomBytes(2 * pieceBytes), pieceBytes);
      expect(error).toBeInstanceOf(RangeError);
      expect(saved.offset).toBe(pieceBytes);
    });

    test('an upload that lacks bytes is not finished, and is not to be read', async () => {
      const { key, saved } = await half(randomBytes(1000), 2000);
      await expect(store.finish(key, saved)).rejects.toBeInstanceOf(RangeError);
      expect(await store.size(key)).toBeNull();
      await expect(store.open(key)).rejects.toBeInstanceOf(BlobGone);
    });

    test('finishing twice is finishing once, also for another instance', async () => {
      const bytes = randomBytes(1000);
      const { key, saved } = await half(bytes, bytes.length);
      await store.finish(key, saved);
      await store.finish(key, saved);
      await bench.again().finish(key, saved);
      expect(await readAll(store, key)).toEqual(bytes);
      expect((await bench.again().resume(key, saved)).offset).toBe(bytes.length);
    });

    test('an aborted upload leaves nothing and cannot go on', async () => {
      const before = await bench.everything();
      const { key, saved } = await half(randomBytes(part + MiB), 3 * part);
      await store.abort(key, saved);
      await store.abort(key, saved);
      expect(await bench.everything()).toEqual(before);
      await expect(store.resume(key, saved)).rejects.toBeInstanceOf(BlobGone);
      await expect(store.write(key, saved, inPieces(randomBytes(2 * part)), nothing)).rejects.toBeInstanceOf(
        BlobGone,
      );
    });

    test('a finished file leaves nothing but itself', async () => {
      const before = await bench.everything();
      const { key, saved } = await half(randomBytes(MiB), part + MiB);
      const rest = await store.write(key, saved, inPieces(randomBytes(part)), nothing);
      await store.finish(key, rest);
      expect((await bench.everything()).filter((one) => !before.includes(one))).toHaveLength(1);
      await store.remove(key);
      expect(await bench.everything()).toEqual(before);
    });

    test('a removed file is gone, and removing it again is nothing', async () => {
      const key = await put(randomBytes(10));
      await store.remove(key);
      await store.remove(key);
      expect(await store.size(key)).toBeNull();
      await expect(store.open(key)).rejects.toBeInstanceOf(BlobGone);
    });

    test('a key that nobody wrote is not there', async () => {
      expect(await store.size(randomUUID())).toBeNull();
      await expect(store.open(randomUUID())).rejects.toBeInstanceOf(BlobGone);
    });

    test.each(['', '../../etc/passwd', 'a/b', '%2e%2e', `${randomUUID()}/x`, randomUUID().toUpperCase()])(
      'the key %j is refused',
      async (key) => {
        await expect(store.begin(key, 1)).rejects.toBeInstanceOf(TypeError);
        await expect(store.open(key)).rejects.toBeInstanceOf(TypeError);
        await expect(store.size(key)).rejects.toBeInstanceOf(TypeError);
        await expect(store.remove(key)).rejects.toBeInstanceOf(TypeError);
      },
    );
  });
}

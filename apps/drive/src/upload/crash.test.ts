import { createHash, randomBytes } from 'node:crypto';
import { contentPath } from '@parvis/contract/content-path';
import { fileIdHeader } from '@parvis/contract/drive';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drive } from '../service.ts';
import { DriveProcess } from '../testing/drive-process.ts';
import { minioBinary, type Minio, startMinio } from '@parvis/blobs/testing/minio';
import { ask, begin, offsetOf, patch } from '../testing/tus-client.ts';

const MiB = 1024 ** 2;
const binary = minioBinary();

/** The hash of what a function sends, and of what an answer brings, without holding either. */
async function hashOfAnswer(answer: Response): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) hash.update(chunk);
  return hash.digest('hex');
}

/** Sends what is given in pieces, and then nothing more, as a line that has died does. */
function streamOf(bytes: Uint8Array, pieceBytes: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at >= bytes.length) return new Promise(() => {});
      controller.enqueue(bytes.subarray(at, (at += pieceBytes)));
    },
  });
}

for (const store of ['folder', 's3'] as const) {
  describe.skipIf(store === 's3' && binary === null)(`a process of its own, on the ${store} store`, () => {
    let house: House;
    let minio: Minio | undefined;
    let child: DriveProcess;
    let person: Visitor;
    let spaceUid: string;

    beforeAll(async () => {
      house = await aHouse([drive]);
      const env: Record<string, string | undefined> = { ...house.env };
      if (store === 's3') {
        minio = await startMinio(binary as string);
        env.STORE = 's3';
        env.S3_ENDPOINT = minio.options.endpoint;
        env.S3_ACCESS_KEY = minio.options.accessKey;
        env.S3_SECRET_KEY = minio.options.secretKey;
        env.S3_BUCKET = minio.options.bucket;
      }
      child = await DriveProcess.start(env);
      person = await house.person({}, () => child.url);
      spaceUid = (await house.space({ owner: person })).uid;
    });
    afterAll(async () => {
      await child?.kill();
      await minio?.close();
      await house?.stop();
    });

    test('killed with kill -9 in the middle of an upload keeps what it promised, and takes the rest', async () => {
      const bytes = randomBytes(40 * MiB);
      const path = await begin(person, { parentId: spaceUid, name: 'tué.bin' }, bytes.length);
      const sending = patch(person, path, 0, streamOf(bytes.subarray(0, 28 * MiB), MiB)).catch(() => null);
      const promised = async () => {
        const rows = await house.db.query<{ at: number }>(
          'select offset_bytes::float8 as at from drive.upload',
        );
        return rows[0]?.at ?? 0;
      };
      while ((await promised()) < 16 * MiB) await new Promise((resolve) => setTimeout(resolve, 20));
      await child.kill();
      await sending;
      const kept = await promised();
      expect(kept).toBeLessThan(bytes.length);
      await child.start();
      const offset = await offsetOf(person, path);
      expect(offset).toBe(kept);
      const answer = await patch(person, path, offset, bytes.subarray(offset));
      expect(answer.status).toBe(204);
      const content = await person.fetch(contentPath(answer.headers.get(fileIdHeader) as string));
      expect(await hashOfAnswer(content)).toBe(createHash('sha256').update(bytes).digest('hex'));
    });

    test('killed between the last byte and the file makes the file when it is asked', async () => {
      const path = await begin(person, { parentId: spaceUid, name: 'presque.bin' }, 8);
      await patch(person, path, 0, Buffer.from('abcd'));
      await child.kill();
      await child.start();
      const whole = await patch(person, path, 4, Buffer.from('efgh'));
      const file = whole.headers.get(fileIdHeader) as string;
      // As if the transaction that makes the file had not come about.
      await house.db.query('delete from drive.file where uid = $1', [file]);
      await house.db.query('delete from access.resource where uid = $1', [file]);
      await house.db.query('update drive.upload set file_uid = null where file_uid = $1', [file]);
      await child.kill();
      await child.start();
      const made = (await ask(person, path)).headers.get(fileIdHeader) as string;
      expect(await (await person.fetch(contentPath(made))).text()).toBe('abcdefgh');
    });

    test('holds no file in memory, on its way in or out to a slow reader', async () => {
      const sizeBytes = 320 * MiB;
      const piece = randomBytes(MiB);
      const path = await begin(person, { parentId: spaceUid, name: 'énorme.bin' }, sizeBytes);
      const before = await child.peakBytes();
      const sent = createHash('sha256');
      let left = sizeBytes / MiB;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (left === 0) return controller.close();
          left -= 1;
          sent.update(piece);
          controller.enqueue(piece);
        },
      });
      const answer = await patch(person, path, 0, body);
      const content = await person.fetch(contentPath(answer.headers.get(fileIdHeader) as string));
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(await hashOfAnswer(content)).toBe(sent.digest('hex'));
      expect((await child.peakBytes()) - before).toBeLessThan(160 * MiB);
    }, 300_000);
  });
}

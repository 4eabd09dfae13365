import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { contentPath } from '@parvis/contract/content-path';
import { getFile } from '@parvis/contract/drive';
import { aHouse, type House, type Visitor } from '@parvis/testing/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drive } from '../service.ts';
import { clamdBinary, eicar, startClamd, streamBytesMax } from '../testing/clamd.ts';
import { upload } from '../testing/tus-client.ts';
import { ScannerAway, scan } from './clamav.ts';

const binary = clamdBinary();
const none = new AbortController().signal;

async function* whole(bytes: Buffer) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

async function verdictOf(by: Visitor, id: string): Promise<string> {
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    const { verdict } = await by.call(getFile, { id });
    if (verdict !== 'waiting') return verdict;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return 'waiting';
}

describe.skipIf(binary === null)(
  'the virus scanner (a real clamd; skipped where clamav-daemon is not installed)',
  () => {
    let clamd: Awaited<ReturnType<typeof startClamd>>;
    let house: House;
    let member: Visitor;
    let spaceUid: string;
    const put = (name: string, bytes: Uint8Array<ArrayBuffer>) =>
      upload(member, { parentId: spaceUid, name }, bytes);

    beforeAll(async () => {
      clamd = await startClamd(binary as string);
      house = await aHouse([drive], { CLAMAV_HOST: '127.0.0.1', CLAMAV_PORT: String(clamd.port) });
      member = await house.person();
      spaceUid = (await house.space({ owner: member })).uid;
    });
    afterAll(async () => {
      await house?.stop();
      await clamd?.close();
    });

    test('lets a clean file through', async () => {
      const id = await put('propre.bin', randomBytes(300_000));
      expect(await verdictOf(member, id)).toBe('clean');
      expect((await member.fetch(contentPath(id))).status).toBe(200);
    });

    test('keeps an infected file from everybody, and notes it in the journal', async () => {
      const id = await put('facture.txt', eicar);
      expect(await verdictOf(member, id)).toBe('infected');
      const answer = await member.fetch(contentPath(id));
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        403,
        'file-infected',
      ]);
      const journal = await house.db.query<{ detail: { finding: string } }>(
        `select detail from access.audit where action = 'file.infected'`,
      );
      expect(journal[0]?.detail.finding).toContain('Eicar');
    });

    test('says of a file that is too large for it that nobody scanned it', async () => {
      const id = await put('grand.bin', randomBytes(streamBytesMax + 1_000_000));
      expect(await verdictOf(member, id)).toBe('off');
    });

    test('answers over one connection per file with a verdict and a name', async () => {
      const at = { host: '127.0.0.1', port: clamd.port };
      expect(await scan(at, whole(Buffer.alloc(0)), none)).toEqual({ verdict: 'clean' });
      expect(await scan(at, whole(eicar), none)).toMatchObject({ verdict: 'infected' });
      expect(await scan(at, whole(randomBytes(streamBytesMax + 70_000)), none)).toEqual({
        verdict: 'too-large',
      });
    });
  },
);

describe('while the virus scanner is away', () => {
  let house: House;
  let member: Visitor;
  beforeAll(async () => {
    house = await aHouse([drive], { CLAMAV_HOST: '127.0.0.1', CLAMAV_PORT: '1' });
    member = await house.person();
  });
  afterAll(() => house?.stop());

  test('a file waits, is known to be there, and is not to be read', async () => {
    const space = await house.space({ owner: member });
    const id = await upload(member, { parentId: space.uid, name: 'x.txt' }, Buffer.from('x'));
    expect((await member.call(getFile, { id })).verdict).toBe('waiting');
    const answer = await member.fetch(contentPath(id));
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      409,
      'file-not-ready',
    ]);
  });
});

describe('a scanner that answers badly', () => {
  let server: Server;
  let say: string | null = null;
  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => (say === null ? undefined : socket.end(say)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const at = () => ({ host: '127.0.0.1', port: (server.address() as { port: number }).port });

  test.each(['', 'nonsense\0', 'x'.repeat(100_000), 'stream: Can not allocate memory ERROR\0'])(
    'gives no verdict by saying %.20j',
    async (words) => {
      say = words;
      await expect(scan(at(), whole(Buffer.from('x')), none)).rejects.toBeInstanceOf(ScannerAway);
    },
  );

  test('is given up when the time is up', async () => {
    say = null;
    const abort = new AbortController();
    const scanning = scan(at(), whole(Buffer.from('x')), abort.signal);
    setTimeout(() => abort.abort(), 50);
    await expect(scanning).rejects.toBeInstanceOf(ScannerAway);
  });
});

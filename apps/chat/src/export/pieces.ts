import type { Db } from '@parvis/access/db';

/** Bytes of one piece. */
const pieceBytes = 1024 * 1024;

/** What came is more than an export may hold. */
export class TooMuch extends Error {}

/**
 * Stores a stream in pieces, as it comes; what was there of the part before is replaced.
 * @returns how many bytes there were @throws TooMuch
 */
export async function storePart(
  db: Db,
  { id, part }: { id: string; part: string },
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<number> {
  await db.query('delete from chat.export_piece where export_id = $1 and part = $2', [id, part]);
  let n = 0;
  let total = 0;
  let size = 0;
  let waiting: Uint8Array[] = [];
  const flush = async () => {
    if (size === 0) return;
    const bytes = Buffer.concat(waiting);
    await db.query('insert into chat.export_piece (export_id, part, n, bytes) values ($1, $2, $3, $4)', [
      id,
      part,
      n,
      bytes,
    ]);
    n += 1;
    size = 0;
    waiting = [];
  };
  for await (const chunk of source) {
    total += chunk.byteLength;
    if (total > bytesMax) throw new TooMuch();
    waiting.push(chunk);
    size += chunk.byteLength;
    if (size >= pieceBytes) await flush();
  }
  await flush();
  return total;
}

/** The bytes of a part, piece by piece. */
export async function* readPart(db: Db, id: string, part: string): AsyncGenerator<Buffer> {
  for (let n = 0; ; n += 1) {
    const [row] = await db.query<{ bytes: Buffer }>(
      'select bytes from chat.export_piece where export_id = $1 and part = $2 and n = $3',
      [id, part, n],
    );
    if (!row) return;
    yield row.bytes;
  }
}

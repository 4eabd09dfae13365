import type { Db } from '@parvis/access/db';
import { BadFile } from './paper.ts';

/** Bytes of one piece. */
const pieceBytes = 1024 * 1024;

/**
 * Stores a stream in pieces, as it comes. What was there of the part before is replaced.
 * @returns how many bytes there were
 * @throws BadFile `conversion-too-large`
 */
export async function storePart(
  db: Db,
  id: string,
  part: string,
  source: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<number> {
  await db.query('delete from docs.conversion_piece where conversion_id = $1 and part = $2', [id, part]);
  let n = 0;
  let total = 0;
  let waiting: Uint8Array[] = [];
  let size = 0;
  const flush = async () => {
    if (size === 0) return;
    await db.query(
      'insert into docs.conversion_piece (conversion_id, part, n, bytes) values ($1, $2, $3, $4)',
      [id, part, n, Buffer.concat(waiting)],
    );
    n += 1;
    waiting = [];
    size = 0;
  };
  for await (const chunk of source) {
    total += chunk.byteLength;
    if (total > bytesMax) throw new BadFile('conversion-too-large');
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
      'select bytes from docs.conversion_piece where conversion_id = $1 and part = $2 and n = $3',
      [id, part, n],
    );
    if (!row) return;
    yield row.bytes;
  }
}

/** All of a part, or null when it is not there. */
export async function wholePart(db: Db, id: string, part: string): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of readPart(db, id, part)) chunks.push(chunk);
  return chunks.length === 0 ? null : Buffer.concat(chunks);
}

/** Bytes of which there is only one piece to give. */
export async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

import { isUid } from '@parvis/access/db';
import { AccessError } from '@parvis/access/errors';
import type { Place } from './hits.ts';

/** Where a page ended: below which message the next one begins, or how many of the best were shown. */
export interface Cursor {
  readonly below: { readonly at: string; readonly channelId: string; readonly seq: number } | null;
  readonly skip: number;
}

type Order = 'newest' | 'best';

export function cursorOf(order: Order, { at, channelUid, seq }: Place, shown: number): string {
  const parts = order === 'best' ? [shown] : [at.toISOString(), channelUid, seq];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws AccessError 'bad-cursor' for text that `cursorOf` did not make */
export function readCursor(text: string | undefined, order: Order): Cursor {
  if (text === undefined) return { below: null, skip: 0 };
  try {
    const [first, channelId, seq] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (order === 'best' && Number.isSafeInteger(first) && (first as number) >= 0)
      return { below: null, skip: first as number };
    if (
      order === 'newest' &&
      typeof first === 'string' &&
      !Number.isNaN(Date.parse(first)) &&
      isUid(channelId) &&
      Number.isSafeInteger(seq)
    )
      return { below: { at: new Date(first).toISOString(), channelId, seq: seq as number }, skip: 0 };
  } catch {
    // Not JSON: refused below with everything else that is no cursor.
  }
  throw new AccessError('bad-cursor');
}

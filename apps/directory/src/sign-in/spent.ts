import type { Db } from '@parvis/access/db';

/**
 * Uses up what may be used once only. False when it was used before; two at once cannot both be first.
 * @param until when it could not be valid any more, and may be forgotten
 */
export async function spend(
  db: Db,
  purpose: 'login' | 'logout-token',
  key: Buffer,
  until: Date,
): Promise<boolean> {
  const rows = await db.query<{ one: number }>(
    `insert into directory.spent (purpose, key, until) values ($1, $2, $3)
     on conflict do nothing returning 1 as one`,
    [purpose, key, until],
  );
  return rows.length === 1;
}

export async function forgetSpent(db: Db): Promise<void> {
  await db.query('delete from directory.spent where until < now()');
}

import type { Db } from '@parvis/access/db';

/** Where a meeting is joined, by whoever: its code leads to the door, with an account or without. */
export async function linkTo(db: Db, publicUrl: string, meetingId: string): Promise<string> {
  const [row] = await db.query<{ code: string }>('select code from meet.meeting where uid = $1', [meetingId]);
  return row === undefined ? `${publicUrl}/meeting/${meetingId}` : `${publicUrl}/m/${row.code}`;
}

import type { Db } from '@parvis/access/db';

/** Where a meeting is joined from outside the house. */
export async function linkTo(_db: Db, publicUrl: string, meetingId: string): Promise<string> {
  return `${publicUrl}/meet/${meetingId}`;
}

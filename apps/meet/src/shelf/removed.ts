import { Injectable, type OnModuleInit } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import type { AccessChange } from '@parvis/access/notify';
import { AccessChanges } from '@parvis/server/changes';
import { Database } from '@parvis/server/database';
import { Changed } from '../meeting/changed.ts';

/** What is removed from the files for good is removed of the recording that it showed; a page that is open looks again. */
@Injectable()
export class Removed implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly changes: AccessChanges,
    private readonly changed: Changed,
  ) {}

  onModuleInit(): void {
    this.changes.on((change) => this.recheck(change));
  }

  /** Looks at what changed; with `all`, at everything. */
  async recheck({ resources, all }: AccessChange): Promise<void> {
    const only = all ? null : (resources ?? []);
    if (only?.length === 0) return;
    const { db } = this.database;
    const touched = await db.query<{ uid: string }>(
      `select distinct m.uid from meet.recorded_track t join meet.recording r on r.id = t.recording_id
         join meet.meeting m on m.resource_id = r.meeting_id where t.file_id = any($1::uuid[])`,
      [only ?? []],
    );
    await this.database.transaction(async (tx) => {
      const gone = await this.#drop(tx, only);
      for (const uid of new Set([...touched.map((one) => one.uid), ...gone]))
        await this.changed.sayKept(tx, uid);
    });
  }

  /** @returns uids of the meetings of which something went */
  async #drop(db: Db, only: readonly string[] | null): Promise<string[]> {
    const tracks = await db.query<{ id: string }>(
      `delete from meet.recorded_track t where t.file_id is not null and ($1::uuid[] is null or t.file_id = any($1))
          and not exists (select from access.resource f where f.uid = t.file_id)
       returning t.recording_id as id`,
      [only],
    );
    if (tracks.length === 0) return [];
    const ids = [...new Set(tracks.map(({ id }) => id))];
    const meetings = await db.query<{ uid: string }>(
      `select distinct m.uid from meet.recording r join meet.meeting m on m.resource_id = r.meeting_id
        where r.id = any($1)`,
      [ids],
    );
    const whole = await db.query<{ id: string; meetingId: number }>(
      `delete from meet.recording r where r.id = any($1)
          and not exists (select from meet.recorded_track t where t.recording_id = r.id)
       returning r.id, r.meeting_id::float8 as "meetingId"`,
      [ids],
    );
    for (const { id, meetingId } of whole)
      await audit(db, {
        actorId: null,
        action: 'recording.deleted',
        resourceId: meetingId,
        detail: { recording: id, from: 'files' },
      });
    return meetings.map(({ uid }) => uid);
  }
}

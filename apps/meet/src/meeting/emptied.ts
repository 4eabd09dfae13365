import { Injectable, type OnModuleInit } from '@nestjs/common';
import { meetingEmptyMs } from '@parvis/contract/limits';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { z } from 'zod';
import { Mirror } from '../room/mirror.ts';
import { Ending } from './ending.ts';
import { type MeetingRow, meetingColumns } from './meeting-row.ts';
import { isWaiting } from './meetings.ts';

const job = 'meetings-emptied';
const batchSize = 200;

/**
 * Ends the meetings from which everybody has gone. Who is there is what webhooks said and the reconciler made good; a
 * meeting that is scheduled for now or soon waits for its time to pass.
 */
@Injectable()
export class Emptied implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly mirror: Mirror,
    private readonly ending: Ending,
  ) {}

  onModuleInit(): void {
    const options = { retryLimit: 2, expireSeconds: 120, cron: '* * * * *' };
    this.jobs.define(job, z.object({}), () => this.look(new Date()), options);
  }

  /** A meeting ends when the last left it, not when that is noticed. */
  async look(now: Date): Promise<void> {
    const closed = await this.database.transaction(async (db) => {
      const empty = await db.query<MeetingRow & { leftAt: Date }>(
        `select ${meetingColumns}, stays.last as "leftAt" from meet.meeting m
           cross join lateral (select max(coalesce(s.left_at, 'infinity')) as last
                                 from meet.stay s where s.meeting_id = m.resource_id) stays
          where m.ended_at is null and stays.last <= $1::timestamptz - make_interval(secs => $2)
            and not exists (select from meet.occurrence o where o.meeting_id = m.resource_id
              and o.cancelled_at is null and o.starts_at <= $1::timestamptz + make_interval(secs => $2)
              and o.ends_at > $1::timestamptz - make_interval(secs => $2))
            and not exists (select from meet.knock k where k.meeting_id = m.resource_id and ${isWaiting('k')})
          order by m.resource_id limit ${batchSize} for no key update of m skip locked`,
        [now, meetingEmptyMs / 1_000],
      );
      const rooms: string[] = [];
      for (const { leftAt, ...row } of empty) {
        // Somebody may have come in of whom no event has told yet.
        if (((await this.mirror.everybodyIn(row)) ?? []).length > 0) continue;
        rooms.push(...(await this.ending.note(db, row, null, leftAt)));
      }
      return rooms;
    });
    await this.ending.closeRooms(closed);
  }
}

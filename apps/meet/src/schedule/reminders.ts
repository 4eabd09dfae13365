import { Injectable, type OnModuleInit } from '@nestjs/common';
import { happen } from '@parvis/access/happenings';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { z } from 'zod';
import { peopleInvited } from './rows.ts';
import { followClocks } from './times.ts';

const soonJob = 'meetings-soon';
const clockJob = 'meeting-clocks';
/** Minutes before its beginning at which people are told of a meeting. */
const soonMinutes = 10;

/** Tells people that a meeting begins soon, and opens a series again that was ended the last time. */
@Injectable()
export class Reminders implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    const options = { retryLimit: 2, expireSeconds: 120 };
    this.jobs.define(soonJob, z.object({}), () => this.look(new Date()), { ...options, cron: '* * * * *' });
    this.jobs.define(clockJob, z.object({}), () => this.#clocks(), { ...options, cron: '23 3 * * *' });
  }

  /** What begins within ten minutes is told once; what began while nobody looked is not. */
  async look(now: Date): Promise<void> {
    await this.database.transaction(async (db) => {
      const due = await db.query<{ meetingId: number; organiserId: number; startsAt: Date }>(
        `with due as (
           select o.uid from meet.occurrence o
            where o.reminded_at is null and o.cancelled_at is null
              and o.starts_at > $1 and o.starts_at <= $1::timestamptz + make_interval(mins => ${soonMinutes})
            order by o.starts_at limit 500 for update skip locked)
         update meet.occurrence o set reminded_at = $1 from due, meet.plan p
          where o.uid = due.uid and p.meeting_id = o.meeting_id
         returning o.meeting_id::float8 as "meetingId", p.organiser_id as "organiserId", o.starts_at as "startsAt"`,
        [now],
      );
      if (due.length === 0) return;
      await db.query(
        `update meet.meeting m set ended_at = null, started_at = null
           where m.resource_id = any($1::bigint[]) and m.ended_at is not null
             and not exists (select from meet.plan p where p.meeting_id = m.resource_id and p.cancelled_at is not null)`,
        [due.map(({ meetingId }) => meetingId)],
      );
      for (const { meetingId, organiserId, startsAt } of due) {
        const declined = await db.query<{ id: number }>(
          `select person_id as id from meet.answer where meeting_id = $1 and answer = 'no'`,
          [meetingId],
        );
        const away = new Set(declined.map(({ id }) => id));
        const invited = (await peopleInvited(db, meetingId)).filter((id) => !away.has(id));
        await happen(db, {
          what: 'meeting',
          actorId: null,
          resourceId: meetingId,
          detail: { why: 'meeting-soon', people: [...invited, organiserId], at: startsAt.toISOString() },
        });
      }
    });
  }

  async #clocks(): Promise<void> {
    await this.database.transaction((db) => followClocks(db));
  }
}

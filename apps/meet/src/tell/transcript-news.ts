import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@parvis/server/database';
import { Jobs } from '@parvis/server/jobs';
import { z } from 'zod';
import { Changed } from '../meeting/changed.ts';
import { tellKept } from './kept.ts';

const job = 'transcripts-ready';
const batchSize = 100;

/** Says that a transcript is there: not when it is ended, but when the scribe has written down the last words. */
@Injectable()
export class TranscriptNews implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly changed: Changed,
  ) {}

  onModuleInit(): void {
    const options = { retryLimit: 2, expireSeconds: 120, cron: '* * * * *' };
    this.jobs.define(job, z.object({}), () => this.look(), options);
  }

  /** Whoever of the scribe lets a meeting go has written all of it; one that died is waited for until its hold is over. */
  async look(): Promise<void> {
    await this.database.transaction(async (db) => {
      const over = await db.query<{ meetingId: number; uid: string; since: Date | null; said: boolean }>(
        `with over as (
           select l.meeting_id, l.transcript_since from meet.listening l
            where l.transcript_over_at is not null and (l.holder is null or l.held_until < now())
            order by l.meeting_id limit ${batchSize} for update skip locked)
         update meet.listening l set transcript_over_at = null from over, meet.meeting m
          where l.meeting_id = over.meeting_id and m.resource_id = over.meeting_id
         returning l.meeting_id::float8 as "meetingId", m.uid, over.transcript_since as since,
           exists (select from meet.transcript_line t where t.meeting_id = l.meeting_id
                     and t.ended_at > over.transcript_since) as said`,
      );
      for (const { meetingId, uid, since, said } of over) {
        if (!said) continue;
        await tellKept(db, meetingId, 'transcript-ready', since);
        await this.changed.sayKept(db, uid);
      }
    });
  }
}

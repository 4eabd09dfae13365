import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { grant } from '@parvis/access/grants';
import { findPersonById } from '@parvis/access/people';
import { load } from '@parvis/access/read';
import { waitingPeopleMax } from '@parvis/contract/limits';
import type { Knock } from '@parvis/contract/meet-lobby';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Changed } from '../meeting/changed.ts';
import type { MeetingRow } from '../meeting/meeting-row.ts';
import { isWaiting, Meetings } from '../meeting/meetings.ts';

/** Organisers at the door: who waits, and whom they let in or send away. */
@Injectable()
export class WaitingService {
  constructor(
    private readonly database: Database,
    private readonly meetings: Meetings,
    private readonly changed: Changed,
  ) {}

  /** @throws Refused `not-found`, `not-allowed` */
  async list(caller: Caller, uid: string): Promise<{ waiting: Knock[] }> {
    const { row } = await this.meetings.organised(caller, uid);
    return { waiting: await this.of(row.id) };
  }

  /** Who waits at a meeting, longest first; the caller has seen to it that they may know. */
  async of(meetingId: number): Promise<Knock[]> {
    const rows = await this.database.db.query<Omit<Knock, 'at'> & { at: Date }>(
      `select k.id, coalesce(p.name, k.name) as name, coalesce(p.kind, 'anonymous') as kind, p.organisation, k.at
         from meet.knock k left join access.person p on p.subject_id = k.person_id
        where k.meeting_id = $1 and ${isWaiting('k')} order by k.at, k.id limit ${waitingPeopleMax}`,
      [meetingId],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  /** @throws Refused `not-found` (the meeting, or nobody of that knock waits), `not-allowed` */
  async admit(caller: Caller, uid: string, knockId: string) {
    const admitted = await this.#answer(caller, uid, 'admitted', knockId);
    if (admitted === 0) throw Refused.notFound();
    return done;
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async admitAll(caller: Caller, uid: string): Promise<{ admitted: number }> {
    return { admitted: await this.#answer(caller, uid, 'admitted', null) };
  }

  /** @throws Refused `not-found`, `not-allowed` */
  async refuse(caller: Caller, uid: string, knockId: string) {
    if ((await this.#answer(caller, uid, 'refused', knockId)) === 0) throw Refused.notFound();
    return done;
  }

  async #answer(
    caller: Caller,
    uid: string,
    state: 'admitted' | 'refused',
    knockId: string | null,
  ): Promise<number> {
    return this.database.transaction(async (db) => {
      const { row } = await this.meetings.organised(caller, uid, db);
      const answered = await db.query<{ personId: number | null }>(
        `update meet.knock set state = $2, answered_by = $3
          where meeting_id = $1 and state = 'waiting' and ($4::uuid is null or id = $4)
          returning person_id as "personId"`,
        [row.id, state, caller.id, knockId],
      );
      for (const { personId } of answered) {
        if (state === 'admitted' && personId !== null) await this.#giveRight(db, row, personId, caller.id);
        await audit(db, {
          actorId: caller.id,
          action: `meeting.${state}`,
          resourceId: row.id,
          detail: { personId },
        });
      }
      if (answered.length > 0) await this.changed.say(db, uid);
      return answered.length;
    });
  }

  /** Whoever was let in has a right to the meeting from then on, as if it had been shared with them. */
  async #giveRight(db: Db, row: MeetingRow, personId: number, byId: number): Promise<void> {
    const person = await findPersonById(db, personId);
    if (person === null || (await load(db, person, row.uid, { kind: 'meeting' })) !== null) return;
    await grant(db, { resourceUid: row.uid, subjectId: personId, role: 'commenter' }, byId);
  }
}

import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { peopleByIds } from '@parvis/access/people';
import { type Role, roleOf } from '@parvis/access/roles';
import { scopeOf, shown, visibleTo } from '@parvis/access/scope';
import { meetingCancelledMs, meetingLineDaysMax, meetingLinePageMax } from '@parvis/contract/limits';
import type { listMyMeetings, MeetingAnswer, MeetingLine } from '@parvis/contract/meet-schedule';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { mayChange } from './present.ts';

const dayMs = 86_400_000;

interface Row {
  readonly id: number;
  readonly meetingId: string;
  readonly occurrenceId: string | null;
  readonly title: string;
  readonly spaceId: string | null;
  readonly spaceName: string | null;
  readonly ownerId: number | null;
  readonly rank: number;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly repeats: boolean;
  readonly moved: boolean;
  readonly cancelled: boolean;
  readonly answer: MeetingAnswer | null;
  readonly amInvited: boolean;
  readonly present: number[];
}

/** The subjects of the person are $1, what they may see $2 and $3, their id $4. */
const columns = `r.id::float8 as id, r.uid as "meetingId", r.title, s.uid as "spaceId", s.title as "spaceName",
  r.owner_id as "ownerId", access.role_at(r.access_id, $1::int[]) as rank,
  (select a.answer from meet.answer a where a.meeting_id = r.id and a.person_id = $4) as answer,
  exists (select from meet.invited i where i.meeting_id = r.id and i.subject_id = any($1::int[])) as "amInvited",
  array(select distinct st.person_id from meet.stay st
         where st.meeting_id = r.id and st.left_at is null and st.person_id is not null) as present`;
const occurrence = `o.uid as "occurrenceId", o.starts_at as "startsAt", o.ends_at as "endsAt",
  t.repeat is not null as repeats, o.moved, o.cancelled_at is not null as cancelled`;
const begun = `null::uuid as "occurrenceId", m.started_at as "startsAt",
  coalesce(m.ended_at, (select max(coalesce(st.left_at, 'infinity')) from meet.stay st where st.meeting_id = r.id))
    as "endsAt", false as repeats, false as moved, false as cancelled`;

/** The meetings of a person, in time. */
@Injectable()
export class MineService {
  constructor(private readonly database: Database) {}

  /** @throws Refused `bad-input` for a span that is too long or none */
  async list(
    caller: Caller,
    input: InputOf<typeof listMyMeetings>,
  ): Promise<OutputOf<typeof listMyMeetings>> {
    const [since, until] = [new Date(input.since), new Date(input.until)];
    const spanMs = until.getTime() - since.getTime();
    if (spanMs <= 0 || spanMs > meetingLineDaysMax * dayMs)
      throw Refused.badInput([{ path: 'until', code: 'invalid' }]);
    const { db } = this.database;
    const [meetings, now] = await Promise.all([
      this.#held(
        db,
        caller,
        `o.starts_at < $6 and o.ends_at > $5
          and coalesce(o.cancelled_at > now() - make_interval(secs => ${meetingCancelledMs / 1_000}), true)`,
        `m.started_at >= $5 and m.started_at < $6`,
        [since, until],
      ),
      this.#held(
        db,
        caller,
        `o.starts_at <= now() and o.ends_at > now() and o.cancelled_at is null`,
        `m.ended_at is null and exists (select from meet.stay st where st.meeting_id = r.id and st.left_at is null)`,
        [],
      ),
    ]);
    return { meetings, now };
  }

  /** Times of scheduled meetings for which the first condition holds, and meetings simply begun, for the second. */
  async #held(
    db: Db,
    caller: Caller,
    planned: string,
    simply: string,
    params: Date[],
  ): Promise<MeetingLine[]> {
    const scope = await scopeOf(db, caller);
    const visible = visibleTo(scope, 'r', 2);
    const space = 'left join access.resource s on s.id = r.space_id';
    const rows = await db.query<Row>(
      `select ${columns}, ${occurrence} from meet.occurrence o join meet.stretch t on t.id = o.stretch_id
         join access.resource r on r.id = o.meeting_id ${space}
        where ${visible.sql} and ${shown('r')} and ${planned}
       union all
       select ${columns}, ${begun} from meet.meeting m join access.resource r on r.id = m.resource_id ${space}
        where ${visible.sql} and ${shown('r')} and ${simply}
          and not exists (select from meet.plan p where p.meeting_id = m.resource_id)
       order by "startsAt", "meetingId" limit ${meetingLinePageMax}`,
      [scope.subjects, ...visible.params, caller.id, ...params],
    );
    return linesOf(db, caller, rows);
  }
}

async function linesOf(db: Db, caller: Caller, rows: readonly Row[]): Promise<MeetingLine[]> {
  const ids = new Set(
    rows.flatMap(({ ownerId, present }) => [...present, ...(ownerId === null ? [] : [ownerId])]),
  );
  const people = new Map((await peopleByIds(db, [...ids])).map((one) => [one.id, presentPerson(one)]));
  return rows.map((row) => {
    const role = roleOf(row.rank) as Role;
    const endless = row.endsAt === null || !Number.isFinite(Number(row.endsAt));
    return {
      meetingId: row.meetingId,
      occurrenceId: row.occurrenceId,
      title: row.title,
      space: row.spaceId === null || row.spaceName === null ? null : { id: row.spaceId, name: row.spaceName },
      organiser: row.ownerId === null ? null : (people.get(row.ownerId) ?? null),
      startsAt: row.startsAt.toISOString(),
      endsAt: endless ? null : (row.endsAt as Date).toISOString(),
      repeats: row.repeats,
      moved: row.moved,
      cancelled: row.cancelled,
      answer: row.answer,
      amInvited: row.amInvited,
      present: row.present.map((id) => people.get(id)).filter((one) => one !== undefined),
      mayChange: mayChange(caller, { role, ownerId: row.ownerId }),
    };
  });
}

import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { peopleByIds } from '@parvis/access/people';
import { load, type Seen } from '@parvis/access/read';
import type { Meeting, MeetingRole } from '@parvis/contract/meet';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentPerson, presentResources } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { type MeetingRow, meetingByUid, meetingColumns, roleIn } from './meeting-row.ts';

/** A meeting as one person sees it. */
export interface Seated {
  readonly seen: Seen;
  readonly row: MeetingRow;
  /** What the person is in it. */
  readonly role: MeetingRole;
}

interface Inside {
  readonly id: number;
  readonly people: number[];
  readonly anonymous: number;
  readonly waiting: number;
  readonly role: MeetingRole | null;
  readonly schedule: Meeting['schedule'];
}

/** The way to a meeting: there is none that does not name who asks. */
@Injectable()
export class Meetings {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found` for strangers and for what does not exist, alike */
  async seen(
    caller: Pick<Caller, 'id' | 'uid' | 'kind' | 'administrator'>,
    uid: string,
    db: Db = this.database.db,
  ): Promise<Seated> {
    const seen = await load(db, caller, uid, { kind: 'meeting' });
    const row = seen === null ? null : await meetingByUid(db, uid);
    if (seen === null || row === null) throw Refused.notFound();
    const [seat] = await db.query<{ role: MeetingRole | null }>(
      'select role from meet.seat where meeting_id = $1 and who = $2',
      [row.id, caller.uid],
    );
    return { seen, row, role: roleIn(seen, caller.id, seat?.role ?? null) };
  }

  /**
   * The same for what organisers alone may do.
   * @throws Refused `not-found`, `not-allowed`
   */
  async organised(caller: Caller, uid: string, db: Db = this.database.db): Promise<Seated> {
    const seated = await this.seen(caller, uid, db);
    if (seated.role !== 'organiser') throw Refused.notAllowed();
    return seated;
  }

  /** Meetings as the wire tells them to one person who sees them. The order stays; what has no row is left out. */
  async present(caller: Pick<Caller, 'id' | 'uid'>, seen: readonly Seen[]): Promise<Meeting[]> {
    const { db } = this.database;
    const ids = seen.map((one) => one.id);
    const [resources, rows, insides] = await Promise.all([
      presentResources(db, seen),
      db.query<MeetingRow>(`select ${meetingColumns} from meet.meeting m where m.resource_id = any($1)`, [
        ids,
      ]),
      this.#inside(ids, caller.uid),
    ]);
    const rowOf = new Map(rows.map((row) => [row.id, row]));
    const insideOf = new Map(insides.map((inside) => [inside.id, inside]));
    const there = [...new Set(insides.flatMap((inside) => inside.people))];
    const people = new Map(
      (there.length > 0 ? await peopleByIds(db, there) : []).map((one) => [one.id, presentPerson(one)]),
    );
    return resources.flatMap((resource, at) => {
      const one = seen[at] as Seen;
      const row = rowOf.get(one.id);
      if (row === undefined) return [];
      const inside = insideOf.get(one.id);
      const myRole = roleIn(one, caller.id, inside?.role ?? null);
      return {
        ...resource,
        ...wireOf(row),
        kind: 'meeting' as const,
        myRole,
        present: (inside?.people ?? []).map((id) => people.get(id)).filter((found) => found !== undefined),
        schedule: scheduleOf(inside),
        anonymous: inside?.anonymous ?? 0,
        waiting: myRole === 'organiser' ? (inside?.waiting ?? 0) : 0,
      };
    });
  }

  #inside(ids: readonly number[], who: string): Promise<Inside[]> {
    return this.database.db.query<Inside>(
      `select m.resource_id::float8 as id,
          coalesce((select array_agg(distinct s.person_id) from meet.stay s
             where s.meeting_id = m.resource_id and s.left_at is null and s.person_id is not null), '{}') as people,
          (select count(distinct s.guest_id)::int from meet.stay s
             where s.meeting_id = m.resource_id and s.left_at is null and s.guest_id is not null) as anonymous,
          (select count(*)::int from meet.knock k
             where k.meeting_id = m.resource_id and ${isWaiting('k')}) as waiting,
          (select role from meet.seat t where t.meeting_id = m.resource_id and t.who = $2) as role,
          (select json_build_object('startsAt', o.starts_at, 'endsAt', o.ends_at, 'timeZone', s.zone,
              'repeats', s.repeat is not null)
             from meet.occurrence o join meet.stretch s on s.id = o.stretch_id
            where o.meeting_id = m.resource_id and o.cancelled_at is null
            order by o.ends_at > now() desc, case when o.ends_at > now() then o.starts_at end,
              o.starts_at desc limit 1) as schedule
         from meet.meeting m where m.resource_id = any($1)`,
      [ids, who],
    );
  }
}

/** Instants out of JSON, as the wire writes them. */
function scheduleOf(inside: Inside | undefined): Meeting['schedule'] {
  if (inside?.schedule == null) return null;
  const { startsAt, endsAt, ...rest } = inside.schedule;
  return { ...rest, startsAt: new Date(startsAt).toISOString(), endsAt: new Date(endsAt).toISOString() };
}

/** Seconds without a sign of life after which somebody at the door has gone away. */
export const waitingSeconds = 45;

/** SQL: the knock waits, and its page is still open. */
export function isWaiting(alias: string): string {
  return `(${alias}.state = 'waiting' and ${alias}.seen_at > now() - make_interval(secs => ${waitingSeconds}))`;
}

function wireOf(row: MeetingRow) {
  return {
    code: row.code,
    access: row.access,
    locked: row.locked,
    encrypted: row.encrypted,
    channelId: row.channelId,
    notesId: row.notesId,
    boardId: row.boardId,
    recording: row.recording,
    captions: row.captions,
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

import type { Db } from '@parvis/access/db';
import type { Stay } from '@parvis/contract/meet';
import { tellBegun } from '../tell/begun.ts';
import { identified, meetingOfRoom } from './identity.ts';

/** Rows of one attendance list. */
const staysMax = 5_000;

/** One stay as LiveKit names it: `sid` is another each time that the same identity comes in. */
export interface Coming {
  readonly room: string;
  readonly identity: string;
  readonly sid: string;
  readonly at: Date;
}

interface Known {
  readonly uid: string;
  readonly personUid: string | null;
  readonly guestId: string | null;
}

function known({ room, identity }: Coming): Known | null {
  const meeting = meetingOfRoom(room);
  const one = identified(identity);
  if (meeting === null || one === null) return null;
  return {
    uid: meeting.uid,
    personUid: one.anonymous ? null : one.who,
    guestId: one.anonymous ? one.who : null,
  };
}

/** SQL of the person or guest behind an identity, `$3` and `$4`, beside the meeting `m`. */
const attendee = `left join access.person p on p.uid = $3::uuid
  left join meet.knock k on k.id = $4::uuid and k.meeting_id = m.resource_id`;
const isKnown = '(p.subject_id is not null or k.id is not null)';

/**
 * Somebody came in. Heard twice or late, it changes nothing.
 * @returns whether the meeting began with it
 */
export async function arrived(db: Db, coming: Coming): Promise<boolean> {
  const one = known(coming);
  if (one === null) return false;
  const came = await db.query(
    `insert into meet.stay (meeting_id, identity, sid, person_id, guest_id, joined_at)
     select m.resource_id, $2, $5, p.subject_id, k.id, $6 from meet.meeting m ${attendee}
      where m.uid = $1 and ${isKnown} on conflict do nothing returning 1`,
    [one.uid, coming.identity, one.personUid, one.guestId, coming.sid, coming.at],
  );
  const begun = await db.query<{ fresh: boolean }>(
    `with old as (select resource_id, started_at from meet.meeting where uid = $1 for no key update)
     update meet.meeting m set started_at = least(coalesce(m.started_at, $2), $2) from old
      where m.resource_id = old.resource_id and m.ended_at is null returning old.started_at is null as fresh`,
    [one.uid, coming.at],
  );
  if (came.length > 0) await tellBegun(db, one.uid, coming.at);
  return begun[0]?.fresh ?? false;
}

/** Somebody left. Heard before the arrival (webhooks may come in any order), the stay is recorded as already over. */
export async function departed(db: Db, coming: Coming): Promise<void> {
  const one = known(coming);
  if (one === null) return;
  await db.query(
    `insert into meet.stay (meeting_id, identity, sid, person_id, guest_id, joined_at, left_at)
     select m.resource_id, $2, $5, p.subject_id, k.id, $6, $6 from meet.meeting m ${attendee}
      where m.uid = $1 and ${isKnown}
     on conflict (meeting_id, identity, sid) do update set left_at = coalesce(stay.left_at, excluded.left_at)`,
    [one.uid, coming.identity, one.personUid, one.guestId, coming.sid, coming.at],
  );
}

/** Who was in a meeting and when, in the order of their coming. */
export async function staysOf(db: Db, meetingId: number): Promise<Stay[]> {
  const rows = await db.query<Omit<Stay, 'joinedAt' | 'leftAt'> & { joinedAt: Date; leftAt: Date | null }>(
    `select coalesce(p.uid, k.id) as who, coalesce(p.name, k.name) as name, coalesce(p.kind, 'anonymous') as kind,
        p.organisation, s.joined_at as "joinedAt", s.left_at as "leftAt"
       from meet.stay s left join access.person p on p.subject_id = s.person_id
         left join meet.knock k on k.id = s.guest_id
      where s.meeting_id = $1 and coalesce(p.uid, k.id) is not null
      order by s.joined_at, s.identity limit ${staysMax}`,
    [meetingId],
  );
  return rows.map((row) => ({
    ...row,
    joinedAt: row.joinedAt.toISOString(),
    leftAt: row.leftAt?.toISOString() ?? null,
  }));
}

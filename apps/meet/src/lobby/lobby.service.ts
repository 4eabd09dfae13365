import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { grant } from '@parvis/access/grants';
import { load } from '@parvis/access/read';
import { meetingPassMs, waitingPeopleMax } from '@parvis/contract/limits';
import type { Admission, knockAsGuest } from '@parvis/contract/meet-lobby';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';
import { Codes, type Guesser } from '../code/codes.ts';
import { Changed } from '../meeting/changed.ts';
import { EntryService } from '../meeting/entry.service.ts';
import { type MeetingRow, meetingByUid } from '../meeting/meeting-row.ts';
import { isWaiting } from '../meeting/meetings.ts';
import { Attendees, passHash } from '../room/attendees.ts';

type State = Admission['state'];
type Titled = MeetingRow & { readonly title: string };

/** A knock as it is kept. */
interface Known {
  readonly id: string;
  readonly personId: number | null;
  readonly state: 'waiting' | 'admitted' | 'refused' | 'removed';
}

const passBytes = 24;

/** What a refusal at the door is called where it is a state and not an error. */
const stateOfCode: Record<string, State> = {
  'meeting-ended': 'ended',
  'meeting-locked': 'locked',
  'meeting-full': 'full',
  'meeting-removed': 'removed',
};

/** The door of a meeting: whoever waits there is kept out of LiveKit altogether. */
@Injectable()
export class LobbyService {
  constructor(
    private readonly database: Database,
    private readonly codes: Codes,
    private readonly entry: EntryService,
    private readonly attendees: Attendees,
    private readonly changed: Changed,
  ) {}

  /** @throws Refused `not-found`, `too-many-requests` */
  async byCode(code: string, guesser: Guesser) {
    const row = await this.codes.meeting(code, guesser);
    return {
      meetingId: row.uid,
      title: row.title,
      encrypted: row.encrypted,
      waits: row.access !== 'open',
      locked: row.locked,
      // One that comes again is not over for whoever stands before it.
      endedAt: row.comesAgain ? null : (row.endedAt?.toISOString() ?? null),
      startsAt: await this.#startsAt(row),
    };
  }

  /** When it is held next; null for one that is not scheduled. */
  async #startsAt(row: MeetingRow): Promise<string | null> {
    const [next] = await this.database.db.query<{ at: Date }>(
      `select starts_at as at from meet.occurrence
        where meeting_id = $1 and cancelled_at is null and ends_at > now() order by starts_at limit 1`,
      [row.id],
    );
    return next?.at.toISOString() ?? null;
  }

  /**
   * A person who knows the code. Whom the meeting lets in directly is given a right to it, as sharing would: then one
   * rule holds for all of it, and for its chat and notes.
   * @throws Refused `not-found`, `too-many-requests`, `meetings-off`
   */
  async knock(caller: Caller, code: string, address: string): Promise<Admission> {
    const row = await this.codes.meeting(code, { caller, address });
    const seen = await load(this.database.db, caller, row.uid, { kind: 'meeting' });
    if (seen === null && !row.locked && this.#opensTo(row, caller)) await this.#giveRight(row, caller);
    else {
      const door = seen === null ? 'waiting' : await this.#door(row, caller);
      const state =
        door === 'waiting' ? await this.#wait(row, { personId: caller.id, name: caller.name }) : door;
      if (state !== 'admitted') return answer(row, state);
    }
    return this.#entering(row, async () => {
      const { me } = await this.attendees.asking(caller, row.uid, undefined);
      await this.entry.checkOpen(row, me);
      return this.entry.admit(row, me);
    });
  }

  /** @throws Refused `not-found`, `too-many-requests`, `meetings-off` */
  async knockAsGuest(
    { code, name }: InputOf<typeof knockAsGuest>,
    address: string,
  ): Promise<OutputOf<typeof knockAsGuest>> {
    const row = await this.codes.meeting(code, { caller: null, address });
    const pass = randomBytes(passBytes).toString('base64url');
    const state = await this.#wait(row, { name, pass }, row.access === 'open');
    const admission = state === 'admitted' ? await this.admission(null, row.uid, pass) : answer(row, state);
    return { ...admission, pass };
  }

  #opensTo(row: MeetingRow, caller: Caller): boolean {
    return (
      row.endedAt === null &&
      (row.access === 'open' || (row.access === 'members' && caller.kind === 'member'))
    );
  }

  /** What the door says to somebody who sees the meeting. */
  async #door(row: MeetingRow, caller: Caller): Promise<State> {
    try {
      const { me } = await this.attendees.asking(caller, row.uid, undefined);
      const enters = await this.entry.entersDirectly(this.database.db, row, me, caller.id);
      return enters ? 'admitted' : 'waiting';
    } catch (error) {
      const state = error instanceof Refused ? stateOfCode[error.code] : undefined;
      if (state === undefined) throw error;
      return state;
    }
  }

  async #giveRight(row: MeetingRow, caller: Caller): Promise<void> {
    await this.database.transaction(async (db) => {
      await grant(db, { resourceUid: row.uid, subjectId: caller.id, role: 'commenter' }, caller.id);
      await audit(db, {
        actorId: caller.id,
        action: 'meeting.entered-by-code',
        resourceId: row.id,
        detail: {},
      });
    });
  }

  /** Notes that somebody is at the door, once a person, and says where they stand. */
  async #wait(
    row: MeetingRow,
    by: { personId?: number; name: string; pass?: string },
    directly = false,
  ): Promise<State> {
    if (row.endedAt !== null && !row.comesAgain) return 'ended';
    return this.database.transaction(async (db) => {
      // One at a time: the number of those who wait has a limit.
      await db.query('select from meet.meeting where resource_id = $1 for no key update', [row.id]);
      const known = by.personId === undefined ? null : await this.#known(db, row, by.personId, undefined);
      if (known?.state === 'admitted') return known.state;
      if (row.locked) return 'locked';
      const [count] = await db.query<{ waiting: number }>(
        `select count(*)::int as waiting from meet.knock k where k.meeting_id = $1 and ${isWaiting('k')}`,
        [row.id],
      );
      if (known?.state !== 'waiting' && (count?.waiting ?? 0) >= waitingPeopleMax) return 'full';
      const [noted] = await db.query<{ state: State }>(
        `insert into meet.knock (meeting_id, person_id, name, pass_hash, state, expires_at)
         values ($1, $2, $3, $4, $5, now() + make_interval(secs => ${meetingPassMs / 1000}))
         on conflict (meeting_id, person_id) do update set seen_at = now(), expires_at = excluded.expires_at,
           state = case when knock.state in ('refused', 'removed') then 'waiting' else knock.state end
         returning state`,
        [
          row.id,
          by.personId ?? null,
          by.name,
          by.pass === undefined ? null : passHash(by.pass),
          directly ? 'admitted' : 'waiting',
        ],
      );
      await this.changed.say(db, row.uid);
      return noted?.state ?? 'waiting';
    });
  }

  /**
   * Where somebody stands. Asking is the sign of life of whoever waits.
   * @throws Refused `no-session`, `not-found`, `meetings-off`
   */
  async admission(caller: Caller | null, uid: string, pass: string | undefined): Promise<Admission> {
    if (caller === null && pass === undefined) throw Refused.noSession();
    const { db } = this.database;
    const row = await this.#titled(db, uid);
    const known = row === null ? null : await this.#known(db, row, caller?.id, pass);
    if (row === null || (known === null && (pass !== undefined || caller === null))) throw Refused.notFound();
    if (known !== null) await db.query('update meet.knock set seen_at = now() where id = $1', [known.id]);
    if (known !== null && known.state !== 'admitted') {
      if (row.endedAt !== null && !row.comesAgain) return answer(row, 'ended');
      return answer(row, known.state);
    }
    return this.#entering(row, async () => {
      if (known === null) return this.entry.join(caller as Caller, uid);
      const { me } = await this.attendees.asking(pass === undefined ? caller : null, uid, pass);
      await this.entry.checkOpen(row, me);
      return this.entry.admit(row, me);
    });
  }

  /** @throws Refused `no-session`, `not-found` */
  async stop(caller: Caller | null, uid: string, pass: string | undefined) {
    if (caller === null && pass === undefined) throw Refused.noSession();
    await this.database.transaction(async (db) => {
      const row = await meetingByUid(db, uid);
      const known = row === null ? null : await this.#known(db, row, caller?.id, pass);
      if (known === null) throw Refused.notFound();
      if (known.state !== 'waiting') return;
      await db.query('delete from meet.knock where id = $1', [known.id]);
      await this.changed.say(db, uid);
    });
    return done;
  }

  async #entering(row: Titled, enter: () => Promise<Admission['entry']>): Promise<Admission> {
    try {
      return answer(row, 'admitted', await enter());
    } catch (error) {
      const state = error instanceof Refused ? stateOfCode[error.code] : undefined;
      if (state === undefined) throw error;
      return answer(row, state);
    }
  }

  async #titled(db: Db, uid: string): Promise<Titled | null> {
    const row = await meetingByUid(db, uid);
    if (row === null) return null;
    const [named] = await db.query<{ title: string }>(
      'select title from access.resource where id = $1 and trash_id is null',
      [row.id],
    );
    return named === undefined ? null : { ...row, ...named };
  }

  async #known(
    db: Db,
    row: MeetingRow,
    personId: number | undefined,
    pass: string | undefined,
  ): Promise<Known | null> {
    const [known] = await db.query<Known>(
      `select id, person_id as "personId", state from meet.knock
        where meeting_id = $1 and case when $3::bytea is null then person_id = $2
          else pass_hash = $3 and expires_at > now() end`,
      [row.id, personId ?? null, pass === undefined ? null : passHash(pass)],
    );
    return known ?? null;
  }
}

function answer(row: Titled, state: State, entry: Admission['entry'] = null): Admission {
  return { state, meetingId: row.uid, title: row.title, encrypted: row.encrypted, entry };
}

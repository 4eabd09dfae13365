import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { children } from '@parvis/access/lists';
import { peopleByIds } from '@parvis/access/people';
import { load, type Seen } from '@parvis/access/read';
import { abilities, atLeast } from '@parvis/access/roles';
import { createResource } from '@parvis/access/tree';
import { meetingPeopleMax, pageSizeMax } from '@parvis/contract/limits';
import type { createMeeting, Meeting } from '@parvis/contract/meet';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentPerson, presentResources } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { LiveKit, tokenSeconds } from '../livekit.ts';

interface Row {
  id: number;
  startedAt: Date | null;
  endedAt: Date | null;
  present: number[];
}

/** Meetings of a space: a resource in the tree, and a room of LiveKit while people are in it. */
@Injectable()
export class MeetingService {
  constructor(
    private readonly database: Database,
    private readonly livekit: LiveKit,
  ) {}

  async create(caller: Caller, input: InputOf<typeof createMeeting>): Promise<Meeting> {
    const made = await this.database.transaction(async (db) => {
      const space = await load(db, caller, input.spaceId, { kind: 'space' });
      if (space === null) throw Refused.notFound();
      if (!atLeast(space.role, 'editor')) throw Refused.notAllowed();
      const meeting = await createResource(db, {
        kind: 'meeting',
        title: input.title,
        parentUid: space.uid,
        spaceUid: space.uid,
        ownerId: caller.id,
      });
      await db.query('insert into meet.meeting (resource_id, uid) values ($1, $2)', [
        meeting.id,
        meeting.uid,
      ]);
      await audit(db, { actorId: caller.id, action: 'meeting.created', resourceId: meeting.id, detail: {} });
      return { ...meeting, role: space.role };
    });
    return this.#present([made]).then((all) => all[0] as Meeting);
  }

  async ofSpace(caller: Caller, spaceId: string): Promise<{ meetings: Meeting[] }> {
    const { db } = this.database;
    if ((await load(db, caller, spaceId, { kind: 'space' })) === null) throw Refused.notFound();
    const found = await children(db, caller, spaceId, { kinds: ['meeting'], limit: pageSizeMax });
    const meetings = await this.#present(found);
    const open = (one: Meeting) => (one.present.length > 0 ? 0 : one.endedAt === null ? 1 : 2);
    meetings.sort((a, b) => open(a) - open(b) || b.updatedAt.localeCompare(a.updatedAt));
    return { meetings };
  }

  async one(caller: Caller, id: string): Promise<Meeting> {
    const seen = await this.#loaded(caller, id);
    return (await this.#present([seen]))[0] as Meeting;
  }

  /** A token is signed only after access, end and capacity were checked here; LiveKit never decides who may come in. */
  async join(caller: Caller, id: string) {
    const seen = await this.#loaded(caller, id);
    const row = await this.#row(seen.id);
    if (row?.endedAt) throw Refused.conflict('meeting-ended');
    const inside = await this.livekit.inRoom(seen.uid);
    if (inside === null) throw Refused.unavailable('meetings-off');
    if (inside.length >= meetingPeopleMax) throw Refused.conflict('meeting-full');
    await this.livekit.openRoom(seen.uid, meetingPeopleMax);
    // Two browsers of one person are two participants; the part after the dot tells them apart.
    const identity = `${caller.uid}.${randomBytes(6).toString('hex')}`;
    const token = await this.livekit.token({
      room: seen.uid,
      identity,
      name: caller.name,
      attributes: { person: caller.uid, kind: caller.kind },
      publish: abilities(seen.role).comment,
    });
    const expiresAt = new Date(Date.now() + tokenSeconds * 1000).toISOString();
    return { path: '/livekit', token, identity, expiresAt };
  }

  async end(caller: Caller, id: string) {
    const seen = await this.#loaded(caller, id);
    if (!atLeast(seen.role, 'manager') && seen.ownerId !== caller.id) throw Refused.notAllowed();
    await this.database.transaction(async (db) => {
      await db.query('update meet.meeting set ended_at = coalesce(ended_at, now()) where resource_id = $1', [
        seen.id,
      ]);
      await db.query('update meet.stay set left_at = now() where meeting_id = $1 and left_at is null', [
        seen.id,
      ]);
      await audit(db, { actorId: caller.id, action: 'meeting.ended', resourceId: seen.id, detail: {} });
    });
    // The end is ours to say; a media server that is away is told by the reconciler.
    await this.livekit.closeRoom(seen.uid).catch(() => undefined);
    return done;
  }

  async #loaded(caller: Caller, id: string): Promise<Seen> {
    const seen = await load(this.database.db, caller, id, { kind: 'meeting' });
    if (seen === null) throw Refused.notFound();
    return seen;
  }

  async #row(id: number): Promise<Row | undefined> {
    return (await meetingRows(this.database.db, [id]))[0];
  }

  async #present(seen: readonly Seen[]): Promise<Meeting[]> {
    const { db } = this.database;
    const [resources, rows] = await Promise.all([
      presentResources(db, seen),
      meetingRows(
        db,
        seen.map((one) => one.id),
      ),
    ]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const ids = [...new Set(rows.flatMap((row) => row.present))];
    const people = new Map(
      (ids.length > 0 ? await peopleByIds(db, ids) : []).map((person) => [person.id, presentPerson(person)]),
    );
    return resources.map((resource, at) => {
      const row = byId.get((seen[at] as Seen).id);
      return {
        ...resource,
        kind: 'meeting',
        startedAt: row?.startedAt?.toISOString() ?? null,
        endedAt: row?.endedAt?.toISOString() ?? null,
        present: (row?.present ?? []).map((id) => people.get(id)).filter((person) => person !== undefined),
      };
    });
  }
}

async function meetingRows(db: Db, ids: number[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  return db.query<Row>(
    `select m.resource_id::float8 as id, m.started_at as "startedAt", m.ended_at as "endedAt",
       coalesce(array_agg(distinct s.person_id) filter (where s.person_id is not null), '{}') as present
     from meet.meeting m left join meet.stay s on s.meeting_id = m.resource_id and s.left_at is null
     where m.resource_id = any($1) group by m.resource_id`,
    [ids],
  );
}

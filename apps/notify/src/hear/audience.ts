import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import type { Happening } from '@parvis/access/happenings';
import { whoCanRead } from '@parvis/access/read';
import { rankOf } from '@parvis/access/roles';
import type { InboxKind } from '@parvis/contract/notify';
import { Here } from '../presence/here.ts';

/** Who is to be told and why, by subject id; each person once, for the reason that concerns them most. */
export type Audience = Map<number, InboxKind>;

/** Readers of a thing, asked once per batch. */
export type Readers = (resourceId: number) => Promise<ReadonlySet<number>>;

export function readersIn(db: Db): Readers {
  const known = new Map<number, Promise<ReadonlySet<number>>>();
  return (resourceId) => {
    const found = known.get(resourceId) ?? whoCanRead(db, resourceId).then((ids) => new Set(ids));
    known.set(resourceId, found);
    return found;
  };
}

async function peopleOf(db: Db, uids: readonly string[]): Promise<number[]> {
  if (uids.length === 0) return [];
  const rows = await db.query<{ id: number }>(
    'select subject_id as id from access.person where uid = any($1::uuid[])',
    [uids],
  );
  return rows.map(({ id }) => id);
}

/** All who are in these groups, or in groups within them. */
async function membersOf(db: Db, groups: readonly number[]): Promise<number[]> {
  if (groups.length === 0) return [];
  const rows = await db.query<{ id: number }>(
    `with recursive s(id) as (
       select unnest($1::int[])
       union select m.subject_id from s join access.member m on m.group_id = s.id)
     select s.id from s join access.person p on p.subject_id = s.id`,
    [groups],
  );
  return rows.map(({ id }) => id);
}

/** Those who may let others in. */
async function whoShares(db: Db, resourceId: number, readers: ReadonlySet<number>): Promise<number[]> {
  const rows = await db.query<{ id: number }>(
    `select p.id from unnest($2::int[]) p(id), access.resource r
      where r.id = $1 and access.role_at(r.access_id, access.subjects_of(p.id)) >= $3`,
    [resourceId, [...readers], rankOf('manager')],
  );
  return rows.map(({ id }) => id);
}

type Reason = readonly [kind: InboxKind, people: Iterable<number>];

/** Finds out whom a happening concerns. Nobody hears of what they may not see, and nobody of what they did. */
@Injectable()
export class Audiences {
  constructor(private readonly here: Here) {}

  async of(db: Db, happening: Happening, readers: Readers): Promise<Audience> {
    const found: Audience = new Map();
    const reasons = await this.#reasons(db, happening, readers);
    const seeing = happening.what === 'read' ? new Set<number>() : await readers(happening.resourceId);
    for (const [kind, people] of reasons) {
      for (const id of people) {
        if (id === happening.actorId || found.has(id)) continue;
        if (seeing.has(id) || kind === 'access-answered') found.set(id, kind);
      }
    }
    return found;
  }

  /** The strongest reason first. */
  async #reasons(db: Db, happening: Happening, readers: Readers): Promise<Reason[]> {
    switch (happening.what) {
      case 'message':
        return this.#ofMessage(db, happening, readers);
      case 'comment': {
        const { mentioned, followers } = happening.detail;
        return [
          ['named', await peopleOf(db, mentioned)],
          ['comment', followers],
        ];
      }
      case 'named':
      case 'assigned':
        return [[happening.what, await peopleOf(db, happening.detail.people)]];
      case 'access-asked':
        return [
          ['access-asked', await whoShares(db, happening.resourceId, await readers(happening.resourceId))],
        ];
      case 'access-answered':
        return [['access-answered', [happening.detail.personId]]];
      case 'reminder':
        return [['reminder', [happening.detail.personId]]];
      case 'meeting':
        return [[happening.detail.why, happening.detail.people]];
      case 'hook-disabled':
        return [['hook-disabled', [happening.detail.personId]]];
      case 'read':
        return [];
    }
  }

  async #ofMessage(
    db: Db,
    { resourceId, detail }: Extract<Happening, { what: 'message' }>,
    readers: Readers,
  ): Promise<Reason[]> {
    const seeing = await readers(resourceId);
    const online = detail.here ? await this.here.among(db, [...seeing]) : [];
    return [
      ['mention', detail.people],
      ...(detail.direct ? [['direct', seeing] as const] : []),
      ['reply', detail.followers],
      ['group', await membersOf(db, detail.groups)],
      ['everybody', detail.everybody ? seeing : online],
      ...(detail.threadSeq === null ? [['message', await this.#wantingAll(db, resourceId)] as const] : []),
    ];
  }

  /** Who wants to hear all of a channel: those who chose it there, and those who choose it in general. */
  async #wantingAll(db: Db, resourceId: number): Promise<number[]> {
    const rows = await db.query<{ id: number }>(
      `select person_id as id from access.level where resource_id = $1 and level = 'all'
       union select person_id from notify.setting where level = 'all'`,
      [resourceId],
    );
    return rows.map(({ id }) => id);
  }
}

import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import type { PersonPresence, Status } from '@parvis/contract/presence';
import type { Caller } from '@parvis/server/caller';
import { isQuiet } from '../level/rule.ts';
import { usualSettings, Wishes } from '../level/wishes.ts';
import { Here } from './here.ts';

type Asker = Pick<Caller, 'id' | 'kind'>;

/** What a person sees of others: whether they are here, and what they say of themselves. */
@Injectable()
export class Presences {
  constructor(
    private readonly here: Here,
    private readonly wishes: Wishes,
  ) {}

  /**
   * Those of these people whom somebody may watch, by uid. Members see each other and the guests of the house; a guest
   * sees who is in a channel with them, and nobody else.
   */
  async watchable(db: Db, asker: Asker, uids: readonly string[]): Promise<{ id: number; uid: string }[]> {
    const people = await db.query<{ id: number; uid: string }>(
      'select subject_id as id, uid from access.person where uid = any($1::uuid[])',
      [uids],
    );
    if (asker.kind === 'member' || people.length === 0) return people;
    const shared = await db.query<{ id: number }>(
      `with mine as materialized (
         select r.top_id, r.access_id from access.scope_of($1) s
           join access.resource r on r.top_id = any(s.tops) or r.access_id = any(s.extra)
          where r.kind = 'channel' and r.trash_id is null)
       select p.id from unnest($2::int[]) p(id) cross join lateral access.scope_of(p.id) s
        where p.id = $1 or exists (
          select from mine m where m.top_id = any(s.tops) or m.access_id = any(s.extra))`,
      [asker.id, people.map(({ id }) => id)],
    );
    const ids = new Set(shared.map(({ id }) => id));
    return people.filter(({ id }) => ids.has(id));
  }

  async of(db: Db, people: readonly { id: number; uid: string }[]): Promise<PersonPresence[]> {
    const ids = people.map(({ id }) => id);
    const [states, statuses, settings] = await Promise.all([
      this.here.states(db, ids),
      this.statuses(db, ids),
      this.wishes.settings(db, ids),
    ]);
    const now = new Date();
    return people.map(({ id, uid }) => {
      const active = states.get(id);
      const quiet = isQuiet(settings.get(id) ?? usualSettings, now);
      const open = active ? ('online' as const) : ('away' as const);
      return {
        id: uid,
        state: active === undefined ? 'offline' : quiet ? 'busy' : open,
        status: statuses.get(id) ?? null,
      };
    });
  }

  /** What people say of themselves, without what has ended. */
  async statuses(db: Db, ids: readonly number[]): Promise<Map<number, Status>> {
    const rows = await db.query<{ id: number; emoji: string; text: string; until: Date | null }>(
      `select person_id as id, emoji, text, until from notify.status
        where person_id = any($1::int[]) and (until is null or until > now())`,
      [ids],
    );
    return new Map(
      rows.map(({ id, emoji, text, until }) => [id, { emoji, text, until: until?.toISOString() ?? null }]),
    );
  }
}

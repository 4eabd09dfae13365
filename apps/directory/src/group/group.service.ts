import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { addMember, createGroup, findGroup, membersOf, removeMember } from '@parvis/access/groups';
import { findPersonByUid } from '@parvis/access/people';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Refused } from '@parvis/server/refused';

/** Groups in one answer; a house with more of them needs search, not a longer list. */
const groupsMax = 2_000;

/** Groups of people and of other groups; administrators make them, everybody may give them access. */
@Injectable()
export class Groups {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All groups by name, each with the number of people in it, counted through other groups. */
  async list() {
    const groups = await this.#database.db.query<{ id: string; name: string; memberCount: number }>(
      `with recursive g as materialized (
         select subject_id, uid, name from access.people_group order by lower(name) limit ${groupsMax}),
       inside(top, id) as (
         select subject_id, subject_id from g
         union select i.top, m.subject_id from inside i join access.member m on m.group_id = i.id)
       select g.uid as id, g.name, count(p.subject_id)::int as "memberCount"
         from g left join inside i on i.top = g.subject_id left join access.person p on p.subject_id = i.id
        group by g.subject_id, g.uid, g.name order by lower(g.name), g.uid`,
    );
    return { groups };
  }

  async create(caller: Caller, name: string) {
    const group = await this.#database.transaction(async (db) => {
      const made = await createGroup(db, name);
      await audit(db, { actorId: caller.id, action: 'group.created', detail: { group: made.uid } });
      return made;
    });
    return { id: group.uid, name: group.name, memberCount: 0 };
  }

  /** Who is directly in a group, by name. */
  async members(groupUid: string) {
    const { db } = this.#database;
    const group = await findGroup(db, groupUid);
    if (group === null) throw Refused.notFound();
    const members = await membersOf(db, group.id);
    return { members: members.map(({ uid, kind, name }) => ({ id: uid, kind, name })) };
  }

  /** Puts a person or a group in, or takes them out. Twice is once. */
  async change(caller: Caller, groupUid: string, memberUid: string, verb: 'add' | 'remove') {
    await this.#database.transaction(async (db) => {
      const group = await findGroup(db, groupUid);
      const member = await this.#subject(db, memberUid);
      if (group === null || member === null) throw Refused.notFound();
      await (verb === 'add' ? addMember : removeMember)(db, group.id, member);
      const action = verb === 'add' ? 'group.member-added' : 'group.member-removed';
      await audit(db, { actorId: caller.id, action, detail: { group: groupUid, member: memberUid } });
    });
    return done;
  }

  async #subject(db: Db, uid: string): Promise<number | null> {
    return (await findPersonByUid(db, uid))?.id ?? (await findGroup(db, uid))?.id ?? null;
  }
}

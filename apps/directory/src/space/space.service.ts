import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { checkMayGrant, grant, ownGrant, revoke } from '@parvis/access/grants';
import { newest } from '@parvis/access/lists';
import { findPersonByUid, type Person } from '@parvis/access/people';
import { load, type Seen } from '@parvis/access/read';
import { createResource } from '@parvis/access/tree';
import type { createSpace, inviteToSpace, Space } from '@parvis/contract/directory';
import type { InputOf } from '@parvis/contract/operation';
import { done } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { Outbox } from '@parvis/server/outbox';
import { presentPerson, presentResources } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { takeAllInside } from './leaving.ts';
import { countMembers, membersOfSpace, type SpaceMember } from './members.ts';

/** Spaces in one answer; the busiest people of a large ministry are in about five hundred. */
const spacesMax = 1_000;

function isOver(person: Person): boolean {
  return person.disabledAt !== null || (person.endsAt !== null && person.endsAt.getTime() <= Date.now());
}

function presentMember({ person, role, expiresAt, byGroup }: SpaceMember) {
  return {
    person: presentPerson(person),
    role,
    expiresAt: (expiresAt ?? person.endsAt)?.toISOString() ?? null,
    byGroup,
  };
}

/** Spaces and who is in them. */
@Injectable()
export class Spaces {
  readonly #database: Database;
  readonly #outbox: Outbox;

  constructor(database: Database, outbox: Outbox) {
    this.#database = database;
    this.#outbox = outbox;
  }

  async #present(rows: readonly Seen[]): Promise<Space[]> {
    const { db } = this.#database;
    const resources = await presentResources(db, rows);
    const counts = await countMembers(
      db,
      rows.map(({ id }) => id),
    );
    return rows.map((row, index) => ({
      ...(resources[index] as (typeof resources)[number]),
      kind: 'space',
      description: typeof row.meta['description'] === 'string' ? row.meta['description'] : '',
      memberCount: counts.get(row.id) ?? 0,
    }));
  }

  /** By title, as people count and sort; in no particular language. */
  async list(caller: Caller) {
    const rows = await newest(this.#database.db, caller, { kinds: ['space'], limit: spacesMax });
    const order = new Intl.Collator(caller.locale, { numeric: true });
    rows.sort((a, b) => order.compare(a.title, b.title) || a.id - b.id);
    return { spaces: await this.#present(rows) };
  }

  async #load(db: Db, caller: Caller, uid: string): Promise<Seen> {
    const space = await load(db, caller, uid, { kind: 'space' });
    if (space === null) throw Refused.notFound();
    return space;
  }

  async get(caller: Caller, uid: string): Promise<Space> {
    const [space] = await this.#present([await this.#load(this.#database.db, caller, uid)]);
    return space as Space;
  }

  /** Opens a space. Its first channel is chat's: made from the outbox event, or when somebody lists the channels. */
  async create(caller: Caller, { name, description }: InputOf<typeof createSpace>): Promise<Space> {
    const uid = await this.#database.transaction(async (db) => {
      const meta = description === '' ? {} : { description };
      const row = await createResource(db, { kind: 'space', title: name, ownerId: caller.id, meta });
      await this.#outbox.add(db, 'space-created', { spaceId: row.uid, byId: caller.uid });
      await audit(db, { actorId: caller.id, action: 'space.created', resourceId: row.id });
      return row.uid;
    });
    return this.get(caller, uid);
  }

  async members(caller: Caller, uid: string) {
    const space = await this.#load(this.#database.db, caller, uid);
    const members = await membersOfSpace(this.#database.db, space.id);
    return { members: members.map(presentMember) };
  }

  /** Invites somebody of the house, or changes their role. @throws AccessError, Refused */
  async invite(caller: Caller, { id, personId, role }: InputOf<typeof inviteToSpace>) {
    return this.#database.transaction(async (db) => {
      const space = await this.#load(db, caller, id);
      await checkMayGrant(db, caller, id, role);
      const person = await findPersonByUid(db, personId);
      if (person === null || isOver(person)) throw new Refused(404, 'unknown-subject');
      const held = await ownGrant(db, id, person.id);
      // Taking ownership away is an owner's to do.
      if (held !== null) await checkMayGrant(db, caller, id, held);
      await grant(db, { resourceUid: id, subjectId: person.id, role }, caller.id);
      await this.#tell(db, 'space.member-invited', caller, space, person, { role });
      const [member] = await membersOfSpace(db, space.id, person.id);
      return presentMember(member as SpaceMember);
    });
  }

  async #tell(
    db: Db,
    action: string,
    caller: Caller,
    space: Seen,
    person: Person,
    detail = {},
  ): Promise<void> {
    const topic = action.replace('.', '-');
    await this.#outbox.add(db, topic, { spaceId: space.uid, personId: person.uid, byId: caller.uid });
    await audit(db, {
      actorId: caller.id,
      action,
      resourceId: space.id,
      detail: { person: person.uid, ...detail },
    });
  }

  /** Removes a person, or leaves. All that they were given inside the space goes too. @throws AccessError, Refused */
  async remove(caller: Caller, spaceUid: string, personUid: string) {
    await this.#database.transaction(async (db) => {
      const space = await this.#load(db, caller, spaceUid);
      const person = await findPersonByUid(db, personUid);
      const isLeaving = person?.id === caller.id;
      const held = person === null ? null : await ownGrant(db, spaceUid, person.id);
      if (!isLeaving) await checkMayGrant(db, caller, spaceUid, held ?? 'reader');
      if (person === null) throw Refused.notFound();
      const isIn = async () => (await membersOfSpace(db, space.id, person.id)).length > 0;
      if (held === null && !(await isIn())) throw Refused.notFound();
      await revoke(db, spaceUid, person.id);
      // Only whoever runs the group can take them out of it.
      if (await isIn()) throw Refused.conflict('member-by-group');
      await takeAllInside(db, space.id, person.id, caller.id);
      const action = isLeaving ? 'space.member-left' : 'space.member-removed';
      await this.#tell(db, action, caller, space, person, { role: held });
    });
    return done;
  }
}

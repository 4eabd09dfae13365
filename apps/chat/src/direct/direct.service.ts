import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { putGrant } from '@parvis/access/grants';
import { notify } from '@parvis/access/notify';
import {
  findPeople,
  findPersonById,
  findPersonByUid,
  isActive,
  type Person,
  personColumns,
} from '@parvis/access/people';
import { likePattern, searchKey } from '@parvis/access/titles';
import { createResource } from '@parvis/access/tree';
import type { Channel } from '@parvis/contract/chat';
import type { findDirectPeople, openDirect } from '@parvis/contract/chat-direct';
import { directListSizeMax, nameLengthMax } from '@parvis/contract/limits';
import type { InputOf } from '@parvis/contract/operation';
import type { Person as WirePerson } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { Notices } from '../live/notices.ts';
import { ChannelReader } from '../channel/channel-reader.ts';
import { acquaintances } from './acquainted.ts';

/** People looked at for one answer to a guest, who may only find a part of them. */
const candidatesMax = 500;

/** Names, as far as a title goes: it is what lists show that know nothing of conversations. */
function titleOf(people: readonly Person[]): string {
  return people
    .map(({ name }) => name)
    .join(', ')
    .slice(0, nameLengthMax);
}

/**
 * Conversations of two to nine people. Each is a tree of its own in which all have the same role: they write, and
 * nobody among them can let others in, rename it or put it away.
 */
@Injectable()
export class DirectConversations {
  readonly #database: Database;
  readonly #reader: ChannelReader;
  readonly #notices: Notices;

  constructor(database: Database, reader: ChannelReader, notices: Notices) {
    this.#database = database;
    this.#reader = reader;
    this.#notices = notices;
  }

  /**
   * The one conversation of these people, made if there is none; however many ask at once, it is made once.
   * @throws Refused `unknown-subject`, `conversation-with-oneself`, `guest-needs-shared-channel`
   */
  async open(caller: Caller, { personIds }: InputOf<typeof openDirect>): Promise<Channel> {
    const made: number[] = [];
    const uid = await this.#database.transaction(async (db) => {
      const people = await this.#participants(db, caller, personIds);
      const key = people.map(({ id }) => id).join(',');
      await db.query("select pg_advisory_xact_lock(hashtextextended('chat.people:' || $1, 0))", [key]);
      const [known] = await db.query<{ uid: string; id: number }>(
        `select c.uid, c.resource_id::float8 as id from chat.channel c join access.resource r on r.id = c.resource_id
          where c.people_key = $1`,
        [key],
      );
      if (known === undefined) {
        made.push(...people.map(({ id }) => id));
        return this.#make(db, caller, people, key);
      }
      await db.query(
        'update chat.membership set hidden_at_seq = null where channel_id = $1 and person_id = $2',
        [known.id, caller.id],
      );
      return known.uid;
    });
    for (const personId of made) this.#notices.own(personId, { t: 'joined', channelId: uid });
    return this.#reader.one(caller, uid);
  }

  /** All who are to be in it, in the order of their ids. To a guest, a stranger and nobody are the same. */
  async #participants(db: Db, caller: Caller, personIds: readonly string[]): Promise<Person[]> {
    const found = new Map<number, Person>();
    for (const uid of personIds) {
      const person = await findPersonByUid(db, uid);
      if (person === null || isOver(person)) throw new Refused(404, 'unknown-subject');
      found.set(person.id, person);
    }
    const me = await findPersonById(db, caller.id);
    if (me === null) throw Refused.notFound();
    found.set(me.id, me);
    if (found.size < 2) throw Refused.conflict('conversation-with-oneself');
    const people = [...found.values()].sort((a, b) => a.id - b.id);
    for (const guest of people.filter(({ kind }) => kind === 'guest')) {
      const others = people.filter(({ id }) => id !== guest.id).map(({ id }) => id);
      const known = await acquaintances(db, guest, others);
      if (others.every((id) => known.has(id))) continue;
      throw caller.kind === 'guest'
        ? new Refused(404, 'unknown-subject')
        : Refused.conflict('guest-needs-shared-channel');
    }
    return people;
  }

  async #make(db: Db, caller: Caller, people: readonly Person[], key: string): Promise<string> {
    const member =
      people.find(({ id, kind }) => id === caller.id && kind === 'member') ?? people.find(isMember);
    const ownerId = member?.id ?? people[0]?.sponsorId;
    if (ownerId === undefined || ownerId === null) throw Refused.conflict('guest-needs-shared-channel');
    const made = await createResource(db, { kind: 'channel', title: titleOf(people), ownerId });
    // A tree begins with its owner; in a conversation nobody is more than the others.
    await db.query('delete from access.grant_ where resource_id = $1', [made.id]);
    for (const { id } of people) await putGrant(db, made.id, { subjectId: id, role: 'commenter' }, caller.id);
    await db.query('insert into chat.channel (resource_id, uid, kind, people_key) values ($1, $2, $3, $4)', [
      made.id,
      made.uid,
      people.length === 2 ? 'direct' : 'group',
      key,
    ]);
    // Whoever opened it finds it in their column before the first word.
    await db.query('insert into chat.membership (channel_id, person_id) values ($1, $2)', [
      made.id,
      caller.id,
    ]);
    await audit(db, {
      actorId: caller.id,
      action: 'conversation.opened',
      resourceId: made.id,
      detail: { people: people.length },
    });
    await notify(db, { subjects: people.map(({ id }) => id), resources: [made.uid] });
    return made.uid;
  }

  /** The liveliest first; an empty one is listed only for who opened it. */
  async list(caller: Caller): Promise<{ channels: Channel[] }> {
    const mine = `c.kind in ('direct', 'group') and (c.last_seq > 0 or mine.person_id is not null)
      and exists (select from access.grant_ g where g.resource_id = c.resource_id and g.subject_id = $2::int)`;
    const order = { order: 'r.updated_at desc', limit: directListSizeMax };
    return { channels: await this.#reader.visible(caller, mine, caller.id, order) };
  }

  async people(
    caller: Caller,
    { q, limit }: InputOf<typeof findDirectPeople>,
  ): Promise<{ people: WirePerson[] }> {
    const { db } = this.#database;
    if (caller.kind === 'member') {
      const found = await findPeople(db, caller, { text: q, limit: limit + 1 });
      return {
        people: found
          .filter(({ id }) => id !== caller.id)
          .slice(0, limit)
          .map(presentPerson),
      };
    }
    const me = await findPersonById(db, caller.id);
    if (me === null) throw Refused.notFound();
    const named = await db.query<Person>(
      `select ${personColumns('p')} from access.person p
        where ${isActive('p')} and p.name_key like $1 and p.subject_id <> $2
        order by p.name_key, p.subject_id limit ${candidatesMax}`,
      [`%${likePattern(searchKey(q))}%`, caller.id],
    );
    const known = await acquaintances(
      db,
      me,
      named.map(({ id }) => id),
    );
    return {
      people: named
        .filter(({ id }) => known.has(id))
        .slice(0, limit)
        .map(presentPerson),
    };
  }
}

const isMember = ({ kind }: Person) => kind === 'member';

function isOver(person: Person): boolean {
  return person.disabledAt !== null || (person.endsAt !== null && person.endsAt.getTime() <= Date.now());
}

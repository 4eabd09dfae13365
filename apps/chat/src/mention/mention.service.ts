import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import { listGroups } from '@parvis/access/groups';
import { findPeople, isActive, type Person, personColumns } from '@parvis/access/people';
import { load, whoCanRead } from '@parvis/access/read';
import { searchKey } from '@parvis/access/titles';
import type { findMentionable } from '@parvis/contract/chat-write';
import type { InputOf, OutputOf } from '@parvis/contract/operation';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';

/** Positions at the end of a channel in which a guest finds who has spoken. */
const spokenMax = 2_000;
/** Groups proposed at once. */
const groupsMax = 3;

/** Whom one may mention while writing. */
@Injectable()
export class MentionService {
  constructor(private readonly database: Database) {}

  /**
   * People by a part of their name, those who see the channel first, then groups. A guest does not browse the
   * directory: they find who has spoken here lately. @throws Refused `not-found`, for strangers too
   */
  async find(
    caller: Caller,
    { id, q, limit }: InputOf<typeof findMentionable>,
  ): Promise<OutputOf<typeof findMentionable>> {
    const { db } = this.database;
    const channel = await load(db, caller, id, { kind: 'channel' });
    if (!channel) throw Refused.notFound();
    if (caller.kind === 'guest') {
      const people = await named(db, await whoSpoke(db, channel.id), q, limit);
      return { people: people.map((person) => ({ person: presentPerson(person), sees: true })), groups: [] };
    }
    const readers = await named(db, await whoCanRead(db, channel.id), q, limit);
    const more = q === '' || readers.length >= limit ? [] : await findPeople(db, caller, { text: q, limit });
    const known = new Set(readers.map((person) => person.id));
    const others = more.filter((person) => !known.has(person.id)).slice(0, limit - readers.length);
    const groups = q === '' ? [] : await listGroups(db, { text: q, limit: groupsMax });
    return {
      people: [
        ...readers.map((person) => ({ person: presentPerson(person), sees: true })),
        ...others.map((person) => ({ person: presentPerson(person), sees: false })),
      ],
      groups: groups.map(({ uid, name }) => ({ id: uid, name })),
    };
  }
}

/** Those of some people whose name holds the text, names that begin with it first. */
function named(db: Db, ids: readonly number[], q: string, limit: number): Promise<Person[]> {
  const key = searchKey(q);
  return db.query<Person>(
    `select ${personColumns('p')} from access.person p
      where p.subject_id = any($1::int[]) and ${isActive('p')} and strpos(p.name_key, $2) > 0
      order by strpos(p.name_key, $2) > 1, p.name_key, p.subject_id limit $3`,
    [ids, key, limit],
  );
}

async function whoSpoke(db: Db, channelId: number): Promise<number[]> {
  const rows = await db.query<{ id: number }>(
    `select distinct m.sender_id as id from chat.message m join chat.channel c on c.resource_id = m.channel_id
      where m.channel_id = $1 and m.seq > c.last_seq - ${spokenMax}`,
    [channelId],
  );
  return rows.map(({ id }) => id);
}

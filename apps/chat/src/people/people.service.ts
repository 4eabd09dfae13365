import { Injectable } from '@nestjs/common';
import { audit } from '@parvis/access/audit';
import type { Db } from '@parvis/access/db';
import { checkMayGrant, grant, ownGrant, revoke } from '@parvis/access/grants';
import { chooseLevel, unmute } from '@parvis/access/levels';
import { actorOf, findPersonByUid, type Person } from '@parvis/access/people';
import { load, role as roleOn, type Seen } from '@parvis/access/read';
import { atLeast, type Role } from '@parvis/access/roles';
import { findResource } from '@parvis/access/tree';
import { likePattern, searchKey } from '@parvis/access/titles';
import type { Channel } from '@parvis/contract/chat';
import type {
  addToChannel,
  ChannelPerson,
  listChannelPeople,
  placeChannel,
} from '@parvis/contract/chat-channel';
import type { InputOf } from '@parvis/contract/operation';
import { done, type Person as WirePerson } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentPerson } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { ChannelReader } from '../channel/channel-reader.ts';
import { type ChannelToChange, isConversation, loadForChange } from '../channel/channel-row.ts';
import { Notices } from '../live/notices.ts';
import { ChangeLog, type Happening } from '../message/change-log.ts';
import { peopleOfChannel } from './people-of-channel.ts';

const isOpen = ({ kind }: ChannelToChange) => kind === 'public' || kind === 'announcements';

function isOver(person: Person): boolean {
  return person.disabledAt !== null || (person.endsAt !== null && person.endsAt.getTime() <= Date.now());
}

/** What somebody who could not read a channel is given with it. */
function roleGiven(person: Person, { kind }: ChannelToChange): Role {
  if (kind === 'announcements') return 'reader';
  return person.kind === 'guest' ? 'commenter' : 'editor';
}

/** Who is in a channel: joining, leaving, being put in and taken out, and each person's own column. */
@Injectable()
export class ChannelPeople {
  readonly #database: Database;
  readonly #reader: ChannelReader;

  readonly #log: ChangeLog;
  readonly #notices: Notices;

  constructor(database: Database, reader: ChannelReader, log: ChangeLog, notices: Notices) {
    this.#database = database;
    this.#reader = reader;
    this.#log = log;
    this.#notices = notices;
  }

  async list(
    caller: Caller,
    { id, q, limit }: InputOf<typeof listChannelPeople>,
  ): Promise<{ people: ChannelPerson[]; total: number }> {
    const { db } = this.#database;
    const seen = await load(db, caller, id, { kind: 'channel' });
    if (seen === null) throw Refused.notFound();
    const text = q === undefined ? '' : likePattern(searchKey(q));
    const { people, total } = await peopleOfChannel(db, seen.id, { text, limit });
    return {
      people: people.map(({ person, ...rest }) => ({ person: presentPerson(person), ...rest })),
      total,
    };
  }

  /** Puts a channel into the caller's column. Being in it already is no error. */
  async join(caller: Caller, id: string): Promise<Channel> {
    await this.#change(id, async (db) => {
      const { seen, channel } = await loadForChange(db, caller, id);
      if (isOpen(channel) && (await this.#setJoined(db, seen.id, channel, caller.id, true)))
        await this.#tell(db, caller, seen, 'joined');
    });
    this.#notices.own(caller.id, { t: 'joined', channelId: id });
    return this.#reader.one(caller, id);
  }

  /**
   * Leaves a channel. What the caller was given in it goes too, unless they manage a channel that the space may read.
   * @throws Refused `wrong-channel-kind`, `member-by-group`; AccessError 'last-owner'
   */
  async leave(caller: Caller, id: string): Promise<typeof done> {
    await this.#change(id, async (db) => {
      const { seen, channel } = await loadForChange(db, caller, id);
      if (isConversation(channel.kind)) throw Refused.conflict('wrong-channel-kind');
      const held = await ownGrant(db, id, caller.id);
      if (held !== null && !(isOpen(channel) && atLeast(held, 'manager'))) await revoke(db, id, caller.id);
      if (!isOpen(channel) && (await roleOn(db, caller, id)) !== null)
        throw Refused.conflict('member-by-group');
      const left = await this.#setJoined(db, seen.id, channel, caller.id, false);
      if (left || held !== null) await this.#tell(db, caller, seen, 'left');
    });
    return done;
  }

  async place(caller: Caller, { id, ...wanted }: InputOf<typeof placeChannel>): Promise<Channel> {
    await this.#database.transaction(async (db) => {
      const { seen, channel } = await loadForChange(db, caller, id);
      await db.query(
        `insert into chat.membership as m (channel_id, person_id, joined, starred, hidden_at_seq)
         select $1, $2, $3, coalesce($4, false), case when $5 then c.last_seq end
           from chat.channel c where c.resource_id = $1
         on conflict (person_id, channel_id) do update set starred = coalesce($4, m.starred),
           hidden_at_seq = case when $5 is null then m.hidden_at_seq else excluded.hidden_at_seq end`,
        [
          seen.id,
          caller.id,
          !isOpen(channel) || channel.forEveryone,
          wanted.starred ?? null,
          wanted.hidden ?? null,
        ],
      );
      const mine = { personId: caller.id, resourceId: seen.id };
      if (wanted.muted === true) await chooseLevel(db, mine, 'none');
      if (wanted.muted === false) await unmute(db, mine);
    });
    return this.#reader.one(caller, id);
  }

  /**
   * Puts people into a channel. Whoever writes in a public one may put in those who can read it anyhow; giving somebody
   * the right to read needs a manager.
   * @throws Refused `unknown-subject`, `wrong-channel-kind`, `channel-archived`, `not-allowed`
   */
  async add(
    caller: Caller,
    { id, personIds }: InputOf<typeof addToChannel>,
  ): Promise<{ added: WirePerson[] }> {
    const put: number[] = [];
    const done = await this.#change(id, async (db) => {
      const { seen, channel } = await loadForChange(db, caller, id);
      if (isConversation(channel.kind)) throw Refused.conflict('wrong-channel-kind');
      if (!atLeast(seen.role, 'commenter')) throw Refused.notAllowed();
      if (channel.archived) throw Refused.conflict('channel-archived');
      const added: WirePerson[] = [];
      for (const uid of new Set(personIds)) {
        const person = await findPersonByUid(db, uid);
        if (person === null || isOver(person)) throw new Refused(404, 'unknown-subject');
        const readsAlready = (await roleOn(db, actorOf(person), id)) !== null;
        if (!readsAlready) {
          const role = roleGiven(person, channel);
          await checkMayGrant(db, caller, id, role);
          await grant(db, { resourceUid: id, subjectId: person.id, role }, caller.id);
        }
        const joined = await this.#setJoined(db, seen.id, channel, person.id, true);
        if (readsAlready && !joined) continue;
        added.push(presentPerson(person));
        put.push(person.id);
        await this.#tell(db, caller, seen, 'added', person);
      }
      return { added };
    });
    for (const personId of put) this.#notices.own(personId, { t: 'joined', channelId: id });
    return done;
  }

  /**
   * Takes a person out of a channel. Of a public one they may still read what their space may read.
   * @throws Refused `not-found`, `wrong-channel-kind`, `member-by-group`; AccessError 'last-owner', 'not-allowed'
   */
  async remove(caller: Caller, id: string, personUid: string): Promise<typeof done> {
    await this.#change(id, async (db) => {
      const { seen, channel } = await loadForChange(db, caller, id);
      if (isConversation(channel.kind)) throw Refused.conflict('wrong-channel-kind');
      const person = await findPersonByUid(db, personUid);
      const held = person === null ? null : await ownGrant(db, id, person.id);
      await checkMayGrant(db, caller, id, held ?? 'reader');
      if (person === null || (await roleOn(db, actorOf(person), id)) === null) throw Refused.notFound();
      if (held !== null) await revoke(db, id, person.id);
      if (!isOpen(channel) && (await roleOn(db, actorOf(person), id)) !== null)
        throw Refused.conflict('member-by-group');
      await this.#setJoined(db, seen.id, channel, person.id, false);
      await this.#tell(db, caller, seen, 'removed', person);
    });
    return done;
  }

  /** @returns whether that changed anything: who was in stays in, and is told of once. */
  async #setJoined(
    db: Db,
    channelId: number,
    channel: ChannelToChange,
    personId: number,
    joined: boolean,
  ): Promise<boolean> {
    if (!isOpen(channel) && !joined) {
      const gone = await db.query(
        'delete from chat.membership where channel_id = $1 and person_id = $2 returning 1 as one',
        [channelId, personId],
      );
      return gone.length > 0;
    }
    const [before] = await db.query<{ joined: boolean }>(
      'select joined from chat.membership where channel_id = $1 and person_id = $2 for update',
      [channelId, personId],
    );
    await db.query(
      `insert into chat.membership (channel_id, person_id, joined) values ($1, $2, $3)
       on conflict (person_id, channel_id) do update set joined = $3, since = now()`,
      [channelId, personId, joined],
    );
    return (before?.joined ?? (isOpen(channel) && channel.forEveryone)) !== joined;
  }

  /** In the channel itself and in the journal. */
  async #tell(db: Db, caller: Caller, seen: Seen, what: Happening['what'], person?: Person): Promise<void> {
    const log = await this.#log.join(db, seen.id);
    await log.notice({ actorId: caller.id, what, ...(person ? { people: [person.id] } : {}) });
    const detail = person ? { person: person.uid } : {};
    await audit(db, {
      actorId: caller.id,
      action: `channel.${person ? `member-${what}` : what}`,
      resourceId: seen.id,
      detail,
    });
  }

  /** Runs a change in one transaction; what it wrote into the log is shown after its commit. */
  async #change<T>(id: string, act: (db: Db) => Promise<T>): Promise<T> {
    const done = await this.#database.transaction(act);
    const found = await findResource(this.#database.db, id);
    if (found) await this.#log.told({ channelId: found.id, channelUid: found.uid });
    return done;
  }
}

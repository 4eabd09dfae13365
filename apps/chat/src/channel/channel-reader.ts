import { Injectable } from '@nestjs/common';
import { personColumns, type Person } from '@parvis/access/people';
import { roles } from '@parvis/access/read';
import { atLeast } from '@parvis/access/roles';
import { isSilenced } from '@parvis/access/silences';
import { shown } from '@parvis/access/scope';
import { type ResourceRow, resourceColumns } from '@parvis/access/tree';
import type { Channel } from '@parvis/contract/chat';
import type { ChannelKind } from '@parvis/contract/chat-place';
import type { Resource } from '@parvis/contract/shape';
import type { Caller } from '@parvis/server/caller';
import { Database } from '@parvis/server/database';
import { presentPerson, presentResources } from '@parvis/server/present';
import { Refused } from '@parvis/server/refused';
import { kindOf, isConversation, unreadMentions } from './channel-row.ts';
import { isJoined, isMuted, place } from './joined.ts';

type ChannelState = Pick<
  Channel,
  | 'topic'
  | 'description'
  | 'forEveryone'
  | 'joined'
  | 'starred'
  | 'muted'
  | 'hidden'
  | 'slowSeconds'
  | 'retentionDays'
  | 'lastSeq'
  | 'readSeq'
  | 'lastNr'
  | 'readNr'
  | 'mentions'
  | 'silenced'
> & { channelKind: ChannelKind; archivedAt: Date | null };
type ChannelRow = ResourceRow & ChannelState;

/** A channel as row, for the person whose subject id is the first parameter. */
const columns = `${resourceColumns('r')}, c.kind as "channelKind", c.topic, c.description,
  c.archived_at as "archivedAt", c.slow_seconds as "slowSeconds", ${isSilenced('c.resource_id', '$1::int')} as silenced, c.retention_days as "retentionDays",
  c.for_everyone as "forEveryone", ${isJoined} as joined, coalesce(mine.starred, false) as starred,
  ${isMuted} as muted, coalesce(c.last_seq <= mine.hidden_at_seq, false) as hidden,
  c.last_seq::float8 as "lastSeq", least(coalesce(s.read_seq, 0), c.last_seq)::float8 as "readSeq",
  c.last_nr::float8 as "lastNr", least(coalesce(s.read_nr, 0), c.last_nr)::float8 as "readNr", ${unreadMentions} as mentions`;
const tables = `chat.channel c join access.resource r on r.id = c.resource_id ${place}
  left join chat.member_state s on s.channel_id = c.resource_id and s.person_id = $1`;

/** Channels that one list names at most. */
const channelsMax = 1_000;

/** Reads channels as one person sees them. */
@Injectable()
export class ChannelReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * The channels of a condition that the person may see, in the order of their making unless said otherwise.
   * @param condition SQL over `c` (chat.channel) and `r` (access.resource); its value is the second parameter
   */
  async visible(
    caller: Caller,
    condition: string,
    value: unknown,
    { order = 'r.id', limit = channelsMax }: { order?: string; limit?: number } = {},
  ): Promise<Channel[]> {
    const { db } = this.#database;
    const rows = await db.query<ChannelRow>(
      `select ${columns} from ${tables} where ${condition} and ${shown('r')} order by ${order} limit ${limit}`,
      [caller.id, value],
    );
    const known = await roles(
      db,
      caller,
      rows.map(({ uid }) => uid),
    );
    const seen = rows.flatMap((row) => {
      const role = known.get(row.uid);
      return role === undefined ? [] : [{ ...row, role }];
    });
    const [resources, others] = await Promise.all([presentResources(db, seen), this.#others(caller, seen)]);
    return seen.map((row, index) => {
      const people = (others.get(row.id) ?? []).map(presentPerson);
      return {
        ...(resources[index] as Resource),
        // Who reads it sees the others: the name of a conversation is theirs, whoever opened it.
        title: people.length > 0 ? people.map(({ name }) => name).join(', ') : row.title,
        kind: 'channel' as const,
        ...kindOf(row.channelKind),
        topic: row.topic,
        description: row.description,
        archivedAt: row.archivedAt?.toISOString() ?? null,
        forEveryone: row.forEveryone,
        joined: row.joined,
        starred: row.starred,
        muted: row.muted,
        hidden: row.hidden,
        slowSeconds: row.slowSeconds,
        silenced: row.silenced && !atLeast(row.role, 'manager'),
        retentionDays: row.retentionDays,
        people,
        lastSeq: row.lastSeq,
        readSeq: row.readSeq,
        lastNr: row.lastNr,
        readNr: row.readNr,
        mentions: row.mentions,
      };
    });
  }

  /** @throws Refused `not-found` */
  async one(caller: Caller, uid: string): Promise<Channel> {
    const [channel] = await this.visible(caller, 'c.uid = $2', uid);
    if (!channel) throw Refused.notFound();
    return channel;
  }

  /** The people of conversations without the one who asks, by the conversation's inner id and by name. */
  async #others(caller: Caller, rows: readonly ChannelRow[]): Promise<Map<number, Person[]>> {
    const ids = rows.filter(({ channelKind }) => isConversation(channelKind)).map(({ id }) => id);
    const found = new Map<number, Person[]>();
    if (ids.length === 0) return found;
    const people = await this.#database.db.query<Person & { channelId: number }>(
      `select g.resource_id::float8 as "channelId", ${personColumns('p')}
         from access.grant_ g join access.person p on p.subject_id = g.subject_id
        where g.resource_id = any($1::bigint[]) and p.subject_id <> $2 order by p.name_key, p.subject_id`,
      [ids, caller.id],
    );
    for (const { channelId, ...person } of people)
      found.set(channelId, [...(found.get(channelId) ?? []), person]);
    return found;
  }
}

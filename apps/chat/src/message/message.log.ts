import { Injectable } from '@nestjs/common';
import type { ChangeWhy, Entry, Message, Notice, NoticeWhat } from '@parvis/contract/chat-entry';
import type { Person } from '@parvis/contract/shape';
import { Database } from '@parvis/server/database';
import { personOrNobody, personSql, type StateRow, stateColumns, stateOf } from './message-state.ts';

interface EntryRow extends StateRow {
  readonly seq: number;
  readonly nr: number;
  readonly kind: 'message' | 'change' | 'notice';
  readonly at: Date;
  readonly by: Person | null;
  readonly detail: { why?: ChangeWhy; what?: NoticeWhat; text?: string; meetingId?: string } | null;
  readonly people: Person[] | null;
}

/** An entry with the count of the channel's messages up to it. */
export interface Placed {
  readonly nr: number;
  readonly entry: Entry;
}

export interface ChannelName {
  readonly id: number;
  readonly uid: string;
}

/** A message of a channel. */
export interface MessageName extends ChannelName {
  readonly seq: number;
}

/** Where a channel's log ends: its last position, and how many messages the channel shows. */
export interface Head {
  readonly seq: number;
  readonly nr: number;
}

export interface Page {
  readonly messages: Message[];
  readonly notices: Notice[];
}

/** The entry `e` and the message `m` that it is or changes. */
const tables = `chat.message e
  left join chat.message m on m.channel_id = e.channel_id and m.seq = coalesce(e.target_seq, e.seq)
  left join access.person p on p.subject_id = m.sender_id left join access.person a on a.subject_id = e.sender_id`;
const columns = `e.seq::float8 as seq, e.nr::float8 as nr, e.kind, e.at, ${personSql('a')} as by,
  case when e.kind <> 'message' then e.content end as detail,
  case when e.kind = 'notice' and e.content ? 'people' then (
    select jsonb_agg(${personSql('b')} order by u.nr) from jsonb_array_elements(e.content -> 'people')
      with ordinality as u(id, nr) join access.person b on b.subject_id = u.id::int) end as people, ${stateColumns}`;

/** What the channel itself shows: its messages, answers sent to the channel too, and notices. */
const main = `e.kind <> 'change' and e.in_channel`;

function placedOf(channelUid: string, row: EntryRow): Placed {
  const base = { seq: row.seq, at: row.at.toISOString(), by: personOrNobody(row.by) };
  if (row.kind === 'notice') {
    const { what = 'topic', text = null, meetingId = null } = row.detail ?? {};
    return {
      nr: row.nr,
      entry: { ...base, kind: 'notice', what, people: row.people ?? [], text, meetingId },
    };
  }
  const message = stateOf(channelUid, row);
  if (row.kind === 'message') return { nr: row.nr, entry: { ...base, kind: 'message', message } };
  return { nr: row.nr, entry: { ...base, kind: 'change', why: row.detail?.why ?? 'edited', message } };
}

function pageOf(entries: readonly Entry[]): Page {
  return {
    messages: entries.flatMap((entry) => (entry.kind === 'message' ? [entry.message] : [])),
    notices: entries.flatMap((entry) => (entry.kind === 'notice' ? [entry] : [])),
  };
}

/** Reads a channel's log, all the time and by few statements: each is planned once. Who may read it was asked before. */
@Injectable()
export class MessageLog {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** At most `limit` entries of every kind after `after`, in order, with the messages as they are now. */
  async after(channel: ChannelName, after: number, limit: number): Promise<Placed[]> {
    return this.#read(channel, 'e.seq > $2 order by e.seq', [after], limit);
  }

  /** The first `limit` of what the channel shows after `after`, in order. */
  async pageAfter(channel: ChannelName, after: number, limit: number): Promise<Page> {
    const rows = await this.#read(channel, `e.seq > $2 and ${main} order by e.seq`, [after], limit);
    return pageOf(rows.map(({ entry }) => entry));
  }

  /** The last `limit` of what the channel shows before `before` (of all when absent), in order. */
  async pageBefore(channel: ChannelName, before: number | undefined, limit: number): Promise<Page> {
    const bound = before === undefined ? '' : 'e.seq < $2 and ';
    const given = before === undefined ? [] : [before];
    const rows = await this.#read(channel, `${bound}${main} order by e.seq desc`, given, limit);
    return pageOf(rows.map(({ entry }) => entry).reverse());
  }

  /** The first answers to a message after `after`, in order; those that the channel shows too are among them. */
  async answersAfter(channel: ChannelName, root: number, after: number, limit: number): Promise<Message[]> {
    const rest = 'e.thread_seq = $2 and e.seq > $3 order by e.seq';
    return pageOf((await this.#read(channel, rest, [root, after], limit)).map(({ entry }) => entry)).messages;
  }

  /** The last answers to a message before `before` (of all when absent), in order. */
  async answersBefore(
    channel: ChannelName,
    root: number,
    before: number | undefined,
    limit: number,
  ): Promise<Message[]> {
    const rest = 'e.thread_seq = $2 and e.seq < $3 order by e.seq desc';
    const rows = await this.#read(channel, rest, [root, before ?? Number.MAX_SAFE_INTEGER], limit);
    return pageOf(rows.map(({ entry }) => entry).reverse()).messages;
  }

  /** Messages of any channels, in no order. */
  async statesOf(names: readonly MessageName[]): Promise<Message[]> {
    const rows = await this.#database.often.query<EntryRow & { uid: string }>(
      `select g.uid, ${columns} from unnest($1::bigint[], $2::uuid[], $3::bigint[]) as g(id, uid, at)
        cross join lateral (select * from chat.message x where x.channel_id = g.id and x.seq = g.at and x.kind = 'message') e
         left join chat.message m on m.channel_id = e.channel_id and m.seq = e.seq
         left join access.person p on p.subject_id = m.sender_id left join access.person a on a.subject_id = e.sender_id`,
      [names.map(({ id }) => id), names.map(({ uid }) => uid), names.map(({ seq }) => seq)],
    );
    return pageOf(rows.map((row) => placedOf(row.uid, row).entry)).messages;
  }

  /** Messages by their positions, in no order; what is no message is left out. */
  async states(channel: ChannelName, seqs: readonly number[]): Promise<Message[]> {
    const rest = `e.seq = any($2::bigint[]) and e.kind = 'message'`;
    return pageOf((await this.#read(channel, rest, [seqs], seqs.length)).map(({ entry }) => entry)).messages;
  }

  async #read(channel: ChannelName, rest: string, given: unknown[], limit: number): Promise<Placed[]> {
    const rows = await this.#database.often.query<EntryRow>(
      `select ${columns} from ${tables} where e.channel_id = $1 and ${rest} limit $${given.length + 2}`,
      [channel.id, ...given, limit],
    );
    return rows.map((row) => placedOf(channel.uid, row));
  }

  /** Whether the channel shows anything before, and after, a position. */
  async around(
    channel: ChannelName,
    first: number,
    last: number,
  ): Promise<{ older: boolean; newer: boolean }> {
    const [row] = await this.#database.often.query<{ older: boolean; newer: boolean }>(
      `select exists (select from chat.message e where e.channel_id = $1 and e.seq < $2 and ${main}) as older,
              exists (select from chat.message e where e.channel_id = $1 and e.seq > $3 and ${main}) as newer`,
      [channel.id, first, last],
    );
    return row ?? { older: false, newer: false };
  }

  /** The end of each channel's log, by the channel's inner id. */
  async heads(channelIds: readonly number[]): Promise<Map<number, Head>> {
    const rows = await this.#database.often.query<{ id: number; seq: number; nr: number }>(
      `select resource_id::float8 as id, last_seq::float8 as seq, last_nr::float8 as nr
         from chat.channel where resource_id = any($1::bigint[])`,
      [channelIds],
    );
    return new Map(rows.map(({ id, seq, nr }) => [id, { seq, nr }]));
  }
}

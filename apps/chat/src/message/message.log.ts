import { Injectable } from '@nestjs/common';
import type { Message } from '@parvis/contract/chat';
import type { Person } from '@parvis/contract/shape';
import { Database } from '@parvis/server/database';

interface MessageRow {
  readonly seq: number;
  readonly clientId: string;
  readonly body: string;
  readonly at: Date;
  readonly senderUid: string | null;
  readonly senderName: string | null;
  readonly senderKind: 'member' | 'guest' | null;
  readonly senderOrganisation: string | null;
}

/** Whoever wrote a message and was erased since. */
const nobody: Person = {
  id: '00000000-0000-0000-0000-000000000000',
  name: '',
  kind: 'member',
  organisation: null,
};

const columns = `m.seq::float8 as seq, m.client_id as "clientId", m.body, m.at, p.uid as "senderUid",
  p.name as "senderName", p.kind as "senderKind", p.organisation as "senderOrganisation"`;

function messageOf(channelUid: string, row: MessageRow): Message {
  const sender: Person =
    row.senderUid === null
      ? nobody
      : {
          id: row.senderUid,
          name: row.senderName as string,
          kind: row.senderKind as 'member' | 'guest',
          organisation: row.senderOrganisation,
        };
  return {
    channelId: channelUid,
    seq: row.seq,
    clientId: row.clientId,
    sender,
    body: row.body,
    at: row.at.toISOString(),
  };
}

export interface ChannelName {
  readonly id: number;
  readonly uid: string;
}

/** Reads a channel's log. Who may read it was asked before. */
@Injectable()
export class MessageLog {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** At most `limit` entries after `after`, in order. */
  async after(channel: ChannelName, after: number, limit: number): Promise<Message[]> {
    return this.#read(channel, 'm.seq > $2 order by m.seq', [after], limit);
  }

  /** The last `limit` entries before `before` (of all when absent), in order. */
  async before(channel: ChannelName, before: number | undefined, limit: number): Promise<Message[]> {
    const given = before === undefined ? [] : [before];
    const bound = before === undefined ? '' : 'm.seq < $2 ';
    const page = await this.#read(channel, `${bound || 'true '}order by m.seq desc`, given, limit);
    return page.reverse();
  }

  async #read(channel: ChannelName, rest: string, given: number[], limit: number): Promise<Message[]> {
    const rows = await this.#database.db.query<MessageRow>(
      `select ${columns} from chat.message m left join access.person p on p.subject_id = m.sender_id
        where m.channel_id = $1 and ${rest} limit ${limit}`,
      [channel.id, ...given],
    );
    return rows.map((row) => messageOf(channel.uid, row));
  }

  /** The last position of each channel, by the channel's inner id. */
  async heads(channelIds: readonly number[]): Promise<Map<number, number>> {
    const rows = await this.#database.db.query<{ id: number; lastSeq: number }>(
      'select resource_id::float8 as id, last_seq::float8 as "lastSeq" from chat.channel where resource_id = any($1::bigint[])',
      [channelIds],
    );
    return new Map(rows.map(({ id, lastSeq }) => [id, lastSeq]));
  }
}

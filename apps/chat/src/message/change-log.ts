import { Injectable } from '@nestjs/common';
import type { Db } from '@parvis/access/db';
import type { ChangeWhy, NoticeWhat } from '@parvis/contract/chat-entry';
import { Database } from '@parvis/server/database';
import { Growth } from './growth.ts';

/** A channel as the log writes to it: its id inside the database and the one of the wire. */
export interface LogChannel {
  readonly channelId: number;
  readonly channelUid: string;
}

/** A change of the message at `seq`, by a person (their subject id). The row that it tells of is changed in the same transaction. */
export interface Change {
  readonly seq: number;
  readonly actorId: number;
  readonly why: ChangeWhy;
}

/** Something that happened to the channel. `people` are subject ids. */
export interface Happening {
  readonly actorId: number;
  readonly what: NoticeWhat;
  readonly people?: readonly number[];
  readonly text?: string;
  readonly meetingId?: string;
}

/** Writes into a channel's log, inside one transaction. */
export class LogWriter {
  readonly db: Db;
  readonly #channelId: number;
  wrote = false;

  constructor(db: Db, channelId: number) {
    this.db = db;
    this.#channelId = channelId;
  }

  /** Says that a message changed. Resolves to the position of the entry. */
  change({ seq, actorId, why }: Change): Promise<number> {
    return this.#add(actorId, 'change', seq, { why });
  }

  /** Says what happened to the channel. Resolves to the position of the entry. */
  notice({ actorId, ...happened }: Happening): Promise<number> {
    return this.#add(actorId, 'notice', null, happened);
  }

  /** The answers to `root` are others than before: counted again, and said in the log if that is so. */
  async answersChanged(root: number, actorId: number): Promise<void> {
    this.wrote = true;
    await this.db.query('select chat.thread_changed($1, $2, $3)', [this.#channelId, root, actorId]);
  }

  async #add(actorId: number, kind: string, target: number | null, content: object): Promise<number> {
    this.wrote = true;
    const [row] = await this.db.query<{ seq: number }>(
      'select chat.add_entry($1, $2, $3, $4, $5::jsonb)::float8 as seq',
      [this.#channelId, actorId, kind, target, JSON.stringify(content)],
    );
    if (row === undefined) throw new Error('the channel is gone');
    return row.seq;
  }
}

/**
 * The way for everything that changes messages or tells of a channel: the rows, the entries of the log, the journal and
 * the outbox in one transaction, and shown to everybody after its commit.
 */
@Injectable()
export class ChangeLog {
  constructor(
    private readonly database: Database,
    private readonly growth: Growth,
  ) {}

  /**
   * Holds the channel's row, so that changes of one channel happen one after another and in the order of the log. What
   * `act` finds in the tables is what it changes. Nothing is shown when it writes no entry.
   */
  async write<T>(channel: LogChannel, act: (log: LogWriter) => Promise<T>): Promise<T> {
    let wrote = false;
    const result = await this.database.transaction(async (db) => {
      const writer = await this.join(db, channel.channelId);
      const done = await act(writer);
      wrote = writer.wrote;
      return done;
    });
    if (wrote) await this.growth.grew([channel]);
    return result;
  }

  /** The same inside a transaction of one's own; call `told` after its commit. */
  async join(db: Db, channelId: number): Promise<LogWriter> {
    await db.query('select from chat.channel where resource_id = $1 for no key update', [channelId]);
    return new LogWriter(db, channelId);
  }

  /** Shows what a transaction of one's own has written, after its commit. */
  told(channel: LogChannel): Promise<void> {
    return this.growth.grew([channel]);
  }
}
